package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.model.Change;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Updating, listing and deleting roles. */
class TrilletAcceptanceTest {

    private static final String ID = "665a1b2c3d4e5f6a7b8c9d0e";

    private final AcceptanceWorld world = AcceptanceWorld.trillet();

    private String manager(String... users) {
        world.host(Change.createRole(
                ID,
                Scope.ACCOUNT,
                RoleUpdate.builder()
                        .name("Manager")
                        .description("d")
                        .rights(world.rights("agent_view", "agent_create", "agent_edit", "call_history_view"))
                        .build()));
        for (String user : users) {
            world.host(Change.assign(user, ID, Target.account()));
        }
        return world.role(ID);
    }

    @Test
    @Tag("case-015")
    void the_documented_update_is_answered_as_documented() {
        String path = manager();

        AcceptanceWorldAnswer answer = world.put(path, """
                        {
                          "name": "Senior Manager",
                          "description": "Full access to everything including billing and settings",
                          "permissions": ["agent_view", "agent_create", "agent_edit", "agent_delete", "call_history_view"]
                        }""").ok();

        assertThat(answer.json()).isEqualTo(AcceptanceWorldAnswer.tree("""
                        {
                          "_id": "665a1b2c3d4e5f6a7b8c9d0e",
                          "name": "Senior Manager",
                          "description": "Full access to everything including billing and settings",
                          "permissions": [
                            { "key": "agent_view", "category": "agents" },
                            { "key": "agent_create", "category": "agents" },
                            { "key": "agent_edit", "category": "agents" },
                            { "key": "agent_delete", "category": "agents" },
                            { "key": "call_history_view", "category": "calls" }
                          ]
                        }"""));
    }

    @Test
    @Tag("case-016")
    void what_is_not_sent_is_kept() {
        String path = manager("u1");
        Role before = world.stored(ID);

        world.put(path, "{'name':'X'}").ok();

        Role after = world.stored(ID);
        assertThat(after.name()).isEqualTo("X");
        assertThat(after.description()).isEqualTo(before.description());
        assertThat(after.rights()).isEqualTo(before.rights());
        assertThat(world.policy().usersOf(ID)).containsExactly("u1");
    }

    @Test
    @Tag("case-017")
    void permissions_that_are_sent_replace_all_at_once() {
        String path = manager("u1", "u2");
        assertThat(world.may("u2", "agent_edit")).isTrue();

        AcceptanceWorldAnswer answer =
                world.put(path, "{'permissions':['agent_view']}").ok();

        assertThat(answer.at("/permissions"))
                .isEqualTo(AcceptanceWorldAnswer.tree("[{\"key\":\"agent_view\",\"category\":\"agents\"}]"));
        for (String user : List.of("u1", "u2")) {
            assertThat(world.may(user, "agent_view")).isTrue();
            assertThat(world.may(user, "agent_create")).isFalse();
            assertThat(world.may(user, "agent_edit")).isFalse();
            assertThat(world.may(user, "call_history_view")).isFalse();
        }
    }

    @Test
    @Tag("case-018")
    void an_empty_list_of_permissions_revokes_all() {
        String path = manager("u1");

        assertThat(world.put(path, "{'permissions':[]}").ok().at("/permissions"))
                .isEqualTo(AcceptanceWorldAnswer.tree("[]"));

        assertThat(world.stored(ID).rights()).isEmpty();
        assertThat(world.may("u1", "agent_view")).isFalse();
    }

    @Test
    @Tag("case-019")
    void an_empty_update_changes_nothing() {
        String path = manager("u1");
        Policy before = world.policy();

        AcceptanceWorldAnswer answer = world.put(path, "{}").ok();

        assertThat(answer.at("/name").textValue()).isEqualTo("Manager");
        assertThat(world.policy()).isSameAs(before);
    }

    @Test
    @Tag("case-020")
    void an_update_accepts_no_objects_as_permissions() {
        world.put(manager(), "{'permissions':[{'key':'agent_view'}]}")
                .refused(400, Code.WRONG_TYPE)
                .pointing("/permissions/0");
    }

    @Test
    @Tag("case-021")
    void users_that_are_sent_replace_all() {
        String path = manager("u1", "u2");

        AcceptanceWorldAnswer answer =
                world.put(path, "{'userIds':['u2','u3']}").ok();

        assertThat(world.policy().usersOf(ID)).containsExactly("u2", "u3");
        assertThat(world.may("u1", "agent_view")).isFalse();
        assertThat(world.may("u2", "agent_view")).isTrue();
        assertThat(world.may("u3", "agent_view")).isTrue();
        assertThat(answer.json().has("userIds")).isFalse();
    }

    @Test
    @Tag("case-022")
    void an_empty_list_of_users_leaves_a_role_without_users() {
        String path = manager("u1", "u2");

        world.put(path, "{'userIds':[]}").ok();

        assertThat(world.policy().usersOf(ID)).isEmpty();
        assertThat(world.policy().users()).isEmpty();
        assertThat(world.get(path).ok().at("/userIds")).isEqualTo(AcceptanceWorldAnswer.tree("[]"));
    }

    @Test
    @Tag("case-023")
    void an_unknown_role_cannot_be_updated() {
        world.put(world.role("665a1b2c3d4e5f6a7b8c9d0f"), "{'name':'X'}").refused(404, Code.ROLE_NOT_FOUND);
    }

