package io.rbac.test;

import io.rbac.test.PlainGroup.Action;
import io.rbac.test.PlainPolicy.Assignment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a random valid policy, in the order scopes, rules, catalog, roles, targets, users, assignments. */
final class RandomValidPolicy {
    private static final long FIRST_TIME = 1_700_000_000_000L;
    private static final List<Long> FAR_TIMES = List.of(0L, -1L, 253_402_300_799_999L);

    private final Choices choices;

    /** Whether all kinds of things share their ids, so that one id names a user, a role and targets of several scopes. */
    private final boolean sharesIds;

    private final List<PlainRole> roles = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private List<PlainScope> scopes = PlainScope.standard();
    private PlainRules rules = PlainRules.standard();
    private List<Action> actions = List.of();

    RandomValidPolicy(Choices choices) {
        this.choices = choices;
        this.sharesIds = choices.oneIn(5);
    }

    PlainPolicy make() {
        List<PlainScope> tree = RandomTree.next(choices);
        rules = new RandomRules(choices, tree).make();
        RandomCatalog catalog = new RandomCatalog(choices, tree);
        String account = choices.oneIn(4) ? RandomWords.id(choices, "acme", List.of()) : "acme";
        int revision = choices.oneIn(2) ? choices.between(1, 9) : 0;
        PlainPolicy plain = PlainPolicy.of(account)
                .withRevision(revision)
                .withScopes(tree)
                .withCatalog(catalog.groups(), catalog.retired())
                .withRules(rules);
        actions = plain.actions();
        scopes = plain.allowedScopes();
        if (choices.oneIn(6)) {
            addLockout();
        }
        makeRoles();
        plain = plain.withRules(rules).withRoles(roles);
        plain = new RandomTargets(choices, sharesIds, plain).make();
        return withAssignments(plain, users());
    }

    private String freshId(String kind, Collection<String> taken) {
        return RandomWords.id(choices, sharesIds ? "id" : kind, taken);
    }

    private void addLockout() {
        List<String> keys = keysFor(PlainScope.ACCOUNT);
        if (!keys.isEmpty()) {
            rules = rules.withLockout(List.of(choices.oneOf(keys)));
        }
    }

    private List<String> keysFor(PlainScope scope) {
        return actions.stream()
                .filter(action -> action.scopes().contains(scope))
                .map(Action::key)
                .toList();
    }

    private void makeRoles() {
        boolean timed = choices.oneIn(2);
        for (PlainScope scope : scopes) {
            for (int i = 0; i < rules.defaultsOf(scope).min(); i++) {
                addRole(scope, true, false, timed);
            }
        }
        int more = choices.below(8);
        for (int i = 0; i < more; i++) {
            PlainScope scope = choices.oneOf(scopes);
            boolean discarded = choices.oneIn(5);
            boolean isDefault = choices.oneIn(3) && (discarded || mayHaveAnotherDefault(scope));
            addRole(scope, isDefault, discarded, timed);
        }
    }

    private boolean mayHaveAnotherDefault(PlainScope scope) {
        Integer most = rules.defaultsOf(scope).max();
        long count = roles.stream()
                .filter(role -> role.scope().equals(scope) && role.isDefault() && role.isActive())
                .count();
        return most == null || count < most;
    }

    private void addRole(PlainScope scope, boolean isDefault, boolean discarded, boolean timed) {
        List<String> ids = roles.stream().map(PlainRole::id).toList();
        String id = freshId("role", ids);
        String name = RandomWords.name(choices, rules, discarded ? Set.of() : names);
        if (!discarded) {
            names.add(Spelling.comparableName(name));
        }
        boolean described = rules.description().allowed() && choices.oneIn(4);
        Long created = timed && !choices.oneIn(4) ? time() : null;
        Long updated = timed && !choices.oneIn(4) ? time() : null;
        PlainRole role = PlainRole.of(id, scope)
                .withTexts(name, described ? RandomWords.description(choices, rules) : null)
                .withSystem(choices.oneIn(4))
                .withDefault(isDefault)
                .withTimes(created, later(created, updated), discarded ? later(created, later(updated, time())) : null)
                .withPermissions(rights(keysFor(scope)));
        roles.add(roles.size() - choices.below(roles.size() + 1), role);
    }

    /** Returns one of a few times, so that roles share them. */
    private long time() {
        return choices.oneIn(30) ? choices.oneOf(FAR_TIMES) : FIRST_TIME + choices.below(4);
    }

    private static @Nullable Long later(@Nullable Long first, @Nullable Long second) {
        return first == null || second == null ? second : Long.valueOf(Math.max(first, second));
    }

    private List<String> rights(List<String> keys) {
        return switch (choices.below(6)) {
            case 0 -> keys.subList(0, Math.min(1, keys.size()));
            case 1 -> keys;
            case 2 -> List.of();
            case 3 -> keys.stream().filter(key -> choices.oneIn(4)).toList();
            default -> keys.stream().filter(key -> choices.oneIn(2)).toList();
        };
    }

    private List<String> users() {
        List<String> users = new ArrayList<>();
        int count = choices.between(1, 6);
        for (int i = 0; i < count; i++) {
            users.add(freshId("user", users));
        }
        return users;
    }

    private PlainPolicy withAssignments(PlainPolicy plain, List<String> users) {
        int count = plain.roles().isEmpty() ? 0 : choices.below(32);
        Set<Assignment> made = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            PlainRole role = choices.oneOf(plain.roles());
            List<PlainTarget> targets = plain.targets(role.scope());
            String user = choices.oneOf(users);
            if (!targets.isEmpty()) {
                PlainTarget target = choices.oneOf(targets);
                Assignment assignment = new Assignment(user, role.id(), target);
                if (mayHoldAnother(made, assignment)) {
                    made.add(assignment);
                }
            }
        }
        return plain.withAssignments(new ArrayList<>(made));
    }

    private boolean mayHoldAnother(Set<Assignment> made, Assignment another) {
        Integer most = rules.rolesPerTarget();
        long held = made.stream()
                .filter(a -> a.user().equals(another.user()) && a.target().equals(another.target()))
                .count();
        return most == null || held < most;
    }
}
