package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.table.IdInterner;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The assignments given to the builder of a policy, as numbers: an id gets one when an assignment first names it. Users,
 * roles and targets that exist have ordinals of their own.
 */
final class AssignmentBuffer {

    private static final int ACCOUNT = PolicyTable.ACCOUNT;
    private static final int FIRST_TEAM = 1;
    private static final int FIRST_CHAT = 2;
    private static final int FIRST_CAPACITY = 64;

    private final IdInterner users = new IdInterner();
    private final IdInterner roles = new IdInterner();
    private final IdInterner teams = new IdInterner();
    private final IdInterner chats = new IdInterner();
    private final int max;

    /** Users and targets of the assignments from {@code numbered} on. */
    private final String[] waitingUsers = new String[FIRST_CAPACITY];

    private final Target[] waitingTargets = new Target[FIRST_CAPACITY];
    private int numbered;

    /** Some of their ids, and the numbers of those. */
    private final String[] some = new String[FIRST_CAPACITY];

    private final int[] numbers = new int[FIRST_CAPACITY];

    private int[] userOf = new int[FIRST_CAPACITY];
    private int[] roleOf = new int[FIRST_CAPACITY];
    private int[] targetOf = new int[FIRST_CAPACITY];
    private int count;
    private long total;
    private @Nullable String lastUser;
    private int lastUserNumber = -1;

    AssignmentBuffer() {
        this(Policy.MAX_ASSIGNMENTS);
    }

    AssignmentBuffer(int max) {
        this.max = max;
    }

    void add(String user, String role, Target target) {
        requireNonNull(target, "target");
        total++;
        if (total > max) {
            return;
        }
        if (count == userOf.length) {
            int capacity = (int) Math.min(2L * count, Policy.MAX_ASSIGNMENTS);
            userOf = Arrays.copyOf(userOf, capacity);
            roleOf = Arrays.copyOf(roleOf, capacity);
            targetOf = Arrays.copyOf(targetOf, capacity);
        }
        roleOf[count] = roles.number(role);
        waitingUsers[count - numbered] = user;
        waitingTargets[count - numbered] = target;
        count++;
        if (count - numbered == FIRST_CAPACITY) {
            numberWaiting();
        }
    }

    /**
     * Numbers users and targets of the last assignments; must be called before anything is read here. Batched so that cache
     * misses overlap.
     */
    void numberWaiting() {
        int waiting = count - numbered;
        numberUsers(waiting);
        numberTargets(waiting, Scope.TEAM, teams, FIRST_TEAM);
        numberTargets(waiting, Scope.CHAT, chats, FIRST_CHAT);
        numbered = count;
    }

    /** A user who is repeated is compared with the last one only. */
    private void numberUsers(int waiting) {
        int different = 0;
        for (int i = 0; i < waiting; i++) {
            if (!waitingUsers[i].equals(lastUser)) {
                lastUser = waitingUsers[i];
                some[different++] = lastUser;
            }
            userOf[numbered + i] = different - 1;
        }
        users.number(some, different, numbers);
        for (int i = numbered; i < count; i++) {
            userOf[i] = userOf[i] < 0 ? lastUserNumber : numbers[userOf[i]];
        }
        lastUserNumber = different == 0 ? lastUserNumber : numbers[different - 1];
    }

    /** The account is 0, which stands there already; teams have odd numbers, chats even ones. */
    private void numberTargets(int waiting, Scope scope, IdInterner ids, int first) {
        int found = 0;
        for (int i = 0; i < waiting; i++) {
            if (waitingTargets[i].scope() == scope) {
                some[found++] = waitingTargets[i].id();
            }
        }
        ids.number(some, found, numbers);
        for (int i = 0, next = 0; next < found; i++) {
            if (waitingTargets[i].scope() == scope) {
                targetOf[numbered + i] = 2 * numbers[next++] + first;
            }
        }
    }

    /** The number of a role, -1 where no assignment names it. */
    int numberOf(String role) {
        return roles.get(role);
    }

    /** The number of a target, -1 where no assignment names it. */
    int numberOf(Target target) {
        if (target.scope() == Scope.ACCOUNT) {
            return ACCOUNT;
        }
        boolean isTeam = target.scope() == Scope.TEAM;
        int number = (isTeam ? teams : chats).get(target.id());
        return number < 0 ? -1 : 2 * number + (isTeam ? FIRST_TEAM : FIRST_CHAT);
    }

    /** The target of a number. */
    Target target(int number) {
        if (number == ACCOUNT) {
            return Target.account();
        }
        int index = (number - 1) / 2;
        return number % 2 == 1 ? Target.team(teams.id(index)) : Target.chat(chats.id(index));
    }

    /** The number above that of every target. */
    int targets() {
        return 2 * Math.max(teams.size(), chats.size()) + 1;
    }

    /** How many were added, kept or not. */
    long total() {
        return total;
    }

    /** How many are allowed. */
    long max() {
        return max;
    }

    /** How many were kept. */
    int count() {
        return count;
    }

    int userOf(int assignment) {
        return userOf[assignment];
    }

    int roleOf(int assignment) {
        return roleOf[assignment];
    }

    int targetOf(int assignment) {
        return targetOf[assignment];
    }

    IdInterner users() {
        return users;
    }

    IdInterner roles() {
        return roles;
    }
}
