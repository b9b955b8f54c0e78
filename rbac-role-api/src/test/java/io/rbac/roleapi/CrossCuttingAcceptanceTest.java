package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.engine.PermissionEngine;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CrossCuttingAcceptanceTest {

    private static List<AcceptanceWorld> worlds() {
        return List.of(AcceptanceWorld.trillet(), AcceptanceWorld.pulse(), AcceptanceWorld.freya());
    }

    /** Creates an account role with these permissions and assigns it to a user, as clients of the product do. */
    private static void give(AcceptanceWorld world, String user, String role, List<String> keys) {
        String list = "['" + String.join("','", keys) + "']";
        switch (world.product()) {
            case TRILLET ->
                world.createRole("{'name':'" + role + "','permissions':" + list + ",'userIds':['" + user + "']}")
                        .created();
            case PULSE -> {
                ObjectNode rights = AcceptanceWorldAnswer.MAPPER.createObjectNode();
                keys.forEach(key -> rights.withObject("/" + key.substring(0, key.indexOf(':')))
                        .put(key.substring(key.indexOf(':') + 1), true));
                String id = world.createPulse("{'name':'" + role + "','scope':'account','rights':" + rights + "}")
                        .created()
                        .id();
                world.setRoles("account", "{'user_id':'" + user + "','role_ids':['" + id + "']}")
                        .done();
            }
            case FREYA -> {
                String id = world.createRole("{'name':'" + role + "','permissions':" + list + "}")
                        .created()
                        .id();
                world.put(world.roles().replace("/roles", "/members/" + user), "{'roleId':'" + id + "'}")
                        .done();
            }
        }
    }

    private static List<String> things(AcceptanceWorld world) {
        return switch (world.product()) {
            case TRILLET -> List.of("agent_view", "agent_edit", "agent_delete");
            case PULSE -> List.of("user:read", "user:update", "user:delete");
            case FREYA -> List.of("agents:read", "agents:write", "agents:delete");
        };
    }

    @Test
    @Tag("case-128")
    void the_same_roles_give_the_same_answers_in_all_three() {
        for (AcceptanceWorld world : worlds()) {
            List<String> keys = things(world);
            give(world, "viewer", "View-only", keys.subList(0, 1));
            give(world, "editor", "Editor", keys.subList(0, 2));
            give(world, "chief", "Admin", keys);

            List<List<Boolean>> answers = new ArrayList<>();
            for (String user : List.of("viewer", "editor", "chief", "nobody")) {
                answers.add(keys.stream().map(key -> world.may(user, key)).toList());
            }
            assertThat(answers)
                    .as(world.product().name())
                    .containsExactly(
                            List.of(true, false, false),
                            List.of(true, true, false),
                            List.of(true, true, true),
                            List.of(false, false, false));
        }
    }

    @Test
    @Tag("case-129")
    void a_matrix_never_changes() {
        for (AcceptanceWorld world : worlds()) {
            String key = things(world).get(0);
            world.host("r", Scope.ACCOUNT, key);
            world.host(Change.assign("u1", "r", Target.account()));
            PermissionMatrix held = world.engine().matrix(world.account());
            Policy policy = world.policy();
            int roles = policy.roles().size();

            world.createRole(world.product().roleBody("New")).created();
            world.host(Change.removeUser("u1"), Change.deleteRole("r"));

            assertThat(world.may("u1", key)).isFalse();
            assertThat(held.hasPermission("u1", key, Target.account())).isTrue();
            assertThat(held.policy()).isSameAs(policy);
            assertThat(policy.roles()).hasSize(roles);
            assertThat(policy.usersOf("r")).containsExactly("u1");
        }
    }

    @Test
    @Tag("case-130")
    void unknown_names_are_denied_and_a_typo_is_found_at_start_up() {
        for (AcceptanceWorld world : worlds()) {
            PermissionCatalog catalog = world.policy().catalog();
            String key = things(world).get(0);
            world.host("r", Scope.ACCOUNT, key);
            world.host(Change.assign("u1", "r", Target.account()));

            assertThat(world.may("unknown", key)).isFalse();
            assertThat(world.may("u1", "no_such_key")).isFalse();
            assertThat(world.may("u1", key)).isTrue();
            assertThatExceptionOfType(PolicyViolationException.class)
                    .isThrownBy(() -> catalog.permission("no_such_key"))
                    .satisfies(e -> assertThat(e.violations())
                            .extracting(Violation::code)
                            .containsExactly(Code.UNKNOWN_PERMISSION));
        }
    }

    @Test
    @Tag("case-131")
    void the_id_of_a_role_may_have_any_form() {
        for (AcceptanceWorld world : worlds()) {
            for (String id : List.of(
                    "665a1b2c3d4e5f6a7b8c9d0e",
                    "7f0d0f1a-6852-4634-89c0-9418fb8dc71b",
                    "r_1",
                    "a/b",
                    "ä ö",
                    "%41",
                    "..")) {
                world.host(id, Scope.ACCOUNT, things(world).get(0));
                String path = world.product().roles() + '/' + percent(id);

                AcceptanceWorldAnswer answer = world.get(path).ok();

                assertThat(answer.id()).isEqualTo(id);
                world.delete(path).ok();
            }
        }
    }

    private static String percent(String id) {
        StringBuilder text = new StringBuilder();
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            text.append("%%%02X".formatted(b & 0xFF));
        }
        return text.toString();
    }

    @Test
    @Tag("case-132")
    void a_catalog_may_have_many_permissions() {
        PermissionCatalog catalog = PermissionCatalog.builder()
                .group("g", IntStream.range(0, 130).mapToObj(i -> "a" + i).toArray(String[]::new))
                .build();
        assertThat(catalog.allRights().toLongArray()).hasSize(3);
        int[] positions = {0, 1, 62, 63, 64, 65, 126, 127, 128, 129};
        PolicyRules rules = RoleDialect.trillet().rules();
        try (PermissionEngine engine = PermissionEngine.builder()
                .catalog(catalog)
                .rules(rules)
                .guard(RoleDialect.trillet().guard(catalog))
                .ids(RoleDialect.trillet().ids())
                .build()) {
            engine.create(
                    Policy.builder().account("w").catalog(catalog).rules(rules).build());
            RoleApi api = RoleApi.builder(engine, RoleDialect.trillet())
                    .authentication(request -> request.header("x-api-key").map(key -> Caller.account("w")))
                    .build();
            for (int position : positions) {
                RoleResponse response = api.handle(RoleRequest.of("POST", AcceptanceWorldProduct.TRILLET.roles())
                        .header("x-api-key", "k")
                        .header("x-workspace-id", "w")
                        .header("content-type", "application/json")
                        .body("{\"name\":\"n\",\"permissions\":[\"g:a" + position + "\"],\"userIds\":[\"u" + position
                                + "\"]}"));
                assertThat(response.status()).isEqualTo(201);
            }
            for (int user : positions) {
                for (int asked = 0; asked < 130; asked++) {
                    assertThat(engine.hasPermission("w", "u" + user, "g:a" + asked, Target.account()))
                            .isEqualTo(user == asked);
                }
            }
        }
    }

    @Test
    @Tag("case-133")
    @Tag("P61")
    void a_response_can_be_sent_back_and_changes_nothing() {
        for (AcceptanceWorld world : worlds()) {
            give(world, "u1", "Sent", things(world));
            String id = world.policy().roles().stream()
                    .filter(role -> role.name().equals("Sent"))
                    .findFirst()
                    .orElseThrow()
                    .id();
            AcceptanceWorldAnswer created =
                    world.createRole(world.product().roleBody("Created")).created();
            List<JsonNode> shown = new ArrayList<>(List.of(
                    created.role(),
                    world.get(world.role(id)).ok().role(),
                    world.put(world.role(created.id()), rename(world)).ok().role()));
            JsonNode list = world.get(world.roles()).ok().json();
            (list.isArray()
                            ? list
                            : world.product() == AcceptanceWorldProduct.PULSE
                                    ? list.at("/data")
                                    : list.at("/data/result/roles"))
                    .forEach(shown::add);
            assertThat(shown).hasSizeGreaterThanOrEqualTo(5);

            shown.remove(0); // its name has changed since
            for (JsonNode role : shown) {
                Policy before = world.policy();
                String path = world.role(role.path(world.product().idField()).asText());
                world.send("PUT", path, sendable(world, role).toString()).ok();
                assertThat(world.policy()).isSameAs(before);
            }
        }
    }

    private static String rename(AcceptanceWorld world) {
        return world.product() == AcceptanceWorldProduct.PULSE
                ? AcceptanceWorld.pulse("{'name':'Renamed'}")
                : "{'name':'Renamed'}";
    }

    /** Returns a role in the form of a request: Trillet reads keys and shows objects. */
    private static JsonNode sendable(AcceptanceWorld world, JsonNode role) {
        ObjectNode sent = role.deepCopy();
        if (world.product() == AcceptanceWorldProduct.PULSE) {
            return AcceptanceWorldAnswer.MAPPER.createObjectNode().set("data", sent);
        }
        if (world.product() == AcceptanceWorldProduct.TRILLET) {
            ArrayNode keys = sent.putArray("permissions");
            role.get("permissions").forEach(permission -> keys.add(permission.get("key")));
        }
        return sent;
    }

    @Test
    @Tag("case-134")
    @Tag("B04")
    void an_unknown_field_is_refused_unless_reading_is_lenient() {
        for (AcceptanceWorldProduct product : AcceptanceWorldProduct.values()) {
            AcceptanceWorld strict = AcceptanceWorld.of(product);
            AcceptanceWorld lenient =
                    AcceptanceWorld.of(product, product.dialect().withLenientReading(true));
            String body = product.roleBody("R").replaceFirst("\"name\"", "\"colour\":\"red\",\"name\"");

            strict.createRole(body).refused(product.invalid(), Code.UNKNOWN_FIELD);
            AcceptanceWorldAnswer created = lenient.createRole(body).created();
            assertThat(created.text()).doesNotContain("colour");
            assertThat(lenient.stored(created.id()).name()).isEqualTo("R");
        }
        AcceptanceWorld pulse = AcceptanceWorld.pulse();
        pulse.createRole("""
                        {'data':{'type':'role','attributes':{'name':'R'},'meta':{'x':1},
                                 'relationships':{'y':{}},'links':{'self':'/z'}}}""").created();
    }
}
