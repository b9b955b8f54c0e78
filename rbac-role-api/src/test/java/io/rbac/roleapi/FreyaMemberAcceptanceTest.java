package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.matrix.PermissionChecker;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** System roles, members, and what an actor can give away. */
class FreyaMemberAcceptanceTest {

    private final AcceptanceWorld world = AcceptanceWorld.freya();

    private String member(String user) {
        return world.roles().replace("/roles", "/members/" + user);
    }

    private String create(String... keys) {
        return world.createRole("{'name':'R','permissions':['" + String.join("','", keys) + "']}")
                .created()
                .id();
    }

    private AcceptanceWorldAnswer join(String user, String role) {
        return world.put(member(user), "{'roleId':'" + role + "'}").done();
    }

    private int memberCount(String role) {
        return world.get(world.role(role)).ok().role().path("memberCount").intValue();
    }

    /** Returns a client who has exactly these permissions. */
    private AcceptanceWorld holderOf(String user, String... keys) {
        join(user, create(keys));
        return world.asUser(user);
    }

    private boolean assignable(AcceptanceWorld actor, String role) {
        boolean shown =
                actor.get(world.role(role)).ok().role().path("assignable").booleanValue();
        JsonNode listed = StreamSupport.stream(
                        actor.get(world.roles()).ok().at("/data/result/roles").spliterator(), false)
                .filter(node -> node.path("id").asText().equals(role))
                .findFirst()
                .orElseThrow();
        assertThat(listed.path("assignable").booleanValue()).isEqualTo(shown);
        return shown;
    }

    @Test
    @Tag("case-119")
    void system_roles_can_be_neither_updated_nor_deleted() {
        for (AcceptanceWorld client : List.of(world, world.asAccount())) {
            assertThat(client.get(world.role("r_admin")).ok().role().path("isSystem"))
                    .isEqualTo(AcceptanceWorldAnswer.tree("true"));
            client.put(world.role("r_admin"), "{'name':'Boss'}").refused(403, Code.SYSTEM_ROLE);
            client.put(world.role("r_admin"), "{'description':'d'}").refused(403, Code.SYSTEM_ROLE);
            client.put(world.role("r_admin"), "{'permissions':['calls:read']}").refused(403, Code.SYSTEM_ROLE);
            client.delete(world.role("r_admin")).refused(403, Code.SYSTEM_ROLE);
        }
    }

    @Test
    @Tag("case-120")
    void a_role_is_deleted_when_nobody_holds_it_any_more() {
        String role = create("calls:read");
        join("u1", role);
        join("u2", role);
        assertThat(memberCount(role)).isEqualTo(2);

        world.delete(world.role(role)).refused(409, Code.ROLE_IN_USE);

        join("u1", "r_member");
        join("u2", "r_member");
        AcceptanceWorldAnswer answer = world.delete(world.role(role)).ok();
        assertThat(answer.at("/success").booleanValue()).isTrue();
        assertThat(answer.at("/data/result")).isEqualTo(AcceptanceWorldAnswer.tree("{}"));
        world.get(world.role(role)).refused(404, Code.ROLE_NOT_FOUND);
    }

    @Test
    @Tag("case-121")
    void a_member_with_a_new_role_loses_the_old_one() {
        String a = create("calls:read");
        String b = create("agents:read", "agents:write");
        join("u1", a);
        assertThat(List.of(memberCount(a), memberCount(b))).containsExactly(1, 0);

        join("u1", b);

        assertThat(List.of(memberCount(a), memberCount(b))).containsExactly(0, 1);
        assertThat(AcceptanceWorldCatalogs.freyaKeys().stream().filter(key -> world.may("u1", key)))
                .containsExactly("agents:read", "agents:write");
    }

    @Test
    @Tag("case-122")
    void only_users_count_as_members() {
        String role = create("calls:read");
        join("u1", role);
        Policy before = world.policy();

        world.post(
                        "/api/v2/workspaces/invitations",
                        "{'email':'eve@example.org','roleId':'" + role + "','skipEmail':true}")
                .is(404);

        assertThat(world.policy()).isSameAs(before);
        assertThat(memberCount(role)).isEqualTo(1).isEqualTo(before.userCount(role));
    }

