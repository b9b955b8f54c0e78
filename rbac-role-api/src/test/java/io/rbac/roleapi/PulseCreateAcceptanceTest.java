package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation.Code;
import java.util.List;
import org.junit.jupiter.api.Tag;
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
    @Tag("case-033")
    void a_role_that_only_has_a_name_is_a_custom_role_of_teams_without_rights() {
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
    @Tag("case-034")
    void only_a_creation_is_answered_with_an_array() {
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
    @Tag("case-035")
    void a_name_has_up_to_50_characters() {
        world.createPulse(named("n".repeat(50))).created();
    }

    @Test
    @Tag("case-036")
    @Tag("B39")
    void a_name_of_51_characters_is_too_long() {
        world.createPulse(named("n".repeat(51)))
                .refused(422, Code.NAME_TOO_LONG)
                .pointing(NAME);
    }

    @Test
    @Tag("case-037")
    void a_name_is_not_empty() {
        world.createPulse(named("")).refused(422, Code.NAME_BLANK).pointing(NAME);
    }

    @Test
    @Tag("case-038")
    void a_name_must_be_set() {
        world.createPulse("{'scope':'team'}").refused(422, Code.NAME_MISSING).pointing(NAME);
    }

    @Test
    @Tag("case-039")
    void a_name_is_not_blank() {
        world.createPulse(named("   ")).refused(422, Code.NAME_BLANK).pointing(NAME);
    }

    @Test
    @Tag("case-040")
    @Tag("B39")
    void the_length_of_a_name_is_counted_in_code_points() {
        String name = "\uD83D\uDE00".repeat(50);

        assertThat(world.createPulse(named(name))
                        .created()
                        .attributes()
                        .path("name")
                        .textValue())
                .isEqualTo(name);
    }

    @Test
    @Tag("case-041")
    void a_role_can_have_any_of_the_three_scopes() {
        for (Scope scope : ScopeTree.standard().scopes()) {
            AcceptanceWorldAnswer answer = world.createPulse("{'name':'Role','scope':'" + scope.name() + "'}")
                    .created();

            assertThat(answer.attributes().path("scope").textValue()).isEqualTo(scope.name());
            assertThat(world.stored(answer.id()).scope()).isEqualTo(scope);
        }
    }

    @Test
    @Tag("case-042")
    @Tag("B07")
    void there_is_no_other_scope() {
        world.createPulse("{'name':'Role','scope':'user'}")
                .refused(422, Code.SCOPE_INVALID)
                .pointing("/data/attributes/scope");
    }

    @Test
    @Tag("case-043")
    void a_scope_of_null_is_like_no_scope() {
        assertThat(world.createPulse("{'name':'Role','scope':null}")
                        .created()
                        .attributes()
                        .path("scope")
                        .textValue())
                .isEqualTo("team");
    }

    @Test
    @Tag("case-044")
    @Tag("B63")
    void each_read_only_attribute_is_refused() {
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
    @Tag("case-045")
    @Tag("B08")
    void default_is_true_or_false() {
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
    @Tag("case-046")
    void only_true_rights_are_stored_and_shown() {
        AcceptanceWorldAnswer answer =
                createWith("{'user':{'read':true,'delete':false}}").created();

        assertThat(answer.attributes().path("rights"))
                .isEqualTo(AcceptanceWorldAnswer.tree("{\"user\":{\"read\":true}}"));
        assertThat(world.stored(answer.id()).rights()).isEqualTo(world.rights("user:read"));
    }

    @Test
    @Tag("case-047")
    void a_group_without_a_true_right_is_dropped() {
        assertThat(createWith("{'user':{'read':false}}").created().attributes().path("rights"))
                .isEqualTo(AcceptanceWorldAnswer.tree("{}"));
    }

    @Test
    @Tag("case-048")
    void manage_is_not_a_right_of_the_user_group() {
        createWith("{'user':{'manage':true}}")
                .refused(422, Code.ACTION_NOT_ALLOWED)
                .pointing(RIGHTS + "/user/manage");
    }

    @Test
    @Tag("case-049")
    void manage_is_a_right_of_the_team_membership_group() {
        for (String scope : List.of("account", "team")) {
            assertThat(createWith(scope, "{'team_membership':{'manage':true}}")
                            .created()
                            .attributes()
                            .path("rights"))
                    .isEqualTo(AcceptanceWorldAnswer.tree("{\"team_membership\":{\"manage\":true}}"));
        }
    }

    @Test
    @Tag("case-050")
    @Tag("B05")
    void an_unknown_action_is_refused() {
        createWith("{'user':{'export':true}}")
                .refused(422, Code.ACTION_NOT_ALLOWED)
                .pointing(RIGHTS + "/user/export");
    }

    @Test
    @Tag("case-051")
    @Tag("B05")
    void an_unknown_group_is_refused() {
        createWith("{'nope':{'read':true}}").refused(422, Code.UNKNOWN_GROUP).pointing(RIGHTS + "/nope");
    }

    @Test
    @Tag("case-052")
    void a_right_is_true_or_false() {
        createWith("{'user':{'read':'true'}}").refused(422, Code.WRONG_TYPE).pointing(RIGHTS + "/user/read");
    }

    @Test
    @Tag("case-053")
    @Tag("B12")
    void a_group_of_rights_is_an_object() {
        createWith("{'user':['read']}").refused(422, Code.WRONG_TYPE).pointing(RIGHTS + "/user");
        createWith("{'user':true}").refused(422, Code.WRONG_TYPE).pointing(RIGHTS + "/user");
    }

    @Test
    @Tag("case-054")
    void an_action_that_is_not_allowed_is_refused_whatever_its_value() {
        createWith("{'user':{'manage':false}}")
                .refused(422, Code.ACTION_NOT_ALLOWED)
                .pointing(RIGHTS + "/user/manage");
    }

    @Test
    @Tag("case-055")
    void which_rights_a_role_may_hold_depends_on_its_scope() {
        createWith("chat", "{'message':{'create':true}}").created();

        AcceptanceWorldAnswer answer =
                createWith("chat", "{'role':{'read':true}}").refused(422, Code.PERMISSION_NOT_IN_SCOPE);
        assertThat(answer.paths().get(0)).startsWith(RIGHTS + "/role");
    }

    @Test
    @Tag("case-056")
    void the_type_is_role() {
        world.createRole("{'data':{'type':'roles','attributes':{'name':'Role'}}}")
                .refused(422, Code.WRONG_TYPE)
                .pointing("/data/type");
    }

    @Test
    @Tag("case-057")
    void roles_have_no_description() {
        world.createPulse("{'name':'Role','description':'d'}")
                .refused(422, Code.DESCRIPTION_UNSUPPORTED)
                .pointing("/data/attributes/description");
    }

    @Test
    @Tag("case-058")
    void two_roles_may_have_the_same_name() {
        String first = world.createPulse("{'name':'Role'}").created().id();
        String second = world.createPulse("{'name':'Role'}").created().id();

        assertThat(first).isNotEqualTo(second);
    }
}
