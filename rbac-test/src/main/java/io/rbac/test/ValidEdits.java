package io.rbac.test;

import io.rbac.test.PlainPolicy.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Random edits with nothing wrong, except perhaps for the policy as a whole. Not thread-safe. */
final class ValidEdits {
    private static final int KINDS = 26;

    private final Choices choices;
    private final PlainPolicy plain;
    private final PlainRules rules;
    private final Picks picks;

    ValidEdits(Choices choices, PlainPolicy plain) {
        this.choices = choices;
        this.plain = plain;
        this.rules = plain.rules();
        this.picks = new Picks(choices, plain);
    }

    /** Returns one edit, or a few that belong together; none if the policy has nothing that fits. */
    List<Edit> next() {
        int kind = choices.below(KINDS);
        if (kind == KINDS - 1) {
            return together();
        }
        Edit edit = switch (kind) {
            case 0, 1, 2 -> assign();
            case 3 -> unassign();
            case 4, 5 -> new Edit.Connect(picks.user(), picks.anyTarget());
            case 6, 7 -> setRoles();
            case 8 -> setUsers();
            case 9, 10, 11 -> update(picks.role(PlainRole::isActive));
            case 12, 13 -> create();
            case 14 -> delete();
            case 15 -> restore();
            case 16 -> purge();
            case 17 -> putSystem();
            case 18 -> assignToAll();
            case 19 -> new Edit.RemoveUser(picks.user());
            case 20, 21 -> addTarget();
            case 22 -> removeTarget();
            default -> moveTarget();
        };
        return edit == null ? List.of() : List.of(edit);
    }

    private @Nullable Edit assign() {
        PlainRole role = picks.role(PlainRole::isActive);
        PlainTarget target = role == null ? null : picks.target(role.scope());
        return role == null || target == null ? null : new Edit.Assign(picks.user(), role.id(), target);
    }

    private @Nullable Edit unassign() {
        PlainRole role = picks.role(any -> true);
        if (!plain.assignments().isEmpty() && !choices.oneIn(4)) {
            Assignment held = choices.oneOf(plain.assignments());
            return new Edit.Unassign(held.user(), held.role(), held.target());
        }
        return role == null ? null : new Edit.Unassign(picks.user(), role.id(), picks.anyTarget());
    }

    private Edit setRoles() {
        PlainTarget target = picks.anyTarget();
        List<String> roles = choices.oneIn(3) ? List.of() : picks.someRoles(target.scope());
        return new Edit.SetRoles(picks.user(), target, roles);
    }

    private @Nullable Edit setUsers() {
        PlainRole role = picks.role(PlainRole::isActive);
        PlainTarget target = role == null ? null : picks.target(role.scope());
        return role == null || target == null ? null : new Edit.SetUsers(role.id(), target, picks.someUsers());
    }

    /** Returns an update of any attributes; of a system role, mostly of those that may change. */
    private @Nullable Edit update(@Nullable PlainRole role) {
        if (role == null) {
            return null;
        }
        Edit.Attributes given = Edit.Attributes.none();
        boolean textsFrozen = role.system() && !rules.systemRoles().nameMayChange();
        if (choices.oneIn(2)) {
            given = given.withName(textsFrozen || choices.oneIn(4) ? role.name() : picks.name());
        }
        if (choices.oneIn(4)) {
            given = given.withDescription(textsFrozen ? role.description() : description());
        }
        if (choices.oneIn(3)) {
            boolean frozen = role.system() && !rules.systemRoles().defaultMayChange();
            given = given.withDefault(frozen || choices.oneIn(4) ? role.isDefault() : !role.isDefault());
        }
        if (choices.oneIn(2)) {
            given = given.withPermissions(
                    role.system() || choices.oneIn(4) ? role.permissions() : picks.rights(role.scope()));
        }
        return new Edit.UpdateRole(role.id(), given);
    }

    private @Nullable String description() {
        boolean none = !rules.description().allowed() || choices.oneIn(3);
        return none ? null : RandomWords.description(choices, rules);
    }

    private Edit create() {
        PlainScope scope = rules.defaultScope() != null && choices.oneIn(3) ? null : picks.scope();
        Edit.Attributes given = Edit.Attributes.named(picks.name());
        if (choices.oneIn(4)) {
            given = given.withDescription(description());
        }
        if (choices.oneIn(3)) {
            given = given.withDefault(choices.oneIn(2));
        }
        if (rules.rightsRequired() || !choices.oneIn(4)) {
            given = given.withPermissions(
                    picks.rights(scope == null ? Objects.requireNonNull(rules.defaultScope()) : scope));
        }
        return new Edit.CreateRole(picks.newRoleId(), scope, given);
    }

    private @Nullable Edit delete() {
        boolean discards = rules.deletion().equals("discard");
        boolean refuses = rules.deletion().equals("refuse");
        PlainRole role = picks.role(r -> (!discards || r.isActive()) && (!refuses || !isUsed(r)));
        return role == null ? null : new Edit.DeleteRole(role.id());
    }

    private boolean isUsed(PlainRole role) {
        return plain.assignments().stream().anyMatch(a -> a.role().equals(role.id()));
    }

    private @Nullable Edit restore() {
        PlainRole discarded = picks.role(role -> !role.isActive());
        PlainRole role = discarded == null || choices.oneIn(6) ? picks.role(PlainRole::isActive) : discarded;
        return role == null ? null : new Edit.RestoreRole(role.id());
    }

    private @Nullable Edit purge() {
        PlainRole role = picks.role(r -> !r.isActive());
        return role == null ? null : new Edit.PurgeRole(role.id());
    }

