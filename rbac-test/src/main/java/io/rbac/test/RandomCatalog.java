package io.rbac.test;

import io.rbac.test.PlainGroup.Action;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes a random catalog: mostly small, sometimes around one, two or three words of bits. */
final class RandomCatalog {
    private static final List<String> GROUPS = List.of(
            "user", "team_membership", "message", "agents", "a/b", "~x", "caf\u00E9", "null", "*", "\uD83D\uDE00");
    private static final List<String> ACTIONS =
            List.of("read", "create", "update", "delete", "manage", "recording-download", "c/d", "~1", "*", "true");
    private static final List<String> KEYS =
            List.of("view", "agent_view", "*", "a$$b", "null", "x y", "user:*", "../x");
    private static final List<Integer> BIG = List.of(63, 64, 65, 127, 128, 129, 191, 192, 193, 200);

    private final Choices choices;
    private final List<PlainScope> tree;
    private final Set<String> keys = new HashSet<>();
    private final List<PlainGroup> groups = new ArrayList<>();
    private int remaining;

    RandomCatalog(Choices choices, List<PlainScope> tree) {
        this.choices = choices;
        this.tree = tree;
    }

    List<PlainGroup> groups() {
        int count = choices.between(1, 4);
        boolean big = choices.oneIn(12);
        remaining = big ? choices.oneOf(BIG) : Integer.MAX_VALUE;
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < count && remaining > 0; i++) {
            String name = choices.oneOf(GROUPS);
            name = taken.contains(name) ? RandomWords.numbered("group", taken::contains) : name;
            taken.add(name);
            int size = !big ? choices.between(1, 6) : i == count - 1 ? remaining : choices.between(1, remaining);
            groups.add(group(name, size));
            remaining -= size;
        }
        return groups;
    }

    private PlainGroup group(String name, int size) {
        Set<PlainScope> scopes = choices.oneIn(3) ? someScopes() : new LinkedHashSet<>(tree);
        Set<String> taken = new HashSet<>();
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String action = choices.oneOf(ACTIONS);
            action = taken.contains(action) ? RandomWords.numbered("action", taken::contains) : action;
            taken.add(action);
            actions.add(new Action(action, key(name, action), choices.oneIn(5) ? someScopes() : scopes));
        }
        return new PlainGroup(name, actions);
    }

    /** Returns the standard key, or another one. */
    private String key(String group, String action) {
        String key = choices.oneIn(6) ? choices.oneOf(KEYS) : group + ":" + action;
        if (keys.contains(key)) {
            key = RandomWords.numbered("key", keys::contains);
        }
        keys.add(key);
        return key;
    }

    private Set<PlainScope> someScopes() {
        Set<PlainScope> scopes = new LinkedHashSet<>();
        for (PlainScope scope : tree) {
            if (!choices.oneIn(2)) {
                scopes.add(scope);
            }
        }
        if (scopes.isEmpty()) {
            scopes.add(choices.oneOf(tree));
        }
        return scopes;
    }

    /** Returns keys that the catalog lists as retired: none of its own. */
    List<String> retired() {
        List<String> retired = new ArrayList<>();
        if (choices.oneIn(4)) {
            retired.add(RandomWords.numbered("user:export", keys::contains));
        }
        if (choices.oneIn(8)) {
            retired.add(RandomWords.numbered("gone", keys::contains));
        }
        return retired;
    }
}
