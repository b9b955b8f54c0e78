package io.rbac.test;

import io.rbac.model.Scope;
import io.rbac.test.PlainGroup.Action;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random edits with something wrong. Not thread-safe. */
final class InvalidEdits {
    private static final int WAYS = 22;
    private static final String GONE = "gone";

    private static final List<String> BAD_IDS = List.of(
            "",
            " ",
            " a",
            "a ",
            "a  b",
            "a\tb",
            "a\u00A0b",
            "a\u200Bb",
            "\uE000",
            "\uD800",
            "a\uDC00",
            "x".repeat(257));
    private static final List<String> BAD_NAMES =
            List.of("", "   ", "\u3164\u2800\u115F", "Mem\nber", "\u202EMember", "Mem\uD800ber", "x".repeat(400));

    private final Choices choices;
    private final PlainPolicy plain;
    private final PlainRules rules;
    private final Picks picks;

    InvalidEdits(Choices choices, PlainPolicy plain) {
        this.choices = choices;
        this.plain = plain;
        this.rules = plain.rules();
        this.picks = new Picks(choices, plain);
    }

    /** Returns one edit, or a few that are wrong together; none if the policy has nothing that fits. */
    List<Edit> next() {
        return switch (choices.below(WAYS)) {
            case 0 -> one(ofRole(GONE));
            case 1 -> one(atTarget(choices.oneIn(2) ? PlainTarget.team(GONE) : PlainTarget.chat(GONE)));
            case 2 -> one(ofUnknownTarget());
            case 3 -> one(withBadId(choices.oneOf(BAD_IDS)));
            case 4 -> one(ofExisting());
            case 5 -> one(new Edit.CreateRole(null, picks.scope(), Edit.Attributes.named(picks.name())));
            case 6 -> one(withBadScope());
            case 7 -> one(withName(choices.oneIn(6) ? null : choices.oneOf(BAD_NAMES)));
            case 8 -> one(withTakenName());
            case 9 -> one(withDescription("\uD83D\uDE00".repeat(501)));
            case 10 -> one(withRights(false));
            case 11 -> one(withRights(true));
            case 12 -> one(new Edit.CreateRole(picks.newRoleId(), picks.scope(), Edit.Attributes.named(picks.name())));
            case 13 -> one(ofSystemRole());
            case 14, 15 -> one(ofDiscarded());
            case 16 -> one(atOtherScope());
            case 17 -> one(inUse());
            case 18 -> one(withoutDefaults());
            case 19 -> breakDefaults();
            case 20 -> tooManyRoles();
            default -> lockOut();
        };
    }

    /**
     * Returns an edit of any kind, of any ids that the policy has and some that it lacks: right or wrong in several
     * ways.
     */
    Edit anyEdit() {
        List<String> ids = new ArrayList<>(List.of(GONE, " a", "user1"));
        plain.roles().forEach(role -> ids.add(role.id()));
        ids.addAll(picks.users());
        ids.addAll(plain.teams());
        ids.addAll(picks.chats());
        String id = choices.oneOf(ids);
        return switch (choices.below(4)) {
            case 0 -> ofRole(id);
            case 1 -> atTarget(choices.oneIn(2) ? PlainTarget.team(id) : PlainTarget.chat(id));
            case 2 -> withBadId(id);
            default -> ofTarget(id, choices.oneIn(3) ? null : choices.oneOf(ids));
        };
    }

    private static List<Edit> one(@Nullable Edit edit) {
        return edit == null ? List.of() : List.of(edit);
    }

    /** Returns any kind of edit that names a role. */
    private Edit ofRole(String role) {
        PlainTarget target = picks.anyTarget();
        return switch (choices.below(9)) {
            case 0 -> new Edit.Assign(picks.user(), role, target);
            case 1 -> new Edit.Unassign(picks.user(), role, target);
            case 2 -> new Edit.SetRoles(picks.user(), target, withOthers(role, target.scope()));
            case 3 -> new Edit.SetUsers(role, target, picks.someUsers());
            case 4 -> new Edit.AssignToAll(role);
            case 5 -> new Edit.UpdateRole(role, Edit.Attributes.named(picks.name()));
            case 6 -> new Edit.DeleteRole(role);
            case 7 -> new Edit.RestoreRole(role);
            default -> new Edit.PurgeRole(role);
        };
    }

