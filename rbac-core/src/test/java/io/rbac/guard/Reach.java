package io.rbac.guard;

import io.rbac.model.Change;
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
 * What some users can do together at each place, and which places stay through an edit: one that is removed and
 * added again is another. For catalogs of at most 64 permissions.
 */
final class Reach {

    private final Map<Target, Long> permissions = new HashMap<>();

    private Reach() {}

    static Reach of(Policy policy, Collection<String> users) {
        Reach reach = new Reach();
        reach.add(policy, users, Target.account(), List.of(Target.account()));
        for (String team : policy.teams()) {
            reach.add(policy, users, Target.team(team), List.of(Target.team(team), Target.account()));
        }
        for (String chat : policy.chats()) {
            List<Target> path = new ArrayList<>(List.of(Target.chat(chat), Target.account()));
            policy.teamOf(chat).map(Target::team).ifPresent(path::add);
            reach.add(policy, users, Target.chat(chat), path);
        }
        return reach;
    }

    private void add(Policy policy, Collection<String> users, Target place, List<Target> path) {
        long bits = 0;
        for (String user : users) {
            for (Target step : path) {
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

    /** This without the places that changes remove from a policy. */
    Reach through(Policy before, List<Change> changes) {
        Reach rest = new Reach();
        rest.permissions.putAll(permissions);
        Map<String, Optional<String>> chats = new HashMap<>();
        before.chats().forEach(chat -> chats.put(chat, before.teamOf(chat)));
        for (Change change : changes) {
            if (change instanceof Change.RemoveTeam remove) {
                rest.permissions.remove(Target.team(remove.team()));
                chats.forEach((chat, team) -> {
                    if (team.equals(Optional.of(remove.team()))) {
                        rest.permissions.remove(Target.chat(chat));
                    }
                });
                chats.values().removeIf(Optional.of(remove.team())::equals);
            } else if (change instanceof Change.RemoveChat remove) {
                rest.permissions.remove(Target.chat(remove.chat()));
                chats.remove(remove.chat());
            } else if (change instanceof Change.MoveChat move) {
                chats.put(move.chat(), move.team());
            } else if (change instanceof Change.AddChat add) {
                chats.put(add.chat(), add.team());
            }
        }
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
