package io.rbac.test;

import io.rbac.model.Scope;
import io.rbac.test.PlainPolicy.Assignment;
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
            case 20, 21 -> new Edit.AddTeam(RandomWords.id(choices, "team", plain.teams()));
            case 22 -> plain.teams().isEmpty() ? null : new Edit.RemoveTeam(choices.oneOf(plain.teams()));
            case 23 -> new Edit.AddChat(RandomWords.id(choices, "chat", picks.chats()), picks.teamOrAccount());
            default -> existingChat();
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
        Scope scope = rules.defaultScope() != null && choices.oneIn(3) ? null : picks.scope();
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
        Scope scope = picks.scope();
        return new Edit.PutSystemRole(PlainRole.of(picks.newRoleId(), scope)
                .withTexts(picks.name(), description())
                .withSystem(true)
                .withDefault(choices.oneIn(3))
                .withPermissions(picks.rights(scope)));
    }

    private @Nullable Edit assignToAll() {
        PlainRole role = picks.role(r -> r.isActive() && r.scope() == Scope.ACCOUNT);
        return role == null ? null : new Edit.AssignToAll(role.id());
    }

    private @Nullable Edit existingChat() {
        List<String> chats = picks.chats();
        if (chats.isEmpty()) {
            return null;
        }
        String chat = choices.oneOf(chats);
        return choices.oneIn(3) ? new Edit.RemoveChat(chat) : new Edit.MoveChat(chat, picks.teamOrAccount());
    }

    /** Returns edits that make sense only in one batch. */
    private List<Edit> together() {
        PlainRole role = picks.role(PlainRole::isActive);
        String team = picks.teamOrAccount();
        return switch (choices.below(6)) {
            case 0 -> role == null ? List.of() : swapDefaults(role);
            case 1 ->
                role == null ? List.of() : List.of(new Edit.DeleteRole(role.id()), new Edit.RestoreRole(role.id()));
            case 2 -> role == null ? List.of() : replaceById(role);
            case 3 -> team == null ? List.of() : List.of(new Edit.RemoveTeam(team), new Edit.AddTeam(team));
            case 4 -> role == null ? List.of() : swapNames(role);
            default -> fillNewTeam();
        };
    }

    private List<Edit> swapDefaults(PlainRole role) {
        PlainRole other = picks.role(r -> r.isActive() && r.scope() == role.scope() && !r.isDefault());
        PlainRole old = picks.role(r -> r.isActive() && r.scope() == role.scope() && r.isDefault());
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

    /** Returns edits of a team that the batch itself adds. */
    private List<Edit> fillNewTeam() {
        String team = RandomWords.id(choices, "team", plain.teams());
        String chat = RandomWords.id(choices, "chat", picks.chats());
        return List.of(
                new Edit.AddTeam(team),
                new Edit.AddChat(chat, team),
                new Edit.Connect(picks.user(), PlainTarget.team(team)));
    }
}
