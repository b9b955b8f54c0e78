package io.rbac.guard;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides which edits an actor may make. An edit that names an actor is judged change by change, against the revision
 * that it commits on.
 *
 * <p><b>Needed permission.</b> For each kind of {@link Change} the guard either lists permissions, one of which the
 * actor needs, or leaves the kind free. The permission is needed at the targets that the change touches: the target of
 * an assignment or connection, or the one where roles or users are set; the parent of a target that is added or
 * removed, and both parents of one that is moved; the account for everything else. What is needed may depend on the scope of
 * that target. An actor whom the account does not know holds nothing.
 *
 * <p><b>No privilege escalation.</b> Actors cannot give away rights that they do not hold. They must hold
 *
 * <ul>
 *   <li>at the account: the rights that a role gains when it is created or updated, and all rights of a role that is
 *       restored or made a default;
 *   <li>at the target: the rights of a role that a user gets there, whether by name, by connecting or by an empty list
 *       of roles. The account's default roles that come along are judged at the account. A role that the user already
 *       holds there is not judged;
 *   <li>at a target that is moved, as it lies before: the rights that any user gains there, and so at anything below
 *       it, by where it lies in the end. A target that the batch removes and adds again is judged as moved.
 * </ul>
 *
 * Otherwise they need the {@linkplain Builder#escalation escalation permission} there. Taking something away needs only
 * the permission for that kind of change.
 *
 * <p><b>Batches.</b> What an actor holds, what a role grants and who holds it are taken from the revision that the edit
 * commits on: what the actor gains in the same batch does not count. At a target that the batch itself adds, the actor
 * has the rights that they have at the nearest target on its path that existed before.
 *
 * <p><b>Ids must not be reused.</b> If a target is removed by one edit and another edit adds one of the same id, the
 * guard cannot know that both stand for the same thing: whoever may add targets could give it a parent where they hold
 * more. A host must not reuse the id of something removed for content that lives on.
 *
 * <p><b>Restricted edits.</b> If an edit is restricted to some rights, the actor holds only those of their rights that
 * are among them. If it names no actor, it is judged as if its author held exactly these rights everywhere.
 *
 * <p><b>System roles</b> and the changes reserved for the host, {@link Change.PurgeRole} and {@link
 * Change.PutSystemRole}, are out of every actor's reach.
 *
 * <p>Two guards are equal if they need the same permissions for each kind of change and treat escalation alike. This
 * class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class AdminGuard {

    /** The kinds of change that are not reserved for the host. */
    private static final List<Change.Kind> GUARDED = Arrays.stream(Change.Kind.values())
            .filter(kind -> !kind.isHostOnly())
            .toList();

    private final ScopeTree scopes;
    private final Map<Change.Kind, Map<Scope, List<Permission>>> needs;
    private final @Nullable Permission escalation;
    private final boolean refusesEscalation;

    private AdminGuard(
            ScopeTree scopes,
            Map<Change.Kind, Map<Scope, List<Permission>>> needs,
            @Nullable Permission escalation,
            boolean refusesEscalation) {
        this.scopes = scopes;
        this.needs = needs;
        this.escalation = escalation;
        this.refusesEscalation = refusesEscalation;
    }

    /** Returns a builder for a guard over the permissions of a catalog. */
    public static Builder builder(PermissionCatalog catalog) {
        return new Builder(requireNonNull(catalog, "catalog"));
    }

    /**
     * Checks that a user may make an edit.
     *
     * @param matrix the revision that the edit commits on
     * @param actor the id of the user who makes the edit
     * @param changes the edit, in order; a role to be created has its id
     * @throws PolicyViolationException as {@link #check(PermissionMatrix, String, Rights, List)} does
     */
    public void check(PermissionMatrix matrix, String actor, List<Change> changes) {
        check(Actor.user(matrix, actor), changes);
    }

    /**
     * Checks that a user may make an edit that is restricted to some rights: of their rights, the user holds only those
     * that are among them.
     *
     * @param matrix the revision that the edit commits on
     * @param actor the id of the user who makes the edit
     * @param restriction the rights that the edit is restricted to
     * @param changes the changes of the edit, in order; a role to be created has its id
     * @throws PolicyViolationException with every refusal; the path is that of the change: {@link Code#FORBIDDEN} for
     *     each target at which the needed permission is missing, and for a custom role to be purged; {@link
     *     Code#ESCALATION} once for a change that gives away rights that the actor lacks (the value lists the keys of
     *     exactly these permissions); {@link Code#SYSTEM_ROLE} for a change of a system role that only the host may
     *     make
     */
    public void check(PermissionMatrix matrix, String actor, Rights restriction, List<Change> changes) {
        check(Actor.restricted(matrix, actor, restriction), changes);
    }

    /**
     * Checks that the account itself may make an edit that is restricted to some rights: the edit is judged as if its
     * author held exactly these rights everywhere.
     *
     * @param matrix the revision that the edit commits on
     * @param restriction the rights that the edit is restricted to
     * @param changes the edit, in order; a role to be created has its id
     * @throws PolicyViolationException as {@link #check(PermissionMatrix, String, Rights, List)} does
     */
    public void checkAccount(PermissionMatrix matrix, Rights restriction, List<Change> changes) {
        check(Actor.holding(matrix, restriction), changes);
    }

    private void check(Actor actor, List<Change> changes) {
        requireScopes(actor.policy().catalog());
        new EditJudge(this, actor).judge(changes);
    }

    /**
     * Requires that a catalog has the scopes of the catalog that this guard was built over.
     *
     * @throws IllegalArgumentException if it has others
     */
    public void requireScopes(PermissionCatalog catalog) {
        if (!catalog.scopes().equals(scopes)) {
            throw new IllegalArgumentException(
                    "the guard has the scopes " + scopes + ", the catalog " + catalog.scopes() + ": expected the same");
        }
    }

    /**
     * Returns the permissions, one of which is needed for a kind of change at targets of a scope; empty if it is free. No
     * target of another tree's scope exists: for such a scope, what is needed at the account.
     */
    List<Permission> needed(Change.Kind kind, Scope scope) {
        Map<Scope, List<Permission>> needed = requireNonNull(needs.get(kind), "kind");
        return requireNonNull(needed.get(scopes.contains(scope) ? scope : Scope.ACCOUNT));
    }

    /**
     * Returns whether an actor holds one of the permissions that are needed for a kind of change, or none is needed.
     *
     * @param scope the scope of the target that the change touches
     * @param target where the actor must hold it: that target, or the nearest one on its path that existed before
     */
    boolean allows(Actor actor, Change.Kind kind, Scope scope, Target target) {
        List<Permission> needed = needed(kind, scope);
        return needed.isEmpty() || needed.stream().anyMatch(permission -> actor.hasPermission(permission, target));
    }

    /** Returns whether an actor can give away at a target only what they hold there. */
    boolean limitsGrants(Actor actor, Target target) {
        return refusesEscalation && (escalation == null || !actor.hasPermission(escalation, target));
    }

    /**
     * Returns those of some rights that an actor lacks, and would need in order to give the rights away at a target.
     */
    Rights lacking(Actor actor, Rights rights, Target target) {
        PermissionCatalog catalog = actor.policy().catalog();
        return limitsGrants(actor, target)
                ? catalog.allRights().intersect(rights).minus(actor.rightsAt(target))
                : catalog.noRights();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AdminGuard that
                && scopes.equals(that.scopes)
                && needs.equals(that.needs)
                && Objects.equals(escalation, that.escalation)
                && refusesEscalation == that.refusesEscalation;
    }

    @Override
    public int hashCode() {
        return Objects.hash(needs, escalation, refusesEscalation);
    }

    /** Returns what is needed for each kind of change, human-readable. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("AdminGuard");
        needs.forEach(
                (kind, needed) -> text.append(' ').append(kind).append('=').append(describe(needed)));
        if (!refusesEscalation) {
            text.append(", anything may be given away");
        } else if (escalation != null) {
            text.append(", anything may be given away with ").append(escalation);
        }
        return text.toString();
    }

    private static String describe(Map<Scope, List<Permission>> needed) {
        List<Permission> first = needed.get(Scope.ACCOUNT);
        if (needed.values().stream().anyMatch(permissions -> !permissions.equals(first))) {
            return needed.toString();
        }
        return first == null || first.isEmpty() ? "free" : first.toString();
    }

    /**
     * Builder for an {@link AdminGuard}. Every kind of change that is not reserved for the host must be set, by itself
     * or with its group.
     *
     * <p>A kind that is set by itself takes precedence over its group, in whichever order they are set. It is an error
     * to set the same thing twice or to leave out a kind.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private static final Change.Kind[] OF_ROLES = {
            Change.Kind.CREATE_ROLE, Change.Kind.UPDATE_ROLE, Change.Kind.DELETE_ROLE, Change.Kind.RESTORE_ROLE
        };
        private static final Change.Kind[] OF_MEMBERSHIPS = {
            Change.Kind.ASSIGN,
            Change.Kind.UNASSIGN,
            Change.Kind.CONNECT,
            Change.Kind.SET_ROLES,
            Change.Kind.SET_USERS,
            Change.Kind.ASSIGN_TO_ALL,
            Change.Kind.REMOVE_USER
        };
        private static final Change.Kind[] OF_TARGETS = {
            Change.Kind.ADD_TARGET, Change.Kind.MOVE_TARGET, Change.Kind.REMOVE_TARGET
        };

        private final PermissionCatalog catalog;
        private final Map<Change.Kind, Map<Scope, List<Permission>>> groupNeeds = new EnumMap<>(Change.Kind.class);
        private final Map<Change.Kind, Map<Scope, List<Permission>>> needs = new EnumMap<>(Change.Kind.class);
        private @Nullable Permission escalation;
        private boolean refusesEscalation = true;

        private Builder(PermissionCatalog catalog) {
            this.catalog = catalog;
        }

        /**
         * Sets the permission that is needed to create, update, delete and restore roles.
         *
         * @throws IllegalArgumentException if this was set before
         * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) if the catalog lacks the permission
         */
        public Builder needsForRoles(Permission permission) {
            return putGroup(permission, OF_ROLES);
        }

        /**
         * Sets the permission that is needed to give roles to users, to take roles away, and to remove users.
         *
         * @throws IllegalArgumentException if this was set before
         * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) if the catalog lacks the permission
         */
        public Builder needsForMemberships(Permission permission) {
            return putGroup(permission, OF_MEMBERSHIPS);
        }

        /**
         * Sets the permission that is needed to add, move and remove targets.
         *
         * @throws IllegalArgumentException if this was set before
         * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) if the catalog lacks the permission
         */
        public Builder needsForTargets(Permission permission) {
            return putGroup(permission, OF_TARGETS);
        }

        private Builder putGroup(Permission permission, Change.Kind... kinds) {
            return putAll(groupNeeds, List.of(fromCatalog(permission)), kinds);
        }

        /**
         * Sets the permission that is needed for some kinds of change.
         *
         * @throws IllegalArgumentException if a kind is reserved for the host or was named before
         * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) if the catalog lacks the permission
         */
        public Builder needs(Permission permission, Change.Kind... kinds) {
            return putAll(needs, List.of(fromCatalog(permission)), kinds);
        }

        /**
         * Sets the permission that is needed for some kinds of change that touch a target of a scope. Every scope must
         * be named, and one that these changes never touch has no effect.
         *
         * @throws IllegalArgumentException if a kind is reserved for the host or was named before for this scope, or if
         *     the catalog lacks the scope
         * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) if the catalog lacks the permission
         */
        public Builder needsAt(Scope scope, Permission permission, Change.Kind... kinds) {
            return putAll(needs, requireNonNull(scope, "scope"), List.of(fromCatalog(permission)), kinds);
        }

        /**
         * Sets permissions, any one of which is enough for some kinds of change.
         *
         * @throws IllegalArgumentException if no permission is given (see {@link #free}), or if a kind is reserved for
         *     the host or was named before
         * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) if the catalog lacks a permission
         */
        public Builder needsAny(List<Permission> permissions, Change.Kind... kinds) {
            return putAll(needs, allFromCatalog(permissions), kinds);
        }

        /**
         * Sets permissions, any one of which is enough for some kinds of change that touch a target of a scope.
         *
         * @throws IllegalArgumentException if no permission is given (see {@link #freeAt}), or if a kind is reserved
         *     for the host or was named before for this scope
         * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) if the catalog lacks a permission
         */
        public Builder needsAnyAt(Scope scope, List<Permission> permissions, Change.Kind... kinds) {
            return putAll(needs, requireNonNull(scope, "scope"), allFromCatalog(permissions), kinds);
        }

        private List<Permission> allFromCatalog(List<Permission> permissions) {
            if (permissions.isEmpty()) {
                throw new IllegalArgumentException(
                        "no permission is given: expected at least one, or `free` for a kind of"
                                + " change that needs none");
            }
            return permissions.stream().map(this::fromCatalog).toList();
        }

        /**
         * Declares that some kinds of change need no permission: every actor may make them, even one whom the account
         * does not know. The rights that they give away are judged as for any other change.
         *
         * @throws IllegalArgumentException if a kind is reserved for the host or was named before
         */
        public Builder free(Change.Kind... kinds) {
            return putAll(needs, List.of(), kinds);
        }

        /**
         * Declares that some kinds of change need no permission if they touch a target of a scope.
         *
         * @throws IllegalArgumentException if a kind is reserved for the host or was named before for this scope
         */
        public Builder freeAt(Scope scope, Change.Kind... kinds) {
            return putAll(needs, requireNonNull(scope, "scope"), List.of(), kinds);
        }

        private Builder putAll(
                Map<Change.Kind, Map<Scope, List<Permission>>> map,
                List<Permission> permissions,
                Change.Kind... kinds) {
            for (Scope scope : catalog.scopes().scopes()) {
                putAll(map, scope, permissions, kinds);
            }
            return this;
        }

        private Builder putAll(
                Map<Change.Kind, Map<Scope, List<Permission>>> map,
                Scope scope,
                List<Permission> permissions,
                Change.Kind... kinds) {
            if (!catalog.scopes().contains(scope)) {
                throw new IllegalArgumentException("`" + scope + "` is not a scope of the catalog: expected one of "
                        + catalog.scopes().scopes());
            }
            for (Change.Kind kind : kinds) {
                if (requireNonNull(kind, "kind").isHostOnly()) {
                    throw new IllegalArgumentException(
                            "`" + kind + "` is for the host alone: expected one of " + names(GUARDED));
                }
                Map<Scope, List<Permission>> needed = map.computeIfAbsent(kind, named -> new LinkedHashMap<>());
                if (needed.putIfAbsent(scope, permissions) != null) {
                    throw new IllegalArgumentException(
                            "`" + kind + "` is given twice: expected each kind of change once");
                }
            }
            return this;
        }

        /**
         * Sets the permission that lets an actor give away rights that they do not hold, at the targets where they hold
         * this permission. There is none by default.
         *
         * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) if the catalog lacks the permission
         */
        public Builder escalation(Permission permission) {
            escalation = fromCatalog(permission);
            return this;
        }

        /**
         * Sets whether privilege escalation is refused: giving away rights that the actor does not hold. True by
         * default. If false, whoever holds the needed permission can give any rights to anybody, including themselves.
         */
        public Builder refusesEscalation(boolean refused) {
            refusesEscalation = refused;
            return this;
        }

        private Permission fromCatalog(Permission permission) {
            return catalog.permission(requireNonNull(permission, "permission").key());
        }

        /**
         * Returns the guard.
         *
         * @throws IllegalArgumentException naming every kind of change that was left out
         */
        public AdminGuard build() {
            Map<Change.Kind, Map<Scope, List<Permission>>> complete = new EnumMap<>(Change.Kind.class);
            List<Change.Kind> missing = new ArrayList<>();
            for (Change.Kind kind : GUARDED) {
                Map<Scope, List<Permission>> needed = new LinkedHashMap<>();
                needed.putAll(groupNeeds.getOrDefault(kind, Map.of()));
                needed.putAll(needs.getOrDefault(kind, Map.of()));
                if (needed.size() < catalog.scopes().scopes().size()) {
                    missing.add(kind);
                }
                complete.put(kind, needed);
            }
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException("no permission is given for " + names(missing)
                        + ": expected `needs` or `free` for every kind of change");
            }
            return new AdminGuard(catalog.scopes(), complete, escalation, refusesEscalation);
        }

        private static String names(List<Change.Kind> kinds) {
            return String.join(
                    ", ", kinds.stream().map(kind -> "`" + kind + '`').toList());
        }
    }
}
