package io.rbac.test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes a random scope tree: the standard one in a third of the cases, else one of 1 to 8 scopes, nesting or not. */
final class RandomTree {
    private static final int MOST_SCOPES = 8;
    private static final List<String> ACCOUNTS = List.of("account", "org", "workspace", "team", "x");

    /** Among them words of the standard tree, at other levels, and words that ids and documents have too. */
    private static final List<String> NAMES = List.of(
            "folder",
            "page",
            "project",
            "chat",
            "team",
            "user",
            "role",
            "scope",
            "support",
            "null",
            "a-b_9",
            "x",
            "y" + "y".repeat(30));

    private RandomTree() {}

    static List<PlainScope> next(Choices choices) {
        if (choices.below(3) == 0) {
            return PlainScope.standard();
        }
        int count = choices.between(1, MOST_SCOPES);
        Set<String> taken = new HashSet<>();
        List<PlainScope> tree = new ArrayList<>();
        for (int level = 0; level < count; level++) {
            String name = choices.oneOf(level == 0 ? ACCOUNTS : NAMES);
            name = taken.contains(name) ? RandomWords.numbered("scope", taken::contains) : name;
            taken.add(name);
            tree.add(new PlainScope(name, level, level > 0 && choices.oneIn(2)));
        }
        return tree;
    }
}