    private List<String> withOthers(String role, Scope scope) {
        List<String> roles = picks.someRoles(scope);
        roles.add(choices.below(roles.size() + 1), role);
        if (choices.oneIn(4)) {
            roles.add(role);
        }
        return roles;
    }

    private Edit atTarget(PlainTarget target) {
        PlainRole role = picks.role(r -> r.isActive() && r.scope() == target.scope());
        String id = role == null ? GONE : role.id();
        return switch (choices.below(5)) {
            case 0 -> new Edit.Connect(picks.user(), target);
            case 1 -> new Edit.Assign(picks.user(), id, target);
            case 2 -> new Edit.Unassign(picks.user(), id, target);
            case 3 -> new Edit.SetRoles(picks.user(), target, role == null ? List.of() : List.of(id));
            default -> new Edit.SetUsers(id, target, picks.someUsers());
        };
    }

    private Edit ofUnknownTarget() {
        return ofTarget(GONE, choices.oneIn(2) ? GONE : picks.teamOrAccount());
    }

    private Edit ofTarget(String id, @Nullable String team) {
        return switch (choices.below(6)) {
            case 0 -> new Edit.RemoveTeam(id);
            case 1 -> new Edit.RemoveChat(id);
            case 2 -> new Edit.MoveChat(id, team);
            case 3 -> new Edit.AddTeam(id);
            case 4 -> new Edit.AddChat(picks.chats().isEmpty() ? id : choices.oneOf(picks.chats()), id);
            default -> new Edit.AddChat(id, team);
        };
    }

    private Edit withBadId(String id) {
        PlainTarget target = picks.anyTarget();
        PlainRole role = picks.role(r -> r.isActive() && r.scope() == target.scope());
        String roleId = role == null ? GONE : role.id();
        List<String> users = new ArrayList<>(picks.someUsers());
        users.add(choices.below(users.size() + 1), id);
        return switch (choices.below(8)) {
            case 0 -> new Edit.AddTeam(id);
            case 1 -> new Edit.AddChat(id, picks.teamOrAccount());
            case 2 -> new Edit.CreateRole(id, picks.scope(), Edit.Attributes.named(picks.name()));
            case 3 -> new Edit.PutSystemRole(PlainRole.of(id, picks.scope()).withTexts(picks.name(), null));
            case 4 -> new Edit.Assign(id, roleId, target);
            case 5 -> new Edit.Connect(id, target);
            case 6 -> new Edit.SetRoles(id, target, picks.someRoles(target.scope()));
            default -> new Edit.SetUsers(roleId, target, users);
        };
    }

    /** Returns an addition of what is there already. */
    private @Nullable Edit ofExisting() {
        PlainRole role = picks.role(any -> true);
        PlainRole custom = picks.role(r -> !r.system());
        return switch (choices.below(4)) {
            case 0 ->
                role == null ? null : new Edit.CreateRole(role.id(), role.scope(), Edit.Attributes.named(picks.name()));
            case 1 -> custom == null ? null : new Edit.PutSystemRole(custom.withTexts(picks.name(), null));
            case 2 -> plain.teams().isEmpty() ? null : new Edit.AddTeam(choices.oneOf(plain.teams()));
            default ->
                picks.chats().isEmpty() ? null : new Edit.AddChat(choices.oneOf(picks.chats()), picks.teamOrAccount());
        };
    }

    /** Returns an edit whose scope is missing, not allowed, or not that of the system role. */
    private @Nullable Edit withBadScope() {
        PlainRole system = picks.role(r -> r.system() && r.isActive());
        List<Scope> barred = new ArrayList<>(List.of(Scope.values()));
        barred.removeAll(rules.scopes());
        Scope scope = choices.oneOf(barred.isEmpty() ? List.of(Scope.values()) : barred);
        Edit.Attributes given = Edit.Attributes.named(picks.name()).withPermissions(List.of());
        return switch (choices.below(4)) {
            case 0 -> new Edit.CreateRole(picks.newRoleId(), null, given);
            case 1 -> new Edit.CreateRole(picks.newRoleId(), scope, given);
            case 2 ->
                new Edit.PutSystemRole(PlainRole.of(picks.newRoleId(), scope).withTexts(picks.name(), null));
            default -> system == null ? null : new Edit.PutSystemRole(PlainRole.of(system.id(), scope));
        };
    }

