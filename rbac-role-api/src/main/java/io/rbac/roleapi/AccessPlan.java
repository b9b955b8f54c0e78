package io.rbac.roleapi;

import io.rbac.guard.AdminGuard;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation.Code;
import io.rbac.roleapi.RoleDialect.Read;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which permissions are needed, by their keys, before there is a catalog: for each kind of change at targets of a
 * scope, and for each kind of read. Any one of the permissions is enough; none are needed if the list is empty.
 */
final class AccessPlan {

    private static final List<Change.Kind> KINDS = Arrays.stream(Change.Kind.values())
            .filter(kind -> !kind.isHostOnly())
            .toList();

    private static final List<Change.Kind> OF_TARGETS =
            List.of(Change.Kind.ADD_TARGET, Change.Kind.MOVE_TARGET, Change.Kind.REMOVE_TARGET);

    private final Map<Change.Kind, Needs> needs;
    private final Map<Read, List<String>> readNeeds;
    private final boolean refusesEscalation;

    private AccessPlan(Map<Change.Kind, Needs> needs, Map<Read, List<String>> readNeeds, boolean refusesEscalation) {
        this.needs = needs;
        this.readNeeds = readNeeds;
        this.refusesEscalation = refusesEscalation;
    }

    /**
     * What a kind of change needs.
     *
     * @param everywhere what it needs at targets of every scope for which nothing else is stated
     * @param at what it needs at targets of single scopes
     */
    private record Needs(List<String> everywhere, Map<Scope, List<String>> at) {

        private static final Needs NOTHING = new Needs(List.of(), Map.of());

        Needs with(Scope scope, List<String> permissions) {
            Map<Scope, List<String>> changed = new LinkedHashMap<>(at);
            changed.put(scope, permissions);
            return new Needs(everywhere, Collections.unmodifiableMap(changed));
        }

        List<String> of(Scope scope) {
            return at.getOrDefault(scope, everywhere);
        }

        Stream<List<String>> of(ScopeTree scopes) {
            return scopes.scopes().stream().map(this::of);
        }
    }

    private static AccessPlan free() {
        AccessPlan plan = new AccessPlan(Collections.emptyMap(), Collections.emptyMap(), false);
        for (Change.Kind kind : KINDS) {
            plan = plan.needing(kind);
        }
        return plan;
    }

    /** Returns the plan of Trillet: the key of the workspace is the workspace itself, so nothing is needed. */
    static AccessPlan trillet() {
        return free();
    }

    /**
     * Returns the plan of Pulse: roles need a permission of the group {@code role}, memberships one of their target.
     * The kinds of change that the role API does not make itself need the most similar permission: removing a user
     * needs what setting their account roles needs, teams and chats need the permission to manage memberships.
     */
    static AccessPlan pulse() {
        AccessPlan plan = free().needing(Change.Kind.CREATE_ROLE, "role:create")
                .needing(Change.Kind.UPDATE_ROLE, "role:update")
                .needing(Change.Kind.RESTORE_ROLE, "role:update")
                .needing(Change.Kind.DELETE_ROLE, "role:delete")
                .needing(Change.Kind.ASSIGN_TO_ALL, "user:update")
                .needing(Change.Kind.REMOVE_USER, "user:update")
                .needingToRead(Read.ROLES, "role:read")
                .needingToRead(Read.MEMBERS, "message:read", "chat_membership:manage");
        for (Change.Kind kind : List.of(
                Change.Kind.ASSIGN,
                Change.Kind.UNASSIGN,
                Change.Kind.CONNECT,
                Change.Kind.SET_ROLES,
                Change.Kind.SET_USERS)) {
            plan = plan.needing(kind, Scope.ACCOUNT, "user:update")
                    .needing(kind, Scope.TEAM, "team_membership:manage")
                    .needing(kind, Scope.CHAT, "chat_membership:manage");
        }
        for (Change.Kind kind : OF_TARGETS) {
            plan = plan.needing(kind, "team_membership:manage");
        }
        return plan;
    }

