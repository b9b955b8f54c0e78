package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Change;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PulseAssignmentAcceptanceTest {

    private static final Target TEAM_A = Target.team("team-a");
    private static final Target TEAM_B = Target.team("team-b");
    private static final Target CHAT_1 = Target.chat("chat-1");
    private static final Target CHAT_2 = Target.chat("chat-2");

    private final AcceptanceWorld world = AcceptanceWorld.pulse();

    private List<String> held(String user, Target target) {
        return world.policy().rolesOf(user, target).stream().map(Role::id).toList();
    }

    /** Creates a custom account role that `max` holds. */
    private String editor() {
        world.host("editor", Scope.ACCOUNT, "user:update");
        world.host(Change.assign("max", "editor", Target.account()));
        return world.role("editor");
    }

    @Test
    @Tag("case-081")
    void memberships_set_the_roles_of_a_user() {
        world.host("a", Scope.ACCOUNT, "user:read");
        world.host("b", Scope.ACCOUNT, "user:update");
        world.host("ta", Scope.TEAM, "user:read");
        world.host("tb", Scope.TEAM, "user:update");
        world.host("ca", Scope.CHAT, "message:read");
        world.host("cb", Scope.CHAT, "message:create");

        AcceptanceWorldAnswer answer = world.setRoles("account", "{'user_id':'max','role_ids':['a','b']}")
                .done();
        assertThat(answer.at("/data").isArray()).isTrue();
        assertThat(answer.at("/data")).hasSize(1);
        assertThat(answer.at("/data/0/type").textValue()).isEqualTo("user");
        assertThat(answer.at("/data/0/id").textValue()).isEqualTo("max");
        assertThat(held("max", Target.account())).containsExactly("a", "b");
        world.setRoles("account", "{'user_id':'max','role_ids':['b']}").done();
        assertThat(held("max", Target.account())).containsExactly("b");

        world.setRoles("team", "{'team_id':'team-a','user_id':'max','role_ids':['ta','tb']}")
                .done();
        assertThat(held("max", TEAM_A)).containsExactly("ta", "tb");
        world.setRoles("team", "{'team_id':'team-a','user_id':'max','role_ids':['tb']}")
                .done();
        assertThat(held("max", TEAM_A)).containsExactly("tb");

        world.setRoles("chat", "{'chat_id':'chat-1','user_id':'max','role_ids':['ca','cb']}")
                .done();
        assertThat(held("max", CHAT_1)).containsExactly("ca", "cb");
        world.setRoles("chat", "{'chat_id':'chat-1','user_id':'max','role_ids':['cb']}")
                .done();
        assertThat(held("max", CHAT_1)).containsExactly("cb");
        assertThat(held("max", Target.account())).containsExactly("b");
    }

    @Test
    @Tag("case-082")
    void the_list_of_roles_must_be_sent() {
        String roleIds = "/data/attributes/role_ids";
        world.setRoles("account", "{'user_id':'max'}")
                .refused(422, Code.MISSING_FIELD)
                .pointing(roleIds);
        world.setRoles("team", "{'user_id':'max','team_id':'team-a'}")
                .refused(422, Code.MISSING_FIELD)
                .pointing(roleIds);
        world.setRoles("chat", "{'user_id':'max','chat_id':'chat-1'}")
                .refused(422, Code.MISSING_FIELD)
                .pointing(roleIds);
    }

    @Test
    @Tag("case-083")
    @Tag("B70")
    void an_account_role_cannot_be_held_in_a_team() {
        world.setRoles("team", "{'team_id':'team-a','user_id':'max','role_ids':['team-member','account-member']}")
                .refused(422, Code.SCOPE_MISMATCH)
                .pointing("/data/attributes/role_ids/1");
    }

    @Test
    @Tag("case-084")
    @Tag("B69")
    void a_role_that_is_unknown_or_discarded_cannot_be_assigned() {
        world.delete(editor()).ok();

        world.setRoles("account", "{'user_id':'max','role_ids':['account-admin','nope']}")
                .refused(422, Code.ROLE_NOT_FOUND)
                .pointing("/data/attributes/role_ids/1");
        world.setRoles("account", "{'user_id':'max','role_ids':['editor','account-admin']}")
                .refused(409, Code.ROLE_DISCARDED)
                .pointing("/data/attributes/role_ids/0");

        assertThat(held("max", Target.account())).containsExactlyInAnyOrder("account-member", "editor");
    }

    @Test
    @Tag("case-085")
    void an_account_role_is_assigned_to_every_user() {
        world.host("badge", Scope.ACCOUNT, "team:read");

        AcceptanceWorldAnswer answer =
                world.post("/api/v1/account_roles/badge/assign_all").ok();

        assertThat(answer.at("/data/id").textValue()).isEqualTo("badge");
        assertThat(answer.at("/data/type").textValue()).isEqualTo("role");
        assertThat(world.policy().users()).hasSizeGreaterThan(1);
        assertThat(world.policy().usersOf("badge"))
                .containsExactlyElementsOf(world.policy().users());
        assertThat(world.policy().userCount("badge"))
                .isEqualTo(world.policy().users().size());
        assertThat(world.may("max", "team:read")).isTrue();
    }

    @Test
    @Tag("case-086")
    void only_an_account_role_can_be_assigned_to_every_user_also_repeatedly() {
        world.post("/api/v1/account_roles/team-member/assign_all").refused(422, Code.SCOPE_MISMATCH);
        world.post("/api/v1/account_roles/account-member/assign_all").ok();
        Policy before = world.policy();

        world.post("/api/v1/account_roles/account-member/assign_all").ok();

        assertThat(world.policy()).isSameAs(before);
    }

    @Test
    @Tag("case-087")
    void a_role_in_a_team_grants_in_that_team_alone() {
        world.host("lead", Scope.TEAM, "user:update");

        world.setRoles("team", "{'team_id':'team-a','user_id':'max','role_ids':['lead']}")
                .done();

        assertThat(world.may("max", "user:update", TEAM_A)).isTrue();
        assertThat(world.may("max", "user:update", TEAM_B)).isFalse();
        assertThat(world.may("max", "user:update", Target.account())).isFalse();
    }

    @Test
    @Tag("case-088")
    void a_role_of_the_account_grants_in_every_team() {
        world.setRoles("account", "{'user_id':'new','role_ids':['account-member']}")
                .done();

        assertThat(world.may("new", "user:read", Target.account())).isTrue();
        assertThat(world.may("new", "user:read", TEAM_A)).isTrue();
        assertThat(world.may("new", "user:read", TEAM_B)).isTrue();
    }

    @Test
    @Tag("case-089")
    void a_role_in_one_team_grants_nothing_in_another() {
        for (String team : List.of("parent", "parent/child", "parent.child")) {
            world.host(Change.addTeam(team));
        }

        world.setRoles("team", "{'team_id':'parent','user_id':'max','role_ids':['team-admin']}")
                .done();

        assertThat(world.may("max", "team_membership:manage", Target.team("parent")))
                .isTrue();
        assertThat(world.may("max", "team_membership:manage", Target.team("parent/child")))
                .isFalse();
        assertThat(world.may("max", "team_membership:manage", Target.team("parent.child")))
                .isFalse();
        assertThat(world.may("max", "team_membership:manage", TEAM_A)).isFalse();
    }

    @Test
    @Tag("case-090")
    void a_role_in_a_chat_grants_in_that_chat_alone() {
        world.host("writer", Scope.CHAT, "message:create");
        world.setRoles("account", "{'user_id':'boss','role_ids':['account-admin']}")
                .done();

        world.setRoles("chat", "{'chat_id':'chat-1','user_id':'max','role_ids':['writer']}")
                .done();

        assertThat(world.may("max", "message:create", CHAT_1)).isTrue();
        assertThat(world.may("max", "message:create", CHAT_2)).isFalse();
        assertThat(world.may("boss", "message:read", CHAT_1)).isFalse();
    }

    @Test
    @Tag("case-091")
    void the_response_to_a_deletion_shows_its_time() {
        AcceptanceWorldAnswer answer = world.delete(editor()).ok();

        assertThat(answer.at("/data/id").textValue()).isEqualTo("editor");
        assertThat(answer.at("/data/type").textValue()).isEqualTo("role");
        assertThat(answer.attributes().path("name").textValue()).isEqualTo("editor");
        assertThat(Instant.parse(answer.attributes().path("discarded_at").textValue()))
                .isEqualTo(world.stored("editor").discardedAt().orElseThrow());
    }

    @Test
    @Tag("case-092")
    void a_deleted_role_grants_nothing_and_is_still_shown() {
        String path = editor();
        assertThat(world.may("max", "user:update")).isTrue();

        AcceptanceWorldAnswer deleted = world.delete(path).ok();

        assertThat(world.may("max", "user:update")).isFalse();
        assertThat(world.get(path).ok().json()).isEqualTo(deleted.json());
    }

    @Test
    @Tag("case-093")
    void a_restored_role_grants_again() {
        String path = editor();
        world.delete(path).ok();

        AcceptanceWorldAnswer answer = world.post(path + "/restore").ok();

        assertThat(answer.at("/data/id").textValue()).isEqualTo("editor");
        assertThat(answer.attributes().path("discarded_at").isNull()).isTrue();
        assertThat(world.may("max", "user:update")).isTrue();
    }

    @Test
    @Tag("case-094")
    @Tag("B62")
    void a_system_role_cannot_be_deleted() {
        for (AcceptanceWorld client : List.of(world, world.asAccount())) {
            client.delete(world.role("team-admin")).refused(403, Code.SYSTEM_ROLE);
        }
    }

    @Test
    @Tag("case-095")
    @Tag("B67")
    void a_role_cannot_be_deleted_twice() {
        String path = editor();
        AcceptanceWorldAnswer deleted = world.delete(path).ok();

        world.delete(path).refused(409, Code.ROLE_DISCARDED);

        assertThat(world.get(path).ok().attributes().path("discarded_at"))
                .isEqualTo(deleted.attributes().path("discarded_at"));
    }
}
