package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests to a host that changes the rules of the product, or makes a mistake. */
class HostChoicesTest {

    private static final String WORKSPACE = "3c90c3cc-0d44-4b50-8888-8dd25736052a";

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("role", "create", "read", "update", "delete")
            .group("user", "read", "update")
            .group("team_membership", "manage")
            .group("message", "read")
            .group("chat_membership", "manage")
            .group("roles", "read", "write", "delete")
            .group("members", "read", "invite", "remove", "role-change")
            .retired("old:thing", "user:export", "gone:read")
            .build();

    private final List<Throwable> failures = new ArrayList<>();

    private PermissionEngine engine(RoleDialect dialect, Optional<RoleDialect> guard) {
        PermissionEngine.Builder building = PermissionEngine.builder()
                .catalog(CATALOG)
                .rules(dialect.rules())
                .executor(Runnable::run);
        guard.ifPresent(of -> building.guard(of.guard(CATALOG)));
        PermissionEngine engine = building.build();
        engine.create(Policy.builder()
                .account(WORKSPACE)
                .catalog(CATALOG)
                .rules(dialect.rules())
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .build())
                .role(Role.builder("r", Scope.ACCOUNT).name("R").build())
                .assign("mia", "member", Target.account())
                .build());
        return engine;
    }

    private RoleApi api(PermissionEngine engine, RoleDialect dialect) {
        return RoleApi.builder(engine, dialect)
                .authentication(request -> Optional.of(Caller.account(WORKSPACE)))
                .onFailure(failures::add)
                .build();
    }

    private RoleApi api(RoleDialect dialect) {
        return api(engine(dialect, Optional.of(dialect)), dialect);
    }

    private static RoleDialect deleting(RoleDialect dialect, Deletion deletion) {
        return dialect.withRules(dialect.rules().toBuilder().deletion(deletion).build());
    }

    private static RoleResponse send(RoleApi api, String method, String path) {
        return api.handle(RoleRequest.of(method, path).header("x-workspace-id", WORKSPACE));
    }

    private static RoleResponse send(RoleApi api, String method, String path, String body) {
        return api.handle(RoleRequest.of(method, path)
                .header("x-workspace-id", WORKSPACE)
                .header("Content-Type", path.startsWith("/api/v1") ? "application/vnd.api+json" : "application/json")
                .body(body));
    }

    @Test
    void the_deletion_of_a_role_for_good_shows_it_as_it_was() {
        RoleApi api = api(deleting(RoleDialect.pulse(), Deletion.DELETE));

        RoleResponse response = send(api, "DELETE", "/api/v1/roles/r");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).contains("\"id\":\"r\"", "\"discarded_at\":null");
        assertThat(send(api, "GET", "/api/v1/roles/r").status()).isEqualTo(404);
    }

    @Test
    void a_discarded_role_is_gone_in_products_without_discarded_roles() {
        String freya = "/api/v2/workspaces/" + WORKSPACE + "/roles";
        String trillet = "/v1/api/roles-and-permissions/roles";
        for (RoleDialect dialect : List.of(RoleDialect.freya(), RoleDialect.trillet())) {
            String roles = dialect.name().equals("freya") ? freya : trillet;
            RoleApi api = api(deleting(dialect, Deletion.DISCARD));

            assertThat(send(api, "DELETE", roles + "/r").status()).isEqualTo(200);

            assertThat(send(api, "GET", roles + "/r").status()).isEqualTo(404);
            assertThat(send(api, "DELETE", roles + "/r").status()).isEqualTo(404);
            assertThat(send(api, "PUT", roles + "/r", "{}").status()).isEqualTo(404);
            assertThat(send(api, "GET", roles).text()).contains("Member").doesNotContain("\"R\"");
        }
    }

    @Test
    void retired_permissions_are_dropped() {
        RoleApi trillet = api(RoleDialect.trillet());
        assertThat(send(
                                trillet,
                                "PUT",
                                "/v1/api/roles-and-permissions/roles/r",
                                "{\"permissions\":[\"old:thing\",\"user:read\"]}")
                        .text())
                .contains("\"permissions\":[{\"key\":\"user:read\",\"category\":\"user\"}]");

        RoleApi pulse = api(RoleDialect.pulse());
        assertThat(send(
                                pulse,
                                "PUT",
                                "/api/v1/roles/r",
                                "{\"data\":{\"type\":\"role\",\"attributes\":{\"rights\":{\"user\":{\"export\":true,"
                                        + "\"read\":true},\"gone\":{\"read\":true}}}}}")
                        .text())
                .contains("\"rights\":{\"user\":{\"read\":true}}");
        assertThat(send(
                                pulse,
                                "PUT",
                                "/api/v1/roles/r",
                                "{\"data\":{\"type\":\"role\",\"attributes\":{\"rights\":{\"gone\":{}}}}}")
                        .text())
                .contains("unknown_group");
    }

    @Test
    void the_members_of_a_workspace_are_listed_with_their_role() {
        RoleDialect dialect = RoleDialect.freya();
        PermissionEngine engine = engine(dialect, Optional.of(dialect));
        engine.commit(WORKSPACE, Change.assign("bob", "r", Target.account()));

        assertThat(send(api(engine, dialect), "GET", "/api/v2/workspaces/" + WORKSPACE + "/members")
                        .text())
                .isEqualTo("{\"success\":true,\"data\":{\"message\":\"Members found\",\"result\":{\"members\":["
                        + "{\"id\":\"bob\",\"workspaceId\":\"" + WORKSPACE
                        + "\",\"roleId\":\"r\",\"roleName\":\"R\"},"
                        + "{\"id\":\"mia\",\"workspaceId\":\"" + WORKSPACE
                        + "\",\"roleId\":\"member\",\"roleName\":\"Member\"}]}}}");
    }

    @Test
    void rights_are_not_judged_for_a_scope_that_cannot_be_read() {
        assertThat(send(
                                api(RoleDialect.pulse()),
                                "POST",
                                "/api/v1/roles",
                                "{\"data\":{\"type\":\"role\",\"attributes\":{\"name\":\"\",\"scope\":\"nope\","
                                        + "\"rights\":{\"user\":{\"read\":true}}}}}")
                        .text())
                .contains("scope_invalid", "name_blank")
                .doesNotContain("rights");
    }

    @Test
    void an_engine_without_a_guard_is_a_failure_of_the_host_if_the_account_itself_calls() {
        RoleDialect dialect = RoleDialect.trillet();
        RoleApi api = api(engine(dialect, Optional.empty()), dialect);

        assertThat(send(api, "DELETE", "/v1/api/roles-and-permissions/roles/r").status())
                .isEqualTo(500);
        assertThat(failures)
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure).hasMessage("the engine has no guard: expected that of the dialect"));
    }

    @Test
    void an_engine_of_another_catalog_is_a_failure_of_the_host() {
        PermissionEngine engine = PermissionEngine.builder()
                .catalog(PermissionCatalog.empty())
                .rules(RoleDialect.pulse().rules())
                .build();
        engine.create(Policy.builder()
                .account(WORKSPACE)
                .catalog(PermissionCatalog.empty())
                .rules(RoleDialect.pulse().rules())
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .build())
                .build());
        RoleApi api = RoleApi.builder(engine, RoleDialect.pulse())
                .authentication(request -> Optional.of(Caller.user(WORKSPACE, "mia")))
                .onFailure(failures::add)
                .build();

        assertThat(send(api, "GET", "/api/v1/roles").status()).isEqualTo(500);
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_authentication_that_throws_a_violation_is_a_failure_of_the_host() {
        RoleDialect dialect = RoleDialect.trillet();
        PermissionEngine engine = engine(dialect, Optional.of(dialect));
        RoleApi api = RoleApi.builder(engine, dialect)
                .authentication(request ->
                        Optional.of(Caller.account(engine.policy("nowhere").account())))
                .onFailure(failures::add)
                .build();

        RoleResponse response = send(api, "GET", "/v1/api/roles-and-permissions/roles");

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).doesNotContain("nowhere");
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void failures_go_to_the_handler_of_the_thread_by_default() throws Exception {
        RoleApi api = RoleApi.builder(
                        engine(RoleDialect.pulse(), Optional.of(RoleDialect.pulse())), RoleDialect.pulse())
                .authentication(request -> {
                    throw new IllegalStateException("thrown");
                })
                .build();
        Thread thread = new Thread(() -> send(api, "GET", "/api/v1/roles"));
        thread.setUncaughtExceptionHandler((in, thrown) -> failures.add(thrown));
        thread.start();
        thread.join();

        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessage("thrown"));
    }

    @Test
    void null_clears_a_description_of_pulse_if_the_host_allows_descriptions() {
        RoleDialect dialect = RoleDialect.pulse()
                .withRules(RoleDialect.pulse().rules().toBuilder()
                        .allowsDescriptions(true)
                        .build());
        PermissionEngine engine = engine(dialect, Optional.of(dialect));
        engine.commit(
                WORKSPACE,
                Change.updateRole("r", RoleUpdate.builder().description("d").build()));

        assertThat(send(
                                api(engine, dialect),
                                "PUT",
                                "/api/v1/roles/r",
                                "{\"data\":{\"type\":\"role\",\"attributes\":{\"description\":null}}}")
                        .text())
                .contains("\"description\":null");
        assertThat(engine.policy(WORKSPACE).role("r").orElseThrow().description())
                .isEmpty();
    }
}
