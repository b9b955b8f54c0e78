package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.table.IdInterner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The assignments given to the builder of a policy, as numbers: an id gets one when an assignment first names it. Users,
 * roles and targets that exist have ordinals of their own.
 */
final class AssignmentBuffer {

    /** A number of a target is that of its scope among those that were seen, then that of its id in this scope. */
    private static final int ID_BITS = 27;

    private static final int ID_MASK = (1 << ID_BITS) - 1;
    private static final int MAX_SCOPES = 1 << Integer.SIZE - 1 - ID_BITS;
    private static final int FIRST_CAPACITY = 64;

    private final IdInterner users = new IdInterner();
    private final IdInterner roles = new IdInterner();
    private final List<Scope> scopes = new ArrayList<>(List.of(Scope.ACCOUNT));

    /** The ids of the targets of each scope. */
    private final List<IdInterner> targets = new ArrayList<>(List.of(new IdInterner()));

    private final int max;

    /** Users and targets of the assignments from {@code numbered} on. */
    private final String[] waitingUsers = new String[FIRST_CAPACITY];

    private final Target[] waitingTargets = new Target[FIRST_CAPACITY];
    private final int[] waitingScopes = new int[FIRST_CAPACITY];
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
        waitingScopes[count - numbered] = scopeNumber(target.scope());
        count++;
        if (count - numbered == FIRST_CAPACITY) {
            numberWaiting();
        }
    }

    @SuppressWarnings("ReferenceEquality") // a quick answer before the exact one
    private int scopeNumber(Scope scope) {
        for (int i = 0; i < scopes.size(); i++) {
            if (scopes.get(i) == scope) {
                return i;
            }
        }
        int number = scopes.indexOf(scope);
        if (number >= 0) {
            return number;
        }
        if (scopes.size() == MAX_SCOPES) {
            throw new IllegalArgumentException(
                    "the targets have more than " + MAX_SCOPES + " scopes: expected those of one tree");
        }
        scopes.add(scope);
        targets.add(new IdInterner());
        return scopes.size() - 1;
    }

    /**
     * Numbers users and targets of the last assignments; must be called before anything is read here. Batched so that cache
     * misses overlap.
     */
    void numberWaiting() {
        int waiting = count - numbered;
        numberUsers(waiting);
        for (int scope = 1; scope < scopes.size(); scope++) {
            numberTargets(waiting, scope);
        }
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

    /** The account is 0, which stands there already. */
    private void numberTargets(int waiting, int scope) {
        int found = 0;
        for (int i = 0; i < waiting; i++) {
            if (waitingScopes[i] == scope) {
                some[found++] = waitingTargets[i].id();
            }
        }
        targets.get(scope).number(some, found, numbers);
        for (int i = 0, next = 0; next < found; i++) {
            if (waitingScopes[i] == scope) {
                targetOf[numbered + i] = scope << ID_BITS | numbers[next++];
            }
        }
    }

    /** The number of a role, -1 where no assignment names it. */
    int numberOf(String role) {
        return roles.get(role);
    }

    /** How many scopes the targets have, the account's own among them. */
    int scopes() {
        return scopes.size();
    }

    /** The number of a scope, -1 where no assignment is at a target of it. */
    int numberOf(Scope scope) {
        return scopes.indexOf(scope);
    }

    /** How many targets of a scope there are, by its number. */
    int targets(int scope) {
        return scope == 0 ? 1 : targets.get(scope).size();
    }

    /** The number of a target within its scope, -1 where no assignment names it. */
    int numberOf(int scope, String id) {
        return scope == 0 ? 0 : targets.get(scope).get(id);
    }

    /** The target of an assignment. */
    Target targetOf(int assignment) {
        int scope = scopeOf(assignment);
        return scope == 0
                ? Target.account()
                : Target.of(scopes.get(scope), targets.get(scope).id(numberInScope(assignment)));
    }

    /** The number of the scope of an assignment's target. */
    int scopeOf(int assignment) {
        return targetOf[assignment] >>> ID_BITS;
    }

    /** The number of an assignment's target within its scope. */
    int numberInScope(int assignment) {
        return targetOf[assignment] & ID_MASK;
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

    IdInterner users() {
        return users;
    }

    IdInterner roles() {
        return roles;
    }
}
