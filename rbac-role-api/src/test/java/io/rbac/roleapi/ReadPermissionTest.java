package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import io.rbac.roleapi.RoleDialect.Read;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which permission each read needs, and that nobody else learns what exists. */
class ReadPermissionTest {

    private static final String PERMISSIONS = "/v1/api/roles-and-permissions/permissions";

    private static String members(AcceptanceWorld freya) {
        return freya.roles().replace("/roles", "/members");
    }

    private static AcceptanceWorld holderOf(AcceptanceWorld world, String... keys) {
        String user = "holder-of-" + String.join("-", keys).replaceAll("[^a-z-]", "-");
        world.host(user, Scope.ACCOUNT, keys);
        world.host(Change.assign(user, user, Target.account()));
        return world.asUser(user);
    }

    // defaults

    @Test
    void a_key_of_freya_that_may_only_write_roles_reads_neither_roles_nor_members() {
        AcceptanceWorld world = AcceptanceWorld.freya();
        AcceptanceWorld key = world.as(Caller.user(world.account(), "olga").restrictedTo(world.rights("roles:write")));

        key.get(members(world)).refused(403, Code.FORBIDDEN);
        key.get(world.roles()).refused(403, Code.FORBIDDEN);
        key.get(world.role("r_member")).refused(403, Code.FORBIDDEN);
        key.createRole("{'name':'R'}").created();
    }

    @Test
    void freya_needs_roles_read_for_roles_and_members_read_for_members() {
        AcceptanceWorld world = AcceptanceWorld.freya();
        AcceptanceWorld roles = holderOf(world, "roles:read");
        AcceptanceWorld members = holderOf(world, "members:read");

        roles.get(world.roles()).ok();
        roles.get(world.role("r_member")).ok();
        assertThat(roles.get(members(world)).refused(403, Code.FORBIDDEN).text())
                .contains("`members:read`");
        members.get(members(world)).ok();
        assertThat(members.get(world.roles()).refused(403, Code.FORBIDDEN).text())
                .contains("`roles:read`");
    }

    @Test
    void pulse_needs_role_read_for_roles() {
        AcceptanceWorld world = AcceptanceWorld.pulse();
        AcceptanceWorld reader = holderOf(world, "role:read");
        AcceptanceWorld writer = holderOf(world, "role:create", "role:update", "role:delete");

        reader.get(world.roles()).ok();
        reader.get(world.role("team-member")).ok();
        writer.get(world.roles()).refused(403, Code.FORBIDDEN);
        writer.get(world.role("team-member")).refused(403, Code.FORBIDDEN);
    }

    @Test
    void pulse_needs_a_permission_in_the_chat_for_its_members() {
        AcceptanceWorld world = AcceptanceWorld.pulse();
        world.host("talk", Scope.CHAT, "message:read");
        world.host("lead", Scope.CHAT, "chat_membership:manage");
        world.host("mute", Scope.CHAT, "message:create");
        for (String role : List.of("talk", "lead", "mute")) {
            world.host(Change.assign("user-" + role, role, Target.chat("chat-1")));
        }

        world.asUser("user-talk").get("/api/v1/chats/chat-1/members").ok();
        world.asUser("user-lead").get("/api/v1/chats/chat-1/members").ok();
        world.asUser("user-mute").get("/api/v1/chats/chat-1/members").refused(403, Code.FORBIDDEN);
        world.asUser("user-talk").get("/api/v1/chats/chat-2/members").refused(403, Code.FORBIDDEN);
        world.asUser("user-talk")
                .get("/api/v1/chats/chat-1/members?include=roles")
                .refused(403, Code.FORBIDDEN);
    }

    @Test
    void the_account_itself_reads_everything_unless_it_is_restricted() {
        AcceptanceWorld world = AcceptanceWorld.freya();
        world.asAccount().get(world.roles()).ok();
        world.asAccount().get(members(world)).ok();

        AcceptanceWorld key = world.as(Caller.account(world.account()).restrictedTo(world.rights("roles:read")));
        key.get(world.roles()).ok();
        assertThat(key.get(members(world)).refused(403, Code.FORBIDDEN).text()).contains("the restricted account");
    }

    @Test
    void a_user_whom_the_account_does_not_know_reads_nothing() {
        AcceptanceWorld freya = AcceptanceWorld.freya();
        freya.asUser("nobody").get(freya.roles()).refused(403, Code.FORBIDDEN);
        freya.asUser("nobody").get(members(freya)).refused(403, Code.FORBIDDEN);
        AcceptanceWorld pulse = AcceptanceWorld.pulse();
        pulse.asUser("nobody").get(pulse.roles()).refused(403, Code.FORBIDDEN);
        pulse.asUser("nobody").get("/api/v1/chats/chat-1/members").refused(403, Code.FORBIDDEN);
    }

    @Test
    void trillet_needs_nothing() {
        AcceptanceWorld world = AcceptanceWorld.trillet();

        world.asUser("nobody").get(world.roles()).ok();
        world.asUser("nobody").get(PERMISSIONS).ok();
    }

    // options

    @Test
    void a_host_names_other_permissions_or_none() {
        AcceptanceWorld other = AcceptanceWorld.of(
                AcceptanceWorldProduct.FREYA,
                RoleDialect.freya()
                        .withNeededToRead(Read.ROLES)
                        .withNeededToRead(Read.MEMBERS, "members:invite", "members:remove"));

        other.asUser("nobody").get(other.roles()).ok();
        holderOf(other, "members:read").get(members(other)).refused(403, Code.FORBIDDEN);
        holderOf(other, "members:remove").get(members(other)).ok();
        holderOf(other, "members:invite").get(members(other)).ok();
    }

