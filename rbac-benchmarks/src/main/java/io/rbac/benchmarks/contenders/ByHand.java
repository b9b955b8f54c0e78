package io.rbac.benchmarks.contenders;

import io.rbac.benchmarks.workload.World;
import io.rbac.model.Permission;
import io.rbac.model.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What most people write first: two levels of hash maps with what each user may do at each of their places, and a map with
 * the parent of each place.
 *
 * @param <R> the form of rights
 */
final class ByHand<R> {

    private final Map<String, Map<String, R>> byUser = new HashMap<>();
    private final Map<String, String> parents = new HashMap<>();

    /** Fills the maps from a world; {@code add} adds a permission to the rights at a place. */
    ByHand(World world, Supplier<R> none, BiConsumer<R, Permission> add) {
        for (int target = 1; target < world.targets(); target++) {
            parents.put(world.place(target), world.place(world.parent(target)));
        }
        for (int user = 0; user < world.users(); user++) {
            Map<String, R> places = new HashMap<>();
            for (int i = world.start(user); i < world.start(user + 1); i++) {
                Role role = world.role(world.assignedRole(i));
                R held = places.computeIfAbsent(world.place(world.assignedTarget(i)), place -> none.get());
                for (Permission permission : role.rights()) {
                    add.accept(held, permission);
                }
            }
            byUser.put(world.user(user), places);
        }
    }

    /** Returns the rights of a user at each of their places, null for an unknown user. */
    @Nullable
    Map<String, R> of(String user) {
        return byUser.get(user);
    }

    /** Returns the parent of a place, null for the account. */
    @Nullable
    String parent(String place) {
        return parents.get(place);
    }
}
