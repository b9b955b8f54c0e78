package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The permission that each operation needs, and that nobody gives away rights that they do not hold. */
class FreyaGuardTest {

    private final AcceptanceWorld world = AcceptanceWorld.freya();

    private AcceptanceWorld holderOf(String... keys) {
        String user = "holder-" + world.policy().roles().size();
        world.host(user, Scope.ACCOUNT, keys);
        world.host(Change.assign(user, user, Target.account()));
        return world.asUser(user);
    }

    private String member(String user) {
        return world.roles().replace("/roles", "/members/" + user);
    }

    private AcceptanceWorldAnswer give(AcceptanceWorld by, String user, String role) {
        return by.put(member(user), "{'roleId':'" + role + "'}");
    }

    /** Returns the permissions that are each enough for an operation. */
    private List<String> enough(Function<AcceptanceWorld, AcceptanceWorldAnswer> operation) {
        List<String> enough = new ArrayList<>();
        for (String key : AcceptanceWorldCatalogs.freyaKeys()) {
            AcceptanceWorldAnswer answer = operation.apply(holderOf(key));
            if (answer.status() < 400) {
                enough.add(key);
            } else {
                answer.refused(403, Code.FORBIDDEN);
            }
        }
        return enough;
    }

    @Test
    void writing_and_deleting_roles_needs_a_permission() {
        world.host("empty", Scope.ACCOUNT);
        world.host("other", Scope.ACCOUNT);

        assertThat(enough(holder -> holder.createRole("{'name':'R'}"))).containsExactly("roles:write");
        assertThat(enough(holder -> holder.put(world.role("empty"), "{'name':'" + holder.hashCode() + "'}")))
                .containsExactly("roles:write");
        assertThat(enough(holder -> {
                    AcceptanceWorldAnswer answer = holder.delete(world.role("other"));
                    if (answer.status() == 200) {
                        world.host("other", Scope.ACCOUNT);
                    }
                    return answer;
                }))
                .containsExactly("roles:delete");
    }

    @Test
    void a_first_role_needs_the_permission_to_invite_or_to_change_roles() {
        world.host("empty", Scope.ACCOUNT);

        assertThat(enough(holder -> give(holder, "new-" + holder.hashCode(), "empty")))
                .containsExactly("members:invite", "members:role-change");
    }

    @Test
    void another_role_needs_the_permission_to_change_roles() {
        world.host("empty", Scope.ACCOUNT);
        world.host("blank", Scope.ACCOUNT);

        give(holderOf("members:role-change"), "mia", "empty").done();
        give(holderOf("members:invite"), "mia", "blank").refused(403, Code.FORBIDDEN);
        give(holderOf("members:remove"), "mia", "blank").refused(403, Code.FORBIDDEN);

        assertThat(world.policy().rolesOf("mia", Target.account()))
                .extracting(Role::id)
                .containsExactly("empty");
    }

    @Test
    @Tag("B88")
    void nobody_creates_or_widens_a_role_beyond_their_own_rights() {
        AcceptanceWorld writer = holderOf("roles:write", "calls:read");
        world.host("calls", Scope.ACCOUNT, "calls:read", "calls:delete");

        writer.createRole("{'name':'R','permissions':['calls:read']}").created();
        assertThat(writer.createRole("{'name':'R','permissions':['calls:read','calls:write','calls:delete']}")
                        .refused(403, Code.ESCALATION)
                        .text())
                .contains("calls:write", "calls:delete");
        writer.put(world.role("calls"), "{'permissions':['calls:read','calls:delete','calls:write']}")
                .refused(403, Code.ESCALATION);
        writer.put(world.role("calls"), "{'name':'Calls','permissions':['calls:delete','calls:read']}")
                .ok();
        writer.put(world.role("calls"), "{'permissions':[]}").ok();
    }

    @Test
    @Tag("B90")
    void nobody_assigns_a_role_beyond_their_own_rights() {
        AcceptanceWorld changer = holderOf("members:role-change", "calls:read");
        world.host("calls", Scope.ACCOUNT, "calls:read");
        world.host("more", Scope.ACCOUNT, "calls:read", "calls:delete");

        give(changer, "mia", "more").refused(403, Code.ESCALATION);
        give(changer, "mia", "r_owner").refused(403, Code.ESCALATION);
        give(changer, "mia", "calls").done();
        changer.put(member("new"), "{}").refused(403, Code.ESCALATION);
        give(world.asUser("adam"), "mia", "r_admin").done();
        give(world.asUser("adam"), "mia", "r_owner").refused(403, Code.ESCALATION);
    }

    @Test
    @Tag("B94")
    void an_unknown_user_of_the_workspace_changes_nothing() {
        AcceptanceWorld nobody = world.asUser("nobody");
        world.host("empty", Scope.ACCOUNT);

        nobody.createRole("{'name':'R'}").refused(403, Code.FORBIDDEN);
        nobody.put(world.role("empty"), "{'name':'R'}").refused(403, Code.FORBIDDEN);
        nobody.delete(world.role("empty")).refused(403, Code.FORBIDDEN);
        assertThat(give(nobody, "nobody", "empty").is(403).codes()).contains("FORBIDDEN");
    }

    @Test
    void a_host_may_allow_privilege_escalation() {
        AcceptanceWorld lax = AcceptanceWorld.of(
                AcceptanceWorldProduct.FREYA, RoleDialect.freya().withEscalationRefused(false));

        lax.asUser("adam")
                .createRole("{'name':'R','permissions':['billing:manage']}")
                .created();
    }

    @Test
    void the_guard_needs_a_catalog_with_its_permissions() {
        assertThatThrownBy(() -> RoleDialect.freya().guard(PermissionCatalog.empty()))
                .isInstanceOfAny(PolicyViolationException.class, IllegalArgumentException.class)
                .hasMessageContaining("roles:write");
    }
}
