package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Violation.Code;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TrilletCreateAcceptanceTest {

    private static final String MANAGER = """
            {'name':'Manager','description':'d',
             'permissions':['agent_view','agent_create','agent_edit','call_history_view']}""";

    private final AcceptanceWorld world = AcceptanceWorld.trillet();

    @Test
    @Tag("case-001")
    void a_created_role_is_shown_with_objects_for_its_permissions() {
        AcceptanceWorldAnswer answer = world.createRole(MANAGER).created();

        assertThat(AcceptanceWorldAnswer.fields(answer.json()))
                .containsExactlyInAnyOrder("_id", "name", "description", "permissions", "workspaceId", "createdAt");
        assertThat(answer.at("/permissions")).isEqualTo(AcceptanceWorldAnswer.tree("""
                        [{"key":"agent_view","category":"agents"},
                         {"key":"agent_create","category":"agents"},
                         {"key":"agent_edit","category":"agents"},
                         {"key":"call_history_view","category":"calls"}]"""));
        assertThat(answer.at("/_id").textValue()).matches("[0-9a-f]{24}");
        assertThat(answer.at("/name").textValue()).isEqualTo("Manager");
        assertThat(answer.at("/description").textValue()).isEqualTo("d");
        assertThat(answer.at("/workspaceId").textValue()).isEqualTo(world.account());
        assertThat(answer.at("/createdAt").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(Instant.parse(answer.at("/createdAt").textValue()))
                .isEqualTo(world.stored(answer.id()).createdAt().orElseThrow());
    }

    @Test
    @Tag("case-002")
    @Tag("B77")
    void a_role_without_permissions_gives_its_users_none() {
        AcceptanceWorldAnswer answer = world.createRole(
                        "{'name':'Viewer','description':'Read-only role','permissions':[],'userIds':['u1']}")
                .created();

        assertThat(answer.at("/permissions")).isEqualTo(AcceptanceWorldAnswer.tree("[]"));
        assertThat(world.policy().usersOf(answer.id())).containsExactly("u1");
        assertThat(world.policy().catalog().permissions()).noneMatch(permission -> world.may("u1", permission.key()));
    }

    @Test
    @Tag("case-003")
    void permissions_are_required_on_create() {
        world.createRole("{'name':'Manager','description':'d'}")
                .refused(400, Code.RIGHTS_REQUIRED)
                .pointing("/permissions");
    }

    @Test
    @Tag("case-004")
    @Tag("B11")
    void null_is_not_a_list_of_permissions() {
        world.createRole("{'name':'Manager','permissions':null}")
                .refused(400, Code.RIGHTS_REQUIRED)
                .pointing("/permissions");
    }

    @Test
    @Tag("case-005")
    @Tag("B12")
    void a_permission_is_sent_as_a_string_and_not_as_an_object() {
        world.createRole("{'name':'M','permissions':[{'key':'agent_view','category':'agents'}]}")
                .refused(400, Code.WRONG_TYPE)
                .pointing("/permissions/0");
    }

    @Test
    @Tag("case-006")
    void an_unknown_permission_is_refused_and_no_role_is_created() {
        AcceptanceWorldAnswer answer = world.createRole("{'name':'M','permissions':['agent_fly']}")
                .refused(400, Code.UNKNOWN_PERMISSION)
                .pointing("/permissions/0");

        assertThat(answer.text()).contains("`agent_fly`");
        assertThat(world.policy().roles()).isEmpty();
    }

    @Test
    @Tag("case-007")
    @Tag("B05")
    void every_bad_permission_is_reported() {
        AcceptanceWorldAnswer answer = world.createRole("{'name':'M','permissions':['agent_view',7,'nope']}")
                .refused(400, Code.WRONG_TYPE, Code.UNKNOWN_PERMISSION)
                .pointing("/permissions/1", "/permissions/2");

        assertThat(answer.paths().get(answer.codes().indexOf("WRONG_TYPE"))).isEqualTo("/permissions/1");
    }

    @Test
    @Tag("case-008")
    void a_permission_named_twice_counts_once() {
        assertThat(world.createRole("{'name':'M','permissions':['agent_view','agent_view']}")
                        .created()
                        .at("/permissions"))
                .isEqualTo(AcceptanceWorldAnswer.tree("[{\"key\":\"agent_view\",\"category\":\"agents\"}]"));
    }

    @Test
    @Tag("case-009")
    void a_name_is_required_on_create() {
        world.createRole("{'permissions':[]}").refused(400, Code.NAME_MISSING).pointing("/name");
    }

    @Test
    @Tag("case-010")
    void an_empty_name_is_refused() {
        world.createRole("{'name':'','permissions':[]}")
                .refused(400, Code.NAME_BLANK)
                .pointing("/name");
    }

    @Test
    @Tag("case-011")
    void a_name_may_be_long() {
        String name = "n".repeat(5_000);

        AcceptanceWorldAnswer answer =
                world.createRole("{'name':'" + name + "','permissions':[]}").created();

        assertThat(world.stored(answer.id()).name()).isEqualTo(name);
    }

    @Test
    @Tag("case-012")
    void users_named_on_create_get_the_role_and_are_not_shown() {
        AcceptanceWorldAnswer answer = world.createRole(
                        "{'name':'M','permissions':['agent_view'],'userIds':['user_001','user_002']}")
                .created();

        assertThat(world.may("user_001", "agent_view")).isTrue();
        assertThat(world.may("user_002", "agent_view")).isTrue();
        assertThat(world.may("user_003", "agent_view")).isFalse();
        assertThat(answer.json().has("userIds")).isFalse();
    }

    @Test
    @Tag("case-013")
    void getting_a_role_shows_its_users() {
        String id = world.createRole("""
                        {'name':'M','description':'d','permissions':['agent_view'],
                         'userIds':['user_002','user_001','user_002']}""").id();

        AcceptanceWorldAnswer answer = world.get(world.role(id)).ok();

        assertThat(AcceptanceWorldAnswer.fields(answer.json()))
                .containsExactlyInAnyOrder("_id", "name", "description", "permissions", "userIds");
        assertThat(AcceptanceWorldAnswer.strings(answer.at("/userIds"))).containsExactly("user_001", "user_002");
    }

    @Test
    @Tag("case-014")
    void an_absent_description_is_left_out() {
        AcceptanceWorldAnswer answer =
                world.createRole("{'name':'M','permissions':[]}").created();

        assertThat(answer.json().has("description")).isFalse();
        assertThat(world.get(world.role(answer.id())).json().has("description")).isFalse();
    }

    @Test
    @Tag("case-032")
    void a_response_can_be_read_and_is_not_a_request() {
        AcceptanceWorldAnswer answer = world.createRole(MANAGER).created();
        JsonNode shown = answer.json();
        Role stored = world.stored(answer.id());

        assertThat(Role.builder(shown.get("_id").textValue(), Scope.ACCOUNT)
                        .name(shown.get("name").textValue())
                        .description(shown.get("description").textValue())
                        .rights(world.rights(AcceptanceWorldProduct.texts(shown.get("permissions"), "/key")
                                .toArray(String[]::new)))
                        .createdAt(Instant.parse(shown.get("createdAt").textValue()))
                        .updatedAt(stored.updatedAt().orElseThrow())
                        .build())
                .isEqualTo(stored);

        world.put(world.role(answer.id()), shown.toString())
                .refused(400, Code.WRONG_TYPE, Code.WRONG_TYPE, Code.WRONG_TYPE, Code.WRONG_TYPE)
                .pointing("/permissions/0", "/permissions/1", "/permissions/2", "/permissions/3");
        AcceptanceWorldAnswer again = world.send("POST", world.roles(), shown.toString());
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.codes()).contains("WRONG_TYPE").isSubsetOf("WRONG_TYPE", "READ_ONLY_ATTRIBUTE");

        ObjectNode sent = ((ObjectNode) shown.deepCopy()).without(List.of("_id", "workspaceId", "createdAt"));
        ArrayNode keys = sent.putArray("permissions");
        shown.get("permissions").forEach(permission -> keys.add(permission.get("key")));
        assertThat(world.send("POST", world.roles(), sent.toString()).created().at("/permissions"))
                .isEqualTo(shown.get("permissions"));
    }
}