    /**
     * Returns the plan of Freya: giving a role needs {@code members:invite} or {@code members:role-change}, taking one
     * away {@code members:remove} or {@code members:role-change}; what does both needs {@code members:role-change}, and
     * so do targets, which a workspace does not have.
     */
    static AccessPlan freya() {
        AccessPlan plan = free().refusingEscalation(true)
                .needing(Change.Kind.DELETE_ROLE, "roles:delete")
                .needingToRead(Read.ROLES, "roles:read")
                .needingToRead(Read.MEMBERS, "members:read");
        for (Change.Kind kind : List.of(Change.Kind.CREATE_ROLE, Change.Kind.UPDATE_ROLE, Change.Kind.RESTORE_ROLE)) {
            plan = plan.needing(kind, "roles:write");
        }
        for (Change.Kind kind : List.of(Change.Kind.ASSIGN, Change.Kind.CONNECT, Change.Kind.ASSIGN_TO_ALL)) {
            plan = plan.needing(kind, "members:invite", "members:role-change");
        }
        for (Change.Kind kind : List.of(Change.Kind.UNASSIGN, Change.Kind.REMOVE_USER)) {
            plan = plan.needing(kind, "members:remove", "members:role-change");
        }
        for (Change.Kind kind : List.of(Change.Kind.SET_ROLES, Change.Kind.SET_USERS)) {
            plan = plan.needing(kind, "members:role-change");
        }
        for (Change.Kind kind : OF_TARGETS) {
            plan = plan.needing(kind, "members:role-change");
        }
        return plan;
    }

    /**
     * Returns this plan with other permissions for a kind of change, at targets of every scope.
     *
     * @throws IllegalArgumentException if the kind is reserved for the host
     */
    AccessPlan needing(Change.Kind kind, String... permissions) {
        return with(kind, new Needs(List.of(permissions), Map.of()));
    }

    /**
     * Returns this plan with other permissions for a kind of change at targets of a scope.
     *
     * @throws IllegalArgumentException if the kind is reserved for the host
     */
    AccessPlan needing(Change.Kind kind, Scope scope, String... permissions) {
        return with(kind, needs.getOrDefault(kind, Needs.NOTHING).with(scope, List.of(permissions)));
    }

    private AccessPlan with(Change.Kind kind, Needs needed) {
        if (kind.isHostOnly()) {
            throw new IllegalArgumentException("`" + kind + "` is for the host alone: expected one of " + KINDS);
        }
        Map<Change.Kind, Needs> changed = new EnumMap<>(Change.Kind.class);
        changed.putAll(needs);
        changed.put(kind, needed);
        return new AccessPlan(changed, readNeeds, refusesEscalation);
    }

    /** Returns this plan with other permissions for a kind of read. */
    AccessPlan needingToRead(Read read, String... permissions) {
        Map<Read, List<String>> changed = new EnumMap<>(Read.class);
        changed.putAll(readNeeds);
        changed.put(read, List.of(permissions));
        return new AccessPlan(needs, changed, refusesEscalation);
    }

    AccessPlan refusingEscalation(boolean refused) {
        return new AccessPlan(needs, readNeeds, refused);
    }

    /** Returns the keys of the permissions, one of which is needed for a kind of read; empty if none is needed. */
    List<String> neededToRead(Read read) {
        return readNeeds.getOrDefault(read, List.of());
    }

    /**
     * Returns the guard.
     *
     * @throws IllegalArgumentException if permissions are stated for a scope that the catalog lacks
     * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) for each permission that the catalog lacks,
     *     those for reading included
     */
    AdminGuard guard(PermissionCatalog catalog) {
        needs.forEach((kind, needed) -> requireScopes(kind, needed, catalog.scopes()));
        catalog.rights(keys(catalog.scopes()).distinct().toList());
        AdminGuard.Builder guard = AdminGuard.builder(catalog).refusesEscalation(refusesEscalation);
        needs.forEach((kind, needed) -> {
            for (Scope scope : catalog.scopes().scopes()) {
                List<String> keys = needed.of(scope);
                if (keys.isEmpty()) {
                    guard.freeAt(scope, kind);
                } else {
                    guard.needsAnyAt(scope, permissions(catalog, keys), kind);
                }
            }
        });
        return guard.build();
    }

    private static void requireScopes(Change.Kind kind, Needs needed, ScopeTree scopes) {
        for (Scope scope : needed.at().keySet()) {
            if (!scopes.contains(scope)) {
                throw new IllegalArgumentException("the dialect states what `" + kind + "` needs at targets of `"
                        + scope + "`, which is not a scope of the catalog: expected one of " + scopes.scopes());
            }
        }
    }

    private Stream<String> keys(ScopeTree scopes) {
        return Stream.concat(needs.values().stream().flatMap(needed -> needed.of(scopes)), readNeeds.values().stream())
                .flatMap(List::stream);
    }

    private static List<Permission> permissions(PermissionCatalog catalog, List<String> keys) {
        return keys.stream().map(catalog::permission).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccessPlan that
                && needs.equals(that.needs)
                && readNeeds.equals(that.readNeeds)
                && refusesEscalation == that.refusesEscalation;
    }

    @Override
    public int hashCode() {
        return Objects.hash(needs, readNeeds, refusesEscalation);
    }

    /** Returns what is needed to read and whether privilege escalation is refused, human-readable. */
    @Override
    public String toString() {
        return "AccessPlan " + readNeeds + (refusesEscalation ? ", escalation refused" : "");
    }
}