    private Edit putSystem() {
        PlainRole role = picks.role(r -> r.system() && r.isActive());
        if (role != null && !choices.oneIn(4)) {
            return new Edit.PutSystemRole(PlainRole.of(role.id(), role.scope())
                    .withTexts("Anything", null)
                    .withPermissions(picks.rights(role.scope())));
        }
        PlainScope scope = picks.scope();
        return new Edit.PutSystemRole(PlainRole.of(picks.newRoleId(), scope)
                .withTexts(picks.name(), description())
                .withSystem(true)
                .withDefault(choices.oneIn(3))
                .withPermissions(picks.rights(scope)));
    }

    private @Nullable Edit assignToAll() {
        PlainRole role = picks.role(r -> r.isActive() && r.scope().isAccount());
        return role == null ? null : new Edit.AssignToAll(role.id());
    }

    private @Nullable Edit addTarget() {
        PlainScope scope = picks.scopeBelowAccount();
        return scope == null ? null : new Edit.AddTarget(picks.newTarget(scope), picks.parentFor(scope));
    }

    private @Nullable Edit removeTarget() {
        PlainTarget target = picks.targetBelowAccount();
        return target == null ? null : new Edit.RemoveTarget(target);
    }

    /** Returns a move of a target with whatever lies in it, sometimes to where it lies. */
    private @Nullable Edit moveTarget() {
        PlainTarget target = picks.targetBelowAccount();
        return target == null ? null : new Edit.MoveTarget(target, picks.newParentOf(target));
    }

    /** Returns edits that make sense only in one batch. */
    private List<Edit> together() {
        PlainRole role = picks.role(PlainRole::isActive);
        PlainTarget target = picks.targetBelowAccount();
        return switch (choices.below(7)) {
            case 0 -> role == null ? List.of() : swapDefaults(role);
            case 1 ->
                role == null ? List.of() : List.of(new Edit.DeleteRole(role.id()), new Edit.RestoreRole(role.id()));
            case 2 -> role == null ? List.of() : replaceById(role);
            case 3 -> target == null ? List.of() : removeAndAdd(target);
            case 4 -> role == null ? List.of() : swapNames(role);
            case 5 -> target == null ? List.of() : turnRound(target);
            default -> fillNew();
        };
    }

    /** Returns the removal of a target with all below it and the addition of the target alone, there or elsewhere. */
    private List<Edit> removeAndAdd(PlainTarget target) {
        PlainTarget parent = choices.oneIn(2) ? PlainPaths.parentOf(plain, target) : picks.newParentOf(target);
        return List.of(new Edit.RemoveTarget(target), new Edit.AddTarget(target, Objects.requireNonNull(parent)));
    }

    /** Returns the moves by which a target comes to lie in one that lay in it. */
    private List<Edit> turnRound(PlainTarget target) {
        List<PlainTarget> nested = PlainPaths.atOrBelow(plain, target).stream()
                .filter(below -> target.scope().nests() && below.scope().equals(target.scope()))
                .filter(below -> !below.equals(target))
                .toList();
        if (nested.isEmpty()) {
            return List.of();
        }
        PlainTarget below = choices.oneOf(nested);
        PlainTarget parent = Objects.requireNonNull(PlainPaths.parentOf(plain, target));
        return List.of(new Edit.MoveTarget(below, parent), new Edit.MoveTarget(target, below));
    }

    private List<Edit> swapDefaults(PlainRole role) {
        PlainRole other = picks.role(r -> r.isActive() && r.scope().equals(role.scope()) && !r.isDefault());
        PlainRole old = picks.role(r -> r.isActive() && r.scope().equals(role.scope()) && r.isDefault());
        if (other == null || old == null) {
            return List.of();
        }
        return List.of(
                new Edit.UpdateRole(old.id(), Edit.Attributes.none().withDefault(false)),
                new Edit.UpdateRole(other.id(), Edit.Attributes.none().withDefault(true)));
    }

    /** Returns the removal of a role for good and the creation of another, or the same, under its id. */
    private List<Edit> replaceById(PlainRole role) {
        Edit.Attributes given = new Edit.Attributes(
                role.name(), role.description() != null, role.description(), role.isDefault(), role.permissions());
        boolean isSame = choices.oneIn(2);
        Edit again = new Edit.CreateRole(
                role.id(), isSame ? role.scope() : picks.scope(), isSame ? given : given.withPermissions(List.of()));
        return rules.deletion().equals("discard")
                ? List.of(new Edit.DeleteRole(role.id()), new Edit.PurgeRole(role.id()), again)
                : List.of(new Edit.DeleteRole(role.id()), again);
    }

    private List<Edit> swapNames(PlainRole role) {
        PlainRole other = picks.role(r -> r.isActive() && !r.id().equals(role.id()));
        return other == null
                ? List.of()
                : List.of(
                        new Edit.UpdateRole(role.id(), Edit.Attributes.none().withName(other.name())),
                        new Edit.UpdateRole(other.id(), Edit.Attributes.none().withName(role.name())));
    }

    /** Returns edits of targets that the batch itself adds. */
    private List<Edit> fillNew() {
        PlainScope scope = picks.scopeBelowAccount();
        if (scope == null) {
            return List.of();
        }
        PlainTarget target = picks.newTarget(scope);
        List<PlainScope> narrower = plain.scopes().stream()
                .filter(other -> PlainPaths.mayLieIn(plain, other, scope))
                .filter(other -> !other.equals(scope))
                .toList();
        List<Edit> edits = new ArrayList<>();
        edits.add(new Edit.AddTarget(target, picks.parentFor(scope)));
        if (!narrower.isEmpty()) {
            edits.add(new Edit.AddTarget(picks.newTarget(choices.oneOf(narrower)), target));
        }
        edits.add(new Edit.Connect(picks.user(), target));
        return edits;
    }
}
