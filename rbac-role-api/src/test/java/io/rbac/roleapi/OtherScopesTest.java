package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Role APIs over the catalog of an application that has organizations, folders and pages. */
class OtherScopesTest {

    private static final ScopeTree TREE = ScopeTree.builder()
            .scope("org")
            .nestingScope("folder")
            .scope("page")
            .build();
    private static final Scope FOLDER = TREE.scope("folder");
    private static final Scope PAGE = TREE.scope("page");
    private static final Target OUTER = Target.of(FOLDER, "f-1");
    private static final Target INNER = Target.of(FOLDER, "f-2");

    private static AcceptanceWorld trillet() {
        return AcceptanceWorld.of(
                AcceptanceWorldProduct.TRILLET, RoleDialect.trillet(), AcceptanceWorldCatalogs.trillet(TREE));
    }

    private static AcceptanceWorld freya(RoleDialect dialect) {
        return AcceptanceWorld.of(AcceptanceWorldProduct.FREYA, dialect, AcceptanceWorldCatalogs.freya(TREE));
    }

    /** Returns the codes of what is wrong with a change that a user of Freya makes. */
    private static List<Code> refusals(AcceptanceWorld world, String user, Change change) {
        return world.engine().preview(PolicyEdit.of(world.account()).by(user).changes(change)).violations().stream()
                .map(violation -> violation.code())
                .toList();
    }

    // products that know the account only

    @Test
    void trillet_works_on_every_tree() {
        AcceptanceWorld world = trillet();
        world.host(Change.addTarget(OUTER), Change.addTarget(Target.of(PAGE, "p-1"), OUTER));

        String id = world.createRole("{'name':'R','permissions':['agent_view'],'userIds':['u1']}")
                .created()
                .id();

        assertThat(world.stored(id).scope()).isEqualTo(TREE.account());
        assertThat(world.may("u1", "agent_view", Target.of(PAGE, "p-1"))).isTrue();
        world.put(world.role(id), "{'permissions':['agent_edit'],'userIds':['u2']}")
                .ok();
        assertThat(world.may("u1", "agent_view")).isFalse();
        assertThat(world.may("u2", "agent_edit", OUTER)).isTrue();
        assertThat(world.get(world.roles()).ok().text()).contains(id, "u2");
        assertThat(world.get("/v1/api/roles-and-permissions/permissions").ok().text())
                .contains("agent_view", "call_history_export");
        world.delete(world.role(id)).ok();
        assertThat(world.may("u2", "agent_edit")).isFalse();
    }

    @Test
    void freya_works_on_every_tree() {
        AcceptanceWorld world = freya(RoleDialect.freya());
        world.host(Change.addTarget(OUTER), Change.addTarget(INNER, OUTER));
        String mia = world.roles().replace("/roles", "/members/mia");

        String id = world.createRole("{'name':'R','permissions':['calls:delete']}")
                .created()
                .id();
        world.put(mia, "{'roleId':'" + id + "'}").done();

        assertThat(world.stored(id).scope()).isEqualTo(TREE.account());
        assertThat(world.may("mia", "calls:delete", INNER)).isTrue();
        world.delete(world.role(id)).refused(409, Code.ROLE_IN_USE);
        world.put(mia, "{'roleId':'r_member'}").done();
        world.delete(world.role(id)).ok();
        world.asUser("mia").createRole("{'name':'S'}").refused(403, Code.FORBIDDEN);
    }

    @Test
    void a_role_of_the_account_holds_what_the_catalog_allows_there() {
        PermissionCatalog catalog = PermissionCatalog.builder()
                .scopes(TREE)
                .group("page", Set.of(PAGE), "read")
                .group("billing", "read")
                .build();
        AcceptanceWorld world = AcceptanceWorld.of(AcceptanceWorldProduct.TRILLET, RoleDialect.trillet(), catalog);

        world.createRole("{'name':'R','permissions':['billing:read']}").created();
        assertThat(world.createRole("{'name':'S','permissions':['page:read']}")
                        .refused(400, Code.PERMISSION_NOT_IN_SCOPE)
                        .text())
                .contains("a role of the scope `org` holds `page:read`: only roles of [page] may");
    }

    // what changes need

