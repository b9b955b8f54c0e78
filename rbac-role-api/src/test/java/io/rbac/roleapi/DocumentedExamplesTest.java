package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.model.Change;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The requests and responses that the vendors print. */
class DocumentedExamplesTest {

    private static final String TRILLET_UPDATE = """
            {
              "name": "Senior Manager",
              "description": "Full access to everything including billing and settings",
              "permissions": [
                "agent_view",
                "agent_create",
                "agent_edit",
                "agent_delete",
                "call_history_view"
              ]
            }
            """;

    private static final String TRILLET_UPDATED = """
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
            }
            """;

    private static final String FREYA_CREATED = """
            {
              "success": true,
              "data": {
                "message": "<string>",
                "result": {
                  "role": {
                    "id": "<string>",
                    "workspaceId": "3c90c3cc-0d44-4b50-8888-8dd25736052a",
                    "name": "<string>",
                    "description": "<string>",
                    "permissions": [],
                    "isSystem": true,
                    "isDefault": true,
                    "memberCount": 1,
                    "assignable": true,
                    "createdAt": "<string>",
                    "updatedAt": "<string>"
                  }
                }
              }
            }
            """;

    // Trillet: both documents print the same example

    @Test
    void trillet_update() {
        AcceptanceWorld world = AcceptanceWorld.trillet();
        world.host("665a1b2c3d4e5f6a7b8c9d0e", Scope.ACCOUNT, "call_history_export");

        RoleResponse response = world.api()
                .handle(RoleRequest.of("PUT", "/v1/api/roles-and-permissions/roles/665a1b2c3d4e5f6a7b8c9d0e")
                        .header("x-api-key", "account")
                        .header("x-workspace-id", world.account())
                        .header("Content-Type", "application/json")
                        .body(TRILLET_UPDATE));

        assertThat(response.status()).isEqualTo(200);
        assertThat(AcceptanceWorldAnswer.tree(response.text())).isEqualTo(AcceptanceWorldAnswer.tree(TRILLET_UPDATED));
    }

    @Test
    void trillet_update_with_the_members_in_the_printed_order() {
        AcceptanceWorld world = AcceptanceWorld.trillet();
        world.host("665a1b2c3d4e5f6a7b8c9d0e", Scope.ACCOUNT);

        assertThat(world.send("PUT", world.role("665a1b2c3d4e5f6a7b8c9d0e"), TRILLET_UPDATE)
                        .ok()
                        .json()
                        .toString())
                .isEqualTo(AcceptanceWorldAnswer.tree(TRILLET_UPDATED).toString());
    }

    // Pulse

    /** Returns the response with `...` as its attributes, as printed; the permissions are documented separately. */
    private static JsonNode printed(AcceptanceWorldAnswer answer) {
        ObjectNode printed = answer.json().deepCopy();
        Iterable<JsonNode> roles = printed.get("data").isArray() ? printed.get("data") : List.of(printed.get("data"));
        for (JsonNode role : roles) {
            assertThat(AcceptanceWorldAnswer.fields(role.get("attributes")))
                    .containsExactlyInAnyOrder(
                            "account_id", "default", "discarded_at", "name", "rights", "role_type", "scope");
            assertThat(role.at("/meta/permissions/actions").isObject()).isTrue();
            ((ObjectNode) role).set("attributes", TextNode.valueOf("..."));
            ((ObjectNode) role).remove("meta");
        }
        return printed;
    }

    private static AcceptanceWorld pulse(String... roles) {
        AcceptanceWorld world = AcceptanceWorld.pulse();
        for (String role : roles) {
            world.host(role, Scope.TEAM, "user:read");
        }
        return world;
    }

    private static AcceptanceWorldAnswer send(AcceptanceWorld world, String method, String target, String body) {
        RoleRequest request = RoleRequest.of(method, target)
                .header("Authorization", "Bearer account")
                .header("Content-Type", "application/vnd.api+json");
        return AcceptanceWorldAnswer.of(
                AcceptanceWorldProduct.PULSE, world.api().handle(body.isEmpty() ? request : request.body(body)));
    }

    @Test
    void pulse_create() {
        AcceptanceWorldAnswer answer = send(pulse(), "POST", "/api/v1/roles", """
                {
                "data": {
                "type": "role",
                "attributes": {
                "name": "Role"
                }
                }
                }
                """);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(printed(answer)).isEqualTo(AcceptanceWorldAnswer.tree("""
                                {
                                "data": [
                                {
                                "id": "7f0d0f1a-6852-4634-89c0-9418fb8dc71b",
                                "type": "role",
                                "attributes": "..."
                                }
                                ]
                                }
                                """.replace(
                        "7f0d0f1a-6852-4634-89c0-9418fb8dc71b", answer.id())));
    }

