package io.rbac.test;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts 1 to 3 violations into a valid policy, at most one of each family, in an order in which no later one undoes an
 * earlier one. If there is nothing to break, it is added first.
 */
final class RandomBrokenPolicy {
    private static final int FAMILIES = 10;

    private static final PlainScope ALIEN = new PlainScope("alien", 1, false);

    private static final List<String> BAD_IDS = List.of(
            "",
            " ",
            " a",
            "a ",
            "a  b",
            "a\tb",
            "\u0000",
            "a\u007F",
            "a\u00A0b",
            "a\u0085b",
            "a\u00ADb",
            "a\u200Bb",
            "a\u200Db",
            "\u202Ea",
            "\uFEFFa",
            "a\u2028b",
            "\u3000",
            "\u180E",
            "\u115F",
            "a\u1160",
            "\u17B4a",
            "a\u17B5b",
            "\u2800",
            "\u3164",
            "a\uFFA0",
            "\uFE0F",
            "\u034F",
            "a\u034F",
            "admin\uFE0F",
            "a\u2065b",
            "a\uFFF0",
            "\uDB40\uDD00a",
            "\uE000",
            "\uDB80\uDC00",
            "\uFDD0",
            "\uFFFE",
            "\uD83F\uDFFF",
            "\uD800",
            "a\uDC00",
            "\uDB40\uDC41",
            "x".repeat(257));

    private static final List<String> BAD_NAMES =
            List.of("Mem\u0000ber", "Mem\nber", "\u202EMember", "Mem\u2066ber", "Mem\u2028ber", "Mem\uD800ber");
    private static final List<String> BLANK_NAMES = List.of(
            "", "   ", "\u00A0\u00A0\u00A0", "\u3164\u2800\u115F", "\u200B\u200D\u2060", "\uDB40\uDC41\uFE0F\u034F");

    /** Pairs of names that are equal if names must be unique. */
    private static final List<List<String>> EQUAL_NAMES = List.of(
            List.of("Twin", "Twin"),
            List.of("Caf\u00E9", "Cafe\u0301"),
            List.of("Admin", "admin"),
            List.of("Admin", " Admin "),
            List.of("Admin", "\uFF21dmin"),
            List.of("Admin", "Ad\u200Dmin\uFE0F"),
            List.of("Team lead", "Team \u00A0 lead"));

    private final Choices choices;
    private final Set<String> codes = new LinkedHashSet<>();
    private PlainPolicy plain;

    RandomBrokenPolicy(Choices choices, PlainPolicy valid) {
        this.choices = choices;
        this.plain = valid;
    }

    RandomPlainPolicy.Broken make() {
        Set<Integer> families = new TreeSet<>();
        int count = choices.between(1, 3);
        for (int i = 0; i < count; i++) {
            int family = choices.below(FAMILIES);
            while (!families.add(family)) {
                family = (family + 1) % FAMILIES;
            }
        }
        for (int family : families) {
            codes.add(breakIn(family));
        }
        return new RandomPlainPolicy.Broken(plain, new ArrayList<>(codes));
    }

    private String breakIn(int family) {
        return switch (family) {
            case 0 -> breakScope();
            case 1 -> breakName();
            case 2 -> breakDescription();
            case 3 -> breakRights();
            case 4 -> breakId();
            case 5 -> addDuplicate();
            case 6 -> addDangling();
            case 7 -> breakAssignment();
            case 8 -> breakTarget();
            default -> breakDefaults();
        };
    }

    /** Adds a role of a scope that the tree lacks or that the rules do not allow, or lets the rules name such a scope. */
    private String breakScope() {
        if (plain.scopes().size() == 1 || choices.oneIn(4)) {
            if (choices.oneIn(2)) {
                plain = plain.withRules(rulesOfAlien());
            } else {
                plain = plain.withRole(newRole(ALIEN));
            }
            return "SCOPE_INVALID";
        }
        List<PlainScope> scopes = new ArrayList<>(plain.allowedScopes());
        PlainScope scope = choices.oneOf(plain.scopes());
        scopes.remove(scope);
        if (scopes.isEmpty()) {
            scopes.add(plain.scopes().get(scope.isAccount() ? 1 : 0));
        }
        PlainScope defaultScope = plain.rules().defaultScope();
        plain = plain.withRole(newRole(scope));
        PlainRules rules = plain.rules()
                .withScopes(scopes, defaultScope == null || defaultScope.equals(scope) ? null : defaultScope);
        plain = plain.withRules(rules.withDefaults(scope, 0, null));
        return "SCOPE_INVALID";
    }

