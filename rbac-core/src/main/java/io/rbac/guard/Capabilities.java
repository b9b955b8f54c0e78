package io.rbac.guard;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an actor can do with a role: edit it, delete it, edit its rights, assign it at a target.
 *
 * <p>A user interface decides by it what to offer. Whether a particular edit is accepted is decided when it is made: a
 * capability says only that nothing about the actor, the role and the target rules it out. All answers come from one
 * revision; a role that its policy does not know has no capabilities.
 *
 * <p>Two capabilities are equal if all their answers are. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Capabilities {

    private static final Capabilities NONE = new Capabilities(false, false, false, false);

    private final boolean edit;
    private final boolean delete;
    private final boolean editRights;
    private final boolean assign;

    private Capabilities(boolean edit, boolean delete, boolean editRights, boolean assign) {
        this.edit = edit;
        this.delete = delete;
        this.editRights = editRights;
        this.assign = assign;
    }

    /**
     * Returns what an actor can do with a role.
     *
     * @param guard the guard of the engine
     * @param matrix the revision to look at; the role is taken from it by its id
     * @param actor the id of the user who would make the edit
     * @param role the role
     * @param target where it would be assigned
     */
    public static Capabilities of(AdminGuard guard, PermissionMatrix matrix, String actor, Role role, Target target) {
        return of(guard, Actor.user(matrix, actor), role, target);
    }

    /**
     * Returns what an actor can do with a role by edits that are restricted to some rights.
     *
     * @param guard the guard of the engine
     * @param matrix the revision to look at; the role is taken from it by its id
     * @param actor the id of the user who would make the edit
     * @param restriction the rights that their edits are restricted to
     * @param role the role
     * @param target where it would be assigned
     */
    public static Capabilities of(
            AdminGuard guard, PermissionMatrix matrix, String actor, Rights restriction, Role role, Target target) {
        return of(guard, Actor.restricted(matrix, actor, restriction), role, target);
    }

    private static Capabilities of(AdminGuard guard, Actor actor, Role role, Target target) {
        requireNonNull(guard, "guard");
        Policy policy = actor.policy();
        Capabilities possible = ofAccount(policy, role, target);
        Role current = policy.role(role.id()).orElse(role);
        Target account = Target.account();
        boolean edits = guard.allows(actor, Change.Kind.UPDATE_ROLE, Scope.ACCOUNT, account);
        boolean deletes = guard.allows(actor, Change.Kind.DELETE_ROLE, Scope.ACCOUNT, account);
        boolean assigns = guard.allows(actor, Change.Kind.ASSIGN, target.scope(), target)
                && guard.lacking(actor, current.rights(), target).isEmpty();
        return new Capabilities(
                possible.edit && edits,
                possible.delete && deletes,
                possible.editRights && edits,
                possible.assign && assigns);
    }

    /**
     * Returns what the account itself can do with a role, by edits that name no actor and are restricted to some
     * rights.
     *
     * @param guard the guard of the engine
     * @param matrix the revision to look at; the role is taken from it by its id
     * @param restriction the rights that its edits are restricted to
     * @param role the role
     * @param target where it would be assigned
     */
    public static Capabilities ofAccount(
            AdminGuard guard, PermissionMatrix matrix, Rights restriction, Role role, Target target) {
        return of(guard, Actor.holding(matrix, restriction), role, target);
    }

    /**
     * Returns what the account itself can do with a role, by edits that name no actor: everything that the state of the
     * role and the rules allow. The existence and the rights of a system role belong to the host.
     *
     * @param policy the revision to look at; the role is taken from it by its id
     * @param role the role
     * @param target where it would be assigned
     */
    public static Capabilities ofAccount(Policy policy, Role role, Target target) {
        requireNonNull(target, "target");
        Role current = policy.role(role.id()).orElse(null);
        if (current == null || !current.isActive()) {
            return NONE;
        }
        PolicyRules rules = policy.rules();
        boolean custom = current.type() == RoleType.CUSTOM;
        return new Capabilities(
                custom || rules.allowsSystemRoleNames() || rules.allowsSystemRoleDefaults(),
                custom && !isNeededAsDefault(policy, current) && !isKeptInUse(policy, current),
                custom,
                current.scope().equals(target.scope()) && policy.hasTarget(target));
    }

    private static boolean isNeededAsDefault(Policy policy, Role role) {
        return role.isDefault()
                && policy.table().defaultCount(role.scope())
                        <= policy.rules().defaults(role.scope()).min();
    }

    private static boolean isKeptInUse(Policy policy, Role role) {
        return policy.rules().deletion() == Deletion.REFUSE && policy.userCount(role.id()) > 0;
    }

    /** Returns whether attributes of the role can be changed: its name, description or default flag. */
    public boolean mayEdit() {
        return edit;
    }

    /** Returns whether the role can be deleted, whatever the rules make of a deletion. */
    public boolean mayDelete() {
        return delete;
    }

    /** Returns whether the rights of the role can be changed. */
    public boolean mayEditRights() {
        return editRights;
    }

    /** Returns whether the role can be assigned at the target. */
    public boolean mayAssign() {
        return assign;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Capabilities that
                && edit == that.edit
                && delete == that.delete
                && editRights == that.editRights
                && assign == that.assign;
    }

    @Override
    public int hashCode() {
        return Objects.hash(edit, delete, editRights, assign);
    }

    /** Returns every answer, human-readable. */
    @Override
    public String toString() {
        return "Capabilities[edit=" + edit + ", delete=" + delete + ", edit rights=" + editRights + ", assign=" + assign
                + "]";
    }
}