    @Test
    void pulse_update() {
        String id = "b1d925db-e688-4fa0-9432-db8db55ed370";

        AcceptanceWorldAnswer answer = send(pulse(id), "PUT", "/api/v1/roles/" + id, """
                {
                "data": {
                "type": "role",
                "attributes": {
                "name": "Updated Role"
                }
                }
                }
                """);

        assertThat(answer.ok().attributes().path("name").textValue()).isEqualTo("Updated Role");
        assertThat(printed(answer)).isEqualTo(AcceptanceWorldAnswer.tree("""
                                {
                                "data": {
                                "id": "b1d925db-e688-4fa0-9432-db8db55ed370",
                                "type": "role",
                                "attributes": "..."
                                }
                                }
                                """));
    }

    @Test
    void pulse_show() {
        String id = "7182c2bb-ec46-4675-bd56-413ba862dd1e";

        AcceptanceWorldAnswer answer = send(pulse(id), "GET", "/api/v1/roles/" + id, "");

        assertThat(printed(answer.ok())).isEqualTo(AcceptanceWorldAnswer.tree("""
                                {
                                "data": {
                                "id": "7182c2bb-ec46-4675-bd56-413ba862dd1e",
                                "type": "role",
                                "attributes": "..."
                                }
                                }
                                """));
    }

    @Test
    void pulse_list() {
        AcceptanceWorld world = pulse("3aab0a84-8ed3-4ddf-8572-f1799bb60e0a", "4aab0a84-8ed3-4ddf-8572-f1799bb60e0b");

        JsonNode printed = printed(send(world, "GET", "/api/v1/roles", "").ok());

        assertThat(AcceptanceWorldAnswer.fields(printed))
                .containsOnlyOnce("data")
                .doesNotContain("errors");
        assertThat(printed.get("data"))
                .hasSize(world.policy().roles().size())
                .contains(AcceptanceWorldAnswer.tree("""
                                {
                                "id": "3aab0a84-8ed3-4ddf-8572-f1799bb60e0a",
                                "type": "role",
                                "attributes": "..."
                                }
                                """));
    }

    @Test
    void pulse_delete() {
        String id = "d567ce32-37c7-43de-8e65-ed48944d9c91";

        AcceptanceWorldAnswer answer = send(pulse(id), "DELETE", "/api/v1/roles/" + id, "");

        assertThat(printed(answer.ok())).isEqualTo(AcceptanceWorldAnswer.tree("""
                                {
                                "data": {
                                "id": "d567ce32-37c7-43de-8e65-ed48944d9c91",
                                "type": "role",
                                "attributes": "..."
                                }
                                }
                                """));
    }

    @Test
    void pulse_rights_as_the_page_describes_them() {
        AcceptanceWorld world = pulse();

        AcceptanceWorldAnswer answer = world.createPulse("""
                        {'name':'Role','scope':'account','default':true,'rights':{
                          'user':{'create':true,'read':true,'update':false,'delete':false},
                          'team_membership':{'create':false,'read':false,'update':false,'delete':false,'manage':true}}}""").created();

        assertThat(answer.attributes().get("rights"))
                .isEqualTo(AcceptanceWorldAnswer.tree(
                        "{\"user\":{\"create\":true,\"read\":true},\"team_membership\":{\"manage\":true}}"));
    }

    // Freya

    /** Returns a response with the placeholders that the page prints. */
    private static JsonNode placeholders(JsonNode node, String name) {
        if (node.isObject()) {
            ObjectNode copy = AcceptanceWorldAnswer.MAPPER.createObjectNode();
            node.properties()
                    .forEach(field -> copy.set(field.getKey(), placeholders(field.getValue(), field.getKey())));
            return copy;
        } else if (node.isArray()) {
            return AcceptanceWorldAnswer.MAPPER.createArrayNode();
        } else if (node.isTextual()) {
            return name.equals("workspaceId") ? node : TextNode.valueOf("<string>");
        } else if (node.isBoolean()) {
            return BooleanNode.TRUE;
        }
        return node.isInt() ? AcceptanceWorldAnswer.tree("1") : node;
    }