    /** Returns rules that name a scope that the tree lacks. */
    private PlainRules rulesOfAlien() {
        List<PlainScope> scopes = new ArrayList<>(plain.allowedScopes());
        scopes.add(1, ALIEN);
        return switch (choices.below(3)) {
            case 0 -> plain.rules().withScopes(scopes, plain.rules().defaultScope());
            case 1 -> plain.rules().withScopes(null, ALIEN);
            default -> plain.rules().withDefaults(ALIEN, 0, 3);
        };
    }

    private String breakName() {
        PlainRules.Name rule = plain.rules().name();
        return switch (choices.below(5)) {
            case 0 -> rename(null, "NAME_MISSING");
            case 1 -> {
                setNameRule(rule.max(), false, rule.unique());
                yield rename(choices.oneOf(BLANK_NAMES), "NAME_BLANK");
            }
            case 2 -> {
                int most = rule.max() == null ? 60 : rule.max();
                setNameRule(most, rule.blank(), rule.unique());
                String letter = choices.oneOf(List.of("x", "\uD83D\uDE00"));
                yield rename(letter.repeat(most + 1), "NAME_TOO_LONG");
            }
            case 3 -> {
                setNameRule(
                        rule.max() == null ? null : Integer.valueOf(Math.max(rule.max(), 50)),
                        rule.blank(),
                        rule.unique());
                yield rename(choices.oneOf(BAD_NAMES), "NAME_INVALID");
            }
            default -> {
                setNameRule(rule.max(), rule.blank(), true);
                List<String> names = choices.oneOf(EQUAL_NAMES);
                for (String name : names) {
                    plain = plain.withRole(newRole(someScope()).withTexts(name, null));
                }
                yield "NAME_TAKEN";
            }
        };
    }

    private void setNameRule(@Nullable Integer most, boolean blank, boolean unique) {
        int least = plain.rules().name().min();
        plain = plain.withRules(plain.rules().withName(least, most, blank, unique));
    }

    private String rename(@Nullable String name, String code) {
        int index = someRole();
        PlainRole role = plain.roles().get(index);
        plain = plain.withRole(index, role.withTexts(name, role.description()));
        return code;
    }

    private String breakDescription() {
        int index = someRole();
        boolean tooLong = plain.rules().description().allowed() && !choices.oneIn(2);
        Integer limit = plain.rules().description().max();
        int most = limit == null ? 500 : limit;
        PlainRole role = plain.roles().get(index);
        plain = plain.withRules(plain.rules().withDescription(tooLong, most))
                .withRole(
                        index,
                        role.withTexts(role.name(), tooLong ? "x".repeat(most + 1) : choices.oneOf(List.of("x", ""))));
        return tooLong ? "DESCRIPTION_TOO_LONG" : "DESCRIPTION_UNSUPPORTED";
    }

    private String breakRights() {
        int index = someRole();
        PlainRole role = plain.roles().get(index);
        List<String> keys = new ArrayList<>(role.permissions());
        List<String> known =
                plain.actions().stream().map(PlainGroup.Action::key).toList();
        if (choices.oneIn(2)) {
            keys.add(RandomWords.numbered("user:fly", known::contains));
            plain = plain.withRole(index, role.withPermissions(keys));
            return "UNKNOWN_PERMISSION";
        }
        List<String> elsewhere = plain.actions().stream()
                .filter(action -> !action.scopes().contains(role.scope()))
                .map(PlainGroup.Action::key)
                .toList();
        if (elsewhere.isEmpty()) {
            List<PlainGroup> groups = new ArrayList<>(plain.groups());
            List<PlainScope> others = new ArrayList<>(plain.scopes());
            others.remove(role.scope());
            if (others.isEmpty()) {
                return breakId();
            }
            groups.add(PlainGroup.of("elsewhere", others, "act"));
            plain = plain.withCatalog(groups, plain.retired());
            elsewhere = List.of("elsewhere:act");
        }
        keys.add(choices.oneOf(elsewhere));
        plain = plain.withRole(index, role.withPermissions(keys));
        return "PERMISSION_NOT_IN_SCOPE";
    }

    private String breakId() {
        String id = choices.oneOf(BAD_IDS);
        switch (choices.below(5)) {
            case 0, 1 -> {
                PlainScope scope = scopeBelowAccount();
                PlainScope role = someScope();
                plain = scope == null
                        ? plain.withRole(newRole(role).withId(id))
                        : plain.withTarget(PlainTarget.of(scope, id), PlainTarget.account());
            }
            case 2 -> plain = plain.withRole(newRole(someScope()).withId(id));
            case 3 -> {
                PlainPolicy.Assignment like = newAssignment(someRole());
                plain = plain.withAssignment(id, like.role(), like.target());
            }
            default -> plain = plain.withAccount(id);
        }
        return "ID_INVALID";
    }

