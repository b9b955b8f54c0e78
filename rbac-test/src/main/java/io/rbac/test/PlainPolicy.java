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
 * @param groups the catalog, in its order
 * @param retired the keys that the catalog lists as retired
 * @param rules the rules
 * @param roles the roles
 * @param teams the ids of the teams
 * @param chats the chats
 * @param assignments the assignments
 * @since 0.1
 */
public record PlainPolicy(
        String account,
        long revision,
        List<PlainGroup> groups,
        List<String> retired,
        PlainRules rules,
        List<PlainRole> roles,
        List<String> teams,
        List<Chat> chats,
        List<Assignment> assignments) {

    public PlainPolicy {
        requireNonNull(account, "account");
        requireNonNull(rules, "rules");
        groups = List.copyOf(groups);
        retired = List.copyOf(retired);
        roles = List.copyOf(roles);
        teams = List.copyOf(teams);
        chats = List.copyOf(chats);
        assignments = List.copyOf(assignments);
    }

    /** Returns an account with a catalog and nothing else, under the standard rules, at revision 0. */
    public static PlainPolicy of(String account, PlainGroup... groups) {
        List<PlainGroup> catalog = List.of(groups);
        return new PlainPolicy(
                account, 0, catalog, List.of(), PlainRules.standard(), List.of(), List.of(), List.of(), List.of());
    }

    /** Returns the actions of all groups, in catalog order. */
    public List<PlainGroup.Action> actions() {
        List<PlainGroup.Action> all = new ArrayList<>();
        for (PlainGroup group : groups) {
            all.addAll(group.actions());
        }
        return all;
    }

    /** Returns this policy as the policy of another account. */
    public PlainPolicy withAccount(String id) {
        return new PlainPolicy(id, revision, groups, retired, rules, roles, teams, chats, assignments);
    }

    /** Returns this policy at another revision. */
    public PlainPolicy withRevision(long number) {
        return new PlainPolicy(account, number, groups, retired, rules, roles, teams, chats, assignments);
    }

    /** Returns this policy under a catalog of these groups and retired keys. */
    public PlainPolicy withCatalog(List<PlainGroup> newGroups, List<String> newRetired) {
        return new PlainPolicy(account, revision, newGroups, newRetired, rules, roles, teams, chats, assignments);
    }

    /** Returns this policy under other rules. */
    public PlainPolicy withRules(PlainRules newRules) {
        return new PlainPolicy(account, revision, groups, retired, newRules, roles, teams, chats, assignments);
    }

    /** Returns this policy with other roles. */
    public PlainPolicy withRoles(List<PlainRole> newRoles) {
        return new PlainPolicy(account, revision, groups, retired, rules, newRoles, teams, chats, assignments);
    }

    /** Returns this policy with other teams, given by their ids. */
    public PlainPolicy withTeams(List<String> newTeams) {
        return new PlainPolicy(account, revision, groups, retired, rules, roles, newTeams, chats, assignments);
    }

    /** Returns this policy with other chats. */
    public PlainPolicy withChats(List<Chat> newChats) {
        return new PlainPolicy(account, revision, groups, retired, rules, roles, teams, newChats, assignments);
    }

    /** Returns this policy with other assignments. */
    public PlainPolicy withAssignments(List<Assignment> newAssignments) {
        return new PlainPolicy(account, revision, groups, retired, rules, roles, teams, chats, newAssignments);
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

    /** Returns this policy with a team appended. */
    public PlainPolicy withTeam(String id) {
        return withTeams(appended(teams, id));
    }

    /**
     * Returns this policy with a chat appended.
     *
     * @param team the id of its team; {@code null}: it lies directly in the account
     */
    public PlainPolicy withChat(String id, @Nullable String team) {
        return withChats(appended(chats, new Chat(id, team)));
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

    /** Returns this policy without a team, its chats and every assignment in it and them (S11). */
    public PlainPolicy withoutTeam(String id) {
        PlainPolicy rest = this;
        for (Chat chat : chats) {
            if (id.equals(chat.team())) {
                rest = rest.withoutChat(chat.id());
            }
        }
        return rest.withTeams(without(teams, id::equals)).withoutAssignmentsAt(PlainTarget.team(id));
    }

    /** Returns this policy without a chat and its assignments (S11). */
    public PlainPolicy withoutChat(String id) {
        return withChats(without(chats, chat -> chat.id().equals(id))).withoutAssignmentsAt(PlainTarget.chat(id));
    }

    /** Returns this policy without the assignments of a user (S11). */
    public PlainPolicy withoutUser(String id) {
        return withAssignments(without(assignments, a -> a.user().equals(id)));
    }

    /** Returns this policy without an assignment, however often it is listed. */
    public PlainPolicy withoutAssignment(Assignment assignment) {
        return withAssignments(without(assignments, assignment::equals));
    }

    private PlainPolicy withoutAssignmentsAt(PlainTarget target) {
        return withAssignments(without(assignments, a -> a.target().equals(target)));
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
     * A chat.
     *
     * @param id its id
     * @param team the id of its team; {@code null}: it lies directly in the account
     * @since 0.1
     */
    public record Chat(String id, @Nullable String team) {}

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
