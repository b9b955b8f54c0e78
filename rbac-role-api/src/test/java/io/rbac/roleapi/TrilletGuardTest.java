package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.rbac.engine.Commit;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The key of a workspace is the account itself; a host that names users may require permissions. */
class TrilletGuardTest {

    private final AcceptanceWorld world = AcceptanceWorld.trillet();

    @Test
    void no_permission_is_needed() {
        AcceptanceWorld nobody = world.asUser("nobody");

        String id = nobody.createRole("{'name':'R','permissions':['agent_view'],'userIds':['u1']}")
                .created()
                .id();
        nobody.put(world.role(id), "{'name':'S','permissions':['agent_delete'],'userIds':['u1','u2']}")
                .ok();
        assertThat(world.may("u2", "agent_delete")).isTrue();
        nobody.delete(world.role(id)).ok();
        nobody.get(world.roles()).ok();
        nobody.get("/v1/api/roles-and-permissions/permissions").ok();
    }

    @Test
    void an_edit_names_the_calling_user_and_nobody_for_the_account() {
        List<Optional<String>> actors = new ArrayList<>();
        world.engine().addListener((Commit commit) -> actors.add(commit.actor()));

        world.asUser("ann").createRole("{'name':'R','permissions':[]}").created();
        world.createRole("{'name':'R','permissions':[]}").created();

        assertThat(actors).containsExactly(Optional.of("ann"), Optional.empty());
    }

    @Test
    void the_guard_needs_nothing_of_the_catalog() {
        assertThatNoException().isThrownBy(() -> RoleDialect.trillet().guard(PermissionCatalog.empty()));
    }

    @Test
    void a_host_may_require_permissions() {
        AcceptanceWorld strict = AcceptanceWorld.of(
                AcceptanceWorldProduct.TRILLET,
                RoleDialect.trillet()
                        .withNeeded(Change.Kind.CREATE_ROLE, "agent_edit")
                        .withEscalationRefused(true));
        String id = strict.createRole("{'name':'R','permissions':['agent_edit'],'userIds':['ann']}")
                .created()
                .id();
        assertThat(strict.policy().rolesOf("ann", Target.account())).hasSize(1);

        strict.asUser("bob").createRole("{'name':'R','permissions':[]}").refused(403, Code.FORBIDDEN);
        strict.asUser("ann")
                .createRole("{'name':'R','permissions':['agent_edit']}")
                .created();
        strict.asUser("ann")
                .createRole("{'name':'R','permissions':['agent_edit','agent_view']}")
                .refused(403, Code.ESCALATION);
        strict.asUser("ann").put(strict.role(id), "{'userIds':['bob']}").ok();
        assertThat(strict.may("bob", "agent_edit")).isTrue();
    }
}