    private String addDuplicate() {
        switch (choices.below(4)) {
            case 0, 1 -> {
                PlainScope scope = scopeBelowAccount();
                PlainTarget target = scope == null ? PlainTarget.account() : someTarget(scope);
                plain = target.isAccount()
                        ? plain.withRole(plain.roles().get(someRole()))
                        : plain.withTarget(target, PlainTarget.account());
            }
            case 2 -> {
                int index = someRole();
                PlainRole role = plain.roles().get(index);
                plain = plain.withRole(choices.oneIn(2) ? newRole(role.scope()).withId(role.id()) : role);
            }
            default -> {
                PlainPolicy.Assignment twice = newAssignment(someRole());
                plain = plain.withAssignment(twice.user(), twice.role(), twice.target())
                        .withAssignment(twice.user(), twice.role(), twice.target());
            }
        }
        return "DUPLICATE_ID";
    }

    private String addDangling() {
        PlainScope scope = scopeBelowAccount();
        int way = scope == null ? 3 : choices.below(4);
        if (way == 3) {
            PlainTarget target = someTarget(choices.oneOf(plain.scopes()));
            plain = plain.withAssignment("user1", RandomWords.numbered("gone", this::isRole), target);
            return "ROLE_NOT_FOUND";
        }
        PlainScope other = scope == null ? ALIEN : choices.oneIn(4) ? ALIEN : scope;
        if (way == 2 && scope != null) {
            plain = plain.withTarget(newTarget(scope), unknownTarget(other));
        } else {
            assign("user1", newRole(scope == null ? someScope() : scope), unknownTarget(other));
        }
        return "TARGET_NOT_FOUND";
    }

    private PlainTarget unknownTarget(PlainScope scope) {
        List<String> taken = plain.targets(scope).stream().map(PlainTarget::id).toList();
        return PlainTarget.of(scope, RandomWords.numbered("gone", taken::contains));
    }

    private PlainTarget newTarget(PlainScope scope) {
        List<String> taken = plain.targets(scope).stream().map(PlainTarget::id).toList();
        return PlainTarget.of(scope, RandomWords.numbered("new", taken::contains));
    }

    /** Adds a target where none can lie: by scope, in itself, too far down, or in place of the account. */
    private String breakTarget() {
        PlainScope scope = scopeBelowAccount();
        if (scope == null || choices.oneIn(6)) {
            PlainTarget wrong = choices.oneIn(2) ? PlainTarget.account() : PlainTarget.of(ALIEN, "a1");
            plain = plain.withTarget(wrong, PlainTarget.account());
            return "SCOPE_INVALID";
        }
        PlainTarget target = newTarget(scope);
        switch (choices.below(4)) {
            case 0 -> plain = plain.withTarget(target, target);
            case 1 -> addCycle(target);
            case 2 -> addDown(target);
            default -> {
                PlainScope narrowest = plain.scopes().get(plain.scopes().size() - 1);
                PlainTarget parent = scope.equals(narrowest) && scope.nests() ? target : someTarget(narrowest);
                plain = plain.withTarget(target, parent);
            }
        }
        return "PARENT_INVALID";
    }

    /** Adds targets of which each lies in the next, and the last in the first; of another scope if the first nests not. */
    private void addCycle(PlainTarget first) {
        int count = choices.between(2, 5);
        PlainTarget target = first;
        for (int i = 1; i < count; i++) {
            PlainTarget next = PlainTarget.of(first.scope(), first.id() + "-" + i);
            plain = plain.withTarget(target, next);
            target = next;
        }
        plain = plain.withTarget(target, first);
    }

    /** Adds targets one in the other, one more than the longest path has, the last one first or last. */
    private void addDown(PlainTarget first) {
        boolean lastFirst = choices.oneIn(2);
        List<PlainPolicy.Located> targets = new ArrayList<>(plain.targets());
        PlainTarget parent = PlainTarget.account();
        PlainTarget target = first;
        for (int i = 1; i <= PlainPaths.LONGEST; i++) {
            targets.add(lastFirst ? 0 : targets.size(), new PlainPolicy.Located(target, parent));
            parent = target;
            target = PlainTarget.of(first.scope(), first.id() + "-" + i);
        }
        plain = plain.withTargets(targets);
    }

    private void assign(String user, PlainRole role, PlainTarget target) {
        plain = plain.withRole(role).withAssignment(user, role.id(), target);
    }

