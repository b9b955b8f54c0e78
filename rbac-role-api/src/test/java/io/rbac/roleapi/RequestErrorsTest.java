package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Change;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All violations of a request are reported together, each with its location; a forbidden request learns none of them.
 */
class RequestErrorsTest {

    private static final String LONG = "n".repeat(501);

    @Test
    void trillet_reports_all_violations() {
        AcceptanceWorld world = AcceptanceWorld.trillet();

        world.createRole("{'name':'','_id':'x','colour':1,'permissions':['agent_fly',7],'userIds':['u1','']}")
                .refused(
                        400,
                        Code.NAME_BLANK,
                        Code.READ_ONLY_ATTRIBUTE,
                        Code.UNKNOWN_FIELD,
                        Code.UNKNOWN_PERMISSION,
                        Code.WRONG_TYPE,
                        Code.ID_INVALID)
                .pointing("/name", "/_id", "/colour", "/permissions/0", "/permissions/1", "/userIds/1");
    }

    @Test
    void trillet_does_not_report_the_users_of_a_role_that_is_refused() {
        AcceptanceWorld.trillet()
                .createRole("{'name':'','permissions':[],'userIds':['u1']}")
                .refused(400, Code.NAME_BLANK)
                .pointing("/name");
    }

    @Test
    void pulse_reports_all_violations() {
        AcceptanceWorld world = AcceptanceWorld.pulse();
        String at = "/data/attributes/";

        world.createPulse("""
                        {'name':'%s','scope':'chat','role_type':'system','default':'yes','description':'d','colour':1,
                         'rights':{'nope':{'read':true},'message':{'fly':true,'read':1},'user':{'read':true}}}""".formatted(LONG))
                .refused(
                        422,
                        Code.NAME_TOO_LONG,
                        Code.READ_ONLY_ATTRIBUTE,
                        Code.WRONG_TYPE,
                        Code.DESCRIPTION_UNSUPPORTED,
                        Code.UNKNOWN_FIELD,
                        Code.UNKNOWN_GROUP,
                        Code.ACTION_NOT_ALLOWED,
                        Code.WRONG_TYPE,
                        Code.PERMISSION_NOT_IN_SCOPE)
                .pointing(
                        at + "name",
                        at + "role_type",
                        at + "default",
                        at + "description",
                        at + "colour",
                        at + "rights/nope",
                        at + "rights/message/fly",
                        at + "rights/message/read",
                        at + "rights/user/read");
    }

    @Test
    void a_right_that_the_scope_does_not_allow_is_refused_even_when_it_is_false() {
        AcceptanceWorld world = AcceptanceWorld.pulse();

        world.createPulse("{'name':'R','scope':'chat','rights':{'role':{'read':false}}}")
                .refused(422, Code.PERMISSION_NOT_IN_SCOPE)
                .pointing("/data/attributes/rights/role/read");
        world.createPulse("{'name':'R','scope':'team','rights':{'user':{'delete':false}}}")
                .refused(422, Code.PERMISSION_NOT_IN_SCOPE);
        world.updatePulse("team-member", "{'rights':{'user':{'read':true,'create':false}}}")
                .refused(422, Code.PERMISSION_NOT_IN_SCOPE);
    }

    @Test
    void freya_reports_all_violations() {
        AcceptanceWorld world = AcceptanceWorld.freya();

        assertThat(world.createRole("{'name':'%s','description':'%s','isSystem':true,'colour':1,'permissions':['x']}"
                                .formatted(LONG, LONG))
                        .refused(
                                400,
                                Code.NAME_TOO_LONG,
                                Code.DESCRIPTION_TOO_LONG,
                                Code.READ_ONLY_ATTRIBUTE,
                                Code.UNKNOWN_FIELD,
                                Code.UNKNOWN_PERMISSION)
                        .paths())
                .contains("name", "description", "isSystem", "colour")
                .anyMatch(field -> field.startsWith("permissions"));
    }

    @Test
    void a_forbidden_request_is_refused_only_for_that() {
        AcceptanceWorld pulse = AcceptanceWorld.pulse();
        pulse.asUser("max").createPulse("{'name':'','colour':1}").refused(403, Code.FORBIDDEN);
        pulse.asUser("max").updatePulse("team-member", "{'rights':{'nope':{}}}").refused(403, Code.FORBIDDEN);

        AcceptanceWorld freya = AcceptanceWorld.freya();
        freya.asUser("mia").createRole("{'name':'','permissions':['x']}").refused(403, Code.FORBIDDEN);
        freya.asUser("mia").delete(freya.role("r_admin")).is(403);
    }

    @Test
    @Tag("B64")
    void a_violation_of_the_whole_policy_is_located_at_the_field_that_causes_it() {
        AcceptanceWorld world = AcceptanceWorld.pulse();

        world.updatePulse("account-member", "{'default':false,'name':'M'}")
                .refused(409, Code.LAST_DEFAULT_ROLE)
                .pointing("/data/attributes/default");
        assertThat(world.stored("account-member").name()).isEqualTo("account-member");
    }

