package io.rbac.benchmarks.workload;

import io.rbac.model.Permission;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * Questions about an account with the right answers: a user, a permission and a target, which is the account, a team or a
 * chat in a third of the cases each. No text is the instance that a contender stores.
 */
public final class Questions {

    private static final int MAX_TRIES = 200;
    private static final int SCOPES = 3;

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
        if (Integer.bitCount(count) != 1) {
            throw new IllegalArgumentException("there are `" + count + "` questions: expected a power of two");
        }
        SplittableRandom random = new SplittableRandom(count);
        IntSupplier user = zipf ? new Zipf(world.users(), random)::next : () -> random.nextInt(world.users());
        Questions questions = new Questions(count);
        int allowed = 0;
        for (int i = 0; i < count; i++) {
            boolean wanted = answers == Answers.ALLOW || answers == Answers.MIXED && random.nextBoolean();
            allowed += questions.ask(i, world, user, random, wanted) ? 1 : 0;
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

    private boolean ask(int i, World world, IntSupplier users, SplittableRandom random, boolean wanted) {
        Scope scope = scope(random.nextInt(SCOPES));
        int user = 0;
        int permission = 0;
        int target = 0;
        boolean answer = !wanted;
        for (int tries = 0; tries < MAX_TRIES && answer != wanted; tries++) {
            user = users.getAsInt();
            target = target(world, scope, user, random);
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

    private static Scope scope(int drawn) {
        return switch (drawn) {
            case 0 -> Scope.ACCOUNT;
            case 1 -> Scope.TEAM;
            default -> Scope.CHAT;
        };
    }

    /** Returns a target of a scope: three times out of four one where the user holds something, or the team around it. */
    private static int target(World world, Scope scope, int user, SplittableRandom random) {
        int from = world.start(user);
        int to = world.start(user + 1);
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            boolean own = to > from && random.nextInt(4) > 0;
            int target = own ? world.assignedTarget(from + random.nextInt(to - from)) : random.nextInt(world.targets());
            int team = world.target(target).scope() == Scope.CHAT ? world.parent(target) : target;
            int found = scope == Scope.ACCOUNT ? 0 : scope == Scope.TEAM ? team : target;
            if (world.target(found).scope() == scope) {
                return found;
            }
        }
        return 0;
    }

    @SuppressWarnings("StringCopy") // a new instance is wanted
    private static String fresh(String text) {
        return new String(text.toCharArray());
    }

    private static Target fresh(Target target) {
        return switch (target.scope()) {
            case ACCOUNT -> target;
            case TEAM -> Target.team(fresh(target.id()));
            case CHAT -> Target.chat(fresh(target.id()));
        };
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
