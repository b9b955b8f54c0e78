package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Scope;
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
 * Says which edits an actor may make: an edit that names one is judged change by change against the revision that it
 * commits on.
 *
 * <p><b>The needed permission.</b> For every kind of {@link Change} the guard names permissions of which one is needed,
 * or says that none is. It is looked for at the place that the change touches: the target of an assignment, of a
 * connection or of roles or users that are set; the team (or the account) of a chat that is added or removed, both for
 * one that is moved; the account for everything else. What is needed may differ by the kind of that place. An actor whom
 * the account does not know holds nothing.
 *
 * <p><b>Nobody gives away what he does not hold.</b> The actor himself must hold
 *
 * <ul>
 *   <li>at the account: the rights that a role gains when it is created or updated, and all rights of a role that is
 *       restored or made a default;
 *   <li>at the target: the rights of a role that a user gets there, be it by name, by connecting or by an empty list of
 *       roles; of the account's default roles that come with it, at the account. A role that the user already holds
 *       there is not judged;
 *   <li>at the chat, where it lies before the move: what any user gains there by moving it.
 * </ul>
 *
 * Otherwise he needs the {@linkplain Builder#escalation escalation permission} there. Taking away needs the permission
 * for that kind of change and no more.
 *
 * <p><b>Batches.</b> What an actor holds, what a role grants and who holds it is asked of the revision that the edit
 * commits on: what he wins in the same batch does not count. At a place that the batch itself adds the actor has the
 * rights that he has at the nearest place that existed before.
 *
 * <p><b>Restricted edits.</b> Where an edit is {@linkplain PolicyEdit#restrictedTo restricted} to rights, the actor holds
 * only what is among them too; without an actor somebody is judged who holds exactly these rights everywhere.
 *
 * <p><b>System roles</b> and the changes that are for the host alone, {@link Change.PurgeRole} and {@link
 * Change.PutSystemRole}, are out of every actor's reach.
 *
 * <p>Two guards are equal when they need the same for each kind of change and judge alike what is given away. This class
 * is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class AdminGuard {

    private final Map<Class<? extends Change>, Map<Scope, List<Permission>>> needs;
    private final @Nullable Permission escalation;
    private final boolean refusesEscalation;

    private AdminGuard(
            Map<Class<? extends Change>, Map<Scope, List<Permission>>> needs,
            @Nullable Permission escalation,
            boolean refusesEscalation) {
        this.needs = needs;
        this.escalation = escalation;
        this.refusesEscalation = refusesEscalation;
    }

    /** Returns a builder of a guard that names permissions of this catalog. */
    public static Builder builder(PermissionCatalog catalog) {
        return new Builder(requireNonNull(catalog, "catalog"));
    }

    /**
     * Does nothing if an actor may make an edit.
     *
     * @param actor who makes the edit, on the revision that it commits on
     * @param changes the edit, in order
     * @throws PolicyViolationException with every refusal; the path is that of the change: {@link Code#FORBIDDEN} for
     *     each place where the needed permission is lacked, {@link Code#ESCALATION} once for a change that gives away what
     *     the actor lacks (the value lists the keys of exactly these permissions), {@link Code#SYSTEM_ROLE}
     */
    void check(Actor actor, List<Change> changes) {
        new GuardedEdit(this, actor).judge(changes);
    }

    /** The permissions of which one is needed for a kind of change at places of a scope; none if it is free. */
    List<Permission> needed(Class<? extends Change> kind, Scope scope) {
        return requireNonNull(requireNonNull(needs.get(kind), "kind").get(scope), "scope");
    }

    /**
     * Whether an actor holds one of the permissions that are needed for a kind of change.
     *
     * @param scope of the place that the change touches
     * @param place where the actor is asked for: that place, or the nearest one that exists
     */
    boolean allows(Actor actor, Class<? extends Change> kind, Scope scope, Target place) {
        List<Permission> needed = needed(kind, scope);
        return needed.isEmpty() || needed.stream().anyMatch(permission -> actor.hasPermission(permission, place));
    }

    /** Whether it matters for an actor at a place what he himself holds. */
    boolean limits(Actor actor, Target place) {
        return refusesEscalation && (escalation == null || !actor.hasPermission(escalation, place));
    }

    /** What an actor would have to hold at a place, and does not, to give these rights away. */
    Rights lacking(Actor actor, Rights rights, Target place) {
        PermissionCatalog catalog = actor.policy().catalog();
        return limits(actor, place)
                ? catalog.allRights().intersect(rights).minus(actor.rightsAt(place))
                : catalog.noRights();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AdminGuard that
                && needs.equals(that.needs)
                && Objects.equals(escalation, that.escalation)
                && refusesEscalation == that.refusesEscalation;
    }

    @Override
    public int hashCode() {
        return Objects.hash(needs, escalation, refusesEscalation);
    }

    /** Returns what is needed for each kind of change, for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("AdminGuard");
        needs.forEach((kind, needed) ->
                text.append(' ').append(kind.getSimpleName()).append('=').append(shown(needed)));
        if (!refusesEscalation) {
            text.append(", anything may be given away");
        } else if (escalation != null) {
            text.append(", anything may be given away with ").append(escalation);
        }
        return text.toString();
    }

    private static String shown(Map<Scope, List<Permission>> needed) {
        List<Permission> first = needed.get(Scope.ACCOUNT);
        if (needed.values().stream().anyMatch(permissions -> !permissions.equals(first))) {
            return needed.toString();
        }
        return first == null || first.isEmpty() ? "free" : first.toString();
    }

    /**
     * Gathers what is needed for each kind of change, and builds an {@link AdminGuard}.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final PermissionCatalog catalog;
        private final Map<Class<?>, Map<Scope, List<Permission>>> needs = new LinkedHashMap<>();
        private @Nullable Permission escalation;
        private boolean refusesEscalation = true;

        private Builder(PermissionCatalog catalog) {
            this.catalog = catalog;
        }

        /**
         * Says that one of these permissions is needed for a kind of change.
         *
         * @throws IllegalArgumentException if no permission is named (see {@link #free}), if the kind is for the host
         *     alone, is no kind at all, or was named before
         * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) if the catalog lacks a permission
         */
        public Builder needs(Class<? extends Change> kind, Permission... permissions) {
            List<Permission> needed = some(kind, permissions);
            for (Scope scope : Scope.values()) {
                put(kind, scope, needed);
            }
            return this;
        }

        /**
         * Says that one of these permissions is needed for a kind of change where the place that it touches is of a scope.
         * Every scope has to be named; one where changes of the kind never are changes nothing.
         *
         * @throws IllegalArgumentException if no permission is named, if the kind is for the host alone, is no kind at all,
         *     or was named before for this scope
         * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) if the catalog lacks a permission
         */
        public Builder needs(Class<? extends Change> kind, Scope scope, Permission... permissions) {
            put(kind, requireNonNull(scope, "scope"), some(kind, permissions));
            return this;
        }

        private List<Permission> some(Class<? extends Change> kind, Permission... permissions) {
            if (permissions.length == 0) {
                throw new IllegalArgumentException("no permission is named for `" + kind.getSimpleName()
                        + "`: expected at least one, or `free` for a kind of change that needs none");
            }
            return Arrays.stream(permissions).map(this::own).toList();
        }

        /**
         * Says that no permission is needed for these kinds of change: every actor may make them, even one whom the
         * account does not know. What he gives away by them is judged like for others.
         *
         * @throws IllegalArgumentException if a kind is for the host alone, is no kind at all, or was named before
         */
        @SafeVarargs
        public final Builder free(Class<? extends Change>... kinds) {
            for (Class<? extends Change> kind : kinds) {
                for (Scope scope : Scope.values()) {
                    put(kind, scope, List.of());
                }
            }
            return this;
        }

        /**
         * Says that no permission is needed for a kind of change where the place that it touches is of a scope.
         *
         * @throws IllegalArgumentException if the kind is for the host alone, is no kind at all, or was named before for
         *     this scope
         */
        public Builder free(Class<? extends Change> kind, Scope scope) {
            put(kind, requireNonNull(scope, "scope"), List.of());
            return this;
        }

        private void put(Class<? extends Change> kind, Scope scope, List<Permission> permissions) {
            if (!GuardedEdit.KINDS.contains(requireNonNull(kind, "kind"))) {
                throw new IllegalArgumentException(
                        "`" + kind.getSimpleName() + "` is not a kind of change that an actor"
                                + " can make: expected one of " + names(GuardedEdit.KINDS));
            }
            Map<Scope, List<Permission>> needed = needs.computeIfAbsent(kind, named -> new EnumMap<>(Scope.class));
            if (needed.putIfAbsent(scope, permissions) != null) {
                throw new IllegalArgumentException(
                        "`" + kind.getSimpleName() + "` is named twice: expected each kind of change once");
            }
        }

        /**
         * Names the permission that lets an actor give away, where he holds it, what he does not hold. Without this call
         * there is none.
         *
         * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) if the catalog lacks the permission
         */
        public Builder escalation(Permission permission) {
            escalation = own(permission);
            return this;
        }

        /**
         * Sets whether an actor is refused to give away what he does not hold; he is, unless this is set. Without it
         * whoever holds the needed permission can give any rights to anybody, himself included.
         */
        public Builder refusesEscalation(boolean refused) {
            refusesEscalation = refused;
            return this;
        }

        private Permission own(Permission permission) {
            return catalog.permission(requireNonNull(permission, "permission").key());
        }

        /**
         * Returns the guard.
         *
         * @throws IllegalArgumentException naming every kind of change that was left out
         */
        public AdminGuard build() {
            Map<Class<? extends Change>, Map<Scope, List<Permission>>> ordered = new LinkedHashMap<>();
            List<Class<? extends Change>> missing = new ArrayList<>();
            for (Class<? extends Change> kind : GuardedEdit.KINDS) {
                Map<Scope, List<Permission>> needed = needs.get(kind);
                if (needed == null || needed.size() < Scope.values().length) {
                    missing.add(kind);
                } else {
                    ordered.put(kind, new EnumMap<>(needed));
                }
            }
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException("nothing is said about " + names(missing)
                        + ": expected `needs` or `free` for every kind of change");
            }
            return new AdminGuard(ordered, escalation, refusesEscalation);
        }

        private static String names(List<Class<? extends Change>> kinds) {
            return String.join(
                    ", ",
                    kinds.stream().map(kind -> '`' + kind.getSimpleName() + '`').toList());
        }
    }
}
