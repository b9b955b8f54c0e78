package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import io.rbac.roleapi.RoleDialect.Read;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a host decides: its system roles, other rules, retired permissions. */
class HostRulesTest {

    private static AcceptanceWorld world(AcceptanceWorldProduct product, UnaryOperator<PolicyRules.Builder> change) {
        RoleDialect dialect = product.dialect();
        return AcceptanceWorld.of(
                product,
                dialect.withRules(change.apply(dialect.rules().toBuilder()).build()));
    }

    @ParameterizedTest
    @EnumSource
    void system_roles_are_out_of_reach_of_the_account_itself(AcceptanceWorldProduct product) {
        AcceptanceWorld account = AcceptanceWorld.of(product).asAccount();
        String key = account.policy().catalog().permissions().get(0).key();
        account.host(Change.putSystemRole(Role.builder("sys", Scope.ACCOUNT)
                .name("System")
                .type(RoleType.SYSTEM)
                .rights(account.rights(key))
                .build()));
        String noRights =
                product == AcceptanceWorldProduct.PULSE ? AcceptanceWorld.pulse("{'rights':{}}") : "{'permissions':[]}";

        account.put(account.role("sys"), noRights).refused(403, Code.SYSTEM_ROLE);
        account.delete(account.role("sys")).refused(403, Code.SYSTEM_ROLE);
        account.host(Change.assign("u1", "sys", Target.account()));
        assertThat(account.may("u1", key)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PULSE")
    void a_role_that_the_host_discarded_is_gone_in_products_without_discarded_roles(AcceptanceWorldProduct product) {
        AcceptanceWorld world = world(product, rules -> rules.deletion(Deletion.DISCARD));
        String id = world.createRole(product.roleBody("R")).created().id();
        String path = world.role(id);

        world.delete(path).ok();

        world.get(path).refused(404, Code.ROLE_NOT_FOUND);
        world.put(path, "{'name':'S'}").refused(404, Code.ROLE_NOT_FOUND);
        world.delete(path).refused(404, Code.ROLE_NOT_FOUND);
        assertThat(world.get(world.roles()).ok().text()).doesNotContain(id);
        assertThat(world.stored(id).isActive()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void names_may_have_to_be_unique(AcceptanceWorldProduct product) {
        AcceptanceWorld world = world(product, rules -> rules.requiresUniqueNames(true));
        world.createRole(product.roleBody("R")).created();

        AcceptanceWorldAnswer answer = world.createRole(product.roleBody("R")).refused(409, Code.NAME_TAKEN);

        assertThat(answer.paths()).singleElement().asString().endsWith("name");
    }

    @Test
    void the_last_holder_of_a_permission_can_be_protected() {
        AcceptanceWorld world =
                world(AcceptanceWorldProduct.FREYA, rules -> rules.lockout(List.of("workspace:delete")));
        String olga = world.roles().replace("/roles", "/members/olga");

        world.put(olga, "{'roleId':'r_admin'}").refused(409, Code.LAST_HOLDER);

        world.put(olga.replace("olga", "mia"), "{'roleId':'r_owner'}").done();
        world.put(olga, "{'roleId':'r_admin'}").done();
        assertThat(world.may("mia", "workspace:delete")).isTrue();
        assertThat(world.may("olga", "workspace:delete")).isFalse();
    }

    @Test
    void a_user_may_be_limited_to_one_role_at_a_target() {
        AcceptanceWorld world = world(AcceptanceWorldProduct.PULSE, rules -> rules.rolesPerTarget(2));
        world.host("a", Scope.ACCOUNT);

        world.setRoles("account", "{'user_id':'max','role_ids':['account-member','account-admin','a']}")
                .refused(422, Code.TOO_MANY_ROLES)
                .pointing("/data/attributes/role_ids");
        world.setRoles("account", "{'user_id':'max','role_ids':['account-admin','a']}")
                .done();
    }

    @Test
    void a_product_without_teams_accepts_no_team_roles() {
        AcceptanceWorld world = AcceptanceWorld.of(
                AcceptanceWorldProduct.PULSE,
                RoleDialect.pulse()
                        .withRules(RoleDialect.pulse().rules().toBuilder()
                                .defaultScope(Scope.ACCOUNT)
                                .build()));

        assertThat(world.createPulse("{'name':'R'}")
                        .created()
                        .attributes()
                        .path("scope")
                        .textValue())
                .isEqualTo("account");
        PolicyRules twoScopes = RoleDialect.pulse().rules().toBuilder()
                .scopes(Set.of(Scope.ACCOUNT, Scope.TEAM))
                .build();
        PermissionCatalog catalog = AcceptanceWorldCatalogs.pulse();
        RoleDialect dialect = RoleDialect.pulse().withRules(twoScopes);
        try (PermissionEngine engine = engine(dialect, catalog)) {
            engine.create(Policy.builder()
                    .account("a")
                    .catalog(catalog)
                    .rules(twoScopes)
                    .role(Role.builder("m", Scope.ACCOUNT)
                            .name("M")
                            .defaultRole(true)
                            .build())
                    .build());
            AcceptanceWorldAnswer answer = send(
                    AcceptanceWorldProduct.PULSE,
                    engine,
                    dialect,
                    AcceptanceWorld.pulse("{'name':'R','scope':'chat'}").replace('\'', '"'));
            answer.refused(422, Code.SCOPE_INVALID).pointing("/data/attributes/scope");
        }
    }

    @Test
    void retired_keys_are_dropped_without_an_error() {
        PermissionCatalog catalog = PermissionCatalog.builder()
                .group(
                        "agents",
                        Set.of(Scope.ACCOUNT),
                        List.of(Action.of("view").withKey("agent_view")))
                .group("user", Set.of(Scope.ACCOUNT), "read")
                .group("role", Set.of(Scope.ACCOUNT), "create", "update", "delete")
                .group("team_membership", Set.of(Scope.ACCOUNT), "manage")
                .group("chat_membership", Set.of(Scope.CHAT), "manage")
                .retired("agent_fly")
                .retired("user:export")
                .retired("gone:read")
                .build();
        RoleDialect trillet = RoleDialect.trillet();
        try (PermissionEngine engine = engine(trillet, catalog)) {
            engine.create(Policy.builder()
                    .account("a")
                    .catalog(catalog)
                    .rules(trillet.rules())
                    .build());
            AcceptanceWorldAnswer answer = send(
                            AcceptanceWorldProduct.TRILLET,
                            engine,
                            trillet,
                            "{\"name\":\"R\",\"permissions\":[\"agent_fly\",\"agent_view\"]}")
                    .created();
            assertThat(AcceptanceWorldProduct.texts(answer.at("/permissions"), "/key"))
                    .containsExactly("agent_view");
        }
        RoleDialect pulse = RoleDialect.pulse()
                .withNeeded(Change.Kind.SET_ROLES)
                .withNeeded(Change.Kind.ASSIGN)
                .withNeeded(Change.Kind.UNASSIGN)
                .withNeeded(Change.Kind.CONNECT)
                .withNeeded(Change.Kind.SET_USERS)
                .withNeeded(Change.Kind.ASSIGN_TO_ALL)
                .withNeeded(Change.Kind.REMOVE_USER)
                .withNeededToRead(Read.ROLES)
                .withNeededToRead(Read.MEMBERS);
        try (PermissionEngine engine = engine(pulse, catalog)) {
            engine.create(Policy.builder()
                    .account("a")
                    .catalog(catalog)
                    .rules(pulse.rules())
                    .role(Role.builder("m", Scope.ACCOUNT)
                            .name("M")
                            .defaultRole(true)
                            .build())
                    .build());
            AcceptanceWorldAnswer answer = send(
                            AcceptanceWorldProduct.PULSE,
                            engine,
                            pulse,
                            AcceptanceWorld.pulse("""
                                            {'name':'R','scope':'account','rights':{
                                              'user':{'read':true,'export':true},'gone':{'read':true}}}""").replace('\'', '"'))
                    .created();
            assertThat(answer.attributes().get("rights"))
                    .isEqualTo(AcceptanceWorldAnswer.tree("{\"user\":{\"read\":true}}"));
            send(
                            AcceptanceWorldProduct.PULSE,
                            engine,
                            pulse,
                            AcceptanceWorld.pulse(
                                            "{'name':'R','scope':'account','rights':{'gone':{'read':true,'write':true}}}")
                                    .replace('\'', '"'))
                    .refused(422, Code.UNKNOWN_GROUP);
        }
    }

    private static PermissionEngine engine(RoleDialect dialect, PermissionCatalog catalog) {
        return PermissionEngine.builder()
                .catalog(catalog)
                .rules(dialect.rules())
                .guard(dialect.guard(catalog))
                .ids(dialect.ids())
                .build();
    }

    private static AcceptanceWorldAnswer send(
            AcceptanceWorldProduct product, PermissionEngine engine, RoleDialect dialect, String body) {
        RoleApi api = RoleApi.builder(engine, dialect)
                .authentication(
                        request -> request.headers().isEmpty() ? Optional.empty() : Optional.of(Caller.account("a")))
                .build();
        return AcceptanceWorldAnswer.of(
                product,
                api.handle(product.signed(RoleRequest.of("POST", product.roles()), "t", "a")
                        .header("Content-Type", product.mediaType())
                        .body(body)));
    }
}