    private @Nullable Edit withName(@Nullable String name) {
        Scope scope = picks.scope();
        Edit.Attributes given = Edit.Attributes.none().withName(name).withPermissions(picks.rights(scope));
        PlainRole role = picks.role(PlainRole::isActive);
        return switch (choices.below(3)) {
            case 0 -> new Edit.CreateRole(picks.newRoleId(), scope, given);
            case 1 ->
                role == null
                        ? null
                        : new Edit.UpdateRole(role.id(), Edit.Attributes.none().withName(name));
            default ->
                new Edit.PutSystemRole(
                        PlainRole.of(picks.newRoleId(), scope).withTexts(name == null ? "" : name, null));
        };
    }

    private @Nullable Edit withTakenName() {
        PlainRole role = picks.role(PlainRole::isActive);
        PlainRole discarded = picks.role(r -> !r.isActive());
        if (discarded != null && choices.oneIn(3)) {
            return new Edit.RestoreRole(discarded.id());
        }
        return role == null ? null : withName(role.name());
    }

    private @Nullable Edit withDescription(String text) {
        PlainRole role = picks.role(PlainRole::isActive);
        String description = choices.oneIn(2) ? text : "";
        Edit.Attributes given = Edit.Attributes.none().withDescription(description);
        return switch (choices.below(3)) {
            case 0 -> role == null ? null : new Edit.UpdateRole(role.id(), given);
            case 1 -> new Edit.CreateRole(picks.newRoleId(), picks.scope(), given.withName(picks.name()));
            default ->
                new Edit.PutSystemRole(
                        PlainRole.of(picks.newRoleId(), picks.scope()).withTexts(picks.name(), description));
        };
    }

    /** Returns an edit whose rights have a permission for another scope, or one that the catalog lacks. */
    private @Nullable Edit withRights(boolean unknown) {
        PlainRole role = picks.role(PlainRole::isActive);
        Scope scope = role == null ? picks.scope() : role.scope();
        List<String> keys = new ArrayList<>(picks.rights(scope));
        plain.actions().stream()
                .filter(action -> !action.scopes().contains(scope))
                .limit(1 + choices.below(2))
                .map(Action::key)
                .forEach(keys::add);
        if (unknown) {
            keys.add("user:fly");
        }
        return switch (choices.below(3)) {
            case 0 ->
                role == null
                        ? null
                        : new Edit.UpdateRole(role.id(), Edit.Attributes.none().withPermissions(keys));
            case 1 ->
                new Edit.CreateRole(
                        picks.newRoleId(),
                        scope,
                        Edit.Attributes.named(picks.name()).withPermissions(keys));
            default -> {
                boolean known = role != null && role.system() && choices.oneIn(2);
                String id = known && role != null ? role.id() : picks.newRoleId();
                yield new Edit.PutSystemRole(
                        PlainRole.of(id, scope).withTexts(picks.name(), null).withPermissions(keys));
            }
        };
    }

    private @Nullable Edit ofSystemRole() {
        PlainRole role = picks.role(r -> r.system() && r.isActive());
        if (role == null) {
            return null;
        }
        Edit.Attributes none = Edit.Attributes.none();
        Edit.Attributes given = switch (choices.below(4)) {
            case 0 -> none.withPermissions(role.permissions().isEmpty() ? picks.rights(role.scope()) : List.of());
            case 1 -> none.withName(picks.name());
            case 2 -> none.withDefault(!role.isDefault());
            default ->
                none.withDescription(rules.description().allowed() ? "x" : null).withName(role.name());
        };
        return new Edit.UpdateRole(role.id(), given);
    }

    private @Nullable Edit ofDiscarded() {
        PlainRole role = picks.role(r -> !r.isActive());
        if (role == null) {
            return null;
        }
        PlainTarget target = picks.target(role.scope());
        PlainTarget at = target == null ? PlainTarget.account() : target;
        return switch (choices.below(7)) {
            case 0 -> new Edit.Assign(picks.user(), role.id(), at);
            case 1 -> new Edit.SetRoles(picks.user(), at, withOthers(role.id(), role.scope()));
            case 2 -> new Edit.SetUsers(role.id(), at, picks.someUsers());
            case 3 -> new Edit.AssignToAll(role.id());
            case 4 -> new Edit.UpdateRole(role.id(), Edit.Attributes.named(picks.name()));
            case 5 -> new Edit.DeleteRole(role.id());
            default -> new Edit.PutSystemRole(role);
        };
    }

