package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Change;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PulseUpdateAcceptanceTest {

    private final AcceptanceWorld world = AcceptanceWorld.pulse();

    /** Creates an account role that `ann` holds. */
    private String editor() {
        world.host("editor", Scope.ACCOUNT, true, "user:read", "user:update");
        world.host(Change.assign("ann", "editor", Target.account()));
        return "editor";
    }

    @Test
    @Tag("case-059")
    void rights_that_are_sent_replace_those_of_the_group() {
        String id = editor();
        assertThat(world.may("ann", "user:update")).isTrue();

        AcceptanceWorldAnswer answer =
                world.updatePulse(id, "{'rights':{'user':{'read':true}}}").ok();

        assertThat(answer.attributes().path("rights"))
                .isEqualTo(AcceptanceWorldAnswer.tree("{\"user\":{\"read\":true}}"));
        assertThat(world.may("ann", "user:read")).isTrue();
        assertThat(world.may("ann", "user:update")).isFalse();
    }

    @Test
    @Tag("case-060")
    @Tag("B76")
    void rights_that_are_sent_replace_the_whole_object() {
        String id = editor();

        AcceptanceWorldAnswer answer =
                world.updatePulse(id, "{'rights':{'role':{'read':true}}}").ok();

        assertThat(answer.attributes().path("rights"))
                .isEqualTo(AcceptanceWorldAnswer.tree("{\"role\":{\"read\":true}}"));
        assertThat(world.may("ann", "role:read")).isTrue();
        assertThat(world.may("ann", "user:read")).isFalse();
    }

    @Test
    @Tag("case-061")
    void what_is_not_sent_is_kept() {
        String id = editor();
        Role before = world.stored(id);

        AcceptanceWorldAnswer answer =
                world.updatePulse(id, "{'name':'Updated Role'}").ok();

        assertThat(answer.attributes().path("name").textValue()).isEqualTo("Updated Role");
        assertThat(world.stored(id).rights()).isEqualTo(before.rights());
        assertThat(world.stored(id).isDefault()).isTrue();
        assertThat(answer.attributes().path("default").booleanValue()).isTrue();
    }

    @Test
    @Tag("case-062")
    @Tag("B77")
    void an_empty_object_of_rights_revokes_all() {
        String id = editor();

        assertThat(world.updatePulse(id, "{'rights':{}}").ok().attributes().path("rights"))
                .isEqualTo(AcceptanceWorldAnswer.tree("{}"));

        assertThat(world.may("ann", "user:read")).isFalse();
    }

    @Test
    @Tag("case-063")
    @Tag("B61")
    void the_scope_of_a_role_is_fixed() {
        world.updatePulse(editor(), "{'scope':'team'}")
                .refused(422, Code.SCOPE_IMMUTABLE)
                .pointing("/data/attributes/scope");
    }

    @Test
    @Tag("case-064")
    void the_scope_that_the_role_has_may_be_sent() {
        String id = editor();
        Policy before = world.policy();

        world.updatePulse(id, "{'scope':'account'}").ok();

        assertThat(world.policy()).isSameAs(before);
    }

    @Test
    @Tag("case-065")
    void a_role_that_is_shown_can_be_sent_back() {
        String created = world.createPulse("{'name':'Role','rights':{'team_membership':{'manage':true}}}")
                .id();
        for (String id : new String[] {editor(), created}) {
            AcceptanceWorldAnswer shown = world.get(world.role(id)).ok();
            Policy before = world.policy();

            AcceptanceWorldAnswer answer =
                    world.send("PUT", world.role(id), shown.text()).ok();

            assertThat(answer.json()).isEqualTo(shown.json());
            assertThat(world.policy()).isSameAs(before);
        }
    }

    @Test
    @Tag("case-066")
    void the_type_of_a_role_cannot_be_set() {
        String id = editor();
        Policy before = world.policy();

        world.updatePulse(id, "{'role_type':'system'}")
                .refused(422, Code.READ_ONLY_ATTRIBUTE)
                .pointing("/data/attributes/role_type");

        world.updatePulse(id, "{'role_type':'custom'}").ok();
        assertThat(world.policy()).isSameAs(before);
    }

    @Test
    @Tag("case-067")
    @Tag("B62")
    void the_rights_of_a_system_role_are_fixed() {
        for (AcceptanceWorld client : new AcceptanceWorld[] {world, world.asAccount()}) {
            client.updatePulse("team-member", "{'rights':{'user':{'update':true}}}")
                    .refused(403, Code.SYSTEM_ROLE);
            client.updatePulse("team-member", "{'rights':{}}").refused(403, Code.SYSTEM_ROLE);
            Policy before = world.policy();

            client.updatePulse("team-member", "{'rights':{'user':{'read':true,'update':false}}}")
                    .ok();
            client.send(
                            "PUT",
                            world.role("team-member"),
                            client.get(world.role("team-member")).text())
                    .ok();

            assertThat(world.policy()).isSameAs(before);
        }
    }

    @Test
    @Tag("case-068")
    void the_name_of_a_system_role_can_be_changed() {
        AcceptanceWorldAnswer answer =
                world.updatePulse("team-member", "{'name':'Colleague'}").ok();

        assertThat(answer.attributes().path("name").textValue()).isEqualTo("Colleague");
        assertThat(answer.role().at("/meta/permissions/actions/edit").booleanValue())
                .isTrue();
        assertThat(answer.role().at("/meta/permissions/actions/rights/edit").booleanValue())
                .isFalse();
        assertThat(world.stored("team-member").rights()).isEqualTo(world.rights("user:read"));
    }

    @Test
    @Tag("case-069")
    @Tag("B68")
    void a_discarded_role_cannot_be_updated() {
        String id = world.createPulse("{'name':'Role'}").id();
        world.delete(world.role(id)).ok();

        world.updatePulse(id, "{'name':'New'}").refused(409, Code.ROLE_DISCARDED);
    }
}
