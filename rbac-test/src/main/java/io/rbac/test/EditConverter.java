package io.rbac.test;

import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.test.EditEffect.AssignmentAdded;
import io.rbac.test.EditEffect.AssignmentRemoved;
import io.rbac.test.EditEffect.RoleAdded;
import io.rbac.test.EditEffect.RoleChanged;
import io.rbac.test.EditEffect.RoleRemoved;
import io.rbac.test.EditEffect.TargetAdded;
import io.rbac.test.EditEffect.TargetMoved;
import io.rbac.test.EditEffect.TargetRemoved;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts edits to changes of the library, and its effects to plain data.
 *
 * <p>This class is stateless and thread-safe.
 *
 * @since 0.1
 */
public final class EditConverter {
    private final PlainPolicy plain;
    private final PermissionCatalog catalog;

    private EditConverter(PlainPolicy plain, PermissionCatalog catalog) {
        this.plain = plain;
        this.catalog = catalog;
    }

    /**
     * Returns the changes of a batch, in order.
     *
     * @param edits the batch
     * @param plain the policy that is edited
     * @param catalog the catalog of the same policy in the library
     * @throws PolicyViolationException if a system role to put has no name
     */
    public static List<Change> changes(List<Edit> edits, PlainPolicy plain, PermissionCatalog catalog) {
        EditConverter converter = new EditConverter(plain, catalog);
        return edits.stream().map(converter::change).toList();
    }

    private Change change(Edit edit) {
        return switch (edit.kind()) {
            case CREATE_ROLE -> {
                Edit.CreateRole create = (Edit.CreateRole) edit;
                yield new Change.CreateRole(create.id(), scope(create.scope()), update(create.attributes()));
            }
            case UPDATE_ROLE -> {
                Edit.UpdateRole update = (Edit.UpdateRole) edit;
                yield Change.updateRole(update.role(), update(update.attributes()));
            }
            case DELETE_ROLE -> Change.deleteRole(((Edit.DeleteRole) edit).role());
            case RESTORE_ROLE -> Change.restoreRole(((Edit.RestoreRole) edit).role());
            case PURGE_ROLE -> Change.purgeRole(((Edit.PurgeRole) edit).role());
            case PUT_SYSTEM_ROLE -> {
                PlainRole role = ((Edit.PutSystemRole) edit).role();
                yield Change.putSystemRole(PolicyConverter.role(role, catalogWith(role.permissions())));
            }
            case ASSIGN -> {
                Edit.Assign assign = (Edit.Assign) edit;
                yield Change.assign(assign.user(), assign.role(), PolicyConverter.target(assign.target()));
            }
            case UNASSIGN -> {
                Edit.Unassign unassign = (Edit.Unassign) edit;
                yield Change.unassign(unassign.user(), unassign.role(), PolicyConverter.target(unassign.target()));
            }
            case CONNECT -> {
                Edit.Connect connect = (Edit.Connect) edit;
                yield Change.connect(connect.user(), PolicyConverter.target(connect.target()));
            }
            case SET_ROLES -> {
                Edit.SetRoles set = (Edit.SetRoles) edit;
                yield Change.setRoles(set.user(), PolicyConverter.target(set.target()), set.roles());
            }
            case SET_USERS -> {
                Edit.SetUsers set = (Edit.SetUsers) edit;
                yield Change.setUsers(set.role(), PolicyConverter.target(set.target()), set.users());
            }
            case ASSIGN_TO_ALL -> Change.assignToAll(((Edit.AssignToAll) edit).role());
            case REMOVE_USER -> Change.removeUser(((Edit.RemoveUser) edit).user());
            case ADD_TARGET -> {
                Edit.AddTarget add = (Edit.AddTarget) edit;
                yield Change.addTarget(PolicyConverter.target(add.target()), PolicyConverter.target(add.parent()));
            }
            case MOVE_TARGET -> {
                Edit.MoveTarget move = (Edit.MoveTarget) edit;
                yield Change.moveTarget(PolicyConverter.target(move.target()), PolicyConverter.target(move.parent()));
            }
            case REMOVE_TARGET -> Change.removeTarget(PolicyConverter.target(((Edit.RemoveTarget) edit).target()));
        };
    }

    private static @Nullable Scope scope(@Nullable PlainScope scope) {
        return scope == null ? null : PolicyConverter.scope(scope);
    }

    private RoleUpdate update(Edit.Attributes given) {
        RoleUpdate.Builder builder = RoleUpdate.builder();
        String name = given.name();
        if (name != null) {
            builder.name(name);
        }
        if (given.describes()) {
            builder.description(given.description());
        }
        Boolean isDefault = given.isDefault();
        if (isDefault != null) {
            builder.defaultRole(isDefault);
        }
        Set<String> keys = given.permissions();
        if (keys != null) {
            builder.rights(catalogWith(keys).rights(keys));
        }
        return builder.build();
    }

    /** Returns the catalog if it has all the permissions, else one that also has those it lacks. */
    private PermissionCatalog catalogWith(Set<String> keys) {
        if (keys.stream().allMatch(key -> catalog.indexOf(key) >= 0)) {
            return catalog;
        }
        PlainRole role = PlainRole.of("holder", PlainScope.ACCOUNT).withPermissions(keys);
        List<PlainGroup> groups = HeldCatalog.of(plain.withRoles(List.of(role)));
        return PolicyConverter.catalog(plain.withCatalog(groups, List.of()));
    }

    /** Returns the effects of a commit as plain data, in order. */
    public static List<EditEffect> effects(List<Effect> effects) {
        return effects.stream().map(EditConverter::effect).toList();
    }

    private static EditEffect effect(Effect effect) {
        return switch (effect.kind()) {
            case ROLE_ADDED -> new RoleAdded(PolicyConverter.plain(((Effect.RoleAdded) effect).role()));
            case ROLE_CHANGED -> {
                Effect.RoleChanged changed = (Effect.RoleChanged) effect;
                yield new RoleChanged(PolicyConverter.plain(changed.before()), PolicyConverter.plain(changed.after()));
            }
            case ROLE_REMOVED -> new RoleRemoved(PolicyConverter.plain(((Effect.RoleRemoved) effect).role()));
            case TARGET_ADDED -> {
                Effect.TargetAdded added = (Effect.TargetAdded) effect;
                yield new TargetAdded(PolicyConverter.plain(added.target()), PolicyConverter.plain(added.parent()));
            }
            case TARGET_MOVED -> {
                Effect.TargetMoved moved = (Effect.TargetMoved) effect;
                yield new TargetMoved(
                        PolicyConverter.plain(moved.target()),
                        PolicyConverter.plain(moved.before()),
                        PolicyConverter.plain(moved.after()));
            }
            case TARGET_REMOVED -> {
                Effect.TargetRemoved removed = (Effect.TargetRemoved) effect;
                yield new TargetRemoved(
                        PolicyConverter.plain(removed.target()), PolicyConverter.plain(removed.parent()));
            }
            case ASSIGNMENT_ADDED ->
                new AssignmentAdded(PolicyConverter.plain(((Effect.AssignmentAdded) effect).assignment()));
            case ASSIGNMENT_REMOVED ->
                new AssignmentRemoved(PolicyConverter.plain(((Effect.AssignmentRemoved) effect).assignment()));
        };
    }
}
