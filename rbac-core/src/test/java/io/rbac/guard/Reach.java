package io.rbac.guard;

import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What some users can do together at each place, and which places stay through edits: one that an edit removes and
 * another adds again is another. For catalogs of at most 64 permissions.
 */
final class Reach {

    private final Map<Target, Long> permissions = new HashMap<>();

    private Reach() {}

    static Reach of(Policy policy, Collection<String> users) {
        Reach reach = new Reach();
        reach.add(policy, users, Target.account());
        policy.targets().forEach(target -> reach.add(policy, users, target));
        return reach;
    }

    /** A target, its parent, and so on up to the account. */
    static List<Target> path(Policy policy, Target target) {
        List<Target> path = new ArrayList<>();
        for (Optional<Target> next = Optional.of(target); next.isPresent(); next = next.flatMap(policy::parentOf)) {
            path.add(next.get());
        }
        return path;
    }

    private void add(Policy policy, Collection<String> users, Target place) {
        long bits = 0;
        for (String user : users) {
            for (Target step : path(policy, place)) {
                for (Role role : policy.rolesOf(user, step)) {
                    for (long word : role.isActive() ? role.rights().toLongArray() : new long[0]) {
                        bits |= word;
                    }
                }
            }
        }
        permissions.put(place, bits);
    }

    /** Whether there is nothing here, at the places that are in both, that the other lacks. */
    boolean isWithin(Reach other) {
        for (Map.Entry<Target, Long> here : permissions.entrySet()) {
            Long there = other.permissions.get(here.getKey());
            if (there != null && (here.getValue() & ~there) != 0) {
                return false;
            }
        }
        return true;
    }

    /** How many pairs of place and permission there are. */
    int size() {
        return permissions.values().stream().mapToInt(Long::bitCount).sum();
    }

    /** This without the places that an edit left none of: what it removed and added again is the same to the guard. */
    Reach through(Policy after) {
        Reach rest = new Reach();
        rest.permissions.putAll(permissions);
        rest.permissions.keySet().removeIf(place -> !after.hasTarget(place));
        return rest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reach that && permissions.equals(that.permissions);
    }

    @Override
    public int hashCode() {
        return permissions.hashCode();
    }

    @Override
    public String toString() {
        return permissions.toString();
    }
}
