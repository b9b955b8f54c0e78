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

    private static final int USER = 0;
    private static final int PERMISSION = 1;
    private static final int TARGET = 2;

    private final String[] users;
    private final String[] keys;
    private final String[] literals;
    private final Permission[] permissions;
    private final int[] numbers;
    private final Target[] targets;
    private final String[] places;
    private final boolean[] answers;

    private Questions(int count) {
        users = new String[count];
        keys = new String[count];
        literals = new String[count];
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
     * Returns questions about one user of an account, half of them allowed.
     *
     * @param count how many: a power of two
     */
    public static Questions ofOneUser(World world, int count) {
        int user = new SplittableRandom(world.users()).nextInt(world.users());
        SplittableRandom random = new SplittableRandom(count);
        return about(world, count, () -> user, Answers.MIXED, new EveryScope(world), random);
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
        SplittableRandom random = new SplittableRandom(count);
        IntSupplier user = zipf ? new Zipf(world.users(), random)::next : () -> random.nextInt(world.users());
        return about(world, count, user, answers, places, random);
    }

    private static Questions about(
            World world, int count, IntSupplier user, Answers answers, Places places, SplittableRandom random) {
        if (Integer.bitCount(count) != 1) {
            throw new IllegalArgumentException("there are `" + count + "` questions: expected a power of two");
        }
        Questions questions = new Questions(count);
        int[][] drawn = new int[count][];
        int allowed = 0;
        for (int i = 0; i < count; i++) {
            boolean wanted = answers == Answers.ALLOW || answers == Answers.MIXED && random.nextBoolean();
            drawn[i] = draw(world, user, places, random, wanted);
            boolean answer = world.allows(drawn[i][USER], drawn[i][PERMISSION], drawn[i][TARGET]);
            questions.answers[i] = answer && answers != Answers.UNKNOWN_USER;
            allowed += answer ? 1 : 0;
        }
        double share = (double) allowed / count;
        if (answers == Answers.MIXED && (share < 0.45 || share > 0.55)) {
            throw new IllegalStateException(
                    "the share of allows is `" + share + "`: expected half, so that the answers prove something");
        }
        questions.putAll(world, drawn, answers == Answers.UNKNOWN_USER ? "-unknown" : "");
        return questions;
    }

    private static int[] draw(World world, IntSupplier users, Places places, SplittableRandom random, boolean wanted) {
        IntUnaryOperator place = places.next(random);
        int[] drawn = new int[3];
        boolean answer = !wanted;
        for (int tries = 0; tries < MAX_TRIES && answer != wanted; tries++) {
            drawn[USER] = users.getAsInt();
            drawn[TARGET] = place.applyAsInt(drawn[USER]);
            drawn[PERMISSION] = random.nextInt(world.catalog().size());
            answer = world.allows(drawn[USER], drawn[PERMISSION], drawn[TARGET]);
        }
        return drawn;
    }

    /** One kind of text after the other, so that whoever reads some of them does not fetch the others as well. */
    private void putAll(World world, int[][] drawn, String suffix) {
        for (int i = 0; i < drawn.length; i++) {
            users[i] = fresh(world.user(drawn[i][USER]) + suffix);
        }
        for (int i = 0; i < drawn.length; i++) {
            numbers[i] = drawn[i][PERMISSION];
            permissions[i] = world.catalog().permissions().get(numbers[i]);
            keys[i] = fresh(permissions[i].key());
            literals[i] = keys[i].intern();
        }
        for (int i = 0; i < drawn.length; i++) {
            targets[i] = fresh(world.target(drawn[i][TARGET]));
        }
        for (int i = 0; i < drawn.length; i++) {
            places[i] = fresh(world.place(drawn[i][TARGET]));
        }
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

    /** Returns the key as a program has it that names it in its code: one instance for all questions. */
    public String literal(int i) {
        return literals[i];
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