    @Test
    void each_error_of_pulse_has_its_own_status_and_the_response_that_of_the_first() {
        AcceptanceWorld world = AcceptanceWorld.pulse();
        String body = AcceptanceWorld.pulse("{'default':false,'name':7}").replace('\'', '"');

        AcceptanceWorldAnswer answer = world.send("PUT", world.role("account-member"), body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.codes()).containsExactly("WRONG_TYPE", "LAST_DEFAULT_ROLE");
        assertThat(AcceptanceWorldProduct.texts(answer.at("/errors"), "/status"))
                .containsExactly("422", "409");
        assertThat(AcceptanceWorldProduct.texts(answer.at("/errors"), "/title"))
                .containsExactly("Unprocessable Content", "Conflict");
    }

    @Test
    @Tag("B62")
    void a_change_of_a_system_role_is_located() {
        AcceptanceWorld pulse = AcceptanceWorld.pulse();
        assertThat(pulse.updatePulse("team-member", "{'name':'N','rights':{}}")
                        .refused(403, Code.SYSTEM_ROLE)
                        .paths())
                .containsExactly("/data/attributes/rights");
        AcceptanceWorld freya = AcceptanceWorld.freya();
        assertThat(freya.put(freya.role("r_admin"), "{'name':'N'}")
                        .refused(403, Code.SYSTEM_ROLE)
                        .paths())
                .containsExactly("name");
    }

    @ParameterizedTest
    @EnumSource
    void only_pulse_refuses_blank_names(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        AcceptanceWorldAnswer answer = world.createRole(product.roleBody(" \u3000"));

        if (product == AcceptanceWorldProduct.PULSE) {
            answer.refused(422, Code.NAME_BLANK);
        } else {
            answer.created();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PULSE")
    void lenient_reading_ignores_read_only_attributes(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product, product.dialect().withLenientReading(true));
        String readOnly = product == AcceptanceWorldProduct.TRILLET ? "'_id':'x'" : "'isSystem':true,'memberCount':9";
        String id = world.createRole("{'name':'R','permissions':[],'nope':1," + readOnly + "}")
                .created()
                .id();

        world.put(world.role(id), "{'name':'S','nope':2," + readOnly + "}").ok();
        world.get(world.roles() + "?nope=1").ok();
        world.createRole("{'name':'R','permissions':['nope']}").refused(400, Code.UNKNOWN_PERMISSION);

        assertThat(world.stored(id).name()).isEqualTo("S");
        assertThat(AcceptanceWorld.of(product).get(world.roles() + "?nope=1").status())
                .isEqualTo(400);
    }

    @Test
    void the_members_of_a_workspace_are_listed_with_their_role() {
        AcceptanceWorld world = AcceptanceWorld.freya();

        AcceptanceWorldAnswer answer =
                world.get(world.roles().replace("/roles", "/members")).ok();

        assertThat(answer.at("/success").booleanValue()).isTrue();
        assertThat(answer.at("/data/result/members")).hasSize(3);
        assertThat(answer.at("/data/result/members").toString())
                .contains("adam", "r_admin", "mia", "r_member", "olga", "r_owner");
    }

    @Test
    void memberships_are_read_leniently_too() {
        AcceptanceWorld pulse = AcceptanceWorld.of(
                AcceptanceWorldProduct.PULSE, RoleDialect.pulse().withLenientReading(true));
        pulse.post(
                        "/api/v1/account_memberships",
                        "{'data':{'attributes':{'user_id':'max','role_ids':['account-admin'],'nope':1},'nope':2}}")
                .done();
        assertThat(pulse.policy().rolesOf("max", Target.account()))
                .extracting(Role::id)
                .containsExactly("account-admin");

        AcceptanceWorld freya = AcceptanceWorld.of(
                AcceptanceWorldProduct.FREYA, RoleDialect.freya().withLenientReading(true));
        freya.put(freya.roles().replace("/roles", "/members/mia"), "{'roleId':'r_admin','nope':1}")
                .done();
        assertThat(freya.policy().rolesOf("mia", Target.account()))
                .extracting(Role::id)
                .containsExactly("r_admin");
    }

    @Test
    void an_operation_without_attributes_accepts_only_an_empty_document() {
        AcceptanceWorld world = AcceptanceWorld.pulse();
        world.host("a", Scope.ACCOUNT);
        world.host(Change.deleteRole("a"));

        world.post(world.role("a") + "/restore", "{}").ok();
        world.post("/api/v1/account_roles/a/assign_all", "{}").ok();
        world.send("POST", world.role("a") + "/restore", "{").refused(400, Code.MALFORMED);
        world.post(world.role("a") + "/restore", "{'data':{}}").refused(422, Code.UNKNOWN_FIELD);
    }
}
