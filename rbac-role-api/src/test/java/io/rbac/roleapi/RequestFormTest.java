package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Change;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values of wrong types, invalid ids, and fields that belong elsewhere. */
class RequestFormTest {

    // Trillet

    @Test
    @Tag("B12")
    void trillet_reports_each_value_of_a_wrong_type() {
        AcceptanceWorld world = AcceptanceWorld.trillet();
        world.host("r", Scope.ACCOUNT);
        Map<String, String> wrong = Map.of(
                "'name':7", "/name",
                "'name':['R']", "/name",
                "'description':{}", "/description",
                "'permissions':'agent_view'", "/permissions",
                "'permissions':{}", "/permissions",
                "'permissions':[null]", "/permissions/0",
                "'userIds':'u1'", "/userIds",
                "'userIds':['u1',2]", "/userIds/1");

        wrong.forEach((field, path) -> {
            AcceptanceWorldAnswer answer =
                    world.put(world.role("r"), "{" + field + "}").is(400).pointing(path);
            assertThat(answer.codes()).hasSize(1).isSubsetOf("WRONG_TYPE", "NULL_VALUE");
        });
        assertThat(world.put(world.role("r"), "{'name':7,'description':8,'permissions':9,'userIds':10}")
                        .is(400)
                        .paths())
                .containsExactlyInAnyOrder("/name", "/description", "/permissions", "/userIds");
    }

    @Test
    void trillet_refuses_users_that_have_no_valid_id() {
        AcceptanceWorld world = AcceptanceWorld.trillet();

        world.createRole("{'name':'R','permissions':[],'userIds':['u1','']}")
                .refused(400, Code.ID_INVALID)
                .pointing("/userIds/1");
        world.createRole("{'name':'R','permissions':[],'userIds':['a\\u0000b','u2','" + "x".repeat(257) + "']}")
                .refused(400, Code.ID_INVALID, Code.ID_INVALID)
                .pointing("/userIds/0", "/userIds/2");
        assertThat(world.policy().roles()).isEmpty();
    }

    @Test
    void null_clears_a_description_of_trillet() {
        AcceptanceWorld world = AcceptanceWorld.trillet();
        String id = world.createRole("{'name':'R','description':'d','permissions':[]}")
                .id();

        assertThat(world.put(world.role(id), "{'description':null}").ok().json().has("description"))
                .isFalse();

        assertThat(world.stored(id).description()).isEmpty();
    }

    @Test
    void trillet_accepts_read_only_attributes_that_are_unchanged() {
        AcceptanceWorld world = AcceptanceWorld.trillet();
        AcceptanceWorldAnswer created =
                world.createRole("{'name':'R','permissions':[]}").created();
        String path = world.role(created.id());
        String createdAt = created.at("/createdAt").textValue();

        world.put(
                        path,
                        "{'_id':'" + created.id() + "','workspaceId':'" + world.account() + "','createdAt':'"
                                + createdAt + "'}")
                .ok();
        world.put(path, "{'_id':'x'}").refused(400, Code.READ_ONLY_ATTRIBUTE).pointing("/_id");
        world.put(path, "{'workspaceId':'x'}")
                .refused(400, Code.READ_ONLY_ATTRIBUTE)
                .pointing("/workspaceId");
        world.put(path, "{'createdAt':'2000-01-01T00:00:00.000Z'}")
                .refused(400, Code.READ_ONLY_ATTRIBUTE)
                .pointing("/createdAt");
        world.createRole("{'name':'R','permissions':[],'_id':'x'}")
                .refused(400, Code.READ_ONLY_ATTRIBUTE)
                .pointing("/_id");
    }

    // Pulse

