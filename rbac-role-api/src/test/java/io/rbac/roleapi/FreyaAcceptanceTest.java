package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.model.Violation.Code;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Creating and updating roles. */
class FreyaAcceptanceTest {

    private final AcceptanceWorld world = AcceptanceWorld.freya();

    private AcceptanceWorldAnswer createWith(String permissions) {
        return world.createRole("{'name':'R','permissions':" + permissions + "}");
    }

    private AcceptanceWorldAnswer named(String name) {
        return world.createRole("{'name':'" + name + "'}");
    }

    private AcceptanceWorldAnswer described(String description) {
        return world.createRole("{'name':'R','description':" + description + "}");
    }

    private static List<String> permissions(AcceptanceWorldAnswer answer) {
        return AcceptanceWorldAnswer.strings(answer.role().path("permissions"));
    }

    @Test
    @Tag("case-101")
    void a_role_that_only_has_a_name_is_created_in_the_envelope() {
        AcceptanceWorldAnswer answer = named("R").created();

        assertThat(AcceptanceWorldAnswer.fields(answer.json())).containsExactlyInAnyOrder("success", "data");
        assertThat(AcceptanceWorldAnswer.fields(answer.at("/data"))).containsExactlyInAnyOrder("message", "result");
        assertThat(AcceptanceWorldAnswer.fields(answer.at("/data/result"))).containsExactly("role");
        assertThat(answer.at("/success").booleanValue()).isTrue();
        assertThat(answer.at("/data/message").textValue()).isNotEmpty();
        JsonNode role = answer.at("/data/result/role");
        assertThat(AcceptanceWorldAnswer.fields(role))
                .containsExactlyInAnyOrder(
                        "id",
                        "workspaceId",
                        "name",
                        "description",
                        "permissions",
                        "isSystem",
                        "isDefault",
                        "memberCount",
                        "assignable",
                        "createdAt",
                        "updatedAt");
        assertThat(role.get("id").textValue()).isNotEmpty();
        assertThat(role.get("workspaceId").textValue()).isEqualTo(world.account());
        assertThat(role.get("name").textValue()).isEqualTo("R");
        assertThat(role.get("description").isNull()).isTrue();
        assertThat(role.get("permissions")).isEqualTo(AcceptanceWorldAnswer.tree("[]"));
        assertThat(role.get("isSystem")).isEqualTo(AcceptanceWorldAnswer.tree("false"));
        assertThat(role.get("isDefault")).isEqualTo(AcceptanceWorldAnswer.tree("false"));
        assertThat(role.get("memberCount")).isEqualTo(AcceptanceWorldAnswer.tree("0"));
        assertThat(role.get("assignable").isBoolean()).isTrue();
        assertThat(Instant.parse(role.get("createdAt").textValue()))
                .isEqualTo(world.stored(answer.id()).createdAt().orElseThrow());
        assertThat(role.get("updatedAt")).isEqualTo(role.get("createdAt"));
    }

    @Test
    @Tag("case-102")
    void a_name_has_up_to_60_characters() {
        named("n".repeat(60)).created();
        named("\uD83D\uDE00".repeat(60)).created();
    }

    @Test
    @Tag("case-103")
    @Tag("B39")
    void a_name_of_61_characters_is_too_long() {
        assertThat(named("n".repeat(61)).refused(400, Code.NAME_TOO_LONG).paths())
                .containsExactly("name");
    }

    @Test
    @Tag("case-104")
    void a_name_is_not_empty() {
        assertThat(named("").refused(400, Code.NAME_BLANK).paths()).containsExactly("name");
    }

    @Test
    @Tag("case-105")
    void a_name_must_be_sent() {
        assertThat(world.createRole("{'description':'d'}")
                        .refused(400, Code.NAME_MISSING)
                        .paths())
                .containsExactly("name");
    }

    @Test
    @Tag("case-106")
    void a_name_may_be_white_space() {
        assertThat(named(" ").created().role().path("name").textValue()).isEqualTo(" ");
    }

    @Test
    @Tag("case-107")
    void a_description_has_up_to_500_characters() {
        String text = "d".repeat(500);

        assertThat(described("'" + text + "'")
                        .created()
                        .role()
                        .path("description")
                        .textValue())
                .isEqualTo(text);
    }

    @Test
    @Tag("case-108")
    void a_description_of_501_characters_is_too_long() {
        assertThat(described("'" + "d".repeat(501) + "'")
                        .refused(400, Code.DESCRIPTION_TOO_LONG)
                        .paths())
                .containsExactly("description");
    }

    @Test
    @Tag("case-109")
    void a_description_may_be_null() {
        assertThat(described("null").created().role().path("description").isNull())
                .isTrue();
    }

    @Test
    @Tag("case-110")
    void a_description_may_be_empty() {
        assertThat(described("''").created().role().path("description")).isEqualTo(AcceptanceWorldAnswer.tree("\"\""));
    }

