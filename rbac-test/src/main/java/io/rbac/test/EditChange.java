package io.rbac.test;

import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.test.EditEffect.AssignmentAdded;
import io.rbac.test.EditEffect.AssignmentRemoved;
import io.rbac.test.EditEffect.ChatAdded;
import io.rbac.test.EditEffect.ChatMoved;
import io.rbac.test.EditEffect.ChatRemoved;
import io.rbac.test.EditEffect.RoleAdded;
import io.rbac.test.EditEffect.RoleChanged;
import io.rbac.test.EditEffect.RoleRemoved;
import io.rbac.test.EditEffect.TeamAdded;
import io.rbac.test.EditEffect.TeamRemoved;
import io.rbac.test.Sketch.Assignment;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Leads from edits to changes of the library, and from its effects back. Stateless and safe for use by several threads.
 *
 * @since 0.1
 */
public final class EditChange {
    private EditChange() {}

    /**
     * The changes of a batch.
     *
     * @param edits the batch
     * @param sketch what is edited
     * @param catalog the catalog of the policy that is edited
     * @return the changes, in order
     * @throws PolicyViolationException if a role to put has no name
     * @since 0.1
     */
    public static List<Change> changes(List<Edit> edits, Sketch sketch, PermissionCatalog catalog) {
        return edits.stream().map(edit -> change(edit, sketch, catalog)).toList();
    }

    /**
     * The change of an edit. Rights come from the catalog where it has all the permissions, else from another one.
     *
     * @param edit the edit
     * @param sketch what is edited
     * @param catalog the catalog of the policy that is edited
     * @return the change
     * @throws PolicyViolationException if a role to put has no name
     * @since 0.1
     */
    public static Change change(Edit edit, Sketch sketch, PermissionCatalog catalog) {
        if (edit instanceof Edit.CreateRole create) {
            return new Change.CreateRole(create.id(), create.scope(), update(create.attributes(), sketch, catalog));
        } else if (edit instanceof Edit.UpdateRole update) {
            return Change.updateRole(update.role(), update(update.attributes(), sketch, catalog));
        } else if (edit instanceof Edit.DeleteRole delete) {
            return Change.deleteRole(delete.role());
        } else if (edit instanceof Edit.RestoreRole restore) {
            return Change.restoreRole(restore.role());
        } else if (edit instanceof Edit.PurgeRole purge) {
            return Change.purgeRole(purge.role());
        } else if (edit instanceof Edit.PutSystemRole put) {
            Set<String> keys = put.role().permissions();
            return Change.putSystemRole(SketchPolicy.role(put.role(), holder(keys, sketch, catalog)));
        }
        return changeOfAssignments(edit);
    }

    private static Change changeOfAssignments(Edit edit) {
        if (edit instanceof Edit.Assign assign) {
            return Change.assign(assign.user(), assign.role(), SketchPolicy.target(assign.target()));
        } else if (edit instanceof Edit.Unassign unassign) {
            return Change.unassign(unassign.user(), unassign.role(), SketchPolicy.target(unassign.target()));
        } else if (edit instanceof Edit.Connect connect) {
            return Change.connect(connect.user(), SketchPolicy.target(connect.target()));
        } else if (edit instanceof Edit.SetRoles set) {
            return Change.setRoles(set.user(), SketchPolicy.target(set.target()), set.roles());
        } else if (edit instanceof Edit.SetUsers set) {
            return Change.setUsers(set.role(), SketchPolicy.target(set.target()), set.users());
        } else if (edit instanceof Edit.AssignToAll all) {
            return Change.assignToAll(all.role());
        } else if (edit instanceof Edit.RemoveUser remove) {
            return Change.removeUser(remove.user());
        }
        return changeOfPlaces(edit);
    }

