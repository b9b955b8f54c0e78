package io.rbac.test;

import io.rbac.test.PlainGroup.Action;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random edits with something wrong. Not thread-safe. */
final class InvalidEdits {
    private static final int WAYS = 26;
    private static final String GONE = "gone";
    private static final PlainScope ALIEN = new PlainScope("alien", 1, false);

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
        if (choices.oneIn(3) && isDeep()) {
            return one(tooDeep());
        }
        return switch (choices.below(WAYS)) {
            case 0 -> one(ofRole(GONE));
            case 1 -> one(atTarget(PlainTarget.of(anyScope(), GONE)));
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
            case 21 -> lockOut();
            case 22 -> one(ofAccount());
            case 23 -> one(toImpossibleParent());
            case 24 -> one(toBelowItself());
            default -> one(tooDeep());
        };
    }

    private boolean isDeep() {
        return PlainPaths.path(plain, picks.deepest()).size() > PlainPaths.LONGEST / 2;
    }

    /**
     * Returns an edit of any kind, of any ids that the policy has and some that it lacks: right or wrong in several
     * ways.
     */
    Edit anyEdit() {
        List<String> ids = new ArrayList<>(List.of(GONE, " a", "user1"));
        plain.roles().forEach(role -> ids.add(role.id()));
        ids.addAll(picks.users());
        plain.targets().forEach(located -> ids.add(located.target().id()));
        String id = choices.oneOf(ids);
        return switch (choices.below(4)) {
            case 0 -> ofRole(id);
            case 1 -> atTarget(anyTarget(id));
            case 2 -> withBadId(id);
            default -> ofTarget(anyTarget(id), anyTarget(choices.oneOf(ids)));
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

    /** Returns a scope below the account's, sometimes one that the tree lacks. */
    private PlainScope anyScope() {
        PlainScope scope = picks.scopeBelowAccount();
        return scope == null || choices.oneIn(6) ? ALIEN : scope;
    }

    /** Returns a target that has this id, whether it is known or not, or the account. */
    private PlainTarget anyTarget(String id) {
        PlainTarget known = picks.targetBelowAccount();
        return switch (choices.below(6)) {
            case 0 -> PlainTarget.account();
            case 1, 2 -> known == null ? PlainTarget.account() : known;
            default -> PlainTarget.of(anyScope(), id);
        };
    }

    private List<String> withOthers(String role, PlainScope scope) {
        List<String> roles = picks.someRoles(scope);
        roles.add(choices.below(roles.size() + 1), role);
        if (choices.oneIn(4)) {
            roles.add(role);
        }
        return roles;
    }

    private Edit atTarget(PlainTarget target) {
        PlainRole role = picks.role(r -> r.isActive() && r.scope().equals(target.scope()));
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
        PlainScope scope = anyScope();
        return ofTarget(
                PlainTarget.of(scope, GONE),
                choices.oneIn(2) ? PlainTarget.of(anyScope(), GONE) : picks.parentFor(scope));
    }

    private Edit ofTarget(PlainTarget target, PlainTarget parent) {
        PlainTarget known = picks.targetBelowAccount();
        return switch (choices.below(5)) {
            case 0 -> new Edit.RemoveTarget(target);
            case 1 -> new Edit.MoveTarget(target, parent);
            case 2 -> new Edit.AddTarget(target, parent);
            case 3 -> new Edit.MoveTarget(known == null ? parent : known, target);
            default -> new Edit.AddTarget(picks.newTarget(anyScope()), target);
        };
    }

    /** Returns an edit that adds, moves or removes the account itself. */
    private Edit ofAccount() {
        PlainTarget account = PlainTarget.account();
        return switch (choices.below(3)) {
            case 0 -> new Edit.AddTarget(account, picks.anyTarget());
            case 1 -> new Edit.MoveTarget(account, picks.anyTarget());
            default -> new Edit.RemoveTarget(account);
        };
    }

    /** Returns an edit to a known parent that has a narrower scope, or the same one that does not nest. */
    private @Nullable Edit toImpossibleParent() {
        PlainTarget parent = picks.targetBelowAccount();
        PlainTarget target = picks.targetBelowAccount();
        PlainScope scope = picks.scopeBelowAccount();
        if (parent == null || target == null || scope == null) {
            return null;
        }
        return choices.oneIn(2)
                ? new Edit.MoveTarget(target, parent)
                : new Edit.AddTarget(picks.newTarget(scope), parent);
    }

    /** Returns the move of a target into itself, or into one that lies in it. */
    private @Nullable Edit toBelowItself() {
        PlainTarget target = picks.targetBelowAccount();
        return target == null ? null : new Edit.MoveTarget(target, choices.oneOf(PlainPaths.atOrBelow(plain, target)));
    }

    /** Returns an addition to the deepest target, or a move by which some path becomes too long, as far as scopes fit. */
    private @Nullable Edit tooDeep() {
        List<PlainPolicy.Located> some = isDeep() ? plain.targets() : List.of();
        List<PlainTarget> targets = some.stream()
                .map(PlainPolicy.Located::target)
                .filter(target -> !tooDeepFor(target).isEmpty())
                .toList();
        if (!targets.isEmpty() && choices.oneIn(2)) {
            PlainTarget target = choices.oneOf(targets);
            return new Edit.MoveTarget(target, choices.oneOf(tooDeepFor(target)));
        }
        PlainTarget deepest = picks.deepest();
        List<PlainScope> scopes = plain.scopes().stream()
                .filter(scope -> PlainPaths.mayLieIn(plain, scope, deepest.scope()))
                .toList();
        return scopes.isEmpty() ? null : new Edit.AddTarget(picks.newTarget(choices.oneOf(scopes)), deepest);
    }

    private List<PlainTarget> tooDeepFor(PlainTarget target) {
        int height = PlainPaths.height(plain, target);
        return RandomTargets.wider(plain, target.scope()).stream()
                .filter(parent -> !PlainPaths.path(plain, parent).contains(target))
                .filter(parent -> PlainPaths.path(plain, parent).size() + height > PlainPaths.LONGEST)
                .toList();
    }

    private Edit withBadId(String id) {
        PlainTarget target = picks.anyTarget();
        PlainRole role = picks.role(r -> r.isActive() && r.scope().equals(target.scope()));
        String roleId = role == null ? GONE : role.id();
        List<String> users = new ArrayList<>(picks.someUsers());
        users.add(choices.below(users.size() + 1), id);
        return switch (choices.below(8)) {
            case 0, 1 -> {
                PlainScope scope = anyScope();
                yield new Edit.AddTarget(PlainTarget.of(scope, id), picks.parentFor(scope));
            }
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
        PlainTarget known = picks.targetBelowAccount();
        return switch (choices.below(4)) {
            case 0 ->
                role == null ? null : new Edit.CreateRole(role.id(), role.scope(), Edit.Attributes.named(picks.name()));
            case 1 -> custom == null ? null : new Edit.PutSystemRole(custom.withTexts(picks.name(), null));
            default ->
                known == null
                        ? null
                        : new Edit.AddTarget(known, choices.oneIn(2) ? picks.parentFor(known.scope()) : known);
        };
    }

    /** Returns an edit whose scope is missing, not allowed, or not that of the system role. */
    private @Nullable Edit withBadScope() {
        PlainRole system = picks.role(r -> r.system() && r.isActive());
        List<PlainScope> barred = new ArrayList<>(plain.scopes());
        barred.removeAll(plain.allowedScopes());
        barred.add(ALIEN);
        PlainScope scope = choices.oneOf(barred);
        PlainScope other = choices.oneOf(plain.scopes());
        Edit.Attributes given = Edit.Attributes.named(picks.name()).withPermissions(List.of());
        return switch (choices.below(4)) {
            case 0 -> new Edit.CreateRole(picks.newRoleId(), null, given);
            case 1 -> new Edit.CreateRole(picks.newRoleId(), scope, given);
            case 2 ->
                new Edit.PutSystemRole(PlainRole.of(picks.newRoleId(), scope).withTexts(picks.name(), null));
            default -> system == null ? null : new Edit.PutSystemRole(PlainRole.of(system.id(), other));
        };
    }

    private @Nullable Edit withName(@Nullable String name) {
        PlainScope scope = picks.scope();
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
        PlainScope scope = role == null ? picks.scope() : role.scope();
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
        PlainScope scope = choices.oneOf(plain.scopes());
        PlainTarget target = picks.target(scope);
        if (target == null) {
            return null;
        }
        String user = RandomWords.numbered("new", picks.users()::contains);
        return choices.oneIn(2) ? new Edit.SetRoles(user, target, List.of()) : new Edit.Connect(user, target);
    }

    /** Returns edits that leave too few or too many active defaults of a scope. */
    private List<Edit> breakDefaults() {
        List<PlainScope> limited = plain.allowedScopes().stream()
                .filter(scope -> rules.defaultsOf(scope).max() != null)
                .toList();
        return limited.isEmpty() || choices.oneIn(3)
                ? tooFewDefaults(picks.scope())
                : tooManyDefaults(choices.oneOf(limited));
    }

    private List<Edit> tooFewDefaults(PlainScope scope) {
        List<Edit> edits = new ArrayList<>();
        for (PlainRole role : plain.roles()) {
            if (role.scope().equals(scope) && role.isActive() && role.isDefault()) {
                boolean discard = rules.deletion().equals("discard") && choices.oneIn(2);
                Edit.Attributes given = Edit.Attributes.none().withDefault(false);
                edits.add(discard ? new Edit.DeleteRole(role.id()) : new Edit.UpdateRole(role.id(), given));
            }
        }
        return edits;
    }

    private List<Edit> tooManyDefaults(PlainScope scope) {
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
                if (role.scope().equals(target.scope()) && role.isActive()) {
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
                if (role.scope().isAccount()
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