    private @Nullable Edit atOtherScope() {
        PlainRole role = picks.role(PlainRole::isActive);
        if (role == null) {
            return null;
        }
        PlainTarget target = picks.anyTarget();
        return switch (choices.below(4)) {
            case 0 -> new Edit.Assign(picks.user(), role.id(), target);
            case 1 -> new Edit.SetRoles(picks.user(), target, withOthers(role.id(), target.scope()));
            case 2 -> new Edit.SetUsers(role.id(), target, picks.someUsers());
            default -> new Edit.AssignToAll(role.id());
        };
    }

    private @Nullable Edit inUse() {
        PlainRole role = picks.role(
                r -> plain.assignments().stream().anyMatch(a -> a.role().equals(r.id())));
        if (role == null) {
            return null;
        }
        return rules.deletion().equals("refuse") && choices.oneIn(2)
                ? new Edit.DeleteRole(role.id())
                : new Edit.PurgeRole(role.id());
    }

    private @Nullable Edit withoutDefaults() {
        Scope scope = choices.oneOf(List.of(Scope.TEAM, Scope.CHAT, Scope.ACCOUNT));
        PlainTarget target = picks.target(scope);
        if (target == null) {
            return null;
        }
        String user = RandomWords.numbered("new", picks.users()::contains);
        return choices.oneIn(2) ? new Edit.SetRoles(user, target, List.of()) : new Edit.Connect(user, target);
    }

    /** Returns edits that leave too few or too many active defaults of a scope. */
    private List<Edit> breakDefaults() {
        List<Scope> limited = rules.scopes().stream()
                .filter(scope -> rules.defaultsOf(scope).max() != null)
                .toList();
        return limited.isEmpty() || choices.oneIn(3)
                ? tooFewDefaults(picks.scope())
                : tooManyDefaults(choices.oneOf(limited));
    }

    private List<Edit> tooFewDefaults(Scope scope) {
        List<Edit> edits = new ArrayList<>();
        for (PlainRole role : plain.roles()) {
            if (role.scope() == scope && role.isActive() && role.isDefault()) {
                boolean discard = rules.deletion().equals("discard") && choices.oneIn(2);
                Edit.Attributes given = Edit.Attributes.none().withDefault(false);
                edits.add(discard ? new Edit.DeleteRole(role.id()) : new Edit.UpdateRole(role.id(), given));
            }
        }
        return edits;
    }

    private List<Edit> tooManyDefaults(Scope scope) {
        List<Edit> edits = new ArrayList<>();
        int count = choices.between(1, 3);
        for (int i = 0; i < count; i++) {
            Edit.Attributes given =
                    Edit.Attributes.named(picks.name()).withDefault(true).withPermissions(List.of());
            String id = RandomWords.numbered("extra", this::isRole) + "x".repeat(i);
            edits.add(new Edit.CreateRole(id, scope, given));
        }
        return edits;
    }

    private boolean isRole(String id) {
        return RoleEdits.find(plain, id) != null;
    }

    private List<Edit> tooManyRoles() {
        Integer most = rules.rolesPerTarget();
        List<Edit> edits = new ArrayList<>();
        if (most != null) {
            PlainTarget target = picks.anyTarget();
            String user = picks.user();
            for (PlainRole role : plain.roles()) {
                if (role.scope() == target.scope() && role.isActive()) {
                    edits.add(new Edit.Assign(user, role.id(), target));
                }
            }
        }
        return edits;
    }

    /** Returns edits by which the last holders of a lockout permission lose it. */
    private List<Edit> lockOut() {
        List<Edit> edits = new ArrayList<>();
        int way = choices.below(3);
        for (String key : rules.lockout()) {
            for (PlainRole role : plain.roles()) {
                if (role.scope() == Scope.ACCOUNT
                        && role.isActive()
                        && role.permissions().contains(key)) {
                    edits.add(
                            switch (way) {
                                case 0 -> new Edit.SetUsers(role.id(), PlainTarget.account(), List.of());
                                case 1 ->
                                    role.system()
                                            ? new Edit.PutSystemRole(role.withPermissions(List.of()))
                                            : new Edit.UpdateRole(
                                                    role.id(),
                                                    Edit.Attributes.none().withPermissions(List.of()));
                                default -> new Edit.DeleteRole(role.id());
                            });
                }
            }
        }
        return edits;
    }
}