    private static Change changeOfPlaces(Edit edit) {
        if (edit instanceof Edit.AddTeam add) {
            return Change.addTeam(add.team());
        } else if (edit instanceof Edit.RemoveTeam remove) {
            return Change.removeTeam(remove.team());
        } else if (edit instanceof Edit.AddChat add) {
            String team = add.team();
            return team == null ? Change.addChat(add.chat()) : Change.addChat(add.chat(), team);
        } else if (edit instanceof Edit.MoveChat move) {
            String team = move.team();
            return team == null ? Change.moveChat(move.chat()) : Change.moveChat(move.chat(), team);
        } else if (edit instanceof Edit.RemoveChat remove) {
            return Change.removeChat(remove.chat());
        }
        throw new AssertionError(edit);
    }

    private static RoleUpdate update(Edit.Attributes given, Sketch sketch, PermissionCatalog catalog) {
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
            Rights rights = holder(keys, sketch, catalog).rights(keys);
            builder.rights(rights);
        }
        return builder.build();
    }

    /** The catalog, or one that has besides those of the sketch the permissions that it lacks. */
    private static PermissionCatalog holder(Set<String> keys, Sketch sketch, PermissionCatalog catalog) {
        if (keys.stream().allMatch(key -> catalog.indexOf(key) >= 0)) {
            return catalog;
        }
        SketchRole role = SketchRole.of("holder", Scope.ACCOUNT).withPermissions(keys);
        List<SketchGroup> groups = HeldCatalog.of(sketch.withRoles(List.of(role)));
        return SketchPolicy.catalog(sketch.withCatalog(groups, List.of()));
    }

    /**
     * What the library says came of a batch, as plain data.
     *
     * @param effects the effects
     * @return the effects, in order
     * @since 0.1
     */
    public static List<EditEffect> effects(List<Effect> effects) {
        return effects.stream().map(EditChange::effect).toList();
    }

    private static EditEffect effect(Effect effect) {
        if (effect instanceof Effect.RoleAdded added) {
            return new RoleAdded(role(added.role()));
        } else if (effect instanceof Effect.RoleChanged changed) {
            return new RoleChanged(role(changed.before()), role(changed.after()));
        } else if (effect instanceof Effect.RoleRemoved removed) {
            return new RoleRemoved(role(removed.role()));
        } else if (effect instanceof Effect.TeamAdded added) {
            return new TeamAdded(added.team());
        } else if (effect instanceof Effect.TeamRemoved removed) {
            return new TeamRemoved(removed.team());
        } else if (effect instanceof Effect.ChatAdded added) {
            return new ChatAdded(added.chat(), added.teamOrNull());
        } else if (effect instanceof Effect.ChatMoved moved) {
            return new ChatMoved(moved.chat(), moved.beforeOrNull(), moved.afterOrNull());
        } else if (effect instanceof Effect.ChatRemoved removed) {
            return new ChatRemoved(removed.chat(), removed.teamOrNull());
        } else if (effect instanceof Effect.AssignmentAdded added) {
            return new AssignmentAdded(assignment(added.assignment()));
        } else if (effect instanceof Effect.AssignmentRemoved removed) {
            return new AssignmentRemoved(assignment(removed.assignment()));
        }
        throw new AssertionError(effect);
    }

    private static SketchRole role(Role role) {
        return new SketchRole(
                role.id(),
                role.scope(),
                role.name(),
                role.description().orElse(null),
                role.type() == RoleType.SYSTEM,
                role.isDefault(),
                role.createdAt().map(Instant::toEpochMilli).orElse(null),
                role.updatedAt().map(Instant::toEpochMilli).orElse(null),
                role.discardedAt().map(Instant::toEpochMilli).orElse(null),
                role.rights().stream().map(Permission::key).collect(Collectors.toSet()));
    }

    private static Assignment assignment(io.rbac.model.Assignment assignment) {
        Target target = assignment.target();
        Place place = switch (target.scope()) {
            case ACCOUNT -> Place.account();
            case TEAM -> Place.team(target.id());
            case CHAT -> Place.chat(target.id());
        };
        return new Assignment(assignment.user(), assignment.role(), place);
    }
}
