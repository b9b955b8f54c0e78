package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The permission that each operation needs, and that whoever has it may give away any rights. */
class PulseGuardTest {

    private final AcceptanceWorld world = AcceptanceWorld.pulse();

    private AcceptanceWorld holderOf(String... keys) {
        return holderOf(Scope.ACCOUNT, Target.account(), keys);
    }

    private AcceptanceWorld holderOf(Scope scope, Target target, String... keys) {
        String user = "holder-" + world.policy().roles().size();
        world.host(user, scope, keys);
        world.host(Change.assign(user, user, target));
        return world.asUser(user);
    }

    /** Returns the permissions of the account that are each enough for an operation. */
    private List<String> enough(Function<AcceptanceWorld, AcceptanceWorldAnswer> operation) {
        List<String> enough = new ArrayList<>();
        for (var permission : world.policy().catalog().rightsOfScope(Scope.ACCOUNT)) {
            AcceptanceWorldAnswer answer = operation.apply(holderOf(permission.key()));
            if (answer.status() < 400) {
                enough.add(permission.key());
            } else {
                answer.refused(403, Code.FORBIDDEN);
            }
        }
        return enough;
    }

    @Test
    void each_operation_needs_its_own_permission() {
        world.host("custom", Scope.ACCOUNT, "user:read");
        String custom = world.role("custom");
        Map<String, List<String>> needed = new LinkedHashMap<>();
        needed.put("create", enough(holder -> holder.createPulse("{'name':'R'}")));
        needed.put("update", enough(holder -> holder.updatePulse("custom", "{'name':'" + holder.hashCode() + "'}")));
        needed.put("delete", enough(holder -> {
            AcceptanceWorldAnswer answer = holder.delete(custom);
            if (answer.status() == 200) {
                world.host(Change.restoreRole("custom"));
            }
            return answer;
        }));
        needed.put(
                "account membership",
                enough(holder -> holder.setRoles("account", "{'user_id':'max','role_ids':['custom']}")));
        needed.put("everybody", enough(holder -> holder.post("/api/v1/account_roles/custom/assign_all")));
        needed.put(
                "team membership",
                enough(holder ->
                        holder.setRoles("team", "{'team_id':'team-a','user_id':'max','role_ids':['team-member']}")));

        assertThat(needed)
                .containsExactly(
                        Map.entry("create", List.of("role:create")),
                        Map.entry("update", List.of("role:update")),
                        Map.entry("delete", List.of("role:delete")),
                        Map.entry("account membership", List.of("user:update")),
                        Map.entry("everybody", List.of("user:update")),
                        Map.entry("team membership", List.of("team_membership:manage")));
    }

    @Test
    void a_restore_needs_the_permission_to_update_roles() {
        world.host("custom", Scope.ACCOUNT, "user:read");
        world.host(Change.deleteRole("custom"));
        String restore = world.role("custom") + "/restore";

        holderOf("role:delete", "role:read", "user:update").post(restore).refused(403, Code.FORBIDDEN);
        holderOf("role:create", "role:update").post(restore).ok();
    }

    @Test
    void members_of_a_team_are_managed_with_the_permission_in_that_team() {
        String body = "{'team_id':'team-a','user_id':'max','role_ids':['team-member']}";

        holderOf(Scope.TEAM, Target.team("team-b"), "team_membership:manage")
                .setRoles("team", body)
                .refused(403, Code.FORBIDDEN);
        holderOf(Scope.TEAM, Target.team("team-a"), "user:update", "team_membership:update", "team_membership:create")
                .setRoles("team", body)
                .refused(403, Code.FORBIDDEN);
        holderOf(Scope.TEAM, Target.team("team-a"), "team_membership:manage")
                .setRoles("team", body)
                .done();
    }

    @Test
    void members_of_a_chat_are_managed_with_the_permission_in_that_chat() {
        String body = "{'chat_id':'chat-1','user_id':'max','role_ids':['chat-admin']}";

        holderOf("user:update", "team_membership:manage").setRoles("chat", body).refused(403, Code.FORBIDDEN);
        holderOf(Scope.CHAT, Target.chat("chat-2"), "chat_membership:manage")
                .setRoles("chat", body)
                .refused(403, Code.FORBIDDEN);
        holderOf(Scope.CHAT, Target.chat("chat-1"), "message:create", "message:read")
                .setRoles("chat", body)
                .refused(403, Code.FORBIDDEN);
        holderOf(Scope.CHAT, Target.chat("chat-1"), "chat_membership:manage")
                .setRoles("chat", body)
                .done();
    }

    @Test
    void roles_can_be_assigned_without_holding_their_rights() {
        AcceptanceWorld maker = holderOf("role:create");
        maker.createPulse("{'name':'R','scope':'account','rights':{'user':{'delete':true},'role':{'delete':true}}}")
                .created();

        AcceptanceWorld keeper = holderOf("user:update");
        keeper.setRoles("account", "{'user_id':'max','role_ids':['account-admin']}")
                .done();
        assertThat(world.may("max", "role:delete")).isTrue();
    }

    @Test
    void a_host_may_refuse_privilege_escalation() {
        AcceptanceWorld strict = AcceptanceWorld.of(
                AcceptanceWorldProduct.PULSE, RoleDialect.pulse().withEscalationRefused(true));
        strict.host("maker", Scope.ACCOUNT, "role:create", "user:read");
        strict.host(Change.assign("ann", "maker", Target.account()));

        strict.asUser("ann")
                .createPulse("{'name':'R','scope':'account','rights':{'user':{'delete':true}}}")
                .refused(403, Code.ESCALATION);
        strict.asUser("ann")
                .createPulse("{'name':'R','scope':'account','rights':{'user':{'read':true}}}")
                .created();
    }

    @Test
    @Tag("B94")
    void an_unknown_user_of_the_account_changes_nothing() {
        AcceptanceWorld nobody = world.asUser("nobody");
        world.host("custom", Scope.ACCOUNT);

        nobody.createPulse("{'name':'R'}").refused(403, Code.FORBIDDEN);
        nobody.updatePulse("custom", "{'name':'R'}").refused(403, Code.FORBIDDEN);
        nobody.delete(world.role("custom")).refused(403, Code.FORBIDDEN);
        nobody.setRoles("account", "{'user_id':'nobody','role_ids':['account-admin']}")
                .refused(403, Code.FORBIDDEN);
        nobody.setRoles("account", "{'user_id':'nobody','role_ids':[]}").refused(403, Code.FORBIDDEN);
        nobody.post("/api/v1/account_roles/account-admin/assign_all").refused(403, Code.FORBIDDEN);
    }

    @Test
    void the_guard_needs_a_catalog_with_its_permissions() {
        assertThatThrownBy(() -> RoleDialect.pulse().guard(PermissionCatalog.empty()))
                .isInstanceOfAny(PolicyViolationException.class, IllegalArgumentException.class)
                .hasMessageContaining("role:create");
    }
}
