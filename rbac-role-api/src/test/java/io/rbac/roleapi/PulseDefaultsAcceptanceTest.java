package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.util.List;
import org.junit.jupiter.api.Tag;
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
    @Tag("case-070")
    @Tag("B64")
    void the_last_default_role_of_the_account_stays_a_default_role() {
        world.updatePulse("account-member", "{'default':false}").refused(409, Code.LAST_DEFAULT_ROLE);

        assertThat(world.stored("account-member").isDefault()).isTrue();
    }

    @Test
    @Tag("case-071")
    void one_of_two_default_roles_of_the_account_can_be_unset() {
        accountDefault();

        AcceptanceWorldAnswer answer =
                world.updatePulse("account-member", "{'default':false}").ok();

        assertThat(answer.attributes().path("default").booleanValue()).isFalse();
        assertThat(world.stored("account-member").isDefault()).isFalse();
    }

    @Test
    @Tag("case-072")
    @Tag("B64")
    void the_last_default_role_of_the_account_cannot_be_deleted() {
        String id = accountDefault();
        world.updatePulse("account-member", "{'default':false}").ok();

        world.delete(world.role(id)).refused(409, Code.LAST_DEFAULT_ROLE);

        assertThat(world.stored(id).isActive()).isTrue();
    }

    @Test
    @Tag("case-073")
    @Tag("B66")
    void a_default_role_of_teams_does_not_count_for_the_account() {
        world.createPulse("{'name':'Team','scope':'team','default':true}").created();

        world.updatePulse("account-member", "{'default':false}").refused(409, Code.LAST_DEFAULT_ROLE);
    }

    @Test
    @Tag("case-074")
    void teams_and_chats_need_no_default_role() {
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
    @Tag("case-075")
    void an_account_may_have_several_default_roles() {
        String id = accountDefault();

        assertThat(world.policy().roles())
                .filteredOn(role -> role.isDefault() && role.scope().isAccount())
                .extracting(Role::id)
                .containsExactlyInAnyOrder("account-member", id);
        assertThat(world.engine().violations(world.account())).isEmpty();
    }

    @Test
    @Tag("case-076")
    void an_account_without_a_default_role_cannot_be_built() {
        PolicyRules rules = RoleDialect.pulse().rules();
        var catalog = world.policy().catalog();
        Policy.Builder policy = Policy.builder()
                .account("new")
                .catalog(catalog)
                .rules(rules)
                .role(Role.builder("r", Scope.ACCOUNT).name("R").build());

        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(policy::build)
                .satisfies(e ->
                        assertThat(e.violations()).extracting(Violation::code).containsExactly(Code.LAST_DEFAULT_ROLE));

        Policy lax = Policy.builder()
                .account("new")
                .catalog(catalog)
                .rules(rules.toBuilder().defaults(Scope.ACCOUNT, 0, null).build())
                .role(Role.builder("r", Scope.ACCOUNT).name("R").build())
                .build();
        PermissionEngine engine = world.engine();
        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(() -> engine.create(lax))
                .satisfies(e ->
                        assertThat(e.violations()).extracting(Violation::code).containsExactly(Code.LAST_DEFAULT_ROLE));
    }

    @Test
    @Tag("case-077")
    void a_user_connected_to_a_team_without_a_role_gets_its_default_roles() {
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
    @Tag("case-078")
    void without_a_default_role_a_user_cannot_be_connected_without_a_role() {
        world.updatePulse("team-member", "{'default':false}").ok();

        world.setRoles("team", "{'team_id':'team-a','user_id':'max','role_ids':[]}")
                .refused(422, Code.NO_DEFAULT_ROLE)
                .pointing("/data/attributes/role_ids");
    }

    @Test
    @Tag("case-079")
    void a_new_user_without_a_role_gets_the_default_role_of_the_account() {
        world.setRoles("account", "{'user_id':'new','role_ids':[]}").done();

        assertThat(held("new", Target.account())).containsExactly("account-member");
        assertThat(world.may("new", "user:read")).isTrue();

        world.setRoles("team", "{'team_id':'team-a','user_id':'newer','role_ids':[]}")
                .done();
        assertThat(held("newer", Target.account())).containsExactly("account-member");
    }

    @Test
    @Tag("case-080")
    void another_default_role_leaves_existing_members_unchanged() {
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
