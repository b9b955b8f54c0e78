package io.rbac.policy;

import io.rbac.model.Assignment;
import io.rbac.model.Effect;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies the effects of a stored commit to a policy. They say what came and went, and mean the same in every release.
 *
 * <p>This class is not thread-safe.
 */
final class EffectReplay {

    private final Policy policy;
    private final TableEditor editor;

    EffectReplay(Policy policy) {
        this.policy = policy;
        this.editor = new TableEditor(policy.table());
    }

    Policy after(List<Effect> effects) {
        List<Target> removed = new ArrayList<>();
        for (Effect effect : effects) {
            switch (effect.kind()) {
                case ROLE_ADDED -> addRole(((Effect.RoleAdded) effect).role());
                case ROLE_CHANGED -> changeRole((Effect.RoleChanged) effect);
                case ROLE_REMOVED ->
                    editor.removeRole(role(((Effect.RoleRemoved) effect).role().id())
                            .role()
                            .id());
                case TARGET_ADDED -> addTarget((Effect.TargetAdded) effect);
                case TARGET_MOVED -> moveTarget((Effect.TargetMoved) effect);
                case TARGET_REMOVED -> removed.add(((Effect.TargetRemoved) effect).target());
                case ASSIGNMENT_ADDED -> assign(((Effect.AssignmentAdded) effect).assignment());
                case ASSIGNMENT_REMOVED -> unassign(((Effect.AssignmentRemoved) effect).assignment());
            }
        }
        // last, so that what was moved out of them stays
        removed.forEach(target -> editor.removeTarget(target(target)));
        return policy.with(policy.nextRevision(), editor.seal(), effects);
    }

    private void addRole(Role role) {
        require(editor.role(role.id()) == null, "role", role.id(), "already there");
        editor.addRole(here(role));
    }

    private void changeRole(Effect.RoleChanged changed) {
        Role after = changed.after();
        require(changed.before().id().equals(after.id()), "role", after.id(), "another one");
        role(after.id());
        editor.replaceRole(here(after));
    }

    private void addTarget(Effect.TargetAdded added) {
        Target target = here(added.target());
        require(editor.target(target) == null, "target", target.toString(), "already there");
        editor.addTarget(target, target(added.parent()));
    }

    private void moveTarget(Effect.TargetMoved moved) {
        editor.moveTarget(target(moved.target()), target(moved.after()));
    }

    private void assign(Assignment assignment) {
        target(assignment.target());
        editor.assign(assignment.user(), role(assignment.role()), here(assignment.target()));
    }

    private void unassign(Assignment assignment) {
        target(assignment.target());
        editor.unassign(assignment.user(), role(assignment.role()), here(assignment.target()));
    }

    private RoleEntry role(String id) {
        return require(editor.role(id), "role", id);
    }

    private TargetEntry target(Target target) {
        return require(editor.target(here(target)), "target", target.toString());
    }

    private Target here(Target target) {
        return target.isAccount() ? Target.account() : Target.of(here(target.scope()), target.id());
    }

    /** The role with rights of this policy's catalog: one that holds more is for another release, or damaged. */
    private Role here(Role role) {
        Rights rights = policy.catalog().allRights().intersect(role.rights());
        require(rights.size() == role.rights().size(), "role", role.id(), "one with unknown permissions");
        return role.toBuilder().rights(rights).build().withScope(here(role.scope()));
    }

    private Scope here(Scope scope) {
        if (scope.isAccount()) {
            return editor.scopes().account();
        }
        return require(editor.scopes().find(scope.name()).orElse(null), "scope", scope.name());
    }

    private static <T> T require(@Nullable T found, String what, String id) {
        if (found == null) {
            throw unfit(what, id, "not there");
        }
        return found;
    }

    private static void require(boolean fits, String what, String id, String where) {
        if (!fits) {
            throw unfit(what, id, where);
        }
    }

    private static IllegalArgumentException unfit(String what, String id, String where) {
        return new IllegalArgumentException(
                "the effects do not fit the policy: " + what + ' ' + Violation.quote(id) + " is " + where);
    }
}
