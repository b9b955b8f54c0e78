package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.Rights;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists of roles, and what the acting user may do with a role. */
class PulseListAcceptanceTest {

    private static final String SYSTEM = "account-admin account-member chat-admin team-admin team-member";

    private final AcceptanceWorld world = AcceptanceWorld.pulse();

    /** Returns the ids of the roles that a query lists, in alphabetical order. */
    private String listed(String query) {
        AcceptanceWorldAnswer answer = world.get(world.roles() + query).ok();
        assertThat(answer.at("/data").isArray()).isTrue();
        return AcceptanceWorldProduct.texts(answer.at("/data"), "/id").stream()
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static JsonNode actions(AcceptanceWorldAnswer answer) {
        return answer.role().at("/meta/permissions/actions");
    }

    private static JsonNode may(boolean edit, boolean delete, boolean editRights) {
        return AcceptanceWorldAnswer.tree(
                "{\"edit\":%s,\"delete\":%s,\"rights\":{\"edit\":%s}}".formatted(edit, delete, editRights));
    }

    /** Returns a user who has exactly these permissions at the account. */
    private AcceptanceWorld holderOf(String... keys) {
        world.host("held", Scope.ACCOUNT, keys);
        world.host(Change.assign("holder", "held", Target.account()));
        return world.asUser("holder");
    }

    @Test
    @Tag("case-096")
    void the_list_is_filtered_by_attributes() {
        world.host("custom", Scope.TEAM, "user:read");
        world.host("gone", Scope.TEAM, "user:read");
        world.delete(world.role("gone")).ok();

        assertThat(listed("")).isEqualTo("account-admin account-member chat-admin custom gone team-admin team-member");
        assertThat(listed("?filter%5Bdiscarded_at_blank%5D=1"))
                .isEqualTo("account-admin account-member chat-admin custom team-admin team-member");
        assertThat(listed("?filter[discarded_at_blank]=1"))
                .isEqualTo("account-admin account-member chat-admin custom team-admin team-member");
        assertThat(listed("?filter[scope]=eq:team")).isEqualTo("custom gone team-admin team-member");
        assertThat(listed("?filter[name]=ct:adm")).isEqualTo("account-admin chat-admin team-admin");
        assertThat(listed("?filter[role_type]=!eq:system")).isEqualTo("custom gone");
        assertThat(listed("?filter[scope]=eq:team&filter[name]=ct:adm")).isEqualTo("team-admin");
        assertThat(listed("?filter[name]=in:custom,gone,nope")).isEqualTo("custom gone");
        assertThat(listed("?filter[name]=pre:team")).isEqualTo("team-admin team-member");
        assertThat(listed("?filter[name]=suf:member")).isEqualTo("account-member team-member");
    }

    @Test
    @Tag("case-097")
    void the_permissions_to_update_and_delete_are_shown_on_a_custom_role() {
        AcceptanceWorld holder = holderOf("role:read", "role:update", "role:delete");
        world.host("custom", Scope.TEAM, "user:read");

        assertThat(actions(holder.get(world.role("custom")).ok())).isEqualTo(may(true, true, true));
        JsonNode inList =
                holder.get(world.roles() + "?filter[name]=eq:custom").ok().at("/data/0/meta/permissions/actions");
        assertThat(inList).isEqualTo(may(true, true, true));
    }

    @Test
    @Tag("case-098")
    void a_system_role_can_be_edited_except_for_its_rights() {
        AcceptanceWorld holder = holderOf("role:read", "role:update", "role:delete");

        assertThat(actions(holder.get(world.role("team-member")).ok())).isEqualTo(may(true, false, false));
    }

    @Test
    @Tag("case-099")
    void missing_permissions_are_shown_and_the_last_default_role_cannot_be_deleted() {
        world.host("custom", Scope.ACCOUNT, true, "user:read");
        world.updatePulse("account-member", "{'default':false}").ok();
        AcceptanceWorld holder = holderOf("role:read", "role:delete", "role:create");

        assertThat(actions(holder.get(world.role("custom")).ok())).isEqualTo(may(false, false, false));
        assertThat(actions(world.get(world.role("custom")).ok())).isEqualTo(may(true, false, true));
        world.host("other", Scope.ACCOUNT, "user:read");
        assertThat(actions(holder.get(world.role("other")).ok())).isEqualTo(may(false, true, false));
        world.host("reader", Scope.ACCOUNT, "role:read");
        world.host(Change.assign("max", "reader", Target.account()));
        assertThat(actions(world.asUser("max").get(world.role("other")).ok())).isEqualTo(may(false, false, false));
    }

    @Test
    @Tag("case-100")
    void the_system_roles_together_have_all_rights_of_each_scope() {
        assertThat(listed("?filter[role_type]=eq:system")).isEqualTo(SYSTEM);
        for (Scope scope : ScopeTree.standard().scopes()) {
            Set<String> union = new HashSet<>();
            JsonNode roles = world.get(world.roles() + "?filter[role_type]=eq:system&filter[scope]=eq:" + scope.name())
                    .ok()
                    .at("/data");
            for (JsonNode role : roles) {
                role.at("/attributes/rights")
                        .properties()
                        .forEach(group -> group.getValue()
                                .fieldNames()
                                .forEachRemaining(action -> union.add(group.getKey() + ':' + action)));
            }
            Rights expected = world.policy().catalog().rightsOfScope(scope);
            assertThat(union)
                    .containsExactlyInAnyOrderElementsOf(
                            expected.stream().map(Permission::key).toList());
        }
    }
}
