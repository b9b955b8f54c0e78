package io.rbac.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a batch of changes wrote to: where the policy before and after has to be compared. Targets are kept by their text,
 * which hashes well even where ids were chosen to collide.
 */
final class TouchedThings {

    private final Set<String> roles = new LinkedHashSet<>();
    private final Map<String, Target> places = new LinkedHashMap<>();
    private final Map<String, Map<String, Target>> pairs = new LinkedHashMap<>();

    void role(String id) {
        roles.add(id);
    }

    void place(Target target) {
        places.put(target.toString(), target);
    }

    void pair(String user, Target target) {
        pairs.computeIfAbsent(user, id -> new LinkedHashMap<>()).put(target.toString(), target);
    }

    Set<String> roles() {
        return roles;
    }

    Collection<Target> places() {
        return places.values();
    }

    Set<String> users() {
        return pairs.keySet();
    }

    /** The targets at which the roles of a touched user were written to. */
    Collection<Target> targetsOf(String user) {
        return pairs.getOrDefault(user, Map.of()).values();
    }
}
