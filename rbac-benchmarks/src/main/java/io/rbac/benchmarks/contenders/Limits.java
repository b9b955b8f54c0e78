package io.rbac.benchmarks.contenders;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rbac.benchmarks.workload.World;
import io.rbac.policy.PolicyTable;
import java.util.HashMap;
import java.util.Map;

/** Lower bounds: they do what every answer needs, but do not answer. */
final class Limits {

    private static final int FIRST = 1;

    private Limits() {}

    static Contender empty(World world) {
        return (questions, i) -> questions.answer(i);
    }

    static Contender mask(World world) {
        long[] masks = new long[1 << 10];
        for (int i = 0; i < masks.length; i++) {
            masks[i] = i * 0x9E3779B97F4A7C15L;
        }
        return (questions, i) -> (masks[i & masks.length - 1] & 1L << questions.number(i)) != 0;
    }

    static Contender oneGet(World world) {
        Map<String, Integer> users = users(world);
        return (questions, i) -> users.get(questions.user(i)) != null;
    }

    @SuppressWarnings("ShortCircuitBoolean") // each look-up is made
    static Contender twoGets(World world) {
        Map<String, Integer> users = users(world);
        Map<String, Integer> places = places(world);
        return (questions, i) -> users.get(questions.user(i)) != null & places.get(questions.place(i)) != null;
    }

    @SuppressWarnings("ShortCircuitBoolean") // each look-up is made
    static Contender threeGets(World world) {
        Map<String, Integer> users = users(world);
        Map<String, Integer> places = places(world);
        Map<String, Integer> keys = keys(world);
        return (questions, i) -> users.get(questions.user(i)) != null
                & places.get(questions.place(i)) != null
                & keys.get(questions.key(i)) != null;
    }

    @SuppressWarnings("ShortCircuitBoolean") // each look-up is made
    static Contender threeGetsWithLiterals(World world) {
        Map<String, Integer> users = users(world);
        Map<String, Integer> places = places(world);
        Map<String, Integer> keys = keys(world);
        return (questions, i) -> users.get(questions.user(i)) != null
                & places.get(questions.place(i)) != null
                & keys.get(questions.literal(i)) != null;
    }

    /** Finds the user and the target in the tables of this library, as a check does first, and stops there. */
    @SuppressWarnings("ShortCircuitBoolean") // each look-up is made
    static Contender lookUps(World world) {
        PolicyTable table = world.policy().table();
        return (questions, i) -> table.user(questions.user(i)) >= 0 & table.target(questions.target(i)) >= 0;
    }

    /** Finds an account in a Caffeine cache by its id, as the live engine has to. */
    static Contender cacheHit(World world) {
        Cache<String, String> cache = Caffeine.newBuilder()
                .maximumWeight(1 << 20)
                .weigher((k, v) -> 1)
                .build();
        cache.put(world.account(), world.user(0));
        String account = world.account();
        return (questions, i) -> cache.getIfPresent(account) != null;
    }

    private static Map<String, Integer> keys(World world) {
        Map<String, Integer> keys = new HashMap<>();
        world.catalog()
                .permissions()
                .forEach(permission -> keys.put(permission.key().intern(), keys.size()));
        return keys;
    }

    private static Map<String, Integer> users(World world) {
        Map<String, Integer> users = new HashMap<>();
        for (int user = 0; user < world.users(); user++) {
            users.put(world.user(user), user);
        }
        return users;
    }

    private static Map<String, Integer> places(World world) {
        Map<String, Integer> places = new HashMap<>();
        for (int target = 0; target < world.targets(); target++) {
            places.put(world.place(target), target + FIRST);
        }
        return places;
    }
}
