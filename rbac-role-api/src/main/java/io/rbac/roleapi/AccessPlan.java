package io.rbac.roleapi;

import io.rbac.guard.AdminGuard;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Violation.Code;
import io.rbac.roleapi.RoleDialect.Read;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
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

    private static final List<Change.Kind> OF_TARGETS = List.of(
            Change.Kind.ADD_TEAM,
            Change.Kind.REMOVE_TEAM,
            Change.Kind.ADD_CHAT,
            Change.Kind.MOVE_CHAT,
            Change.Kind.REMOVE_CHAT);

    private final Map<Change.Kind, Map<Scope, List<String>>> needs;
    private final Map<Read, List<String>> readNeeds;
    private final boolean refusesEscalation;

    private AccessPlan(
            Map<Change.Kind, Map<Scope, List<String>>> needs,
            Map<Read, List<String>> readNeeds,
            boolean refusesEscalation) {
        this.needs = needs;
        this.readNeeds = readNeeds;
        this.refusesEscalation = refusesEscalation;
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
     * so do teams and chats, which a workspace does not have.
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
     * Returns this plan with other permissions for a kind of change.
     *
     * @throws IllegalArgumentException if the kind is reserved for the host
     */
    AccessPlan needing(Change.Kind kind, String... permissions) {
        Map<Scope, List<String>> needed = new EnumMap<>(Scope.class);
        for (Scope scope : Scope.values()) {
            needed.put(scope, List.of(permissions));
        }
        return with(kind, needed);
    }

    /**
     * Returns this plan with other permissions for a kind of change at targets of a scope.
     *
     * @throws IllegalArgumentException if the kind is reserved for the host
     */
    AccessPlan needing(Change.Kind kind, Scope scope, String... permissions) {
        Map<Scope, List<String>> needed = new EnumMap<>(Scope.class);
        needed.putAll(needs.getOrDefault(kind, Map.of()));
        needed.put(scope, List.of(permissions));
        return with(kind, needed);
    }

    private AccessPlan with(Change.Kind kind, Map<Scope, List<String>> needed) {
        if (kind.isHostOnly()) {
            throw new IllegalArgumentException("`" + kind + "` is for the host alone: expected one of " + KINDS);
        }
        Map<Change.Kind, Map<Scope, List<String>>> changed = new EnumMap<>(Change.Kind.class);
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
     * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) for each permission that the catalog lacks,
     *     those for reading included
     */
    AdminGuard guard(PermissionCatalog catalog) {
        catalog.rights(keys().distinct().toList());
        AdminGuard.Builder guard = AdminGuard.builder(catalog).refusesEscalation(refusesEscalation);
        needs.forEach((kind, needed) -> needed.forEach((scope, keys) -> {
            if (keys.isEmpty()) {
                guard.freeAt(scope, kind);
            } else {
                guard.needsAnyAt(scope, permissions(catalog, keys), kind);
            }
        }));
        return guard.build();
    }

    private Stream<String> keys() {
        return Stream.concat(
                        needs.values().stream().flatMap(needed -> needed.values().stream()),
                        readNeeds.values().stream())
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
