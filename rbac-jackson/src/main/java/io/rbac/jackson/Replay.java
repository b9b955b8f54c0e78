package io.rbac.jackson;

import io.rbac.engine.Commit;
import io.rbac.model.Assignment;
import io.rbac.model.Effect;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Replays the effects of commits on a policy. Effects say what was added and removed, not how that was asked for: they
 * mean the same in every release, and describe even a commit that replaced the whole policy.
 */
final class Replay {

    /*
     * Hash maps are keyed by strings only, and the assignments of a user are sorted. Ids can be chosen to have equal
     * hash codes: strings are comparable, so a map still finds them fast, but it would search assignments one by one.
     */
    private static final Comparator<Assignment> ORDER_OF_ONE_USER = Comparator.comparing(
                    Assignment::target,
                    Comparator.<Target>comparingInt(target -> target.scope().level())
                            .thenComparing(Target::id))
            .thenComparing(Assignment::role);

    private final Policy base;
    private final Map<String, Role> roles = new HashMap<>();

    /** The parents of the targets of each scope, by id. */
    private final Map<Scope, Map<String, Target>> targets = new HashMap<>();

    private final Map<String, Set<Assignment>> changedUsers = new LinkedHashMap<>();
    private long revision;

    Replay(Policy base) {
        this.base = base;
        this.revision = base.revision();
    }

    /**
     * Applies the next commit.
     *
     * @throws IllegalArgumentException if it does not fit the policy that the commits before it led to
     */
    void apply(Commit commit) {
        if (!commit.account().equals(base.account())) {
            throw new IllegalArgumentException("the commit is of account " + Violation.quote(commit.account())
                    + ": expected " + Violation.quote(base.account()));
        }
        if (commit.revision() - 1 != revision) {
            throw new IllegalArgumentException(
                    "the commit has revision `" + commit.revision() + "`: expected the one after `" + revision + '`');
        }
        if (revision == base.revision()) {
            copyBase();
        }
        commit.effects().forEach(this::apply);
        revision = commit.revision();
    }

    private void copyBase() {
        base.roles().forEach(role -> roles.put(role.id(), role));
        for (Target target : base.targets()) {
            parents(target).put(target.id(), base.parentOf(target).orElseThrow());
        }
    }

    private Map<String, Target> parents(Target target) {
        return targets.computeIfAbsent(target.scope(), scope -> new HashMap<>());
    }

    private void apply(Effect effect) {
        switch (effect.kind()) {
            case ROLE_ADDED -> add(((Effect.RoleAdded) effect).role());
            case ROLE_CHANGED -> change((Effect.RoleChanged) effect);
            case ROLE_REMOVED -> remove(((Effect.RoleRemoved) effect).role());
            case TARGET_ADDED -> add((Effect.TargetAdded) effect);
            case TARGET_MOVED -> move((Effect.TargetMoved) effect);
            case TARGET_REMOVED -> remove((Effect.TargetRemoved) effect);
            case ASSIGNMENT_ADDED -> add(((Effect.AssignmentAdded) effect).assignment());
            case ASSIGNMENT_REMOVED -> remove(((Effect.AssignmentRemoved) effect).assignment());
        }
    }

    private void add(Role role) {
        require(roles.putIfAbsent(role.id(), role) == null, "adds", "role", role.id(), "already there");
    }

    private void change(Effect.RoleChanged changed) {
        Role before = changed.before();
        Role after = changed.after();
        boolean fits = before.id().equals(after.id()) && roles.replace(before.id(), before, after);
        require(fits, "changes", "role", before.id(), "not there as it was");
    }

    private void remove(Role role) {
        require(roles.remove(role.id(), role), "removes", "role", role.id(), "not there as it was");
    }

    private void add(Effect.TargetAdded added) {
        Target target = added.target();
        boolean fits = parents(target).putIfAbsent(target.id(), added.parent()) == null;
        require(fits, "adds", "target", target.toString(), "already there");
    }

    private void move(Effect.TargetMoved moved) {
        Target target = moved.target();
        boolean fits = parents(target).replace(target.id(), moved.before(), moved.after());
        require(fits, "moves", "target", target.toString(), "not there as it was");
    }

    private void remove(Effect.TargetRemoved removed) {
        Target target = removed.target();
        boolean fits = parents(target).remove(target.id(), removed.parent());
        require(fits, "removes", "target", target.toString(), "not there as it was");
    }

    private void add(Assignment assignment) {
        if (!assignmentsOf(assignment.user()).add(assignment)) {
            throw unfit("adds " + describe(assignment), "already there");
        }
    }

    private void remove(Assignment assignment) {
        if (!assignmentsOf(assignment.user()).remove(assignment)) {
            throw unfit("removes " + describe(assignment), "not there");
        }
    }

    /** Returns the current assignments of a user, in a set to be changed. */
    private Set<Assignment> assignmentsOf(String user) {
        return changedUsers.computeIfAbsent(user, id -> {
            Set<Assignment> assignments = new TreeSet<>(ORDER_OF_ONE_USER);
            assignments.addAll(base.rolesOf(id));
            return assignments;
        });
    }

    private static String describe(Assignment assignment) {
        return "the assignment of role " + Violation.quote(assignment.role()) + " to user "
                + Violation.quote(assignment.user()) + " at "
                + Violation.quote(assignment.target().toString());
    }

    private static void require(boolean fits, String verb, String what, String id, String state) {
        if (!fits) {
            throw unfit(verb + ' ' + what + ' ' + Violation.quote(id), state);
        }
    }

    private static IllegalArgumentException unfit(String action, String state) {
        return new IllegalArgumentException("the commit " + action + ", which is " + state);
    }

    /**
     * Returns the policy that the commits lead to.
     *
     * @throws PolicyViolationException if it breaks the catalog or the rules
     */
    Policy policy() {
        if (revision == base.revision()) {
            return base;
        }
        Policy.Builder builder = Policy.builder()
                .account(base.account())
                .catalog(base.catalog())
                .rules(base.rules())
                .revision(revision);
        roles.values().forEach(builder::role);
        targets.forEach(
                (scope, parents) -> parents.forEach((id, parent) -> builder.target(Target.of(scope, id), parent)));
        for (String user : base.users()) {
            if (!changedUsers.containsKey(user)) {
                assign(base.rolesOf(user), builder);
            }
        }
        changedUsers.values().forEach(assignments -> assign(assignments, builder));
        return builder.build();
    }

    private static void assign(Iterable<Assignment> assignments, Policy.Builder builder) {
        for (Assignment assignment : assignments) {
            builder.assign(assignment.user(), assignment.role(), assignment.target());
        }
    }
}