    @Test
    void pulse_reads_a_resource_object_or_an_array_of_one() {
        AcceptanceWorld world = AcceptanceWorld.pulse();
        String resource = "{'type':'role','attributes':{'name':'R'}}";

        world.createRole("{'data':" + resource + "}").created();
        world.createRole("{'data':[" + resource + "]}").created();
        assertThat(world.createRole("{'data':[]}").is(422).codes()).hasSize(1);
        assertThat(world.createRole("{'data':[" + resource + "," + resource + "]}")
                        .is(422)
                        .codes())
                .hasSize(1);
        assertThat(world.createRole("{'data':'role'}")
                        .refused(422, Code.WRONG_TYPE)
                        .paths())
                .containsExactly("/data");
        world.createRole("{}").refused(422, Code.MISSING_FIELD).pointing("/data");
        world.createRole("{'data':{'attributes':{'name':'R'}}}")
                .refused(422, Code.MISSING_FIELD)
                .pointing("/data/type");
        assertThat(world.createRole("{'data':{'type':'role'}}").is(422).codes())
                .hasSize(1)
                .isSubsetOf("NAME_MISSING", "MISSING_FIELD");
        world.createRole("{'data':{'type':'role','attributes':[]}}")
                .refused(422, Code.WRONG_TYPE)
                .pointing("/data/attributes");
        world.createRole("{'data':" + resource + ",'nope':1}")
                .refused(422, Code.UNKNOWN_FIELD)
                .pointing("/nope");
    }

    @Test
    void pulse_ignores_the_id_of_a_new_role() {
        AcceptanceWorld world = AcceptanceWorld.pulse();

        String id = world.createRole("{'data':{'id':'mine','type':'role','attributes':{'name':'R'}}}")
                .created()
                .id();

        assertThat(id).isNotEqualTo("mine");
        assertThat(world.policy().role("mine")).isEmpty();
    }

    @Test
    @Tag("B08")
    @Tag("B12")
    void pulse_reports_each_value_of_a_wrong_type() {
        AcceptanceWorld world = AcceptanceWorld.pulse();
        Map<String, String> wrong = Map.of(
                "'name':7", "/data/attributes/name",
                "'scope':7", "/data/attributes/scope",
                "'rights':[]", "/data/attributes/rights",
                "'rights':{'user':7}", "/data/attributes/rights/user",
                "'rights':{'user':{'read':1}}", "/data/attributes/rights/user/read");

        wrong.forEach((field, path) -> {
            String body = field.startsWith("'name'") ? "{" + field + "}" : "{'name':'R'," + field + "}";
            AcceptanceWorldAnswer answer = world.createPulse(body).is(422).pointing(path);
            assertThat(answer.codes()).hasSize(1).isSubsetOf("WRONG_TYPE", "SCOPE_INVALID");
        });
    }

    @Test
    void pulse_locates_what_is_wrong_with_a_membership() {
        AcceptanceWorld world = AcceptanceWorld.pulse();
        String at = "/data/attributes/";

        world.setRoles("account", "{'role_ids':[]}")
                .refused(422, Code.MISSING_FIELD)
                .pointing(at + "user_id");
        world.setRoles("team", "{'user_id':'max','role_ids':[]}")
                .refused(422, Code.MISSING_FIELD)
                .pointing(at + "team_id");
        world.setRoles("chat", "{'user_id':'max','role_ids':[]}")
                .refused(422, Code.MISSING_FIELD)
                .pointing(at + "chat_id");
        world.setRoles("account", "{'user_id':7,'role_ids':[]}")
                .refused(422, Code.WRONG_TYPE)
                .pointing(at + "user_id");
        world.setRoles("account", "{'user_id':'max','role_ids':'account-admin'}")
                .refused(422, Code.WRONG_TYPE)
                .pointing(at + "role_ids");
        world.setRoles("account", "{'user_id':'max','role_ids':['account-admin',7]}")
                .refused(422, Code.WRONG_TYPE)
                .pointing(at + "role_ids/1");
        world.setRoles("account", "{'user_id':'','role_ids':[]}")
                .refused(422, Code.ID_INVALID)
                .pointing(at + "user_id");
        world.setRoles("team", "{'user_id':'max','team_id':'nope','role_ids':[]}")
                .refused(422, Code.TARGET_NOT_FOUND)
                .pointing(at + "team_id");
        world.asAccount()
                .setRoles("chat", "{'user_id':'max','chat_id':'nope','role_ids':[]}")
                .refused(422, Code.TARGET_NOT_FOUND)
                .pointing(at + "chat_id");
        world.setRoles("account", "{'user_id':'max','team_id':'team-a','role_ids':[]}")
                .refused(422, Code.UNKNOWN_FIELD)
                .pointing(at + "team_id");
        world.setRoles("account", "{'user_id':'max','role_ids':['account-member','account-member']}")
                .done();
        assertThat(world.policy().rolesOf("max", Target.account()))
                .extracting(Role::id)
                .containsExactly("account-member");
    }

