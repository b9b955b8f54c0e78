package io.rbac.test;

import io.rbac.test.PlainGroup.Action;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The catalog that the rights of a policy's roles were taken from: its own and, at the end of its groups or in new
 * ones, the permissions that a role holds and its own catalog lacks.
 *
 * <p>A key {@code group:action} belongs to that group, any other to the group {@code unknown}. The action has the rest
 * of the key for a name, with a number if that name is taken.
 */
final class HeldCatalog {
    private static final String OTHER_GROUP = "unknown";

    private final List<PlainGroup> groups;
    private final Set<PlainScope> scopes;

    private HeldCatalog(PlainPolicy plain) {
        groups = new ArrayList<>(plain.groups());
        scopes = Set.copyOf(plain.scopes());
    }

    static List<PlainGroup> of(PlainPolicy plain) {
        Set<String> known = new HashSet<>();
        plain.actions().forEach(action -> known.add(action.key()));
        Set<String> lacking = new LinkedHashSet<>();
        plain.roles().forEach(role -> lacking.addAll(role.permissions()));
        lacking.removeAll(known);
        HeldCatalog held = new HeldCatalog(plain);
        lacking.forEach(held::add);
        return held.groups;
    }

    private void add(String key) {
        int colon = key.indexOf(':');
        boolean split = colon > 0 && colon < key.length() - 1;
        add(split ? key.substring(0, colon) : OTHER_GROUP, split ? key.substring(colon + 1) : key, key);
    }

    private void add(String name, String plainAction, String key) {
        int index = 0;
        while (index < groups.size() && !groups.get(index).name().equals(name)) {
            index++;
        }
        if (index == groups.size()) {
            groups.add(new PlainGroup(name, List.of()));
        }
        List<Action> actions = new ArrayList<>(groups.get(index).actions());
        List<String> taken = actions.stream().map(Action::name).toList();
        String action = taken.contains(plainAction) ? RandomWords.numbered(plainAction, taken::contains) : plainAction;
        actions.add(new Action(action, key, scopes));
        groups.set(index, new PlainGroup(name, actions));
    }
}
