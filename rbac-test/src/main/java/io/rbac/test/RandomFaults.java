package io.rbac.test;

import io.rbac.model.Scope;
import io.rbac.test.Sketch.Chat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts 1 to 3 faults into a valid policy, at most one of each family, in an order in which no later one undoes an
 * earlier one. A fault that finds nothing to break makes it first.
 */
final class RandomFaults {
    private static final int FAMILIES = 9;

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
            "\u034F \uFE0F",
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

    private final Choices choices;
    private final Set<String> codes = new LinkedHashSet<>();
    private Sketch sketch;

    RandomFaults(Choices choices, Sketch valid) {
        this.choices = choices;
        this.sketch = valid;
    }

    RandomSketch.Broken make() {
        Set<Integer> families = new TreeSet<>();
        int count = choices.between(1, 3);
        for (int i = 0; i < count; i++) {
            int family = choices.below(FAMILIES);
            while (!families.add(family)) {
                family = (family + 1) % FAMILIES;
            }
        }
        for (int family : families) {
            codes.add(breakOne(family));
        }
        return new RandomSketch.Broken(sketch, new ArrayList<>(codes));
    }

    private String breakOne(int family) {
        return switch (family) {
            case 0 -> breakScope();
            case 1 -> breakName();
            case 2 -> breakDescription();
            case 3 -> breakRights();
            case 4 -> breakId();
            case 5 -> repeat();
            case 6 -> dangle();
            case 7 -> breakAssignment();
            default -> breakDefaults();
        };
    }

    private String breakScope() {
        List<Scope> scopes = new ArrayList<>(sketch.rules().scopes());
        Scope scope = choices.oneOf(List.of(Scope.CHAT, Scope.TEAM, Scope.ACCOUNT));
        scopes.remove(scope);
        if (scopes.isEmpty()) {
            scopes.add(scope == Scope.ACCOUNT ? Scope.TEAM : Scope.ACCOUNT);
        }
        Scope unnamed = sketch.rules().defaultScope();
        sketch = sketch.withRole(newRole(scope));
        SketchRules rules = sketch.rules().withScopes(scopes, unnamed == scope ? null : unnamed);
        sketch = sketch.withRules(rules.withDefaults(scope, 0, null));
        return "SCOPE_INVALID";
    }