    @Test
    void what_a_kind_of_change_needs_it_needs_at_every_scope() {
        AcceptanceWorld world = freya(RoleDialect.freya().withNeeded(Change.Kind.ADD_TARGET, "kb:write"));
        world.host("keeper", Scope.ACCOUNT, "kb:write");
        world.host(Change.assign("kim", "keeper", Target.account()), Change.addTarget(OUTER));

        for (Target parent : List.of(Target.account(), OUTER)) {
            for (Target added : List.of(INNER, Target.of(PAGE, "p-1"))) {
                assertThat(refusals(world, "kim", Change.addTarget(added, parent)))
                        .isEmpty();
                assertThat(refusals(world, "mia", Change.addTarget(added, parent)))
                        .containsExactly(Code.FORBIDDEN);
            }
        }
    }

    @Test
    void what_is_stated_for_one_scope_holds_there_and_nowhere_else() {
        AcceptanceWorld world = freya(RoleDialect.freya().withNeeded(Change.Kind.ADD_TARGET, FOLDER, "kb:write"));
        world.host("keeper", Scope.ACCOUNT, "kb:write");
        world.host(Change.assign("kim", "keeper", Target.account()), Change.addTarget(OUTER));

        assertThat(refusals(world, "kim", Change.addTarget(INNER, OUTER))).isEmpty();
        assertThat(refusals(world, "kim", Change.addTarget(INNER))).containsExactly(Code.FORBIDDEN);
    }

    @Test
    void what_is_stated_for_every_scope_replaces_what_was_stated_for_one() {
        AcceptanceWorld world = freya(RoleDialect.freya()
                .withNeeded(Change.Kind.ADD_TARGET, FOLDER, "kb:write")
                .withNeeded(Change.Kind.ADD_TARGET));
        world.host(Change.addTarget(OUTER));

        assertThat(refusals(world, "mia", Change.addTarget(INNER, OUTER))).isEmpty();
        assertThat(RoleDialect.freya()
                        .withNeeded(Change.Kind.ADD_TARGET, FOLDER, "kb:write")
                        .withNeeded(Change.Kind.ADD_TARGET, "members:role-change"))
                .isEqualTo(RoleDialect.freya());
    }

    @Test
    void a_scope_for_which_something_is_stated_must_be_one_of_the_catalog() {
        RoleDialect dialect = RoleDialect.freya().withNeeded(Change.Kind.MOVE_TARGET, FOLDER, "kb:write");

        assertThat(dialect.guard(AcceptanceWorldCatalogs.freya(TREE))).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dialect.guard(AcceptanceWorldCatalogs.freya()))
                .withMessage(
                        "the dialect states what `MOVE_TARGET` needs at targets of `folder`, which is not a scope of"
                                + " the catalog: expected one of [account, team, chat]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoleDialect.trillet()
                        .withNeeded(Change.Kind.ASSIGN, Scope.TEAM)
                        .guard(AcceptanceWorldCatalogs.trillet(TREE)))
                .withMessageContaining("`ASSIGN`")
                .withMessageContaining("`team`")
                .withMessageContaining("[org, folder, page]");
    }

    // Pulse

    @Test
    void pulse_works_on_the_standard_scopes_only() {
        PermissionCatalog catalog = PermissionCatalog.builder().scopes(TREE).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoleDialect.pulse().guard(catalog))
                .withMessage("`pulse` has the scopes account > team > chat, the catalog org > folder > folder > page:"
                        + " expected the same");
    }

    @Test
    void the_account_of_pulse_has_its_own_name() {
        PermissionCatalog catalog = PermissionCatalog.builder()
                .scopes(ScopeTree.builder()
                        .scope("workspace")
                        .scope("team")
                        .scope("chat")
                        .build())
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoleDialect.pulse().guard(catalog))
                .withMessageContaining("workspace > team > chat");
    }

    @Test
    void pulse_is_not_built_over_an_engine_with_other_scopes() {
        PermissionCatalog catalog =
                PermissionCatalog.builder().scopes(TREE).group("role", "read").build();
        try (PermissionEngine engine =
                PermissionEngine.builder().catalog(catalog).build()) {
            RoleApi.Builder api = RoleApi.builder(engine, RoleDialect.pulse())
                    .authentication(request -> Optional.of(Caller.account("acme")));

            assertThatIllegalArgumentException()
                    .isThrownBy(api::build)
                    .withMessageContaining("org > folder > folder > page");
        }
    }
}
