package io.rbac.benchmarks.contenders;

import io.rbac.benchmarks.workload.Questions;
import io.rbac.benchmarks.workload.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** All contenders, by name. */
public final class Contenders {

    /** The contenders that answer; the others are limits. */
    private static final Map<String, Function<World, Contender>> ANSWERING = new LinkedHashMap<>();

    private static final Map<String, Function<World, Contender>> LIMITS = new LinkedHashMap<>();

    /** This library, asked about one user only. */
    private static final Map<String, BiFunction<World, String, Contender>> ABOUT_ONE_USER = new LinkedHashMap<>();

    private static final List<String> SLOW = List.of("spring", "cedar", "shiro", "casbin");

    private static final int CHECKED = 10_000;

    /** The next power of two above {@link #CHECKED}. */
    private static final int ENOUGH = 1 << 14;

    static {
        ANSWERING.put("rbac-keys", Rbac::keys);
        ANSWERING.put("rbac-literals", Rbac::literals);
        ANSWERING.put("rbac-texts", Rbac::texts);
        ANSWERING.put("rbac-permission", Rbac::permissions);
        ANSWERING.put("rbac-engine", Rbac::engine);
        ANSWERING.put("rbac-checker", Rbac::checker);
        ANSWERING.put("hand-sets", HandWritten::sets);
        ANSWERING.put("hand-enumset", HandWritten::enumSets);
        ANSWERING.put("hand-bitset", HandWritten::bitSets);
        ANSWERING.put("hand-roaring", HandWritten::roaring);
        ANSWERING.put("cache-texts", HandWritten::decisionCache);
        ANSWERING.put("cache-objects", HandWritten::objectDecisionCache);
        ANSWERING.put("spring-flat", Spring::flat);
        ANSWERING.put("spring-hierarchy", Spring::hierarchy);
        ANSWERING.put("cedar", Cedar::sliced);
        ANSWERING.put("shiro", Shiro::plain);
        ANSWERING.put("shiro-cached", Shiro::cached);
        ANSWERING.put("shiro-objects", Shiro::cachedObjects);
        ANSWERING.put("casbin", Casbin::plain);
        ANSWERING.put("casbin-cached", Casbin::cached);
        LIMITS.put("empty", Limits::empty);
        LIMITS.put("mask", Limits::mask);
        LIMITS.put("get-1", Limits::oneGet);
        LIMITS.put("get-2", Limits::twoGets);
        LIMITS.put("get-3", Limits::threeGets);
        LIMITS.put("get-3-literals", Limits::threeGetsWithLiterals);
        LIMITS.put("look-ups", Limits::lookUps);
        LIMITS.put("cache-hit", Limits::cacheHit);
        ABOUT_ONE_USER.put("user-permission", Rbac::userPermissions);
        ABOUT_ONE_USER.put("user-keys", Rbac::userKeys);
    }

    private Contenders() {}

    /** Returns the names of the contenders that answer. */
    public static List<String> answering() {
        return List.copyOf(ANSWERING.keySet());
    }

    /** Returns whether a contender can express an account: an enum has only so many constants. */
    public static boolean canExpress(String name, World world) {
        return !name.equals("hand-enumset") || world.catalog().size() <= Action.values().length;
    }

    /** Returns whether a contender takes microseconds for an answer, or keeps much for each question. */
    public static boolean isSlow(String name) {
        return SLOW.stream().anyMatch(name::startsWith);
    }

    /**
     * Returns a contender, built from a world and checked to answer correctly.
     *
     * @param questions what it will be asked
     * @throws IllegalStateException if one of 10,000 answers is wrong, or an answer to one of these questions
     */
    public static Contender named(String name, World world, Questions questions) {
        Function<World, Contender> limit = LIMITS.get(name);
        if (limit != null) {
            return limit.apply(world);
        }
        Function<World, Contender> answering = ANSWERING.get(name);
        if (answering == null) {
            throw new IllegalArgumentException(
                    "`" + name + "` is no contender: expected one of " + ANSWERING.keySet() + " or " + LIMITS.keySet());
        }
        Contender contender = answering.apply(world);
        if (questions.size() < CHECKED) {
            check(name, contender, Questions.about(world, ENOUGH, false, Questions.Answers.MIXED));
        }
        check(name, contender, questions);
        return contender;
    }

    /**
     * Returns a contender that is asked about one user only, checked to answer correctly: one that looks up the user before,
     * or any other.
     *
     * @param questions what it will be asked, all of them about the same user
     * @throws IllegalStateException if one of 10,000 answers is wrong
     */
    public static Contender aboutOneUser(String name, World world, Questions questions) {
        BiFunction<World, String, Contender> known = ABOUT_ONE_USER.get(name);
        if (known == null) {
            return named(name, world, questions);
        }
        Contender contender = known.apply(world, questions.user(0));
        check(name, contender, questions);
        return contender;
    }

    private static void check(String name, Contender contender, Questions questions) {
        for (int i = 0; i < Math.min(CHECKED, questions.size()); i++) {
            if (contender.isAllowed(questions, i) != questions.answer(i)) {
                throw new IllegalStateException(
                        "`" + name + "` answers " + !questions.answer(i) + " to " + questions.user(i) + ", "
                                + questions.key(i) + ", " + questions.target(i) + ": expected the opposite");
            }
        }
    }
}
