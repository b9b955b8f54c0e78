package io.rbac.policy;

import io.rbac.model.Target;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a batch of changes wrote to: where the policy before and after has to be compared. Targets are kept by their text,
 * which hashes well even where ids were chosen to collide.
 */
final class WriteSet implements EffectDiff.Extent {

    private final Set<String> roles = new LinkedHashSet<>();
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Set<String> reached = new HashSet<>();
    private final Map<String, Map<String, Target>> pairs = new LinkedHashMap<>();

    void role(String id) {
        roles.add(id);
    }

    void target(Target target) {
        targets.put(target.toString(), target);
    }

    void pair(String user, Target target) {
        reached.add(target.toString());
        pairs.computeIfAbsent(user, id -> new LinkedHashMap<>()).put(target.toString(), target);
    }

    /** Whether somebody's roles at a target were written to. */
    boolean reaches(Target target) {
        return reached.contains(target.toString());
    }

    @Override
    public Set<String> roles() {
        return roles;
    }

    @Override
    public Collection<Target> targets() {
        return targets.values();
    }

    @Override
    public Set<String> users() {
        return pairs.keySet();
    }

    /** The targets at which the roles of a touched user were written to. */
    @Override
    public Collection<Target> targetsOf(String user) {
        return pairs.getOrDefault(user, Map.of()).values();
    }
}
