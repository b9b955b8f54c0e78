package io.rbac.review;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import io.rbac.text.CodePoints;
import java.util.Arrays;
import java.util.Comparator;

/** Asks for the users who have a permission at a target. */
record WhoCan(PermissionMatrix matrix, String permission, Target target) implements Query<String> {

    WhoCan {
        requireNonNull(matrix, "matrix");
        requireNonNull(permission, "permission");
        requireNonNull(target, "target");
    }

    @Override
    public Policy policy() {
        return matrix.policy();
    }

    @Override
    public String[] parts() {
        return new String[] {"who", permission, target.toString()};
    }

    @Override
    public int count() {
        return ordinals().length;
    }

    @Override
    public int[] ordinals() {
        PolicyTable table = policy().table();
        int bit = policy().catalog().indexOf(permission);
        int[] found = new int[0];
        if (bit >= 0) {
            for (int place : table.path(target)) {
                found = union(found, table.usersWith(place, matrix.granted(), bit));
            }
        }
        return found;
    }

    /** Merges two ascending arrays; what is in both is taken once. */
    private static int[] union(int[] some, int[] others) {
        if (some.length == 0 || others.length == 0) {
            return some.length == 0 ? others : some;
        }
        int[] union = new int[some.length + others.length];
        int count = 0;
        for (int i = 0, j = 0; i < some.length || j < others.length; ) {
            int next = j == others.length || i < some.length && some[i] <= others[j] ? some[i] : others[j];
            i += i < some.length && some[i] == next ? 1 : 0;
            j += j < others.length && others[j] == next ? 1 : 0;
            union[count++] = next;
        }
        return Arrays.copyOf(union, count);
    }

    @Override
    public String answer(int ordinal) {
        return policy().table().userId(ordinal).orElseThrow();
    }

    @Override
    public Comparator<String> order() {
        return CodePoints.ORDER;
    }

    @Override
    public String text(String answer) {
        return answer;
    }

    @Override
    public String parse(String text) {
        return text;
    }
}
