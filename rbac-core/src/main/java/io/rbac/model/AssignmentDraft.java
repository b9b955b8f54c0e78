package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Assignments as they are given to the builder of a policy, as numbers: an id gets one where an assignment first names
 * it. What there really is has ordinals of its own.
 */
final class AssignmentDraft {

    /** The most assignments of a policy that are kept here at all. */
    static final int MAX_ASSIGNMENTS = 1 << 30;

    private static final int ACCOUNT = PolicyTable.ACCOUNT;
    private static final int FIRST_CAPACITY = 64;

    private final Map<String, Integer> userNumbers = new HashMap<>();
    private final Map<String, Integer> roleNumbers = new HashMap<>();
    private final Map<String, Integer> teamNumbers = new HashMap<>();
    private final Map<String, Integer> chatNumbers = new HashMap<>();
    private final List<String> users = new ArrayList<>();
    private final List<String> roles = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>(List.of(Target.account()));
    private final int max;

    /** Users and targets of the assignments from {@code numbered} on. */
    private final String[] waitingUsers = new String[FIRST_CAPACITY];

    private final Target[] waitingTargets = new Target[FIRST_CAPACITY];
    private int numbered;

    /** Hash codes of their ids, only to have them computed. */
    private final int[] hashes = new int[FIRST_CAPACITY];

    private int[] userOf = new int[FIRST_CAPACITY];
    private int[] roleOf = new int[FIRST_CAPACITY];
    private int[] targetOf = new int[FIRST_CAPACITY];
    private int count;
    private long total;
    private String lastUser = "";
    private int lastUserNumber = -1;

    AssignmentDraft() {
        this(MAX_ASSIGNMENTS);
    }

    AssignmentDraft(int max) {
        this.max = max;
    }

    void add(String user, String role, Target target) {
        requireNonNull(target, "target");
        total++;
        if (total > max) {
            return;
        }
        if (count == userOf.length) {
            int capacity = (int) Math.min(2L * count, MAX_ASSIGNMENTS);
            userOf = Arrays.copyOf(userOf, capacity);
            roleOf = Arrays.copyOf(roleOf, capacity);
            targetOf = Arrays.copyOf(targetOf, capacity);
        }
        roleOf[count] = number(roleNumbers, roles, role);
        waitingUsers[count - numbered] = user;
        waitingTargets[count - numbered] = target;
        count++;
        if (count - numbered == FIRST_CAPACITY) {
            numberWaiting();
        }
    }

    private int user(String id) {
        if (lastUserNumber < 0 || !lastUser.equals(id)) {
            lastUserNumber = number(userNumbers, users, id);
            lastUser = id;
        }
        return lastUserNumber;
    }

    /**
     * Numbers users and targets of the last assignments, which must be done before anything is read here: many at once,
     * as their ids come from all over the memory, and a processor waits for several of them together where nothing else
     * is to be done in between.
     */
    void numberWaiting() {
        int waiting = count - numbered;
        for (int i = 0; i < waiting; i++) {
            hashes[i] = waitingUsers[i].hashCode() ^ waitingTargets[i].id().hashCode();
        }
        for (int i = 0; i < waiting; i++) {
            userOf[numbered + i] = user(waitingUsers[i]);
        }
        for (int i = 0; i < waiting; i++) {
            targetOf[numbered + i] = target(waitingTargets[i]);
        }
        numbered = count;
    }

    private int target(Target target) {
        if (target.scope() == Scope.ACCOUNT) {
            return ACCOUNT;
        }
        Map<String, Integer> numbers = target.scope() == Scope.TEAM ? teamNumbers : chatNumbers;
        Integer known = numbers.get(target.id());
        if (known != null) {
            return known;
        }
        numbers.put(target.id(), targets.size());
        targets.add(target.unplaced());
        return targets.size() - 1;
    }

    /** The number of a role, -1 where no assignment names it. */
    int numberOf(String role) {
        return roleNumbers.getOrDefault(role, -1);
    }

    /** The number of a target, -1 where no assignment names it. */
    int numberOf(Target target) {
        return switch (target.scope()) {
            case ACCOUNT -> ACCOUNT;
            case TEAM -> teamNumbers.getOrDefault(target.id(), -1);
            case CHAT -> chatNumbers.getOrDefault(target.id(), -1);
        };
    }

    private static int number(Map<String, Integer> numbers, List<String> ids, String id) {
        Integer known = numbers.get(id);
        if (known != null) {
            return known;
        }
        numbers.put(id, ids.size());
        ids.add(id);
        return ids.size() - 1;
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

    List<String> users() {
        return users;
    }

    List<String> roles() {
        return roles;
    }

    List<Target> targets() {
        return targets;
    }
}