    private String breakName() {
        SketchRules.Name rule = sketch.rules().name();
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
                boolean composed = choices.oneIn(2);
                SketchRole one = newRole(someScope()).withTexts(composed ? "Caf\u00E9" : "Twin", null);
                sketch = sketch.withRole(one);
                SketchRole other = newRole(someScope()).withTexts(composed ? "Cafe\u0301" : "Twin", null);
                sketch = sketch.withRole(other);
                yield "NAME_TAKEN";
            }
        };
    }

    private void setNameRule(@Nullable Integer most, boolean blank, boolean unique) {
        int least = sketch.rules().name().min();
        sketch = sketch.withRules(sketch.rules().withName(least, most, blank, unique));
    }

    private String rename(@Nullable String name, String code) {
        int index = someRole();
        SketchRole role = sketch.roles().get(index);
        sketch = sketch.withRole(index, role.withTexts(name, role.description()));
        return code;
    }

    private String breakDescription() {
        int index = someRole();
        boolean tooLong = sketch.rules().description().allowed() && !choices.oneIn(2);
        Integer limit = sketch.rules().description().max();
        int most = limit == null ? 500 : limit;
        SketchRole role = sketch.roles().get(index);
        sketch = sketch.withRules(sketch.rules().withDescription(tooLong, most))
                .withRole(
                        index,
                        role.withTexts(role.name(), tooLong ? "x".repeat(most + 1) : choices.oneOf(List.of("x", ""))));
        return tooLong ? "DESCRIPTION_TOO_LONG" : "DESCRIPTION_UNSUPPORTED";
    }

    private String breakRights() {
        int index = someRole();
        SketchRole role = sketch.roles().get(index);
        List<String> keys = new ArrayList<>(role.permissions());
        List<String> known =
                sketch.actions().stream().map(SketchGroup.Action::key).toList();
        if (choices.oneIn(2)) {
            keys.add(RandomWords.numbered("user:fly", known::contains));
            sketch = sketch.withRole(index, role.withPermissions(keys));
            return "UNKNOWN_PERMISSION";
        }
        List<String> elsewhere = sketch.actions().stream()
                .filter(action -> !action.scopes().contains(role.scope()))
                .map(SketchGroup.Action::key)
                .toList();
        if (elsewhere.isEmpty()) {
            List<SketchGroup> groups = new ArrayList<>(sketch.groups());
            List<Scope> others = new ArrayList<>(List.of(Scope.values()));
            others.remove(role.scope());
            groups.add(SketchGroup.of("elsewhere", others, "act"));
            sketch = sketch.withCatalog(groups, sketch.retired());
            elsewhere = List.of("elsewhere:act");
        }
        keys.add(choices.oneOf(elsewhere));
        sketch = sketch.withRole(index, role.withPermissions(keys));
        return "PERMISSION_NOT_IN_SCOPE";
    }

    private String breakId() {
        String id = choices.oneOf(BAD_IDS);
        switch (choices.below(5)) {
            case 0 -> sketch = sketch.withTeam(id);
            case 1 -> sketch = sketch.withChat(id, null);
            case 2 -> sketch = sketch.withRole(newRole(someScope()).withId(id));
            case 3 -> {
                Sketch.Assignment like = someAssignment(someRole());
                sketch = sketch.withAssignment(id, like.role(), like.target());
            }
            default -> sketch = sketch.withAccount(id);
        }
        return "ID_INVALID";
    }

    private String repeat() {
        switch (choices.below(4)) {
            case 0 -> {
                String team = someTeam();
                sketch = sketch.withTeam(team);
            }
            case 1 -> {
                String chat = someChat();
                sketch = sketch.withChat(chat, null);
            }
            case 2 -> {
                int index = someRole();
                SketchRole role = sketch.roles().get(index);
                sketch =
                        sketch.withRole(choices.oneIn(2) ? newRole(role.scope()).withId(role.id()) : role);
            }
            default -> {
                Sketch.Assignment twice = someAssignment(someRole());
                sketch = sketch.withAssignment(twice.user(), twice.role(), twice.target())
                        .withAssignment(twice.user(), twice.role(), twice.target());
            }
        }
        return "DUPLICATE_ID";
    }

    private String dangle() {
        String teamGone = RandomWords.numbered("gone", sketch.teams()::contains);
        String chatGone = RandomWords.numbered("gone", this::isChat);
        switch (choices.below(4)) {
            case 0 -> assign("user1", newRole(Scope.TEAM), Place.team(teamGone));
            case 1 -> assign("user1", newRole(Scope.CHAT), Place.chat(chatGone));
            case 2 -> sketch = sketch.withChat(chatGone, teamGone);
            default -> {
                Place target = choices.oneIn(2) ? Place.team(someTeam()) : Place.account();
                sketch = sketch.withAssignment("user1", RandomWords.numbered("gone", this::isRole), target);
                return "ROLE_NOT_FOUND";
            }
        }
        return "TARGET_NOT_FOUND";
    }

    private void assign(String user, SketchRole role, Place target) {
        sketch = sketch.withRole(role).withAssignment(user, role.id(), target);
    }

    private String breakAssignment() {
        int index = someRole();
        if (choices.oneIn(2)) {
            SketchRole role = sketch.roles().get(index);
            Place target = placeOfOtherKind(role.scope());
            sketch = sketch.withAssignment("user1", role.id(), target);
            return "SCOPE_MISMATCH";
        }
        Integer limit = sketch.rules().rolesPerTarget();
        int most = limit == null ? 1 : limit;
        sketch = sketch.withRules(sketch.rules().withRolesPerTarget(most));
        Sketch.Assignment like = someAssignment(index);
        for (int i = 0; i <= most; i++) {
            Long discarded = choices.oneIn(4) ? Long.valueOf(0) : null;
            SketchRole role = newRole(like.target().kind()).withTimes(null, null, discarded);
            assign(like.user(), role, like.target());
        }
        return "TOO_MANY_ROLES";
    }

    private Place placeOfOtherKind(Scope scope) {
        boolean lower = choices.oneIn(2);
        return switch (scope) {
            case ACCOUNT -> lower ? Place.chat(someChat()) : Place.team(someTeam());
            case TEAM -> lower ? Place.chat(someChat()) : Place.account();
            case CHAT -> lower ? Place.team(someTeam()) : Place.account();
        };
    }

    private String breakDefaults() {
        Scope scope = someScope();
        SketchRules.Defaults bounds = sketch.rules().defaultsOf(scope);
        if (choices.oneIn(2)) {
            int most = bounds.max() == null ? Math.max(bounds.min(), 1) : bounds.max();
            sketch = sketch.withRules(sketch.rules().withDefaults(scope, bounds.min(), most));
            for (int i = 0; i <= most; i++) {
                sketch = sketch.withRole(newRole(scope).withDefault(true));
            }
            return "TOO_MANY_DEFAULTS";
        }
        sketch = sketch.withRules(sketch.rules().withDefaults(scope, Math.max(bounds.min(), 1), bounds.max()));
        boolean byDiscard = codes.isEmpty() && choices.oneIn(2);
        for (int i = 0; i < sketch.roles().size(); i++) {
            SketchRole role = sketch.roles().get(i);
            if (role.scope() == scope && role.isActive() && role.isDefault()) {
                SketchRole without =
                        byDiscard ? role.withTimes(role.createdAt(), role.updatedAt(), 0L) : role.withDefault(false);
                sketch = sketch.withRole(i, without);
            }
        }
        return "LAST_DEFAULT_ROLE";
    }

    private Scope someScope() {
        return choices.oneOf(sketch.rules().scopes());
    }

    private int someRole() {
        if (sketch.roles().isEmpty()) {
            sketch = sketch.withRole(newRole(someScope()));
        }
        return choices.below(sketch.roles().size());
    }

    /** An active role, not default, without rights, whose id and name no role of the policy has. */
    private SketchRole newRole(Scope scope) {
        return SketchRole.of(RandomWords.numbered("role", this::isRole), scope)
                .withTexts(RandomWords.numbered("Role", this::isName), null);
    }

    private String someTeam() {
        if (sketch.teams().isEmpty()) {
            sketch = sketch.withTeam("team1");
        }
        return choices.oneOf(sketch.teams());
    }

    private String someChat() {
        if (sketch.chats().isEmpty()) {
            sketch = sketch.withChat("chat1", null);
        }
        return choices.oneOf(sketch.chats()).id();
    }

    /** An assignment of the role that the policy does not have yet, by a user who is new to it. */
    private Sketch.Assignment someAssignment(int roleIndex) {
        SketchRole role = sketch.roles().get(roleIndex);
        Place target = switch (role.scope()) {
            case ACCOUNT -> Place.account();
            case TEAM -> Place.team(someTeam());
            case CHAT -> Place.chat(someChat());
        };
        return new Sketch.Assignment(RandomWords.numbered("fresh", this::isUser), role.id(), target);
    }

    private boolean isRole(String id) {
        return sketch.roles().stream().anyMatch(role -> role.id().equals(id));
    }

    private boolean isName(String name) {
        return sketch.roles().stream().anyMatch(role -> name.equals(role.name()));
    }

    private boolean isChat(String id) {
        return sketch.chats().stream().map(Chat::id).anyMatch(id::equals);
    }

    private boolean isUser(String id) {
        return sketch.assignments().stream().anyMatch(a -> a.user().equals(id));
    }
}
