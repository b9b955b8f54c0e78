package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.model.Change;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Violation.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Paths, methods, media types, authentication, and which account a caller sees. */
class HttpEdgeTest {

    private static List<String> allowed(AcceptanceWorldAnswer answer) {
        return Arrays.stream(answer.header("Allow").split(",", -1))
                .map(String::strip)
                .filter(method -> !method.equals("HEAD") && !method.equals("OPTIONS"))
                .sorted()
                .toList();
    }

    private static String percent(String text) {
        return text.chars().mapToObj("%%%02X"::formatted).collect(Collectors.joining());
    }

    // authentication

    @ParameterizedTest
    @EnumSource
    void an_unauthenticated_request_is_401(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        AcceptanceWorld stranger = world.asToken("no such token");

        assertThat(stranger.get(world.roles()).is(401).header("WWW-Authenticate"))
                .isNotEmpty();
        stranger.createRole(product.roleBody("R")).is(401);
        stranger.delete(world.role("x")).is(401);
        world.send(RoleRequest.of("GET", world.roles())).is(401);
    }

    @ParameterizedTest
    @EnumSource
    void an_unauthenticated_request_is_401_whatever_its_body(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);

        world.asToken("no such token").send("POST", world.roles(), "{").is(401);
    }

    @Test
    void trillet_needs_the_workspace_of_the_key() {
        AcceptanceWorld world = AcceptanceWorld.trillet();
        RoleRequest request = RoleRequest.of("GET", world.roles()).header("x-api-key", "account");

        world.send(request).is(400);
        AcceptanceWorldAnswer other =
                world.send(request.header("x-workspace-id", AcceptanceWorldProduct.TRILLET.otherAccount()));
        AcceptanceWorldAnswer unknown = world.send(request.header("x-workspace-id", "ws_none"));
        other.is(404);
        unknown.is(404);
        assertThat(other.text().replace("ws_other", ""))
                .isEqualTo(unknown.text().replace("ws_none", ""));
        world.send(request.header("X-Workspace-Id", world.account())).ok();
    }

    @Test
    void freya_needs_the_workspace_of_the_caller() {
        AcceptanceWorld world = AcceptanceWorld.freya();
        String other = AcceptanceWorldProduct.FREYA.otherAccount();
        String none = "5eb2e5ee-2f66-4d72-aaaa-9ff47958274c";

        for (String tail : List.of("/roles", "/roles/r_member", "/members/mia")) {
            RoleRequest ours = world.signed("GET", "/api/v2/workspaces/" + other + tail);
            RoleRequest theirs = world.signed("GET", "/api/v2/workspaces/" + none + tail);
            AcceptanceWorldAnswer first = world.send(ours);
            AcceptanceWorldAnswer second = world.send(theirs);
            assertThat(first.status()).isEqualTo(second.status()).isIn(404, 405);
            assertThat(first.text().replace(other, "")).isEqualTo(second.text().replace(none, ""));
        }
        world.post("/api/v2/workspaces/" + other + "/roles", "{'name':'R'}").is(404);
        world.put("/api/v2/workspaces/" + other + "/members/mia", "{'roleId':'r_member'}")
                .is(404);
        world.delete("/api/v2/workspaces/" + other + "/roles/r_member").is(404);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("B71")
    void a_role_of_another_account_is_like_one_that_does_not_exist(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        String key = world.policy().catalog().permissions().get(0).key();
        world.engine()
                .commit(
                        product.otherAccount(),
                        Change.createRole(
                                "theirs",
                                Scope.ACCOUNT,
                                RoleUpdate.builder()
                                        .name("theirs")
                                        .rights(world.rights(key))
                                        .build()));

        for (String method : List.of("GET", "PUT", "DELETE")) {
            String body = product == AcceptanceWorldProduct.PULSE
                    ? AcceptanceWorld.pulse("{}").replace('\'', '"')
                    : "{}";
            AcceptanceWorldAnswer foreign = method.equals("PUT")
                    ? world.send(method, world.role("theirs"), body)
                    : world.send(world.signed(method, world.role("theirs")));
            AcceptanceWorldAnswer unknown = method.equals("PUT")
                    ? world.send(method, world.role("nobody"), body)
                    : world.send(world.signed(method, world.role("nobody")));

            foreign.refused(404, Code.ROLE_NOT_FOUND);
            unknown.refused(404, Code.ROLE_NOT_FOUND);
            assertThat(foreign.text().replace("theirs", "nobody")).isEqualTo(unknown.text());
        }
        assertThat(world.get(world.roles()).ok().text()).doesNotContain("theirs");
    }

    @ParameterizedTest
    @EnumSource
    void a_removed_account_is_not_found(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        RoleRequest request = world.signed("GET", world.roles());
        world.engine().remove(world.account());

        RoleResponse response = world.api().handle(request);

        assertThat(AcceptanceWorldAnswer.of(product, response).status()).isEqualTo(404);
    }

    @Test
    void the_workspace_of_freya_is_compared_as_a_uuid() {
        AcceptanceWorld world = AcceptanceWorld.freya();
        String upper = world.account().toUpperCase(Locale.ROOT);
        String path = world.role("r_member").replace(world.account(), upper);

        AcceptanceWorldAnswer answer = world.get(path).ok();
        assertThat(answer.role().path("workspaceId").textValue()).isEqualTo(world.account());
        String id = world.post("/api/v2/workspaces/" + upper + "/roles", "{'name':'R'}")
                .created()
                .id();
        world.put(world.role(id), "{'workspaceId':'" + upper + "'}").ok();
        world.put(world.role(id), "{'workspaceId':'4da1d4dd-1e55-4c61-9999-9ee36847163b'}")
                .refused(400, Code.READ_ONLY_ATTRIBUTE);
    }

    @Test
    void the_workspace_of_freya_is_shown_in_the_canonical_form_whatever_the_host_calls_it() {
        String account = AcceptanceWorldProduct.FREYA.account().toUpperCase(Locale.ROOT);
        RoleDialect dialect = RoleDialect.freya();
        PermissionEngine engine = PermissionEngine.builder()
                .catalog(AcceptanceWorldCatalogs.freya())
                .rules(dialect.rules())
                .guard(dialect.guard(AcceptanceWorldCatalogs.freya()))
                .build();
        engine.create(AcceptanceWorldProduct.FREYA.policy(account, AcceptanceWorldCatalogs.freya()));
        RoleApi api = RoleApi.builder(engine, dialect)
                .authentication(request -> Optional.of(Caller.account(account)))
                .build();

        RoleResponse response = api.handle(RoleRequest.of("GET", AcceptanceWorldProduct.FREYA.roles() + "/r_member"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).contains(AcceptanceWorldProduct.FREYA.account());
    }

    // paths and methods

    @ParameterizedTest
    @EnumSource
    void a_path_that_only_starts_like_the_base_path_is_404(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        String base = product.dialect().basePath();
        String below = world.roles().substring(base.length());

        world.get(base + below).ok();
        for (String path :
                List.of(base + 'x' + below, base + "%20" + below, base + "/x" + below, base + ";a" + below)) {
            world.get(path).is(404);
            world.send("POST", path, product.roleBody("R")).is(404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_unauthenticated_request_is_401_whether_or_not_the_path_exists(AcceptanceWorldProduct product) {
        AcceptanceWorld stranger = AcceptanceWorld.of(product).asToken("no such token");

        for (String path : List.of("/nope", stranger.roles() + "s", stranger.roles() + "/%zz", stranger.role("x"))) {
            stranger.get(path).is(401);
        }
        stranger.send(stranger.signed("PATCH", stranger.roles())).is(401);
        stranger.send("POST", stranger.roles(), "x".repeat(2_000_000)).is(401);
    }

    @ParameterizedTest
    @EnumSource
    void an_unknown_path_is_404(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);

        for (String path : List.of(
                "/",
                "/nope",
                world.roles() + "s",
                world.roles() + "/r/x",
                world.roles() + "/r/restore/x",
                world.roles().substring(0, world.roles().length() - 6),
                "/x" + world.roles(),
                world.roles().replace("/api/", "/API/"))) {
            world.get(path).is(404);
            world.send("POST", path, product.roleBody("R")).is(404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void another_method_is_405_and_names_those_of_the_path(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        List<String> ofOne = product == AcceptanceWorldProduct.FREYA
                ? List.of("DELETE", "GET", "PATCH", "PUT")
                : List.of("DELETE", "GET", "PUT");

        for (String method : List.of("DELETE", "PUT", "PATCH", "TRACE", "FOO")) {
            assertThat(allowed(world.send(world.signed(method, world.roles())).is(405)))
                    .containsExactly("GET", "POST");
        }
        for (String method : List.of("POST", "TRACE", "FOO")) {
            assertThat(allowed(world.send(world.signed(method, world.role("r"))).is(405)))
                    .containsExactlyElementsOf(ofOne);
        }
    }

    @Test
    void the_other_paths_have_their_methods() {
        AcceptanceWorld trillet = AcceptanceWorld.trillet();
        assertThat(allowed(trillet.delete("/v1/api/roles-and-permissions/permissions")
                        .is(405)))
                .containsExactly("GET");

        AcceptanceWorld pulse = AcceptanceWorld.pulse();
        for (String path : List.of(
                "/api/v1/roles/r/restore",
                "/api/v1/account_memberships",
                "/api/v1/team_memberships",
                "/api/v1/chat_memberships",
                "/api/v1/account_roles/r/assign_all")) {
            assertThat(allowed(pulse.get(path).is(405))).containsExactly("POST");
        }
        assertThat(allowed(pulse.delete("/api/v1/chats/chat-1/members").is(405)))
                .containsExactly("GET");

        AcceptanceWorld freya = AcceptanceWorld.freya();
        assertThat(allowed(freya.post(freya.roles().replace("/roles", "/members/mia"))
                        .is(405)))
                .contains("PUT");
    }

    @ParameterizedTest
    @EnumSource
    void a_bad_percent_escape_is_refused(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);

        for (String bad : List.of("%", "%2", "%zz", "%C3%28", "%ED%A0%80", "%C0%AF", "%F8%80%80%80%80", "a%", "%+1")) {
            assertThat(world.get(world.roles() + '/' + bad).status()).isIn(400, 404);
            assertThat(world.delete(world.roles() + '/' + bad).status()).isIn(400, 404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_escaped_id_is_one_id_and_not_a_path(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        for (String id : List.of("a/b", "a+b", "a%2Fb", "a?b", "..", "a;b=c")) {
            world.host(id, Scope.ACCOUNT);

            assertThat(world.get(world.roles() + '/' + percent(id)).ok().id()).isEqualTo(id);
        }
        assertThat(world.get(world.roles() + "/a+b").ok().id()).isEqualTo("a+b");
        world.get(world.roles() + "/a/b").is(404);
        world.get(world.roles() + "/..").ok();
        world.get(world.roles() + "/%00").is(404);
        world.get(world.roles() + '/').is(404);
    }

    @ParameterizedTest
    @EnumSource
    void the_query_is_not_part_of_the_path(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        world.host("r", Scope.ACCOUNT);

        assertThat(world.get(world.role("r") + "?").ok().id()).isEqualTo("r");
        assertThat(world.get(world.role("nope") + "?x=/r").status()).isGreaterThanOrEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource
    void a_host_may_serve_it_under_another_path(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product, product.dialect().withBasePath("/mine"));
        String path = product == AcceptanceWorldProduct.FREYA
                ? "/mine/workspaces/" + world.account() + "/roles"
                : "/mine/roles";

        world.get(path).ok();
        world.get(world.roles()).is(404);
        world.send("POST", path, product.roleBody("R")).created();
    }

    // media types and sizes

    @ParameterizedTest
    @EnumSource
    void another_media_type_is_415(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        for (String type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded", "json")) {
            world.send(world.signed("POST", world.roles())
                            .header("Content-Type", type)
                            .body(product.roleBody("R")))
                    .is(415);
        }
        world.send(world.signed("POST", world.roles())
                        .header("content-type", product.mediaType())
                        .body(product.roleBody("R")))
                .created();
    }

    @Test
    void pulse_reads_no_body_without_its_media_type() {
        AcceptanceWorld world = AcceptanceWorld.pulse();
        String body = AcceptanceWorldProduct.PULSE.roleBody("R");

        world.send(world.signed("POST", world.roles()).body(body)).is(415);
        world.send(world.signed("POST", world.roles())
                        .header("Content-Type", "application/json")
                        .body(body))
                .is(415);
        world.send(world.signed("PUT", world.role("team-member"))
                        .header("Content-Type", "application/json")
                        .body(body))
                .is(415);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PULSE")
    void a_charset_may_follow_the_media_type(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        for (String type :
                List.of("application/json; charset=utf-8", "application/json;charset=UTF-8", "Application/JSON")) {
            world.send(world.signed("POST", world.roles())
                            .header("Content-Type", type)
                            .body(product.roleBody("R")))
                    .created();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("B16")
    void a_body_that_is_too_large_is_413(AcceptanceWorldProduct product) {
        String body = product.roleBody("R");
        AcceptanceWorld exact = AcceptanceWorld.of(
                product, product.dialect(), new InMemoryPolicyStore(), options -> options.maxBytes(body.length()));

        exact.send("POST", exact.roles(), body).created();
        exact.send("POST", exact.roles(), body + ' ').is(413);
        exact.send("POST", exact.roles(), "x".repeat(body.length() + 1)).is(413);

        AcceptanceWorld usual =
                AcceptanceWorld.of(product, product.dialect(), new InMemoryPolicyStore(), UnaryOperator.identity());
        usual.send("POST", usual.roles(), body + " ".repeat(1_048_576 - body.length()))
                .created();
        usual.send("POST", usual.roles(), body + " ".repeat(1_048_577 - body.length()))
                .is(413);
    }

    // restricted callers

    @Test
    void a_restricted_user_makes_only_edits_within_the_restriction() {
        AcceptanceWorld pulse = AcceptanceWorld.pulse();
        Caller admin = Caller.user(pulse.account(), "admin");
        String body = AcceptanceWorldProduct.PULSE.roleBody("R");

        pulse.as(admin.restrictedTo(pulse.rights("user:read", "role:delete")))
                .send("POST", pulse.roles(), body)
                .refused(403, Code.FORBIDDEN);
        pulse.as(admin.restrictedTo(pulse.rights("role:create")))
                .send("POST", pulse.roles(), body)
                .created();
        pulse.as(Caller.user(pulse.account(), "max").restrictedTo(pulse.rights("role:create")))
                .send("POST", pulse.roles(), body)
                .refused(403, Code.FORBIDDEN);

        AcceptanceWorld freya = AcceptanceWorld.freya();
        AcceptanceWorld key = freya.as(Caller.user(freya.account(), "olga")
                .restrictedTo(freya.rights("roles:read", "roles:write", "calls:read", "members:role-change")));
        String calls = key.createRole("{'name':'R','permissions':['calls:read']}")
                .created()
                .id();
        key.createRole("{'name':'R','permissions':['calls:read','calls:delete']}")
                .refused(403, Code.ESCALATION);
        key.delete(freya.role(calls)).refused(403, Code.FORBIDDEN);
        assertThat(key.get(freya.role(calls)).ok().role().path("assignable").booleanValue())
                .isTrue();
        assertThat(key.get(freya.role("r_admin")).ok().role().path("assignable").booleanValue())
                .isFalse();
    }

    @Test
    void a_restricted_account_makes_only_edits_within_the_restriction() {
        AcceptanceWorld freya = AcceptanceWorld.freya();
        AcceptanceWorld key =
                freya.as(Caller.account(freya.account()).restrictedTo(freya.rights("roles:write", "calls:read")));

        key.createRole("{'name':'R','permissions':['calls:read']}").created();
        key.createRole("{'name':'R','permissions':['billing:manage']}").refused(403, Code.ESCALATION);
        key.put(freya.roles().replace("/roles", "/members/mia"), "{'roleId':'r_admin'}")
                .refused(403, Code.FORBIDDEN);

        AcceptanceWorld pulse = AcceptanceWorld.pulse();
        AcceptanceWorld none = pulse.as(Caller.account(pulse.account()).restrictedTo(pulse.rights("user:read")));
        none.createPulse("{'name':'R'}").refused(403, Code.FORBIDDEN);
    }
}
