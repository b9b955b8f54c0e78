package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.Policy;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

class PulseDefaultsAcceptanceTest {

    private final AcceptanceWorld world = AcceptanceWorld.pulse();

    private List<String> held(String user, Target target) {
        return world.policy().rolesOf(user, target).stream().map(Role::id).toList();
    }

    private String accountDefault() {
        return world.createPulse("{'name':'Second','scope':'account','default':true}")
                .created()
                .id();
    }

    @Test
    void case_070_the_last_default_role_of_the_account_stays_one() {
        world.updatePulse("account-member", "{'default':false}").refused(409, Code.LAST_DEFAULT_ROLE);

        assertThat(world.stored("account-member").isDefault()).isTrue();
    }

    @Test
    void case_071_beside_a_second_default_role_the_first_need_not_be_one() {
        accountDefault();

        AcceptanceWorldAnswer answer =
                world.updatePulse("account-member", "{'default':false}").ok();

        assertThat(answer.attributes().path("default").booleanValue()).isFalse();
        assertThat(world.stored("account-member").isDefault()).isFalse();
    }

    @Test
    void case_072_the_last_default_role_of_the_account_cannot_be_deleted() {
        String id = accountDefault();
        world.updatePulse("account-member", "{'default':false}").ok();

        world.delete(world.role(id)).refused(409, Code.LAST_DEFAULT_ROLE);

        assertThat(world.stored(id).isActive()).isTrue();
    }

    @Test
    void case_073_a_default_role_of_teams_is_none_of_the_account() {
        world.createPulse("{'name':'Team','scope':'team','default':true}").created();

        world.updatePulse("account-member", "{'default':false}").refused(409, Code.LAST_DEFAULT_ROLE);
    }

    @Test
    void case_074_teams_and_chats_may_be_without_a_default_role() {
        String chat = world.createPulse("{'name':'Chat','scope':'chat','default':true}")
                .created()
                .id();

        world.updatePulse("team-member", "{'default':false}").ok();
        world.updatePulse(chat, "{'default':false}").ok();

        assertThat(world.policy().roles())
                .filteredOn(Role::isDefault)
                .extracting(Role::id)
                .containsExactly("account-member");
    }

    @Test
    void case_075_an_account_may_have_several_default_roles() {
        String id = accountDefault();

        assertThat(world.policy().roles())
                .filteredOn(role -> role.isDefault() && role.scope() == Scope.ACCOUNT)
                .extracting(Role::id)
                .containsExactlyInAnyOrder("account-member", id);
        assertThat(world.engine().violations(world.account())).isEmpty();
    }

    @Test
    void case_076_an_account_without_a_default_role_cannot_be_built() {
        PolicyRules rules = RoleDialect.pulse().rules();
        var catalog = world.policy().catalog();
        Policy.Builder policy = Policy.builder("new", catalog, rules)
                .role(Role.builder("r", Scope.ACCOUNT).name("R").build());

        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(policy::build)
                .satisfies(e ->
                        assertThat(e.violations()).extracting(Violation::code).containsExactly(Code.LAST_DEFAULT_ROLE));

        Policy lax = Policy.builder(
                        "new",
                        catalog,
                        rules.toBuilder().defaults(Scope.ACCOUNT, 0, null).build())
                .role(Role.builder("r", Scope.ACCOUNT).name("R").build())
                .build();
        PermissionEngine engine = world.engine();
        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(() -> engine.create(lax))
                .satisfies(e ->
                        assertThat(e.violations()).extracting(Violation::code).containsExactly(Code.LAST_DEFAULT_ROLE));
    }

    @Test
    void case_077_a_user_connected_to_a_team_without_a_role_gets_its_default_roles() {
        List<String> before = held("max", Target.account());
        String second = world.createPulse("{'name':'Second','scope':'team','default':true}")
                .created()
                .id();
        String discarded = world.createPulse("{'name':'Third','scope':'team','default':true}")
                .created()
                .id();
        world.delete(world.role(discarded)).ok();

        world.setRoles("team", "{'team_id':'team-a','user_id':'max','role_ids':[]}")
                .done();

        assertThat(held("max", Target.team("team-a"))).containsExactlyInAnyOrder("team-member", second);
        assertThat(held("max", Target.team("team-b"))).isEmpty();
        assertThat(held("max", Target.account())).isEqualTo(before).containsExactly("account-member");
    }

    @Test
    void case_078_without_a_default_role_a_user_cannot_be_connected_without_a_role() {
        world.updatePulse("team-member", "{'default':false}").ok();

        world.setRoles("team", "{'team_id':'team-a','user_id':'max','role_ids':[]}")
                .refused(422, Code.NO_DEFAULT_ROLE)
                .pointing("/data/attributes/role_ids");
    }

    @Test
    void case_079_a_new_user_without_a_role_gets_the_default_role_of_the_account() {
        world.setRoles("account", "{'user_id':'new','role_ids':[]}").done();

        assertThat(held("new", Target.account())).containsExactly("account-member");
        assertThat(world.may("new", "user:read")).isTrue();

        world.setRoles("team", "{'team_id':'team-a','user_id':'newer','role_ids':[]}")
                .done();
        assertThat(held("newer", Target.account())).containsExactly("account-member");
    }

    @Test
    void case_080_which_role_is_default_says_nothing_of_those_who_are_members_already() {
        world.setRoles("team", "{'team_id':'team-a','user_id':'max','role_ids':[]}")
                .done();
        var before = world.policy().assignments();
        String id = world.createPulse("{'name':'Second','scope':'team','default':true}")
                .created()
                .id();
        world.updatePulse("team-member", "{'default':false}").ok();

        assertThat(world.policy().assignments()).isEqualTo(before);
        world.updatePulse(id, "{'default':false}").ok();
        assertThat(world.policy().assignments()).isEqualTo(before);
    }
}