    @Test
    @Tag("case-024")
    void a_role_of_another_workspace_is_unknown() {
        String path = manager();

        AcceptanceWorldAnswer foreign = world.asOther().put(path, "{'name':'X'}");
        AcceptanceWorldAnswer unknown = world.asOther().put(world.role("665a1b2c3d4e5f6a7b8c9d0f"), "{'name':'X'}");

        foreign.refused(404, Code.ROLE_NOT_FOUND);
        assertThat(foreign.text().replace(ID, "")).isEqualTo(unknown.text().replace("665a1b2c3d4e5f6a7b8c9d0f", ""));
    }

    @Test
    @Tag("case-025")
    void an_update_with_one_bad_field_changes_nothing() {
        world.put(manager(), "{'name':'New','permissions':['agent_fly']}")
                .refused(400, Code.UNKNOWN_PERMISSION)
                .pointing("/permissions/0");

        assertThat(world.stored(ID).name()).isEqualTo("Manager");
    }

    @Test
    @Tag("case-026")
    void the_list_is_a_bare_array_in_the_order_of_creation() {
        List<String> created = new ArrayList<>();
        for (String name : List.of("b", "c", "a")) {
            created.add(world.createRole("{'name':'" + name + "','permissions':[],'userIds':['u_" + name + "']}")
                    .id());
        }

        AcceptanceWorldAnswer answer = world.get(world.roles()).ok();

        assertThat(answer.json().isArray()).isTrue();
        assertThat(AcceptanceWorldProduct.texts(answer.json(), "/_id")).containsExactlyElementsOf(created);
        assertThat(AcceptanceWorldProduct.texts(answer.json(), "/userIds/0")).containsExactly("u_b", "u_c", "u_a");
        answer.json()
                .forEach(role -> assertThat(AcceptanceWorldAnswer.fields(role))
                        .containsExactlyInAnyOrder("_id", "name", "permissions", "userIds"));
        world.put(world.role(created.get(0)), "{'name':'z'}").ok();
        assertThat(AcceptanceWorldProduct.texts(world.get(world.roles()).json(), "/_id"))
                .containsExactlyElementsOf(created);
    }

    @Test
    @Tag("case-027")
    void the_list_of_no_roles_is_empty() {
        assertThat(world.get(world.roles()).ok().json()).isEqualTo(AcceptanceWorldAnswer.tree("[]"));
    }

    @Test
    @Tag("case-028")
    void the_permissions_are_a_flat_list_with_equal_categories_adjacent() {
        AcceptanceWorldAnswer answer =
                world.get("/v1/api/roles-and-permissions/permissions").ok();

        assertThat(answer.json().isArray()).isTrue();
        for (JsonNode permission : answer.json()) {
            assertThat(AcceptanceWorldAnswer.fields(permission))
                    .containsExactlyInAnyOrder("key", "name", "description", "category");
        }
        assertThat(AcceptanceWorldProduct.texts(answer.json(), "/key"))
                .containsExactly(
                        "agent_view",
                        "agent_create",
                        "agent_edit",
                        "agent_delete",
                        "call_history_view",
                        "call_history_export");
        assertThat(answer.at("/0")).isEqualTo(AcceptanceWorldAnswer.tree("""
                                {"key":"agent_view","name":"View Agents",
                                 "description":"View agent configurations and details","category":"agents"}"""));
        List<String> categories = AcceptanceWorldProduct.texts(answer.json(), "/category");
        List<String> runs = new ArrayList<>();
        categories.forEach(category -> {
            if (runs.isEmpty() || !runs.get(runs.size() - 1).equals(category)) {
                runs.add(category);
            }
        });
        assertThat(runs).containsExactlyElementsOf(new LinkedHashSet<>(categories));
    }

    @Test
    @Tag("case-029")
    void a_deleted_role_is_gone_and_grants_nothing() {
        String path = manager("u1");

        AcceptanceWorldAnswer answer = world.delete(path).ok();

        assertThat(answer.json()).isEqualTo(AcceptanceWorldAnswer.tree("{\"success\":true}"));
        world.get(path).refused(404, Code.ROLE_NOT_FOUND);
        assertThat(world.may("u1", "agent_view")).isFalse();
        manager();
        assertThat(world.may("u1", "agent_view")).isFalse();
    }

    @Test
    @Tag("case-030")
    void a_role_cannot_be_deleted_twice() {
        String path = manager();
        world.delete(path).ok();

        world.delete(path).refused(404, Code.ROLE_NOT_FOUND);
    }

    @Test
    @Tag("case-031")
    void a_user_has_the_rights_of_all_their_roles() {
        world.createRole("{'name':'A','permissions':['agent_view'],'userIds':['u1']}")
                .created();
        String b = world.createRole("{'name':'B','permissions':['agent_edit'],'userIds':['u1']}")
                .created()
                .id();
        assertThat(world.may("u1", "agent_view")).isTrue();
        assertThat(world.may("u1", "agent_edit")).isTrue();

        world.delete(world.role(b)).ok();

        assertThat(world.may("u1", "agent_view")).isTrue();
        assertThat(world.may("u1", "agent_edit")).isFalse();
    }
}
