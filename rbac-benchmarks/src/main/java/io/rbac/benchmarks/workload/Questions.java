package io.rbac.benchmarks.workload;

import io.rbac.model.Permission;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * What is asked of an account: users, permissions and targets, as many of each scope, with the right answers. No text is
 * the instance that a contender stores.
 */
public final class Questions {

    private static final int MAX_TRIES = 200;

    private final String[] users;
    private final String[] keys;
    private final Permission[] permissions;
    private final int[] numbers;
    private final Target[] targets;
    private final String[] places;
    private final boolean[] answers;

    private Questions(int count) {
        users = new String[count];
        keys = new String[count];
        permissions = new Permission[count];
        numbers = new int[count];
        targets = new Target[count];
        places = new String[count];
        answers = new boolean[count];
    }

    /** No questions. */
    public static final Questions NONE = new Questions(0);

    /** Which answers and users the questions have. */
    public enum Answers {
        MIXED,
        ALLOW,
        DENY,
        UNKNOWN_USER
    }

    /**
     * Returns questions about an account.
     *
     * @param count how many: a power of two
     * @param zipf whether most questions are about few users; otherwise all users are equally likely
     */
    public static Questions about(World world, int count, boolean zipf, Answers answers) {
        return about(world, count, zipf, answers, new EveryScope(world));
    }

    /**
     * Returns questions about the targets with the longest paths of an account, half of them allowed.
     *
     * @param count how many: a power of two
     */
    public static Questions deepest(World world, int count) {
        return about(world, count, false, Answers.MIXED, new Deepest(world));
    }

    private static Questions about(World world, int count, boolean zipf, Answers answers, Places places) {
        if (Integer.bitCount(count) != 1) {
            throw new IllegalArgumentException("there are `" + count + "` questions: expected a power of two");
        }
        SplittableRandom random = new SplittableRandom(count);
        IntSupplier user = zipf ? new Zipf(world.users(), random)::next : () -> random.nextInt(world.users());
        Questions questions = new Questions(count);
        int allowed = 0;
        for (int i = 0; i < count; i++) {
            boolean wanted = answers == Answers.ALLOW || answers == Answers.MIXED && random.nextBoolean();
            allowed += questions.ask(i, world, user, places, random, wanted) ? 1 : 0;
            if (answers == Answers.UNKNOWN_USER) {
                questions.users[i] = questions.users[i] + "-unknown";
                questions.answers[i] = false;
            }
        }
        double share = (double) allowed / count;
        if (answers == Answers.MIXED && (share < 0.45 || share > 0.55)) {
            throw new IllegalStateException(
                    "the share of allows is `" + share + "`: expected half, so that the answers prove something");
        }
        return questions;
    }

    private boolean ask(int i, World world, IntSupplier users, Places places, SplittableRandom random, boolean wanted) {
        IntUnaryOperator place = places.next(random);
        int user = 0;
        int permission = 0;
        int target = 0;
        boolean answer = !wanted;
        for (int tries = 0; tries < MAX_TRIES && answer != wanted; tries++) {
            user = users.getAsInt();
            target = place.applyAsInt(user);
            permission = random.nextInt(world.catalog().size());
            answer = world.allows(user, permission, target);
        }
        put(i, world, user, permission, target);
        answers[i] = answer;
        return answer;
    }

    private void put(int i, World world, int user, int permission, int target) {
        users[i] = fresh(world.user(user));
        permissions[i] = world.catalog().permissions().get(permission);
        numbers[i] = permission;
        keys[i] = fresh(permissions[i].key());
        targets[i] = fresh(world.target(target));
        places[i] = fresh(world.place(target));
    }

    /** Draws the targets of questions. */
    private interface Places {

        /** Draws what the next question is about; the result finds a target for a user, as often as it is asked. */
        IntUnaryOperator next(SplittableRandom random);
    }

    /** As many targets of each scope. */
    private record EveryScope(World world) implements Places {

        @Override
        public IntUnaryOperator next(SplittableRandom random) {
            List<Scope> scopes = world.catalog().scopes().scopes();
            int level = random.nextInt(scopes.size());
            return user -> target(level, user, random);
        }

        /** A target of a scope: one where the user holds something, or what it lies in, three times out of four. */
        private int target(int level, int user, SplittableRandom random) {
            for (int tries = 0; tries < MAX_TRIES; tries++) {
                int own = own(world, user, random);
                int target = own < 0 ? random.nextInt(world.targets()) : own;
                while (world.target(target).scope().level() > level) {
                    target = world.parent(target);
                }
                if (world.target(target).scope().level() == level) {
                    return target;
                }
            }
            return 0;
        }
    }

    /** Targets with the longest paths. */
    private static final class Deepest implements Places {

        private final World world;
        private final int[] targets;
        private final Map<Integer, int[]> below = new HashMap<>();

        Deepest(World world) {
            this.world = world;
            int longest = IntStream.range(0, world.targets())
                    .map(world::pathLength)
                    .max()
                    .orElseThrow();
            this.targets = IntStream.range(0, world.targets())
                    .filter(target -> world.pathLength(target) == longest)
                    .toArray();
        }

        @Override
        public IntUnaryOperator next(SplittableRandom random) {
            return user -> {
                int own = own(world, user, random);
                int[] among = own < 0 ? targets : below.computeIfAbsent(own, this::below);
                return among.length == 0 ? targets[0] : among[random.nextInt(among.length)];
            };
        }

        /** The targets with a target on their paths, which may be one of them. */
        private int[] below(int wider) {
            return IntStream.of(targets)
                    .filter(target -> world.isOnPath(wider, target))
                    .toArray();
        }
    }

    /** A target where a user holds something, three times out of four; -1 otherwise. */
    private static int own(World world, int user, SplittableRandom random) {
        int from = world.start(user);
        int to = world.start(user + 1);
        boolean isOwn = to > from && random.nextInt(4) > 0;
        return isOwn ? world.assignedTarget(from + random.nextInt(to - from)) : -1;
    }

    @SuppressWarnings("StringCopy") // a new instance is wanted
    private static String fresh(String text) {
        return new String(text.toCharArray());
    }

    private static Target fresh(Target target) {
        return target.isAccount() ? target : Target.of(target.scope(), fresh(target.id()));
    }

    public int size() {
        return users.length;
    }

    public String user(int i) {
        return users[i];
    }

    public String key(int i) {
        return keys[i];
    }

    public Permission permission(int i) {
        return permissions[i];
    }

    /** Returns the position of the permission in the catalog. */
    public int number(int i) {
        return numbers[i];
    }

    public Target target(int i) {
        return targets[i];
    }

    /** Returns the target as one text, as {@link World#place(int)} writes it. */
    public String place(int i) {
        return places[i];
    }

    /** Returns the right answer. */
    public boolean answer(int i) {
        return answers[i];
    }
}