    @Test
    void trillet_answers_a_refused_read_like_something_that_does_not_exist() {
        AcceptanceWorld roles = AcceptanceWorld.of(
                AcceptanceWorldProduct.TRILLET, RoleDialect.trillet().withNeededToRead(Read.ROLES, "agent_view"));
        roles.host("r", Scope.ACCOUNT, "agent_view");
        roles.host(Change.assign("ann", "r", Target.account()));
        AcceptanceWorld nobody = roles.asUser("nobody");

        roles.asUser("ann").get(roles.roles()).ok();
        roles.asUser("ann").get(roles.role("r")).ok();
        nobody.get(roles.roles()).refused(404, Code.ACCOUNT_NOT_FOUND);
        assertThat(nobody.get(roles.role("r")).refused(404, Code.ROLE_NOT_FOUND).text())
                .isEqualTo(nobody.get(roles.role("x")).text().replace("`x`", "`r`"));
        nobody.get(PERMISSIONS).ok();

        AcceptanceWorld members = AcceptanceWorld.of(
                AcceptanceWorldProduct.TRILLET, RoleDialect.trillet().withNeededToRead(Read.MEMBERS, "agent_view"));
        members.asUser("nobody").get(members.roles()).is(404);
        AcceptanceWorld permissions = AcceptanceWorld.of(
                AcceptanceWorldProduct.TRILLET, RoleDialect.trillet().withNeededToRead(Read.PERMISSIONS, "agent_view"));
        permissions.asUser("nobody").get(PERMISSIONS).refused(404, Code.ACCOUNT_NOT_FOUND);
        permissions.asUser("nobody").get(permissions.roles()).ok();
    }

    @Test
    void the_guard_needs_a_catalog_with_the_permissions_for_reading() {
        PermissionCatalog catalog =
                PermissionCatalog.builder().group("roles", "read").build();

        assertThatThrownBy(() -> RoleDialect.trillet()
                        .withNeededToRead(Read.ROLES, "roles:read")
                        .withNeededToRead(Read.MEMBERS, "members:read")
                        .guard(catalog))
                .isInstanceOfSatisfying(
                        PolicyViolationException.class,
                        e -> assertThat(e.violations())
                                .singleElement()
                                .satisfies(violation ->
                                        assertThat(violation.value()).contains("members:read")));
    }

    // what exists

    @Test
    void a_refused_read_does_not_depend_on_what_exists() {
        AcceptanceWorld pulse = AcceptanceWorld.pulse();
        AcceptanceWorld max = pulse.asUser("max");
        assertThat(max.get(pulse.role("team-member"))
                        .refused(403, Code.FORBIDDEN)
                        .text())
                .isEqualTo(max.get(pulse.role("nope")).text());
        assertThat(max.get("/api/v1/chats/chat-1/members")
                        .refused(403, Code.FORBIDDEN)
                        .text())
                .isEqualTo(max.get("/api/v1/chats/nope/members").text().replace("chat/nope", "chat/chat-1"));
        AcceptanceWorld freya = AcceptanceWorld.freya();
        AcceptanceWorld nobody = freya.asUser("nobody");
        assertThat(nobody.get(freya.role("r_member"))
                        .refused(403, Code.FORBIDDEN)
                        .text())
                .isEqualTo(nobody.get(freya.role("nope")).text());
    }

    @Test
    void a_refused_change_does_not_depend_on_whether_the_role_exists() {
        AcceptanceWorld pulse = AcceptanceWorld.pulse();
        pulse.host("gone", Scope.TEAM);
        pulse.host(Change.deleteRole("gone"));
        AcceptanceWorld max = pulse.asUser("max");
        for (String role : List.of("team-member", "gone", "nope")) {
            max.updatePulse(role, "{'name':'R'}").refused(403, Code.FORBIDDEN);
            max.delete(pulse.role(role)).refused(403, Code.FORBIDDEN);
            max.post(pulse.role(role) + "/restore").refused(403, Code.FORBIDDEN);
            max.post("/api/v1/account_roles/" + role + "/assign_all").refused(403, Code.FORBIDDEN);
        }
        AcceptanceWorld freya = AcceptanceWorld.freya();
        for (String role : List.of("r_member", "nope")) {
            assertThat(freya.asUser("mia").put(freya.role(role), "{}").is(403).codes())
                    .contains("FORBIDDEN");
            assertThat(freya.asUser("mia").delete(freya.role(role)).is(403).codes())
                    .contains("FORBIDDEN");
        }
        freya.put(freya.role("nope"), "{}").refused(404, Code.ROLE_NOT_FOUND);
    }

    @Test
    void a_refused_membership_does_not_depend_on_whether_the_target_exists() {
        AcceptanceWorld world = AcceptanceWorld.pulse();
        AcceptanceWorld max = world.asUser("max");

        for (String team : List.of("team-a", "nope")) {
            max.setRoles("team", "{'team_id':'" + team + "','user_id':'max','role_ids':['team-member']}")
                    .refused(403, Code.FORBIDDEN);
        }
        for (String chat : List.of("chat-1", "nope")) {
            max.setRoles("chat", "{'chat_id':'" + chat + "','user_id':'max','role_ids':['chat-admin']}")
                    .refused(403, Code.FORBIDDEN);
        }
        world.setRoles("team", "{'team_id':'nope','user_id':'max','role_ids':['team-member']}")
                .refused(422, Code.TARGET_NOT_FOUND);
    }
}
