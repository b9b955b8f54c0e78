package io.rbac.test;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The policy of one account as plain tuples. A sketch may be invalid: its lists may state a thing twice, name what is
 * not there, and break every rule; {@link Validity} says so. Immutable and safe for use by several threads.
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
public record Sketch(
        String account,
        long revision,
        List<SketchGroup> groups,
        List<String> retired,
        SketchRules rules,
        List<SketchRole> roles,
        List<String> teams,
        List<Chat> chats,
        List<Assignment> assignments) {

    /**
     * Makes a sketch of copies of the lists.
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
     */
    public Sketch {
        requireNonNull(account, "account");
        requireNonNull(rules, "rules");
        groups = List.copyOf(groups);
        retired = List.copyOf(retired);
        roles = List.copyOf(roles);
        teams = List.copyOf(teams);
        chats = List.copyOf(chats);
        assignments = List.copyOf(assignments);
    }

    /**
     * An account with a catalog and nothing else, under the standard rules, at revision 0.
     *
     * @param account the id of the account
     * @param groups the catalog
     * @return the sketch
     * @since 0.1
     */
    public static Sketch of(String account, SketchGroup... groups) {
        List<SketchGroup> catalog = List.of(groups);
        return new Sketch(
                account, 0, catalog, List.of(), SketchRules.standard(), List.of(), List.of(), List.of(), List.of());
    }

    /**
     * Every action of the catalog, in its order.
     *
     * @return the actions of all groups
     * @since 0.1
     */
    public List<SketchGroup.Action> actions() {
        List<SketchGroup.Action> all = new ArrayList<>();
        for (SketchGroup group : groups) {
            all.addAll(group.actions());
        }
        return all;
    }

    /**
     * This sketch of another account.
     *
     * @param id the id of the account
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withAccount(String id) {
        return new Sketch(id, revision, groups, retired, rules, roles, teams, chats, assignments);
    }

    /**
     * This sketch at another revision.
     *
     * @param number the revision
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withRevision(long number) {
        return new Sketch(account, number, groups, retired, rules, roles, teams, chats, assignments);
    }

    /**
     * This sketch under another catalog.
     *
     * @param changed the groups
     * @param keys the retired keys
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withCatalog(List<SketchGroup> changed, List<String> keys) {
        return new Sketch(account, revision, changed, keys, rules, roles, teams, chats, assignments);
    }

    /**
     * This sketch under other rules.
     *
     * @param changed the rules
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withRules(SketchRules changed) {
        return new Sketch(account, revision, groups, retired, changed, roles, teams, chats, assignments);
    }

    /**
     * This sketch with other roles.
     *
     * @param changed the roles
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withRoles(List<SketchRole> changed) {
        return new Sketch(account, revision, groups, retired, rules, changed, teams, chats, assignments);
    }

    /**
     * This sketch with other teams.
     *
     * @param changed the ids of the teams
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withTeams(List<String> changed) {
        return new Sketch(account, revision, groups, retired, rules, roles, changed, chats, assignments);
    }

    /**
     * This sketch with other chats.
     *
     * @param changed the chats
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withChats(List<Chat> changed) {
        return new Sketch(account, revision, groups, retired, rules, roles, teams, changed, assignments);
    }

    /**
     * This sketch with other assignments.
     *
     * @param changed the assignments
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withAssignments(List<Assignment> changed) {
        return new Sketch(account, revision, groups, retired, rules, roles, teams, chats, changed);
    }

    /**
     * This sketch with one more role, at the end.
     *
     * @param role the role
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withRole(SketchRole role) {
        return withRoles(and(roles, role));
    }

    /**
     * This sketch with another role in the place of one.
     *
     * @param index the index of the role
     * @param role the other role
     * @return the changed sketch
     * @throws IndexOutOfBoundsException if there is no such index
     * @since 0.1
     */
    public Sketch withRole(int index, SketchRole role) {
        List<SketchRole> changed = new ArrayList<>(roles);
        changed.set(index, role);
        return withRoles(changed);
    }

    /**
     * This sketch with one more team, at the end.
     *
     * @param id its id
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withTeam(String id) {
        return withTeams(and(teams, id));
    }

    /**
     * This sketch with one more chat, at the end.
     *
     * @param id its id
     * @param team the id of its team; {@code null}: directly in the account
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withChat(String id, @Nullable String team) {
        return withChats(and(chats, new Chat(id, team)));
    }

    /**
     * This sketch with one more assignment, at the end.
     *
     * @param user the user
     * @param role the id of the role
     * @param target the target
     * @return the changed sketch
     * @throws IllegalArgumentException if the target is a chat with a stated place
     * @since 0.1
     */
    public Sketch withAssignment(String user, String role, Place target) {
        return withAssignments(and(assignments, new Assignment(user, role, target)));
    }

    /**
     * This sketch without a role and its assignments.
     *
     * @param id the id of the role
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withoutRole(String id) {
        return withRoles(without(roles, role -> role.id().equals(id)))
                .withAssignments(without(assignments, a -> a.role().equals(id)));
    }

    /**
     * This sketch without a team, its chats and every assignment in it and them (S11).
     *
     * @param id the id of the team
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withoutTeam(String id) {
        Sketch rest = this;
        for (Chat chat : chats) {
            if (id.equals(chat.team())) {
                rest = rest.withoutChat(chat.id());
            }
        }
        return rest.withTeams(without(teams, id::equals)).withoutAssignmentsAt(Place.team(id));
    }

    /**
     * This sketch without a chat and its assignments (S11).
     *
     * @param id the id of the chat
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withoutChat(String id) {
        return withChats(without(chats, chat -> chat.id().equals(id))).withoutAssignmentsAt(Place.chat(id));
    }

    /**
     * This sketch without the assignments of a user (S11).
     *
     * @param id the id of the user
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withoutUser(String id) {
        return withAssignments(without(assignments, a -> a.user().equals(id)));
    }

    /**
     * This sketch without one assignment.
     *
     * @param assignment the assignment; if it is stated twice, both go
     * @return the changed sketch
     * @since 0.1
     */
    public Sketch withoutAssignment(Assignment assignment) {
        return withAssignments(without(assignments, assignment::equals));
    }

    private Sketch withoutAssignmentsAt(Place target) {
        return withAssignments(without(assignments, a -> a.target().equals(target)));
    }

    private static <T> List<T> and(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }

    private static <T> List<T> without(List<T> list, Predicate<T> gone) {
        return list.stream().filter(gone.negate()).toList();
    }

    /** The whole sketch in readable lines; what is not printable ASCII is escaped. */
    @Override
    public String toString() {
        return SketchText.of(this);
    }

    /**
     * A chat.
     *
     * @param id its id
     * @param team the id of its team; {@code null}: directly in the account
     * @since 0.1
     */
    public record Chat(String id, @Nullable String team) {}

    /**
     * An assignment.
     *
     * @param user the id of the user
     * @param role the id of the role
     * @param target the target, nothing stated of where it lies
     * @since 0.1
     */
    public record Assignment(String user, String role, Place target) {
        /**
         * Makes an assignment.
         *
         * @param user the id of the user
         * @param role the id of the role
         * @param target the target
         * @throws IllegalArgumentException if the target is a chat with a stated place
         */
        public Assignment {
            if (target.in() != null) {
                throw new IllegalArgumentException("an assignment states no place, but found `" + target + "`");
            }
        }

        @Override
        public String toString() {
            return SketchText.readable(user) + " is " + SketchText.readable(role) + " at " + target;
        }
    }
}