    @Test
    @Tag("case-111")
    void all_permissions_are_accepted_one_by_one_and_together() {
        List<String> keys = AcceptanceWorldCatalogs.freyaKeys();
        assertThat(keys).hasSize(101).doesNotHaveDuplicates();
        assertThat(keys.stream().map(key -> key.substring(0, key.indexOf(':'))).distinct())
                .hasSize(27);

        for (String key : keys) {
            assertThat(permissions(createWith("['" + key + "']").created())).containsExactly(key);
        }
        assertThat(permissions(
                        createWith("['" + String.join("','", keys) + "']").created()))
                .containsExactlyElementsOf(keys);
    }

    @Test
    @Tag("case-112")
    @Tag("B05")
    void unknown_permissions_are_refused() {
        for (String key : List.of("agents:fly", "agents:", "agents", "Agents:Read", "agents:read ", "", ":", "*")) {
            createWith("['calls:read','" + key + "']").refused(400, Code.UNKNOWN_PERMISSION);
        }
    }

    @Test
    @Tag("case-113")
    void not_every_group_has_every_action() {
        createWith("['inbound:read']").refused(400, Code.UNKNOWN_PERMISSION);
        createWith("['inbound:write']").created();
        createWith("['kb:articles-write']").created();
    }

    @Test
    @Tag("case-114")
    void permissions_are_shown_once_and_in_the_order_of_the_catalog() {
        assertThat(permissions(createWith("['speech-filter:preview','agents:read','calls:read','agents:read']")
                        .created()))
                .containsExactly("agents:read", "calls:read", "speech-filter:preview");
    }

    @Test
    @Tag("case-115")
    void a_role_created_without_permissions_has_none() {
        assertThat(permissions(createWith("null").created())).isEmpty();
        assertThat(permissions(named("R").created())).isEmpty();
    }

    @Test
    @Tag("case-116")
    @Tag("B63")
    void read_only_attributes_are_refused() {
        for (String field : List.of(
                "'isSystem':true",
                "'isSystem':false",
                "'isDefault':true",
                "'memberCount':1",
                "'assignable':true",
                "'id':'x'",
                "'workspaceId':'" + world.account() + "'",
                "'createdAt':'2024-06-01T09:00:00.000Z'",
                "'updatedAt':'2024-06-01T09:00:00.000Z'")) {
            String name = field.substring(1, field.indexOf('\'', 1));
            assertThat(world.createRole("{'name':'R'," + field + "}")
                            .refused(400, Code.READ_ONLY_ATTRIBUTE)
                            .paths())
                    .containsExactly(name);
        }
        world.createRole("{'name':'R','isSystem':true,'memberCount':3,'assignable':true}")
                .refused(400, Code.READ_ONLY_ATTRIBUTE, Code.READ_ONLY_ATTRIBUTE, Code.READ_ONLY_ATTRIBUTE);
    }

    @Test
    @Tag("case-117")
    void a_workspace_is_named_by_a_uuid() {
        for (String workspace : List.of("acme", "3c90c3cc-0d44-4b50-8888-8dd25736052", "1-1-1-1-1")) {
            world.post("/api/v2/workspaces/" + workspace + "/roles", "{'name':'R'}")
                    .refused(400, Code.ID_INVALID);
            world.get("/api/v2/workspaces/" + workspace + "/roles").refused(400, Code.ID_INVALID);
        }
    }

    @Test
    @Tag("case-118")
    void an_update_replaces_what_it_sends_and_keeps_the_rest() {
        AcceptanceWorldAnswer created = world.createRole(
                        "{'name':'R','description':'d','permissions':['calls:read','calls:write']}")
                .created();
        String path = world.role(created.id());

        AcceptanceWorldAnswer first =
                world.put(path, "{'permissions':['calls:read']}").ok();
        assertThat(permissions(first)).containsExactly("calls:read");
        assertThat(first.role().get("description").textValue()).isEqualTo("d");
        assertThat(first.role().get("name").textValue()).isEqualTo("R");
        assertThat(first.role().get("createdAt")).isEqualTo(created.role().get("createdAt"));
        Instant updated = Instant.parse(first.role().get("updatedAt").textValue());
        assertThat(updated)
                .isAfter(Instant.parse(created.role().get("updatedAt").textValue()));

        AcceptanceWorldAnswer second =
                world.send("PATCH", path, "{\"description\":null}").ok();
        assertThat(second.role().get("description").isNull()).isTrue();
        assertThat(permissions(second)).containsExactly("calls:read");
        assertThat(second.role().get("createdAt")).isEqualTo(created.role().get("createdAt"));
        assertThat(Instant.parse(second.role().get("updatedAt").textValue())).isAfter(updated);
    }

    @Test
    @Tag("case-127")
    void one_permission_does_not_imply_another() {
        String role = createWith("['agents:write']").created().id();
        world.put(world.roles().replace("/roles", "/members/writer"), "{'roleId':'" + role + "'}")
                .done();

        assertThat(world.may("writer", "agents:write")).isTrue();
        assertThat(AcceptanceWorldCatalogs.freyaKeys().stream()
                        .filter(key -> world.may("writer", key))
                        .collect(Collectors.toList()))
                .containsExactly("agents:write");
    }
}