    @Test
    @Tag("case-123")
    void a_user_who_joins_without_a_role_gets_the_default_role() {
        world.put(member("u1"), "{}").done();

        assertThat(world.policy().rolesOf("u1", Target.account()))
                .extracting(Role::id)
                .containsExactly("r_member");
        assertThat(world.get(world.role("r_member")).ok().role().path("isDefault"))
                .isEqualTo(AcceptanceWorldAnswer.tree("true"));
    }

    @Test
    @Tag("case-124")
    void a_role_is_assignable_if_the_actor_can_give_it() {
        String calls = create("calls:read");
        String more = create("calls:read", "calls:delete");
        AcceptanceWorld changer = holderOf("changer", "roles:read", "members:role-change", "calls:read");
        AcceptanceWorld inviter = holderOf("inviter", "roles:read", "members:invite", "calls:read");
        AcceptanceWorld remover = holderOf("remover", "roles:read", "members:remove", "calls:read", "calls:delete");

        assertThat(assignable(changer, calls)).isTrue();
        assertThat(assignable(changer, more)).isFalse();
        assertThat(assignable(inviter, calls)).isTrue();
        assertThat(assignable(inviter, more)).isFalse();
        assertThat(assignable(remover, calls)).isFalse();
        assertThat(assignable(remover, more)).isFalse();
        assertThat(assignable(holderOf("reader", "roles:read", "calls:read"), calls))
                .isFalse();
        assertThat(assignable(world.asUser("adam"), "r_owner")).isFalse();
        assertThat(assignable(world.asUser("olga"), "r_owner")).isTrue();
    }

    @Test
    @Tag("case-125")
    void nobody_creates_a_role_with_rights_that_they_do_not_hold() {
        world.asUser("adam")
                .createRole("{'name':'R','permissions':['calls:read','billing:manage']}")
                .refused(403, Code.ESCALATION);

        world.asUser("adam")
                .createRole("{'name':'R','permissions':['calls:read']}")
                .created();
    }

    @Test
    @Tag("case-126")
    void an_api_key_has_a_frozen_part_of_its_creator_s_rights() {
        String[] ten = AcceptanceWorldCatalogs.freyaKeys().stream().limit(8).toArray(String[]::new);
        String role = create(ten);
        world.put(world.role(role), "{'permissions':['" + String.join("','", ten) + "','roles:write','calls:read']}")
                .ok();
        join("creator", role);
        Rights held = world.engine().matrix(world.account()).rightsOf("creator", Target.account());
        assertThat(held.size()).isEqualTo(10);
        PermissionChecker account = world.engine().checker(world.account());
        PermissionChecker narrow = account.restrictedTo(world.rights("calls:read"));
        PermissionChecker frozen = account.restrictedTo(held);

        assertThat(AcceptanceWorldCatalogs.freyaKeys().stream()
                        .filter(key -> narrow.hasPermission("creator", key, Target.account())))
                .containsExactly("calls:read");
        assertThat(AcceptanceWorldCatalogs.freyaKeys().stream()
                        .filter(key -> frozen.hasPermission("creator", key, Target.account())))
                .hasSize(10);
        AcceptanceWorld narrowKey =
                world.as(Caller.user(world.account(), "creator").restrictedTo(world.rights("calls:read")));
        AcceptanceWorld frozenKey =
                world.as(Caller.user(world.account(), "creator").restrictedTo(held));
        narrowKey.createRole("{'name':'R','permissions':['calls:read']}").refused(403, Code.FORBIDDEN);
        frozenKey.createRole("{'name':'R','permissions':['calls:read']}").created();

        world.put(world.role(role), "{'permissions':['calls:read','roles:write','calls:delete']}")
                .ok();
        assertThat(world.may("creator", "calls:delete")).isTrue();
        assertThat(frozen.hasPermission("creator", "calls:delete", Target.account()))
                .isFalse();
        frozenKey.createRole("{'name':'R','permissions':['calls:delete']}").refused(403, Code.ESCALATION);
        assertThat(frozen.hasPermission("creator", ten[0], Target.account())).isFalse();

        world.put(world.role(role), "{'permissions':['calls:delete']}").ok();
        assertThat(narrow.hasPermission("creator", "calls:read", Target.account()))
                .isFalse();
        frozenKey.createRole("{'name':'R','permissions':[]}").refused(403, Code.FORBIDDEN);
    }
}
