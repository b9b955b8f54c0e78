package io.rbac.review;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Assignment;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a check is answered as it is. Granted: every assignment that grants the permission. Denied: the first condition of S6 that
 * fails, and the roles that would grant it.
 *
 * <p>If all assignments of {@link #grants()} are taken away and nothing else, the answer is a denial.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Explanation {

    private final PermissionMatrix matrix;
    private final String user;
    private final String permission;
    private final Target target;
    private final List<HeldRole> held;
    private final List<HeldRole> grants;
    private final @Nullable Reason reason;

    private Explanation(
            PermissionMatrix matrix,
            String user,
            String permission,
            Target target,
            List<HeldRole> held,
            List<HeldRole> grants,
            @Nullable Reason reason) {
        this.matrix = matrix;
        this.user = user;
        this.permission = permission;
        this.target = target;
        this.held = held;
        this.grants = grants;
        this.reason = reason;
    }

    static Explanation granted(
            PermissionMatrix matrix,
            String user,
            String permission,
            Target target,
            List<HeldRole> held,
            List<HeldRole> grants) {
        return new Explanation(matrix, user, permission, target, held, grants, null);
    }

    static Explanation denied(
            PermissionMatrix matrix,
            String user,
            String permission,
            Target target,
            List<HeldRole> held,
            Reason reason) {
        return new Explanation(matrix, user, permission, target, held, List.of(), reason);
    }

    /**
     * Why a check is denied. The constants are in the order in which the conditions of S6 are tested: the reason is the first
     * that applies.
     *
     * @since 0.1
     */
    public enum Reason {
        /** The policy does not know the user (S16). */
        UNKNOWN_USER,
        /** No permission of the catalog has this key (S2). */
        UNKNOWN_PERMISSION,
        /** The path of the target is empty: it is unknown, or its given parent does not count (S5). */
        UNKNOWN_TARGET,
        /** The user holds no role on the path of the target. */
        NOTHING_HELD,
        /** No role that the user holds on the path has the permission. */
        NOT_IN_RIGHTS,
        /** A role that the user holds on the path has the permission, but each such role is discarded (S9). */
        DISCARDED
    }

    /**
     * A role that the user holds on the path of the target.
     *
     * <p>This record is immutable and thread-safe.
     *
     * @param assignment the assignment by which the user holds it
     * @param role the role
     * @param path how the place where it is held contains the target: the target that was asked for, what it lies in, and so on,
     *     up to the target of the assignment
     * @since 0.1
     */
    public record HeldRole(Assignment assignment, Role role, List<Target> path) {

        /** Creates a held role. */
        public HeldRole {
            requireNonNull(assignment, "assignment");
            requireNonNull(role, "role");
            path = List.copyOf(path);
        }

        /** Returns the role and the way to where it is held, human-readable. */
        @Override
        public String toString() {
            String way = path.stream().map(Target::toString).collect(Collectors.joining(" in "));
            return Violation.quote(role.id()) + (role.isActive() ? "" : " (discarded)") + " at "
                    + Violation.quote(assignment.target().toString()) + (path.size() > 1 ? " (" + way + ")" : "");
        }
    }

    /**
     * A role that would grant what is denied, if it were assigned to the user.
     *
     * <p>This record is immutable and thread-safe.
     *
     * @param role the role, which is active
     * @param target where on the path to assign it: the nearest target of the role's scope
     * @param adds what else the user would gain there
     * @since 0.1
     */
    public record NearestRole(Role role, Target target, Rights adds) {

        /** Creates a nearest role. */
        public NearestRole {
            requireNonNull(role, "role");
            requireNonNull(target, "target");
            requireNonNull(adds, "adds");
        }
    }

    /** Returns the id of the user. */
    public String user() {
        return user;
    }

    /** Returns the key of the permission. */
    public String permission() {
        return permission;
    }

    /** Returns the target that was asked for, with its given parent if it has one. */
    public Target target() {
        return target;
    }

    /** Returns the answer: whether the user has the permission at the target. */
    public boolean isGranted() {
        return reason == null;
    }

    /** Returns the first reason why the answer is a denial; empty if the permission is granted. */
    public Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** Returns those of {@link #held()} that grant the permission: none exactly if it is denied. */
    public List<HeldRole> grants() {
        return grants;
    }

    /**
     * Returns every role that the user holds on the path of the target, discarded ones too, from the account down, at each target
     * in the order of lists of roles; none if the path is empty.
     */
    public List<HeldRole> held() {
        return held;
    }

    /**
     * Returns the roles that would grant the permission, those that add least first: by the number of other permissions that the
     * user would gain where the role is to be assigned, then the narrowest place first, then in the order of lists of roles. None
     * if the permission is granted, if it or the target is unknown, or if no active role can grant it there. Linear in the number
     * of roles, for each call.
     */
    public List<NearestRole> nearest() {
        return isGranted() ? List.of() : new Explainer(matrix).nearest(user, permission, target);
    }

    /** Returns answer and reason as one human-readable sentence. */
    @Override
    public String toString() {
        String question = Violation.quote(user) + (isGranted() ? " has " : " lacks ") + Violation.quote(permission)
                + " at " + Violation.quote(target.toString());
        return reason == null
                ? question + " by " + listed(grants)
                : question
                        + switch (reason) {
                            case UNKNOWN_USER -> ": the user is unknown";
                            case UNKNOWN_PERMISSION -> ": the permission is unknown";
                            case UNKNOWN_TARGET -> ": the target is unknown";
                            case NOTHING_HELD -> ": holds no role there";
                            case NOT_IN_RIGHTS -> ": not granted by " + listed(held);
                            case DISCARDED -> ": granted by discarded roles only, among " + listed(held);
                        };
    }

    private static String listed(List<HeldRole> roles) {
        return roles.stream().map(HeldRole::toString).collect(Collectors.joining(", "));
    }
}