    private String breakAssignment() {
        int index = someRole();
        if (choices.oneIn(2)) {
            PlainRole role = plain.roles().get(index);
            PlainTarget target = targetOfOtherScope(role.scope());
            plain = plain.withAssignment("user1", role.id(), target);
            return "SCOPE_MISMATCH";
        }
        Integer limit = plain.rules().rolesPerTarget();
        int most = limit == null ? 1 : limit;
        plain = plain.withRules(plain.rules().withRolesPerTarget(most));
        PlainPolicy.Assignment like = newAssignment(index);
        for (int i = 0; i <= most; i++) {
            Long discarded = choices.oneIn(4) ? Long.valueOf(0) : null;
            PlainRole role = newRole(like.target().scope()).withTimes(null, null, discarded);
            assign(like.user(), role, like.target());
        }
        return "TOO_MANY_ROLES";
    }

    /** Returns a known target of another scope, or an unknown one if there is no other scope. */
    private PlainTarget targetOfOtherScope(PlainScope scope) {
        List<PlainScope> others = new ArrayList<>(plain.scopes());
        others.remove(scope);
        return others.isEmpty() ? PlainTarget.of(ALIEN, "a1") : someTarget(choices.oneOf(others));
    }

    private String breakDefaults() {
        PlainScope scope = someScope();
        PlainRules.Defaults bounds = plain.rules().defaultsOf(scope);
        if (choices.oneIn(2)) {
            int most = bounds.max() == null ? Math.max(bounds.min(), 1) : bounds.max();
            plain = plain.withRules(plain.rules().withDefaults(scope, bounds.min(), most));
            for (int i = 0; i <= most; i++) {
                plain = plain.withRole(newRole(scope).withDefault(true));
            }
            return "TOO_MANY_DEFAULTS";
        }
        plain = plain.withRules(plain.rules().withDefaults(scope, Math.max(bounds.min(), 1), bounds.max()));
        boolean byDiscard = codes.isEmpty() && choices.oneIn(2);
        for (int i = 0; i < plain.roles().size(); i++) {
            PlainRole role = plain.roles().get(i);
            if (role.scope().equals(scope) && role.isActive() && role.isDefault()) {
                PlainRole without =
                        byDiscard ? role.withTimes(role.createdAt(), role.updatedAt(), 0L) : role.withDefault(false);
                plain = plain.withRole(i, without);
            }
        }
        return "LAST_DEFAULT_ROLE";
    }

    private PlainScope someScope() {
        List<PlainScope> scopes = new ArrayList<>(plain.allowedScopes());
        scopes.retainAll(plain.scopes());
        return choices.oneOf(scopes);
    }

    private @Nullable PlainScope scopeBelowAccount() {
        return new Picks(choices, plain).scopeBelowAccount();
    }

    /** Returns the index of a role whose scope is of the tree. */
    private int someRole() {
        if (plain.roles().stream().noneMatch(this::isOfTree)) {
            plain = plain.withRole(newRole(someScope()));
        }
        PlainRole role =
                choices.oneOf(plain.roles().stream().filter(this::isOfTree).toList());
        return plain.roles().indexOf(role);
    }

    private boolean isOfTree(PlainRole role) {
        return plain.scopes().contains(role.scope());
    }

    /** Returns an active role, not a default, without rights, whose id and name no role of the policy has. */
    private PlainRole newRole(PlainScope scope) {
        return PlainRole.of(RandomWords.numbered("role", this::isRole), scope)
                .withTexts(RandomWords.numbered("Role", this::isName), null);
    }

    private PlainTarget someTarget(PlainScope scope) {
        if (plain.targets(scope).isEmpty()) {
            plain = plain.withTarget(PlainTarget.of(scope, scope.name() + "1"), PlainTarget.account());
        }
        return choices.oneOf(plain.targets(scope));
    }

    /** Returns an assignment of the role to a user whom the policy does not know yet. */
    private PlainPolicy.Assignment newAssignment(int roleIndex) {
        PlainRole role = plain.roles().get(roleIndex);
        return new PlainPolicy.Assignment(
                RandomWords.numbered("fresh", this::isUser), role.id(), someTarget(role.scope()));
    }

    private boolean isRole(String id) {
        return plain.roles().stream().anyMatch(role -> role.id().equals(id));
    }

    private boolean isName(String name) {
        return plain.roles().stream()
                .map(PlainRole::name)
                .anyMatch(
                        taken -> taken != null && Spelling.comparableName(taken).equals(Spelling.comparableName(name)));
    }

    private boolean isUser(String id) {
        return plain.assignments().stream().anyMatch(a -> a.user().equals(id));
    }
}
