package io.rbac.review;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import io.rbac.text.CodePoints;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Asks for the known targets at which a user has a permission. */
final class WhereCan implements Query<Target> {

    /** The order of lists of targets (S3). */
    static final Comparator<Target> TARGET_ORDER = Comparator.<Target>comparingInt(
                    target -> target.scope().level())
            .thenComparing(Target::id, CodePoints.ORDER);

    private final PermissionMatrix matrix;
    private final PolicyTable table;
    private final String user;
    private final String permission;

    /** The only scope of the targets, or all scopes of the tree. */
    private final List<Scope> scopes;

    WhereCan(PermissionMatrix matrix, String user, String permission, Optional<Scope> scope) {
        this.matrix = matrix;
        this.table = matrix.policy().table();
        this.user = requireNonNull(user, "user");
        this.permission = requireNonNull(permission, "permission");
        List<Scope> all = matrix.policy().catalog().scopes().scopes();
        this.scopes =
                scope.isEmpty() ? all : all.stream().filter(scope.get()::equals).toList();
    }

    @Override
    public Policy policy() {
        return matrix.policy();
    }

    @Override
    public String[] parts() {
        return new String[] {"where", user, permission, scopes.toString()};
    }

    @Override
    public int count() {
        BitSet places = places();
        return places.get(Subtree.ACCOUNT)
                ? scopes.stream().mapToInt(table::count).sum()
                : (int) withBelow(places).count();
    }

    @Override
    public int[] ordinals() {
        BitSet places = places();
        IntStream targets = places.get(Subtree.ACCOUNT) ? IntStream.range(0, table.targets()) : withBelow(places);
        return targets.filter(this::isAsked).toArray();
    }

    private boolean isAsked(int target) {
        int level = table.level(target);
        return level >= 0 && scopes.stream().anyMatch(scope -> scope.level() == level);
    }

    /** Returns the targets at which a role that the user holds there grants the permission. */
    private BitSet places() {
        BitSet places = new BitSet();
        int bit = policy().catalog().indexOf(permission);
        PolicyTable.HeldRoleSets held = table.heldBy(user);
        for (int target : bit < 0 ? new int[0] : held.targets()) {
            if ((matrix.granted().word(held.roleSet(target), bit >>> 6) & 1L << bit) != 0) {
                places.set(target);
            }
        }
        return places;
    }

    /** Returns places other than the account, and what lies in them, each once. */
    private IntStream withBelow(BitSet places) {
        return places.stream()
                .filter(place -> IntStream.of(table.path(place)).skip(1).noneMatch(places::get))
                .flatMap(place -> Subtree.of(table, place))
                .filter(this::isAsked);
    }

    @Override
    public Target answer(int ordinal) {
        return table.targetOf(ordinal).orElseThrow();
    }

    @Override
    public Comparator<Target> order() {
        return TARGET_ORDER;
    }

    @Override
    public String text(Target answer) {
        return answer.toString();
    }

    @Override
    public Target parse(String text) {
        return policy().catalog().scopes().target(text);
    }
}
