package io.rbac.test;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.rbac.test.Sketch.Assignment;
import io.rbac.test.Sketch.Chat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a policy answers, by loops over tuples. An unknown permission that a role holds grants nothing (S2). Immutable
 * and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Oracle {
    private static final Set<String> REFUSED_EVERYWHERE = Set.of(
            "DUPLICATE_ID",
            "ID_INVALID",
            "PERMISSION_NOT_IN_SCOPE",
            "ROLE_NOT_FOUND",
            "SCOPE_MISMATCH",
            "TARGET_NOT_FOUND");

    /** S3: roles are listed by (createdAt, id), absent first. */
    private static final Comparator<SketchRole> LIST_ORDER = comparing(
                    SketchRole::createdAt, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
            .thenComparing(SketchRole::id, Spelling::compare);

    /** The canonical order of the policy document. */
    private static final Comparator<Assignment> CANONICAL_ORDER = comparing(Assignment::user, Spelling::compare)
            .thenComparing(a -> a.target().kind())
            .thenComparing(a -> a.target().id(), Spelling::compare)
            .thenComparing(Assignment::role, Spelling::compare);

    private final Sketch sketch;
    private final Set<String> catalog = new LinkedHashSet<>();

    private Oracle(Sketch sketch) {
        this.sketch = sketch;
        sketch.actions().forEach(action -> catalog.add(action.key()));
    }

    /**
     * The oracle of a policy. What breaks S2 by an unknown permission, or a rule, is answered from all the same.
     *
     * @param sketch the policy
     * @return its oracle
     * @throws IllegalArgumentException if the sketch breaks S3-S5 or S14, so that answers from it would mean nothing
     * @since 0.1
     */
    public static Oracle of(Sketch sketch) {
        for (Problem problem : Validity.problems(sketch)) {
            if (REFUSED_EVERYWHERE.contains(problem.code())) {
                throw new IllegalArgumentException("expected a policy to answer from, but found `" + problem + "`");
            }
        }
        return new Oracle(sketch);
    }

    /**
     * S6, S9: some assignment (u, r, y) exists with y on the path of x, r active, and p in the rights of r.
     *
     * @param user the id of a user
     * @param permission the key of a permission
     * @param target a target
     * @return the answer; false for anything unknown
     * @since 0.1
     */
    public boolean hasPermission(String user, String permission, Place target) {
        requireNonNull(user, "user");
        requireNonNull(permission, "permission");
        List<Place> path = path(target);
        for (Assignment assignment : sketch.assignments()) {
            if (assignment.user().equals(user) && path.contains(assignment.target())) {
                SketchRole role = role(assignment.role());
                if (role.isActive() && role.permissions().contains(permission) && catalog.contains(permission)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * S5: where a target lies, itself first.
     *
     * @param target a target
     * @return its path; empty for an unknown team or chat and for a chat that is stated to lie elsewhere
     * @since 0.1
     */
    public List<Place> path(Place target) {
        return switch (target.kind()) {
            case ACCOUNT -> List.of(Place.account());
            case TEAM -> sketch.teams().contains(target.id()) ? List.of(target, Place.account()) : List.of();
            case CHAT -> pathOfChat(target);
        };
    }

    private List<Place> pathOfChat(Place chat) {
        Place stated = chat.in();
        Place lies = whereLies(chat.id());
        if (lies == null) {
            boolean trusted = sketch.rules().placedChats().equals("trusted");
            return stated != null && trusted ? below(stated, chat) : List.of();
        }
        return stated == null || stated.equals(lies) ? below(lies, chat) : List.of();
    }

    private @Nullable Place whereLies(String chatId) {
        for (Chat chat : sketch.chats()) {
            if (chat.id().equals(chatId)) {
                String team = chat.team();
                return team == null ? Place.account() : Place.team(team);
            }
        }
        return null;
    }

    private List<Place> below(Place parent, Place chat) {
        List<Place> rest = path(parent);
        if (rest.isEmpty()) {
            return rest;
        }
        List<Place> path = new ArrayList<>(List.of(chat.bare()));
        path.addAll(rest);
        return path;
    }

    /**
     * S6: every permission that the user has at the target.
     *
     * @param user the id of a user
     * @param target a target
     * @return the keys, in catalog order
     * @since 0.1
     */
    public Set<String> rightsOf(String user, Place target) {
        Set<String> keys = new LinkedHashSet<>(catalog);
        keys.removeIf(key -> !hasPermission(user, key, target));
        return keys;
    }

    /**
     * The users who have a permission at a target.
     *
     * @param permission the key of a permission
     * @param target a target
     * @return their ids, in code-point order (S3)
     * @since 0.1
     */
    public List<String> whoCan(String permission, Place target) {
        return users().stream()
                .filter(user -> hasPermission(user, permission, target))
                .toList();
    }

    /**
     * The known targets where a user has a permission.
     *
     * @param user the id of a user
     * @param permission the key of a permission
     * @return the account, then teams, then chats, each in code-point order (S3)
     * @since 0.1
     */
    public List<Place> whereCan(String user, String permission) {
        return targets().stream()
                .filter(target -> hasPermission(user, permission, target))
                .toList();
    }

    /**
     * Every target that the policy knows.
     *
     * @return the account, then teams, then chats, each in code-point order (S3)
     * @since 0.1
     */
    public List<Place> targets() {
        List<Place> all = new ArrayList<>(List.of(Place.account()));
        teams().forEach(team -> all.add(Place.team(team)));
        chats().forEach(chat -> all.add(Place.chat(chat.id())));
        return all;
    }

    /**
     * S3: the roles, discarded ones included, without retired permissions (S2).
     *
     * @return the roles by (createdAt, id), absent first
     * @since 0.1
     */
    public List<SketchRole> roles() {
        return sketch.roles().stream().sorted(LIST_ORDER).map(this::read).toList();
    }

    private SketchRole read(SketchRole role) {
        Set<String> kept = new LinkedHashSet<>(role.permissions());
        sketch.retired().forEach(kept::remove);
        return role.withPermissions(kept);
    }

    /**
     * S16: the users who hold at least one assignment, of an active or a discarded role.
     *
     * @return their ids, in code-point order
     * @since 0.1
     */
    public List<String> users() {
        return sortedUsers(sketch.assignments());
    }

    /**
     * The users who hold a role, active or discarded (S9), anywhere.
     *
     * @param role the id of a role
     * @return their ids, in code-point order; empty for an unknown role
     * @since 0.1
     */
    public List<String> usersOf(String role) {
        return sortedUsers(
                sketch.assignments().stream().filter(a -> a.role().equals(role)).toList());
    }

    /**
     * How many users hold a role, active or discarded, anywhere.
     *
     * @param role the id of a role
     * @return their number, each user once
     * @since 0.1
     */
    public int userCount(String role) {
        return usersOf(role).size();
    }

    /**
     * The users who hold a role, active or discarded, at exactly this target. What is stated of a chat's place is no
     * part of an assignment (S5) and not looked at.
     *
     * @param target a target
     * @return their ids, in code-point order; empty for an unknown target
     * @since 0.1
     */
    public List<String> usersAt(Place target) {
        return sortedUsers(
                sketch.assignments().stream().filter(a -> isAt(a, target)).toList());
    }

    private static boolean isAt(Assignment assignment, Place target) {
        return assignment.target().equals(target.bare());
    }

    private static List<String> sortedUsers(Collection<Assignment> assignments) {
        Set<String> users = new TreeSet<>(Spelling::compare);
        assignments.forEach(a -> users.add(a.user()));
        return List.copyOf(users);
    }

    /**
     * The roles that a user holds anywhere, active or discarded.
     *
     * @param user the id of a user
     * @return the roles, each once, in the order of S3
     * @since 0.1
     */
    public List<SketchRole> rolesOf(String user) {
        return roles().stream()
                .filter(role -> sketch.assignments().stream()
                        .anyMatch(a -> a.user().equals(user) && a.role().equals(role.id())))
                .toList();
    }

    /**
     * The roles that a user holds at exactly this target, active or discarded. What is stated of a chat's place is not
     * looked at.
     *
     * @param user the id of a user
     * @param target a target
     * @return the roles, in the order of S3
     * @since 0.1
     */
    public List<SketchRole> rolesOf(String user, Place target) {
        return roles().stream()
                .filter(role -> sketch.assignments().stream()
                        .anyMatch(a -> a.user().equals(user) && a.role().equals(role.id()) && isAt(a, target)))
                .toList();
    }

    /**
     * The teams.
     *
     * @return their ids, in code-point order
     * @since 0.1
     */
    public List<String> teams() {
        return sketch.teams().stream().sorted(Spelling::compare).toList();
    }

    /**
     * The chats.
     *
     * @return the chats, by id in code-point order
     * @since 0.1
     */
    public List<Chat> chats() {
        return sketch.chats().stream()
                .sorted(comparing(Chat::id, Spelling::compare))
                .toList();
    }

    /**
     * The assignments.
     *
     * @return the assignments by user, then account, teams, chats, then target id, then role, all by code points
     * @since 0.1
     */
    public List<Assignment> assignments() {
        return sketch.assignments().stream().sorted(CANONICAL_ORDER).toList();
    }

    private SketchRole role(String id) {
        return sketch.roles().stream()
                .filter(role -> role.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
