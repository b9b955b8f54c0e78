package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Violation.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

class PulseCreateAcceptanceTest {

    private static final String NAME = "/data/attributes/name";
    private static final String RIGHTS = "/data/attributes/rights";

    private final AcceptanceWorld world = AcceptanceWorld.pulse();

    private AcceptanceWorldAnswer createWith(String rights) {
        return createWith("account", rights);
    }

    private AcceptanceWorldAnswer createWith(String scope, String rights) {
        return world.createPulse("{'name':'Role','scope':'" + scope + "','rights':" + rights + "}");
    }

    private static String named(String name) {
        return "{'name':'" + name + "'}";
    }

    @Test
    void case_033_a_role_that_only_has_a_name_is_a_custom_role_of_teams_without_rights() {
        AcceptanceWorldAnswer answer = world.createPulse("{'name':'Role'}").created();

        assertThat(answer.attributes()).isEqualTo(AcceptanceWorldAnswer.tree("""
                        {"account_id":"%s","default":false,"discarded_at":null,"name":"Role",
                         "rights":{},"role_type":"custom","scope":"team"}""".formatted(world.account())));
        assertThat(answer.role().path("type").textValue()).isEqualTo("role");
        assertThat(answer.id()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(world.stored(answer.id()).scope()).isEqualTo(Scope.TEAM);
        assertThat(world.stored(answer.id()).type()).isEqualTo(RoleType.CUSTOM);
    }

    @Test
    void case_034_only_a_creation_is_answered_with_an_array() {
        AcceptanceWorldAnswer created = world.createPulse("{'name':'Role'}").created();
        String path = world.role(created.id());

        assertThat(created.at("/data").isArray()).isTrue();
        assertThat(created.at("/data")).hasSize(1);
        assertThat(world.updatePulse(created.id(), "{'name':'R'}")
                        .ok()
                        .at("/data")
                        .isObject())
                .isTrue();
        assertThat(world.get(path).ok().at("/data").isObject()).isTrue();
        assertThat(world.delete(path).ok().at("/data").isObject()).isTrue();
    }

    @Test
    void case_035_a_name_has_up_to_50_characters() {
        world.createPulse(named("n".repeat(50))).created();
    }

    @Test
    void case_036_a_name_of_51_characters_is_too_long() {
        world.createPulse(named("n".repeat(51)))
                .refused(422, Code.NAME_TOO_LONG)
                .pointing(NAME);
    }

    @Test
    void case_037_a_name_is_not_empty() {
        world.createPulse(named("")).refused(422, Code.NAME_BLANK).pointing(NAME);
    }

    @Test
    void case_038_a_name_must_be_set() {
        world.createPulse("{'scope':'team'}").refused(422, Code.NAME_MISSING).pointing(NAME);
    }

    @Test
    void case_039_a_name_is_not_blank() {
        world.createPulse(named("   ")).refused(422, Code.NAME_BLANK).pointing(NAME);
    }

    @Test
    void case_040_the_length_of_a_name_is_counted_in_code_points() {
        String name = "\uD83D\uDE00".repeat(50);

        assertThat(world.createPulse(named(name))
                        .created()
                        .attributes()
                        .path("name")
                        .textValue())
                .isEqualTo(name);
    }

    @Test
    void case_041_a_role_is_made_for_each_of_the_three_scopes() {
        for (Scope scope : Scope.values()) {
            AcceptanceWorldAnswer answer = world.createPulse("{'name':'Role','scope':'" + scope.word() + "'}")
                    .created();

            assertThat(answer.attributes().path("scope").textValue()).isEqualTo(scope.word());
            assertThat(world.stored(answer.id()).scope()).isEqualTo(scope);
        }
    }

    @Test
    void case_042_there_is_no_other_scope() {
        world.createPulse("{'name':'Role','scope':'user'}")
                .refused(422, Code.SCOPE_INVALID)
                .pointing("/data/attributes/scope");
    }

    @Test
    void case_043_no_scope_and_the_scope_null_are_the_same() {
        assertThat(world.createPulse("{'name':'Role','scope':null}")
                        .created()
                        .attributes()
                        .path("scope")
                        .textValue())
                .isEqualTo("team");
    }

    @Test
    void case_044_what_cannot_be_set_is_refused_attribute_by_attribute() {
        world.createPulse("{'name':'Role','account_id':'" + world.account() + "'}")
                .refused(422, Code.READ_ONLY_ATTRIBUTE)
                .pointing("/data/attributes/account_id");
        world.createPulse("{'name':'Role','role_type':'system'}")
                .refused(422, Code.READ_ONLY_ATTRIBUTE)
                .pointing("/data/attributes/role_type");
        world.createPulse("{'name':'Role','discarded_at':'2024-06-01T09:00:00.000Z'}")
                .refused(422, Code.READ_ONLY_ATTRIBUTE)
                .pointing("/data/attributes/discarded_at");
        world.createPulse("{'name':'Role','account_id':'x','role_type':'system','discarded_at':'y'}")
                .refused(422, Code.READ_ONLY_ATTRIBUTE, Code.READ_ONLY_ATTRIBUTE, Code.READ_ONLY_ATTRIBUTE)
                .pointing("/data/attributes/account_id", "/data/attributes/role_type", "/data/attributes/discarded_at");
        world.createPulse("{'name':'Role','account_id':null,'role_type':null,'discarded_at':null}")
                .created();
    }

    @Test
    void case_045_default_is_true_or_false() {
        for (String value : List.of("'yes'", "'true'", "1", "{}", "[true]")) {
            world.createPulse("{'name':'Role','default':" + value + "}")
                    .refused(422, Code.WRONG_TYPE)
                    .pointing("/data/attributes/default");
        }
        for (String value : List.of("true", "false")) {
            assertThat(world.createPulse("{'name':'Role','default':" + value + "}")
                            .created()
                            .attributes()
                            .path("default"))
                    .isEqualTo(AcceptanceWorldAnswer.tree(value));
        }
    }

    @Test
    void case_046_only_true_rights_are_stored_and_shown() {
        AcceptanceWorldAnswer answer =
                createWith("{'user':{'read':true,'delete':false}}").created();

        assertThat(answer.attributes().path("rights"))
                .isEqualTo(AcceptanceWorldAnswer.tree("{\"user\":{\"read\":true}}"));
        assertThat(world.stored(answer.id()).rights()).isEqualTo(world.rights("user:read"));
    }

    @Test
    void case_047_a_group_without_a_true_right_is_dropped() {
        assertThat(createWith("{'user':{'read':false}}").created().attributes().path("rights"))
                .isEqualTo(AcceptanceWorldAnswer.tree("{}"));
    }

    @Test
    void case_048_manage_is_no_right_of_users() {
        createWith("{'user':{'manage':true}}")
                .refused(422, Code.ACTION_NOT_ALLOWED)
                .pointing(RIGHTS + "/user/manage");
    }

    @Test
    void case_049_manage_is_a_right_of_team_memberships() {
        for (String scope : List.of("account", "team")) {
            assertThat(createWith(scope, "{'team_membership':{'manage':true}}")
                            .created()
                            .attributes()
                            .path("rights"))
                    .isEqualTo(AcceptanceWorldAnswer.tree("{\"team_membership\":{\"manage\":true}}"));
        }
    }

    @Test
    void case_050_an_unknown_action_is_refused() {
        createWith("{'user':{'export':true}}")
                .refused(422, Code.ACTION_NOT_ALLOWED)
                .pointing(RIGHTS + "/user/export");
    }

    @Test
    void case_051_an_unknown_group_is_refused() {
        createWith("{'nope':{'read':true}}").refused(422, Code.UNKNOWN_GROUP).pointing(RIGHTS + "/nope");
    }

    @Test
    void case_052_a_right_is_true_or_false() {
        createWith("{'user':{'read':'true'}}").refused(422, Code.WRONG_TYPE).pointing(RIGHTS + "/user/read");
    }

    @Test
    void case_053_a_group_of_rights_is_an_object() {
        createWith("{'user':['read']}").refused(422, Code.WRONG_TYPE).pointing(RIGHTS + "/user");
        createWith("{'user':true}").refused(422, Code.WRONG_TYPE).pointing(RIGHTS + "/user");
    }

    @Test
    void case_054_an_action_that_is_not_allowed_is_refused_whatever_its_value() {
        createWith("{'user':{'manage':false}}")
                .refused(422, Code.ACTION_NOT_ALLOWED)
                .pointing(RIGHTS + "/user/manage");
    }

    @Test
    void case_055_which_rights_a_role_may_hold_depends_on_its_scope() {
        createWith("chat", "{'message':{'create':true}}").created();

        AcceptanceWorldAnswer answer =
                createWith("chat", "{'role':{'read':true}}").refused(422, Code.PERMISSION_NOT_IN_SCOPE);
        assertThat(answer.paths().get(0)).startsWith(RIGHTS + "/role");
    }

    @Test
    void case_056_the_type_is_role() {
        world.createRole("{'data':{'type':'roles','attributes':{'name':'Role'}}}")
                .refused(422, Code.WRONG_TYPE)
                .pointing("/data/type");
    }

    @Test
    void case_057_roles_have_no_description() {
        world.createPulse("{'name':'Role','description':'d'}")
                .refused(422, Code.DESCRIPTION_UNSUPPORTED)
                .pointing("/data/attributes/description");
    }

    @Test
    void case_058_two_roles_may_have_one_name() {
        String first = world.createPulse("{'name':'Role'}").created().id();
        String second = world.createPulse("{'name':'Role'}").created().id();

        assertThat(first).isNotEqualTo(second);
    }
}
