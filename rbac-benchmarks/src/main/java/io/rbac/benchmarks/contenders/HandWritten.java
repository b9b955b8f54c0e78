package io.rbac.benchmarks.contenders;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rbac.benchmarks.workload.World;
import io.rbac.model.Permission;
import io.rbac.model.Target;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** What is written by hand, with different forms of rights. */
final class HandWritten {

    private HandWritten() {}

    static Contender sets(World world) {
        ByHand<Set<String>> held = new ByHand<>(world, HashSet::new, (set, permission) -> set.add(permission.key()));
        return (questions, i) ->
                isAllowed(held, questions.user(i), questions.place(i), questions.key(i), Set::contains);
    }

    static Contender enumSets(World world) {
        Map<String, Action> actions = new HashMap<>();
        Action[] all = Action.values();
        if (world.catalog().size() > all.length) {
            throw new IllegalArgumentException(
                    "the catalog has `" + world.catalog().size() + "` permissions: expected at most " + all.length);
        }
        for (Permission permission : world.catalog().permissions()) {
            actions.put(permission.key(), all[world.catalog().indexOf(permission)]);
        }
        ByHand<EnumSet<Action>> held = new ByHand<>(
                world,
                () -> EnumSet.noneOf(Action.class),
                (set, permission) -> set.add(all[world.catalog().indexOf(permission)]));
        return (questions, i) -> {
            Action action = actions.get(questions.key(i));
            return action != null && isAllowed(held, questions.user(i), questions.place(i), action, EnumSet::contains);
        };
    }

    static Contender bitSets(World world) {
        Map<String, Integer> numbers = numbers(world);
        ByHand<BitSet> held = new ByHand<>(
                world, BitSet::new, (set, permission) -> set.set(world.catalog().indexOf(permission)));
        return (questions, i) -> {
            Integer number = numbers.get(questions.key(i));
            return number != null && isAllowed(held, questions.user(i), questions.place(i), number, BitSet::get);
        };
    }

    static Contender roaring(World world) {
        Map<String, Integer> numbers = numbers(world);
        ByHand<RoaringBitmap> held = new ByHand<>(
                world,
                RoaringBitmap::new,
                (set, permission) -> set.add(world.catalog().indexOf(permission)));
        return (questions, i) -> {
            Integer number = numbers.get(questions.key(i));
            return number != null
                    && isAllowed(held, questions.user(i), questions.place(i), number, RoaringBitmap::contains);
        };
    }

    private static Map<String, Integer> numbers(World world) {
        Map<String, Integer> numbers = new HashMap<>();
        world.catalog()
                .permissions()
                .forEach(permission ->
                        numbers.put(permission.key(), world.catalog().indexOf(permission)));
        return numbers;
    }

    private static <R, P> boolean isAllowed(
            ByHand<R> held, String user, String place, P permission, BiPredicate<R, P> contains) {
        Map<String, R> places = held.of(user);
        if (places == null) {
            return false;
        }
        for (@Nullable String at = place; at != null; at = held.parent(at)) {
            R rights = places.get(at);
            if (rights != null && contains.test(rights, permission)) {
                return true;
            }
        }
        return false;
    }

    private record Decision(String user, String permission, String place) {}

    /** A cache of answers to questions asked before; it is never invalidated, so its answers may be out of date. */
    static Contender decisionCache(World world) {
        Contender truth = sets(world);
        Cache<Decision, Boolean> cache =
                Caffeine.newBuilder().maximumSize(1 << 20).build();
        return (questions, i) -> {
            Decision decision = new Decision(questions.user(i), questions.key(i), questions.place(i));
            Boolean known = cache.getIfPresent(decision);
            if (known == null) {
                known = truth.isAllowed(questions, i);
                cache.put(decision, known);
            }
            return known;
        };
    }

    private record ObjectDecision(String user, Permission permission, Target target) {}

    /** The same, with objects of the application instead of texts. */
    static Contender objectDecisionCache(World world) {
        Contender truth = sets(world);
        Cache<ObjectDecision, Boolean> cache =
                Caffeine.newBuilder().maximumSize(1 << 20).build();
        return (questions, i) -> {
            ObjectDecision decision =
                    new ObjectDecision(questions.user(i), questions.permission(i), questions.target(i));
            Boolean known = cache.getIfPresent(decision);
            if (known == null) {
                known = truth.isAllowed(questions, i);
                cache.put(decision, known);
            }
            return known;
        };
    }
}