    @Test
    void pulse_restores_and_assigns_only_existing_roles() {
        AcceptanceWorld world = AcceptanceWorld.pulse();

        world.post("/api/v1/roles/nope/restore").refused(404, Code.ROLE_NOT_FOUND);
        world.post("/api/v1/account_roles/nope/assign_all").refused(404, Code.ROLE_NOT_FOUND);
        String id = world.createPulse("{'name':'R','scope':'account'}").id();
        world.delete(world.role(id)).ok();
        world.post("/api/v1/account_roles/" + id + "/assign_all").refused(409, Code.ROLE_DISCARDED);
        world.post(world.role(id) + "/restore").ok();
        world.post(world.role(id) + "/restore").ok();
    }

    // Freya

    @Test
    @Tag("B12")
    void freya_reports_each_value_of_a_wrong_type() {
        AcceptanceWorld world = AcceptanceWorld.freya();
        world.host("r", Scope.ACCOUNT);
        for (String field : List.of(
                "'name':7", "'description':7", "'permissions':'calls:read'", "'permissions':{'calls':['read']}")) {
            String name = field.substring(1, field.indexOf('\'', 1));

            assertThat(world.put(world.role("r"), "{" + field + "}")
                            .refused(400, Code.WRONG_TYPE)
                            .paths())
                    .containsExactly(name);
        }
        assertThat(world.put(world.role("r"), "{'permissions':['calls:read',7,'nope']}")
                        .refused(400, Code.WRONG_TYPE, Code.UNKNOWN_PERMISSION)
                        .paths())
                .allMatch(field -> field.startsWith("permissions"))
                .doesNotHaveDuplicates();
    }

    @Test
    void freya_locates_what_is_wrong_with_a_member() {
        AcceptanceWorld world = AcceptanceWorld.freya();
        String mia = world.roles().replace("/roles", "/members/mia");

        assertThat(world.put(mia, "{'roleId':'nope'}")
                        .refused(400, Code.ROLE_NOT_FOUND)
                        .paths())
                .containsExactly("roleId");
        world.put(mia, "{'roleId':7}").refused(400, Code.WRONG_TYPE);
        world.put(mia, "{'roleId':'r_admin','nope':1}").refused(400, Code.UNKNOWN_FIELD);
        assertThat(world.put(world.roles().replace("/roles", "/members/%00"), "{'roleId':'r_admin'}")
                        .status())
                .isIn(400, 404);
    }

    @Test
    void freya_accepts_read_only_attributes_that_are_unchanged() {
        AcceptanceWorld world = AcceptanceWorld.freya();
        world.host("r", Scope.ACCOUNT, "calls:read");
        world.host(Change.assign("u1", "r", Target.account()));
        String path = world.role("r");

        world.put(path, """
                        {'id':'r','workspaceId':'3c90c3cc-0d44-4b50-8888-8dd25736052a','isSystem':false,
                         'isDefault':false,'memberCount':1,'assignable':true}""").ok();
        for (String field : List.of(
                "'id':'x'",
                "'workspaceId':'x'",
                "'isSystem':true",
                "'isDefault':true",
                "'memberCount':2",
                "'assignable':false",
                "'createdAt':'2000-01-01T00:00:00.000Z'",
                "'updatedAt':'x'")) {
            world.put(path, "{" + field + "}").refused(400, Code.READ_ONLY_ATTRIBUTE);
        }
    }

    // all

    @ParameterizedTest
    @EnumSource
    void concurrent_requests_are_all_carried_out(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        int before = world.policy().roles().size();
        Set<String> ids = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 64).parallel().forEach(i -> {
            RoleResponse response = world.api()
                    .handle(world.signed("POST", world.roles())
                            .header("Content-Type", product.mediaType())
                            .body(product.roleBody("R" + i)));
            assertThat(response.status()).isEqualTo(201);
            ids.add(AcceptanceWorldAnswer.of(product, response).id());
        });

        assertThat(ids).hasSize(64);
        assertThat(world.policy().roles()).hasSize(before + 64);
    }
}
