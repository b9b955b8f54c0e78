package io.rbac.review;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import io.rbac.text.CodePoints;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Asks for the users who have a permission at a target. */
record WhoCan(PolicyReview review, String permission, Target target) implements Query<String> {

    WhoCan {
        requireNonNull(review, "review");
        requireNonNull(permission, "permission");
        requireNonNull(target, "target");
    }

    @Override
    public Policy policy() {
        return review.matrix().policy();
    }

    @Override
    public String[] parts() {
        return new String[] {"who", permission, target.toString()};
    }

    @Override
    public int count() {
        int[] path = policy().table().path(target);
        for (int place : path) {
            if (place != Subtree.ACCOUNT && policy().table().userCount(place) > 0) {
                return ordinals().length;
            }
        }
        List<Role> granting = path.length == 0 ? List.of() : grantingRolesOfAccount();
        return switch (granting.size()) {
            case 0 -> 0;
            case 1 -> policy().userCount(granting.get(0).id());
            default -> ordinals().length;
        };
    }

    /** Returns the roles of the account that grant the permission and that somebody holds; nobody holds them elsewhere. */
    private List<Role> grantingRolesOfAccount() {
        PolicyTable table = policy().table();
        return IntStream.range(0, table.roles())
                .mapToObj(table::roleOf)
                .flatMap(role -> role.stream())
                .filter(role -> role.scope().isAccount()
                        && policy().userCount(role.id()) > 0
                        && policy().catalog().grantedBy(role).contains(permission))
                .toList();
    }

    @Override
    public int[] ordinals() {
        PolicyTable table = policy().table();
        int bit = policy().catalog().indexOf(permission);
        int[] found = new int[0];
        if (bit >= 0) {
            for (int place : table.path(target)) {
                found = union(found, review.holders(place).with(review.matrix().granted(), bit));
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
