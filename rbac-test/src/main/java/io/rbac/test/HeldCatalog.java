package io.rbac.test;

import io.rbac.model.Scope;
import io.rbac.test.SketchGroup.Action;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The catalog that the rights of a sketch's roles came from: that of the sketch and, at the end of its groups or in new
 * ones, the permissions that a role holds and the sketch's catalog lacks.
 *
 * <p>A key {@code group:action} belongs to that group, any other to the group {@code unknown}; the action is named like
 * the rest of the key, with a number where that name is taken.
 */
final class HeldCatalog {
    private static final String OTHER_GROUP = "unknown";

    private final List<SketchGroup> groups;

    private HeldCatalog(Sketch sketch) {
        groups = new ArrayList<>(sketch.groups());
    }

    static List<SketchGroup> of(Sketch sketch) {
        Set<String> known = new HashSet<>();
        sketch.actions().forEach(action -> known.add(action.key()));
        Set<String> lacking = new LinkedHashSet<>();
        sketch.roles().forEach(role -> lacking.addAll(role.permissions()));
        lacking.removeAll(known);
        HeldCatalog held = new HeldCatalog(sketch);
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
            groups.add(new SketchGroup(name, List.of()));
        }
        List<Action> actions = new ArrayList<>(groups.get(index).actions());
        List<String> taken = actions.stream().map(Action::name).toList();
        String action = taken.contains(plainAction) ? RandomWords.numbered(plainAction, taken::contains) : plainAction;
        actions.add(new Action(action, key, Set.of(Scope.values())));
        groups.set(index, new SketchGroup(name, actions));
    }
}
