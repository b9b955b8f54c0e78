package io.rbac.benchmarks.contenders;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.Context;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.Value;
import io.rbac.benchmarks.workload.Questions;
import io.rbac.benchmarks.workload.World;
import io.rbac.model.Permission;
import io.rbac.model.Role;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cedar through cedar-java: one policy for each role, whose permissions are a group of actions. A user has an attribute for
 * each role, with the places where they hold it. A request comes with the entities that it needs and no others, and the
 * policies are cached in the engine.
 */
final class Cedar {

    private static final EntityTypeName USER = type("User");
    private static final EntityTypeName ACTION = type("Action");
    private static final EntityTypeName PLACE = type("Place");

    private final World world;
    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
    private final PolicySet policies;
    private final Map<String, Integer> users = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Entity> userEntities = new HashMap<>();
    private final Map<String, Entity> actionEntities = new HashMap<>();
    private final Map<Integer, Entity> placeEntities = new HashMap<>();

    private Cedar(World world) {
        this.world = world;
        for (int user = 0; user < world.users(); user++) {
            users.put(world.user(user), user);
        }
        for (int target = 0; target < world.targets(); target++) {
            places.put(world.place(target), target);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < world.roles(); i++) {
            String id = world.role(i).id();
            text.append("permit(principal, action in Action::\"")
                    .append(id)
                    .append("\", resource) when { principal has \"")
                    .append(id)
                    .append("\" && resource in principal[\"")
                    .append(id)
                    .append("\"] };\n");
        }
        try {
            policies = PolicySet.parsePolicies(text.toString());
            policies.cache();
        } catch (AuthException | CacheException e) {
            throw new IllegalStateException("the policies cannot be read", e);
        }
    }

    static Contender sliced(World world) {
        return new Cedar(world)::isAllowed;
    }

    private static EntityTypeName type(String name) {
        return EntityTypeName.parse(name).orElseThrow();
    }

    private boolean isAllowed(Questions questions, int i) {
        Entity user = userEntities.computeIfAbsent(questions.user(i), this::user);
        Entity action = actionEntities.computeIfAbsent(questions.key(i), this::action);
        Set<Entity> slice = new HashSet<>();
        slice.add(user);
        slice.add(action);
        Integer target = places.get(questions.place(i));
        EntityUID resource = PLACE.of(questions.place(i));
        for (int place = target == null ? -1 : target; place >= 0; place = world.parent(place)) {
            slice.add(placeEntities.computeIfAbsent(place, this::place));
        }
        AuthorizationRequest request = new AuthorizationRequest(
                user.getEUID(), action.getEUID(), resource, new Context(), Optional.empty(), false);
        try {
            return engine.isAuthorized(request, policies, slice)
                    .success
                    .orElseThrow()
                    .isAllowed();
        } catch (AuthException e) {
            throw new IllegalStateException("the engine did not answer", e);
        }
    }

    private Entity user(String id) {
        Map<String, Value> held = new LinkedHashMap<>();
        Integer user = users.get(id);
        if (user != null) {
            for (int i = world.start(user); i < world.start(user + 1); i++) {
                String role = world.role(world.assignedRole(i)).id();
                CedarList at = (CedarList) held.computeIfAbsent(role, key -> new CedarList());
                at.add(PLACE.of(world.place(world.assignedTarget(i))));
            }
        }
        return new Entity(USER.of(id), held, Set.of());
    }

    private Entity action(String key) {
        Set<EntityUID> groups = new HashSet<>();
        Optional<Permission> permission = world.catalog().find(key);
        for (int i = 0; i < world.roles(); i++) {
            Role role = world.role(i);
            if (permission.isPresent() && role.rights().contains(permission.get())) {
                groups.add(ACTION.of(role.id()));
            }
        }
        return new Entity(ACTION.of(key), groups);
    }

    private Entity place(int target) {
        int parent = world.parent(target);
        Set<EntityUID> around = parent < 0 ? Set.of() : Set.copyOf(List.of(PLACE.of(world.place(parent))));
        return new Entity(PLACE.of(world.place(target)), around);
    }
}
