package io.rbac.test;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Located;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The answers and lists of a plain policy, by loops over tuples. A permission that a role holds grants nothing if the
 * catalog lacks it, or does not allow it at the role's scope (S2).
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Oracle {
    private static final int LONGEST_PATH = 16;

    private static final Set<String> REFUSED_EVERYWHERE = Set.of(
            "DUPLICATE_ID", "ID_INVALID", "PARENT_INVALID", "ROLE_NOT_FOUND", "SCOPE_MISMATCH", "TARGET_NOT_FOUND");

    /** The order of lists of roles (S3). */
    static final Comparator<PlainRole> ROLE_ORDER = comparing(
                    PlainRole::createdAt, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
            .thenComparing(PlainRole::id, Spelling::compare);

    /** The order of lists of assignments (S3). */
    static final Comparator<Assignment> ASSIGNMENT_ORDER = comparing(Assignment::user, Spelling::compare)
            .thenComparing(Assignment::target, Oracle::compareTargets)
            .thenComparing(Assignment::role, Spelling::compare);

    /** The order of lists of targets (S3). */
    static final Comparator<Located> TARGET_ORDER = comparing(Located::target, Oracle::compareTargets);

    private final PlainPolicy plain;
    private final Set<String> catalog = new LinkedHashSet<>();

    private Oracle(PlainPolicy plain) {
        this.plain = plain;
        plain.actions().forEach(action -> catalog.add(action.key()));
    }

    /**
     * Returns the oracle of a policy, whose roles may hold permissions that the catalog lacks or does not allow at their
     * scopes (S2), and which may break its rules.
     *
     * @throws IllegalArgumentException if the policy breaks S3, S4, S5 or S14 otherwise, or has roles or targets of
     *     scopes that its tree lacks, so that answers from it would mean nothing
     */
    public static Oracle of(PlainPolicy plain) {
        Set<PlainScope> scopes = new LinkedHashSet<>();
        plain.roles().forEach(role -> scopes.add(role.scope()));
        plain.targets().forEach(located -> scopes.add(located.target().scope()));
        if (!plain.scopes().containsAll(scopes)) {
            throw new IllegalArgumentException("expected scopes among " + plain.scopes() + ", but found " + scopes);
        }
        for (PlainViolation violation : Validity.violations(plain)) {
            if (REFUSED_EVERYWHERE.contains(violation.code())) {
                throw new IllegalArgumentException("expected a policy to answer from, but found `" + violation + "`");
            }
        }
        return new Oracle(plain);
    }

    /** Returns whether the user has the permission at the target (S6, S9); false for anything unknown. */
    public boolean hasPermission(String user, String permission, PlainTarget target) {
        requireNonNull(user, "user");
        requireNonNull(permission, "permission");
        List<PlainTarget> path = path(target);
        for (Assignment assignment : plain.assignments()) {
            if (assignment.user().equals(user) && path.contains(assignment.target())) {
                PlainRole role = role(assignment.role());
                if (role.isActive() && grants(role, permission)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns whether a role holds a permission that the catalog has, and allows at its scope. */
    private boolean grants(PlainRole role, String permission) {
        for (PlainGroup.Action action : plain.actions()) {
            if (action.key().equals(permission) && action.scopes().contains(role.scope())) {
                return role.permissions().contains(permission);
            }
        }
        return false;
    }

    /**
     * Returns the path of a target (S5), itself first; empty if it is unknown or given with a parent that does not
     * count.
     */
    public List<PlainTarget> path(PlainTarget target) {
        if (target.isAccount()) {
            return List.of(target);
        }
        PlainTarget given = target.parent();
        PlainTarget known = parentOf(target);
        if (known != null) {
            return given == null || given.equals(known) ? below(known, target) : List.of();
        }
        boolean isTrusted = plain.rules().unknownTargets().equals("trusted");
        return given != null && isTrusted && mayLieIn(target.scope(), given.scope()) ? below(given, target) : List.of();
    }

    private @Nullable PlainTarget parentOf(PlainTarget target) {
        for (Located located : plain.targets()) {
            if (located.target().equals(target.withoutParent())) {
                return located.parent();
            }
        }
        return null;
    }

    /** Returns whether the first scope is narrower than the second, or the same and nests; both are of the tree. */
    private boolean mayLieIn(PlainScope scope, PlainScope parent) {
        int own = plain.scopes().indexOf(scope);
        int wider = plain.scopes().indexOf(parent);
        return wider >= 0 && (wider < own || (wider == own && scope.nests()));
    }

    private List<PlainTarget> below(PlainTarget parent, PlainTarget target) {
        List<PlainTarget> rest = path(parent);
        if (rest.isEmpty() || rest.size() == LONGEST_PATH) {
            return List.of();
        }
        List<PlainTarget> path = new ArrayList<>(List.of(target.withoutParent()));
        path.addAll(rest);
        return path;
    }

    /** Returns the keys of all permissions that the user has at the target (S6), in catalog order. */
    public Set<String> rightsOf(String user, PlainTarget target) {
        Set<String> keys = new LinkedHashSet<>(catalog);
        keys.removeIf(key -> !hasPermission(user, key, target));
        return keys;
    }

    /**
     * Returns whether the user has one of the permissions at the target or more (S6).
     *
     * @throws IllegalArgumentException if no permission is given
     */
    public boolean hasAny(String user, Collection<String> permissions, PlainTarget target) {
        return granted(user, permissions, target) > 0;
    }

    /**
     * Returns whether the user has each of the permissions at the target (S6).
     *
     * @throws IllegalArgumentException if no permission is given
     */
    public boolean hasAll(String user, Collection<String> permissions, PlainTarget target) {
        return granted(user, permissions, target) == permissions.size();
    }

    private long granted(String user, Collection<String> permissions, PlainTarget target) {
        if (permissions.isEmpty()) {
            throw new IllegalArgumentException("expected at least one permission, but found none");
        }
        return permissions.stream()
                .filter(permission -> hasPermission(user, permission, target))
                .count();
    }

    /** Returns those of the targets at which the user has the permission, in their order, as often as they are given (S6). */
    public List<PlainTarget> filter(String user, String permission, List<PlainTarget> targets) {
        List<PlainTarget> kept = new ArrayList<>();
        for (PlainTarget target : targets) {
            if (hasPermission(user, permission, target)) {
                kept.add(target);
            }
        }
        return kept;
    }

    /** Returns the users who have the permission at the target, in the order of S3. */
    public List<String> whoCan(String permission, PlainTarget target) {
        return users().stream()
                .filter(user -> hasPermission(user, permission, target))
                .toList();
    }

    /** Returns the known targets where the user has the permission: the account, then the others in the order of S3. */
    public List<PlainTarget> whereCan(String user, String permission) {
        return targets().stream()
                .filter(target -> hasPermission(user, permission, target))
                .toList();
    }

    /** Returns every known target: the account, then the others in the order of S3. */
    public List<PlainTarget> targets() {
        List<PlainTarget> all = new ArrayList<>(List.of(PlainTarget.account()));
        located().forEach(located -> all.add(located.target()));
        return all;
    }

    /** Returns every known target but the account, with its parent, in the order of S3. */
    public List<Located> located() {
        return plain.targets().stream().sorted(TARGET_ORDER).toList();
    }

    /** Returns the known targets that lie directly in one, in the order of S3; a given parent is ignored. */
    public List<PlainTarget> targetsIn(PlainTarget parent) {
        return located().stream()
                .filter(located -> located.parent().equals(parent.withoutParent()))
                .map(Located::target)
                .toList();
    }

    private static int compareTargets(PlainTarget left, PlainTarget right) {
        int byScope = Integer.compare(left.scope().level(), right.scope().level());
        return byScope == 0 ? Spelling.compare(left.id(), right.id()) : byScope;
    }

    /** Returns the roles, discarded ones included, without retired permissions (S2), in the order of S3. */
    public List<PlainRole> roles() {
        return plain.roles().stream()
                .sorted(ROLE_ORDER)
                .map(this::withoutRetired)
                .toList();
    }

    private PlainRole withoutRetired(PlainRole role) {
        Set<String> kept = new LinkedHashSet<>(role.permissions());
        plain.retired().forEach(kept::remove);
        return role.withPermissions(kept);
    }

    /** Returns the known users: those who hold any role, active or discarded (S16), in the order of S3. */
    public List<String> users() {
        return sortedUsers(plain.assignments());
    }

    /** Returns the users who hold a role, active or discarded (S9), at any target; none for an unknown role. */
    public List<String> usersOf(String role) {
        return sortedUsers(
                plain.assignments().stream().filter(a -> a.role().equals(role)).toList());
    }

    /** Returns how many users hold a role, active or discarded, at any target. */
    public int userCount(String role) {
        return usersOf(role).size();
    }

    /** Returns the users who hold a role at this very target; a given parent is ignored (S5). */
    public List<String> usersAt(PlainTarget target) {
        return sortedUsers(
                plain.assignments().stream().filter(a -> isAt(a, target)).toList());
    }

    private static boolean isAt(Assignment assignment, PlainTarget target) {
        return assignment.target().equals(target.withoutParent());
    }

    private static List<String> sortedUsers(Collection<Assignment> assignments) {
        Set<String> users = new TreeSet<>(Spelling::compare);
        assignments.forEach(a -> users.add(a.user()));
        return List.copyOf(users);
    }

    /** Returns the roles that a user holds at any target, active or discarded, each once, in the order of S3. */
    public List<PlainRole> rolesOf(String user) {
        return roles().stream()
                .filter(role -> plain.assignments().stream()
                        .anyMatch(a -> a.user().equals(user) && a.role().equals(role.id())))
                .toList();
    }

    /** Returns the roles that a user holds at this very target, active or discarded; a given parent is ignored. */
    public List<PlainRole> rolesOf(String user, PlainTarget target) {
        return roles().stream()
                .filter(role -> plain.assignments().stream()
                        .anyMatch(a -> a.user().equals(user) && a.role().equals(role.id()) && isAt(a, target)))
                .toList();
    }

    /** Returns the assignments, in the order of S3. */
    public List<Assignment> assignments() {
        return plain.assignments().stream().sorted(ASSIGNMENT_ORDER).toList();
    }

    private PlainRole role(String id) {
        return plain.roles().stream()
                .filter(role -> role.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
