package io.rbac.roleapi;

import io.rbac.engine.AdminGuard;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Violation.Code;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A guard before there is a catalog: the keys of the permissions that each kind of change needs at places of a scope. */
final class GuardPlan {

    private static final List<Class<? extends Change>> KINDS = Arrays.stream(Change.class.getPermittedSubclasses())
            .filter(kind -> kind != Change.PurgeRole.class && kind != Change.PutSystemRole.class)
            .sorted(Comparator.comparing(Class::getSimpleName))
            .<Class<? extends Change>>map(kind -> kind.asSubclass(Change.class))
            .toList();

    private static final List<Class<? extends Change>> OF_PLACES = List.of(
            Change.AddTeam.class,
            Change.RemoveTeam.class,
            Change.AddChat.class,
            Change.MoveChat.class,
            Change.RemoveChat.class);

    private final Map<Class<? extends Change>, Map<Scope, List<String>>> needs;
    private final boolean refusesEscalation;

    private GuardPlan(Map<Class<? extends Change>, Map<Scope, List<String>>> needs, boolean refusesEscalation) {
        this.needs = needs;
        this.refusesEscalation = refusesEscalation;
    }

    private static GuardPlan free() {
        GuardPlan plan = new GuardPlan(Collections.emptyMap(), false);
        for (Class<? extends Change> kind : KINDS) {
            plan = plan.needing(kind);
        }
        return plan;
    }

    /** The key of the workspace is the workspace itself: nothing is needed. */
    static GuardPlan trillet() {
        return free();
    }

    /**
     * A role needs a permission of the group {@code role}, who is where that of the place. What the role API does not do,
     * but an edit by a user may, needs what stands nearest: to remove a user what the account's roles of a user need,
     * places the permission to manage who is there.
     */
    static GuardPlan pulse() {
        GuardPlan plan = free().needing(Change.CreateRole.class, "role:create")
                .needing(Change.UpdateRole.class, "role:update")
                .needing(Change.RestoreRole.class, "role:update")
                .needing(Change.DeleteRole.class, "role:delete")
                .needing(Change.AssignToAll.class, "user:update")
                .needing(Change.RemoveUser.class, "user:update");
        for (Class<? extends Change> kind : List.of(
                Change.Assign.class,
                Change.Unassign.class,
                Change.Connect.class,
                Change.SetRoles.class,
                Change.SetUsers.class)) {
            plan = plan.needing(kind, Scope.ACCOUNT, "user:update")
                    .needing(kind, Scope.TEAM, "team_membership:manage")
                    .needing(kind, Scope.CHAT, "chat_membership:manage");
        }
        for (Class<? extends Change> kind : OF_PLACES) {
            plan = plan.needing(kind, "team_membership:manage");
        }
        return plan;
    }

    /**
     * Giving a role needs {@code members:invite} or {@code members:role-change}, taking one away {@code members:remove} or
     * {@code members:role-change}; what does both needs the one that is in both. So do places, of which a workspace has none.
     */
    static GuardPlan freya() {
        GuardPlan plan = free().refusingEscalation(true).needing(Change.DeleteRole.class, "roles:delete");
        for (Class<? extends Change> kind :
                List.of(Change.CreateRole.class, Change.UpdateRole.class, Change.RestoreRole.class)) {
            plan = plan.needing(kind, "roles:write");
        }
        for (Class<? extends Change> kind :
                List.of(Change.Assign.class, Change.Connect.class, Change.AssignToAll.class)) {
            plan = plan.needing(kind, "members:invite", "members:role-change");
        }
        for (Class<? extends Change> kind : List.of(Change.Unassign.class, Change.RemoveUser.class)) {
            plan = plan.needing(kind, "members:remove", "members:role-change");
        }
        for (Class<? extends Change> kind : List.of(Change.SetRoles.class, Change.SetUsers.class)) {
            plan = plan.needing(kind, "members:role-change");
        }
        for (Class<? extends Change> kind : OF_PLACES) {
            plan = plan.needing(kind, "members:role-change");
        }
        return plan;
    }

    /** This plan with other permissions for a kind of change, none to make it free. */
    GuardPlan needing(Class<? extends Change> kind, String... permissions) {
        Map<Scope, List<String>> needed = new EnumMap<>(Scope.class);
        for (Scope scope : Scope.values()) {
            needed.put(scope, List.of(permissions));
        }
        return with(kind, needed);
    }

    /** This plan with other permissions for a kind of change at places of a scope, none to make it free there. */
    GuardPlan needing(Class<? extends Change> kind, Scope scope, String... permissions) {
        Map<Scope, List<String>> needed = new EnumMap<>(Scope.class);
        needed.putAll(needs.getOrDefault(kind, Map.of()));
        needed.put(scope, List.of(permissions));
        return with(kind, needed);
    }

    private GuardPlan with(Class<? extends Change> kind, Map<Scope, List<String>> needed) {
        if (!KINDS.contains(kind)) {
            throw new IllegalArgumentException(
                    "`" + kind.getSimpleName() + "` is not a kind of change that an actor can make");
        }
        Map<Class<? extends Change>, Map<Scope, List<String>>> changed = new LinkedHashMap<>(needs);
        changed.put(kind, needed);
        return new GuardPlan(changed, refusesEscalation);
    }

    GuardPlan refusingEscalation(boolean refused) {
        return new GuardPlan(needs, refused);
    }

    /**
     * Returns the guard.
     *
     * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) for each permission that the catalog lacks
     */
    AdminGuard on(PermissionCatalog catalog) {
        catalog.rights(needs.values().stream()
                .flatMap(needed -> needed.values().stream())
                .flatMap(List::stream)
                .distinct()
                .toList());
        AdminGuard.Builder guard = AdminGuard.builder(catalog).refusesEscalation(refusesEscalation);
        needs.forEach((kind, needed) -> needed.forEach((scope, keys) -> {
            if (keys.isEmpty()) {
                guard.free(kind, scope);
            } else {
                guard.needs(kind, scope, permissions(catalog, keys));
            }
        }));
        return guard.build();
    }

    private static Permission[] permissions(PermissionCatalog catalog, List<String> keys) {
        return keys.stream().map(catalog::permission).toArray(Permission[]::new);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GuardPlan that
                && needs.equals(that.needs)
                && refusesEscalation == that.refusesEscalation;
    }

    @Override
    public int hashCode() {
        return Objects.hash(needs.size(), refusesEscalation);
    }

    /** Returns what is needed, for people. */
    @Override
    public String toString() {
        return "GuardPlan " + needs.size() + " kinds" + (refusesEscalation ? ", nobody gives what he lacks" : "");
    }
}