    @Test
    void freya_create() {
        AcceptanceWorld world = AcceptanceWorld.freya();

        AcceptanceWorldAnswer answer = AcceptanceWorldAnswer.of(
                AcceptanceWorldProduct.FREYA,
                world.api()
                        .handle(RoleRequest.of("POST", "/api/v2/workspaces/" + world.account() + "/roles")
                                .header("Authorization", "Bearer account")
                                .header("Content-Type", "application/json")
                                .body("""

                                        {
                                          "name": "<string>",
                                          "description": "<string>",
                                          "permissions": []
                                        }
                                        """)));

        answer.created();
        assertThat(placeholders(answer.json(), "")).isEqualTo(AcceptanceWorldAnswer.tree(FREYA_CREATED));
        assertThat(answer.role().get("name").textValue()).isEqualTo("<string>");
        assertThat(answer.role().get("description").textValue()).isEqualTo("<string>");
        assertThat(answer.role().get("permissions")).isEqualTo(AcceptanceWorldAnswer.tree("[]"));
    }

    @Test
    void freya_role_with_the_printed_values() {
        var catalog = AcceptanceWorldCatalogs.freya();
        RoleDialect dialect = RoleDialect.freya();
        Instant created = Instant.parse("2024-06-01T09:00:00Z");
        try (PermissionEngine engine = PermissionEngine.builder()
                .catalog(catalog)
                .rules(dialect.rules())
                .guard(dialect.guard(catalog))
                .store(new InMemoryPolicyStore())
                .build()) {
            String workspace = AcceptanceWorldProduct.FREYA.account();
            engine.create(Policy.builder()
                    .account(workspace)
                    .catalog(catalog)
                    .rules(dialect.rules())
                    .role(Role.builder("<string>", Scope.ACCOUNT)
                            .name("<string>")
                            .description("<string>")
                            .type(RoleType.SYSTEM)
                            .defaultRole(true)
                            .createdAt(created)
                            .updatedAt(created)
                            .build())
                    .role(Role.builder("owner", Scope.ACCOUNT)
                            .name("Owner")
                            .type(RoleType.SYSTEM)
                            .rights(catalog.allRights())
                            .build())
                    .assign("mia", "<string>", Target.account())
                    .assign("olga", "owner", Target.account())
                    .build());
            RoleApi api = RoleApi.builder(engine, dialect)
                    .authentication(
                            request -> request.header("Authorization").map(value -> Caller.user(workspace, "olga")))
                    .build();

            RoleResponse response =
                    api.handle(RoleRequest.of("GET", "/api/v2/workspaces/" + workspace + "/roles/%3Cstring%3E")
                            .header("Authorization", "Bearer <token>"));

            assertThat(response.status()).isEqualTo(200);
            ObjectNode body = (ObjectNode) AcceptanceWorldAnswer.tree(response.text());
            ((ObjectNode) body.get("data")).put("message", "<string>");
            ObjectNode role = (ObjectNode) body.at("/data/result/role");
            assertThat(role.get("createdAt").textValue()).isEqualTo("2024-06-01T09:00:00.000Z");
            role.put("createdAt", "<string>").put("updatedAt", "<string>");
            assertThat(body).isEqualTo(AcceptanceWorldAnswer.tree(FREYA_CREATED));
        }
    }

    // Trillet: the fields that its other pages document

    @Test
    void trillet_show_and_list() {
        AcceptanceWorld world = AcceptanceWorld.trillet();
        world.host(Change.createRole(
                "665a1b2c3d4e5f6a7b8c9d0e",
                Scope.ACCOUNT,
                RoleUpdate.builder()
                        .name("Manager")
                        .description("Can view and edit agents")
                        .rights(world.rights("agent_view"))
                        .build()));
        world.host(Change.setUsers("665a1b2c3d4e5f6a7b8c9d0e", Target.account(), List.of("user_001", "user_002")));
        JsonNode expected = AcceptanceWorldAnswer.tree("""
                {
                  "_id": "665a1b2c3d4e5f6a7b8c9d0e",
                  "name": "Manager",
                  "description": "Can view and edit agents",
                  "permissions": [{ "key": "agent_view", "category": "agents" }],
                  "userIds": ["user_001", "user_002"]
                }""");
        ArrayNode list = AcceptanceWorldAnswer.MAPPER.createArrayNode().add(expected);

        assertThat(world.get(world.role("665a1b2c3d4e5f6a7b8c9d0e")).ok().json())
                .isEqualTo(expected);
        assertThat(world.get(world.roles()).ok().json()).isEqualTo(list);
    }
}
