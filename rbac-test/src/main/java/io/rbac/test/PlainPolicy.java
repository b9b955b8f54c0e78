package io.rbac.test;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The policy of one account as plain tuples.
 *
 * <p>It may be invalid: its lists may hold a thing twice, name what is not there, and break every rule; {@link
 * Validity} says so.
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param account the id of the account
 * @param revision the revision
 * @param scopes the scope tree of the catalog, widest first; taken to be valid
 * @param groups the catalog, in its order
 * @param retired the keys that the catalog lists as retired
 * @param rules the rules
 * @param roles the roles
 * @param targets the targets besides the account
 * @param assignments the assignments
 * @since 0.1
 */
public record PlainPolicy(
        String account,
        long revision,
        List<PlainScope> scopes,
        List<PlainGroup> groups,
        List<String> retired,
        PlainRules rules,
        List<PlainRole> roles,
        List<Located> targets,
        List<Assignment> assignments) {

    public PlainPolicy {
        requireNonNull(account, "account");
        requireNonNull(rules, "rules");
        scopes = List.copyOf(scopes);
        groups = List.copyOf(groups);
        retired = List.copyOf(retired);
        roles = List.copyOf(roles);
        targets = List.copyOf(targets);
        assignments = List.copyOf(assignments);
    }

    /** Returns an account with a catalog and nothing else, of the standard scopes and rules, at revision 0. */
    public static PlainPolicy of(String account, PlainGroup... groups) {
        return new PlainPolicy(
                account,
                0,
                PlainScope.standard(),
                List.of(groups),
                List.of(),
                PlainRules.standard(),
                List.of(),
                List.of(),
                List.of());
    }

    /** Returns the actions of all groups, in catalog order. */
    public List<PlainGroup.Action> actions() {
        List<PlainGroup.Action> all = new ArrayList<>();
        for (PlainGroup group : groups) {
            all.addAll(group.actions());
        }
        return all;
    }

    /** Returns the scopes that the rules allow roles to have. */
    public List<PlainScope> allowedScopes() {
        List<PlainScope> allowed = rules.scopes();
        return allowed == null ? scopes : allowed;
    }

    /** Returns the targets of one scope, without their parents and in the order of the list. */
    public List<PlainTarget> targets(PlainScope scope) {
        return scope.isAccount()
                ? List.of(PlainTarget.account())
                : targets.stream()
                        .map(Located::target)
                        .filter(target -> target.scope().equals(scope))
                        .toList();
    }

    /** Returns this policy as the policy of another account. */
    public PlainPolicy withAccount(String id) {
        return new PlainPolicy(id, revision, scopes, groups, retired, rules, roles, targets, assignments);
    }

    /** Returns this policy at another revision. */
    public PlainPolicy withRevision(long number) {
        return new PlainPolicy(account, number, scopes, groups, retired, rules, roles, targets, assignments);
    }

    /** Returns this policy under another scope tree. */
    public PlainPolicy withScopes(List<PlainScope> newScopes) {
        return new PlainPolicy(account, revision, newScopes, groups, retired, rules, roles, targets, assignments);
    }

    /** Returns this policy under a catalog of these groups and retired keys, and of the same scope tree. */
    public PlainPolicy withCatalog(List<PlainGroup> newGroups, List<String> newRetired) {
        return new PlainPolicy(account, revision, scopes, newGroups, newRetired, rules, roles, targets, assignments);
    }

    /** Returns this policy under other rules. */
    public PlainPolicy withRules(PlainRules newRules) {
        return new PlainPolicy(account, revision, scopes, groups, retired, newRules, roles, targets, assignments);
    }

    /** Returns this policy with other roles. */
    public PlainPolicy withRoles(List<PlainRole> newRoles) {
        return new PlainPolicy(account, revision, scopes, groups, retired, rules, newRoles, targets, assignments);
    }

    /** Returns this policy with other targets. */
    public PlainPolicy withTargets(List<Located> newTargets) {
        return new PlainPolicy(account, revision, scopes, groups, retired, rules, roles, newTargets, assignments);
    }

    /** Returns this policy with other assignments. */
    public PlainPolicy withAssignments(List<Assignment> newAssignments) {
        return new PlainPolicy(account, revision, scopes, groups, retired, rules, roles, targets, newAssignments);
    }

    /** Returns this policy with a role appended. */
    public PlainPolicy withRole(PlainRole role) {
        return withRoles(appended(roles, role));
    }

    /**
     * Returns this policy with the role at an index replaced.
     *
     * @throws IndexOutOfBoundsException if there is no such index
     */
    public PlainPolicy withRole(int index, PlainRole role) {
        List<PlainRole> newRoles = new ArrayList<>(roles);
        newRoles.set(index, role);
        return withRoles(newRoles);
    }

    /** Returns this policy with a target appended. */
    public PlainPolicy withTarget(PlainTarget target, PlainTarget parent) {
        return withTargets(appended(targets, new Located(target, parent)));
    }

    /** Returns this policy with a team appended, of the standard tree. */
    public PlainPolicy withTeam(String id) {
        return withTarget(PlainTarget.team(id), PlainTarget.account());
    }

    /**
     * Returns this policy with a chat appended, of the standard tree.
     *
     * @param team the id of its team; {@code null}: it lies directly in the account
     */
    public PlainPolicy withChat(String id, @Nullable String team) {
        return withTarget(PlainTarget.chat(id), team == null ? PlainTarget.account() : PlainTarget.team(team));
    }

    /** Returns this policy with a target in another parent, wherever it is listed. */
    public PlainPolicy withMoved(PlainTarget target, PlainTarget parent) {
        return withTargets(targets.stream()
                .map(located -> located.target().equals(target) ? new Located(target, parent) : located)
                .toList());
    }

    /**
     * Returns this policy with an assignment appended.
     *
     * @throws IllegalArgumentException if the target is given with its parent
     */
    public PlainPolicy withAssignment(String user, String role, PlainTarget target) {
        return withAssignments(appended(assignments, new Assignment(user, role, target)));
    }

    /** Returns this policy without a role and its assignments. */
    public PlainPolicy withoutRole(String id) {
        return withRoles(without(roles, role -> role.id().equals(id)))
                .withAssignments(without(assignments, a -> a.role().equals(id)));
    }

    /** Returns this policy without a target, everything below it, and every assignment at any of them (S11). */
    public PlainPolicy withoutTarget(PlainTarget target) {
        PlainPolicy rest = withTargets(
                        without(targets, located -> located.target().equals(target)))
                .withAssignments(without(assignments, a -> a.target().equals(target)));
        for (Located located : targets) {
            if (located.parent().equals(target)) {
                rest = rest.withoutTarget(located.target());
            }
        }
        return rest;
    }

    /** Returns this policy without a team of the standard tree, its chats and every assignment in it and them. */
    public PlainPolicy withoutTeam(String id) {
        return withoutTarget(PlainTarget.team(id));
    }

    /** Returns this policy without a chat of the standard tree and its assignments. */
    public PlainPolicy withoutChat(String id) {
        return withoutTarget(PlainTarget.chat(id));
    }

    /** Returns this policy without the assignments of a user (S11). */
    public PlainPolicy withoutUser(String id) {
        return withAssignments(without(assignments, a -> a.user().equals(id)));
    }

    /** Returns this policy without an assignment, however often it is listed. */
    public PlainPolicy withoutAssignment(Assignment assignment) {
        return withAssignments(without(assignments, assignment::equals));
    }

    private static <T> List<T> appended(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }

    private static <T> List<T> without(List<T> list, Predicate<T> removed) {
        return list.stream().filter(removed.negate()).toList();
    }

    /** Returns the whole policy as readable lines, everything but printable ASCII escaped. */
    @Override
    public String toString() {
        return PlainPolicyText.of(this);
    }

    /**
     * A target of a policy, and what it lies in.
     *
     * @param target the target, without a given parent
     * @param parent its parent, the account or another target, without a given parent
     * @since 0.1
     */
    public record Located(PlainTarget target, PlainTarget parent) {
        public Located {
            target = target.withoutParent();
            parent = parent.withoutParent();
        }

        @Override
        public String toString() {
            return target + " in " + parent;
        }
    }

    /**
     * An assignment.
     *
     * @param user the id of the user
     * @param role the id of the role
     * @param target the target, without a given parent
     * @since 0.1
     */
    public record Assignment(String user, String role, PlainTarget target) {
        public Assignment {
            if (target.parent() != null) {
                throw new IllegalArgumentException(
                        "expected the target of an assignment without a parent, but found `" + target + "`");
            }
        }

        @Override
        public String toString() {
            return PlainPolicyText.readable(user) + " is " + PlainPolicyText.readable(role) + " at " + target;
        }
    }
}
