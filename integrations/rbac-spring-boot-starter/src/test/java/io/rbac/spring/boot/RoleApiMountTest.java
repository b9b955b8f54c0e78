package io.rbac.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rbac.engine.PermissionEngine;
import io.rbac.guard.AdminGuard;
import io.rbac.jackson.RbacModule;
import io.rbac.matrix.UserRights;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.roleapi.RoleApi;
import io.rbac.roleapi.RoleDialect;
import io.rbac.spring.PublicEndpoint;
import io.rbac.spring.Rbac;
import io.rbac.spring.RbacEndpoints;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The role API of Pulse, mounted by one property and asked over HTTP. */
class RoleApiMountTest {

    private static final String JSON_API = "application/vnd.api+json";
    private static final String ROLES = "/app/api/v1/roles";

    static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("role", "create", "read", "update", "delete")
            .group("user", "read", "update")
            .group("team_membership", "manage")
            .group("message", "read")
            .group("chat_membership", "manage")
            .build();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        PermissionCatalog catalog() {
            return CATALOG;
        }

        /** Lets everybody in: what the role API says to whom is not authenticated is its own. */
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable())
                    .httpBasic(basic -> {})
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            InMemoryUserDetailsManager users = new InMemoryUserDetailsManager();
            for (String id : new String[] {"ada", "bob"}) {
                users.createUser(User.withUsername(id).password("{noop}pw").build());
            }
            return users;
        }

        @Bean
        Own own(Rbac rbac) {
            return new Own(rbac);
        }
    }

    @RestController
    static class Own {

        private final Rbac rbac;

        Own(Rbac rbac) {
            this.rbac = rbac;
        }

        @GetMapping("/own-rights")
        @PublicEndpoint("shows each user what they may do")
        UserRights rights() {
            return rbac.user().rightsAt(List.of(Target.team("sales")));
        }

        @GetMapping("/api/v1/own")
        @PublicEndpoint("for the test")
        String own() {
            return "own";
        }
    }

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() {
        context = SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--server.servlet.context-path=/app",
                "--spring.main.banner-mode=off",
                "--rbac.account.fixed=acme",
                "--rbac.role-api.pulse=/api/v1");
        context.getBean(PermissionEngine.class)
                .create(Policy.builder()
                        .account("acme")
                        .catalog(CATALOG)
                        .rules(context.getBean(PolicyRules.class))
                        .role(Role.builder("admin", Scope.ACCOUNT)
                                .name("Admin")
                                .rights(CATALOG.allRights())
                                .build())
                        .role(Role.builder("member", Scope.ACCOUNT)
                                .name("Member")
                                .defaultRole(true)
                                .build())
                        .role(Role.builder("guest", Scope.TEAM)
                                .name("Guest")
                                .defaultRole(true)
                                .build())
                        .role(Role.builder("m\u00e4r", Scope.ACCOUNT)
                                .name("Odd")
                                .build())
                        .assign("ada", "admin", Target.account())
                        .assign("bob", "member", Target.account())
                        .build());
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static HttpResponse<String> send(String user, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = request(user, path)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String user, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path))
                .header("Content-Type", JSON_API);
        if (!user.isEmpty()) {
            String credentials = Base64.getEncoder().encodeToString((user + ":pw").getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + credentials);
        }
        return request;
    }

    private static String role(String name) {
        return "{\"data\":{\"type\":\"role\",\"attributes\":{\"name\":\"" + name + "\"}}}";
    }

    @Test
    void a_product_is_served_below_the_path_of_its_property() throws Exception {
        HttpResponse<String> created = send("ada", "POST", ROLES, role("Lead"));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Content-Type")).contains(JSON_API);
        assertThat(send("ada", "GET", ROLES + "?filter%5Bname%5D=eq:Lead", "").body())
                .contains("\"name\":\"Lead\"")
                .doesNotContain("\"name\":\"Admin\"");
        assertThat(send("ada", "GET", ROLES + "/m%C3%A4r", "").body()).contains("\"name\":\"Odd\"");
    }

    @Test
    void who_asks_is_found_as_everywhere_in_the_application() throws Exception {
        assertThat(send("bob", "POST", ROLES, role("Mine")).statusCode()).isEqualTo(403);
        HttpResponse<String> unknown = send("", "GET", ROLES, "");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(unknown.body()).startsWith("{\"errors\":[{\"status\":\"401\"");
    }

    @Test
    void errors_have_the_form_of_the_product() throws Exception {
        assertThat(send("ada", "GET", ROLES + "/nobody", "").body())
                .startsWith("{\"errors\":[{\"status\":\"404\",\"code\":\"role_not_found\"");
        HttpResponse<String> other = send("ada", "PATCH", ROLES, role("x"));
        assertThat(other.statusCode()).isEqualTo(405);
        assertThat(other.headers().firstValue("Allow")).contains("GET, POST");
        assertThat(send("ada", "POST", ROLES, role("x".repeat(1 << 20))).statusCode())
                .isEqualTo(413);
        assertThat(send("ada", "GET", "/app/api/v1/nothing", "").statusCode()).isEqualTo(404);
    }

    @Test
    void a_response_to_head_is_that_to_get_without_its_body() throws Exception {
        HttpResponse<String> head = send("ada", "HEAD", ROLES, "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void handlers_of_the_application_below_the_same_path_come_first() throws Exception {
        assertThat(send("", "GET", "/app/api/v1/own", "").body()).isEqualTo("own");
    }

    @Test
    void a_controller_tells_a_front_end_what_a_user_may_do() throws Exception {
        UserRights rights =
                context.getBean(PermissionEngine.class).user("acme", "ada").rightsAt(List.of(Target.team("sales")));
        assertThat(send("ada", "GET", "/app/own-rights", "").body())
                .isEqualTo(JsonMapper.builder()
                        .addModule(new RbacModule(CATALOG))
                        .build()
                        .writeValueAsString(rights))
                .contains("\"rights\":{\"role\":{\"create\":true");
    }

    @Test
    void an_edit_names_the_version_that_was_read() throws Exception {
        String tag = send("ada", "GET", ROLES, "").headers().firstValue("ETag").orElseThrow();
        HttpRequest.Builder request = request("ada", ROLES)
                .method("POST", BodyPublishers.ofString(role("Tagged")))
                .header("If-Match", tag);
        assertThat(CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(201);
        assertThat(CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(412);
        HttpRequest again = request("ada", ROLES)
                .GET()
                .header(
                        "If-None-Match",
                        send("ada", "GET", ROLES, "")
                                .headers()
                                .firstValue("ETag")
                                .orElseThrow())
                .build();
        assertThat(CLIENT.send(again, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void the_role_api_counts_as_protected() {
        RbacEndpoints.assertAllProtected(context, "/actuator/**");
    }

    @Test
    void the_engine_has_the_rules_the_guard_and_the_ids_of_the_product() {
        RoleDialect dialect = context.getBean(RoleDialect.class);
        assertThat(dialect).isEqualTo(RoleDialect.pulse().withBasePath("/api/v1"));
        assertThat(context.getBean(PolicyRules.class))
                .isEqualTo(RoleDialect.pulse().rules());
        assertThat(context.getBean(AdminGuard.class)).isEqualTo(dialect.guard(CATALOG));
    }

    // mistakes

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RbacAutoConfiguration.class))
            .withBean(PermissionCatalog.class, () -> CATALOG)
            .withPropertyValues("rbac.account.fixed=acme");

    private static String description(Throwable failure) {
        FailureAnalysis analysis = new MissingRbacSettingAnalyzer().analyze(failure);
        return analysis.getDescription();
    }

    @Test
    void nothing_is_mounted_without_a_property() {
        runner.run(context ->
                assertThat(context).doesNotHaveBean(RoleDialect.class).doesNotHaveBean(RoleApi.class));
    }

    @Test
    void one_engine_serves_one_product() {
        runner.withPropertyValues("rbac.role-api.pulse=/p", "rbac.role-api.freya=/f")
                .run(context -> assertThat(description(context.getStartupFailure()))
                        .isEqualTo("rbac: an engine has the rules of one product, and the role APIs of 2 are to be"
                                + " mounted."));
    }

    @Test
    void a_dialect_of_the_application_stands_in_for_the_property() {
        RoleDialect own = RoleDialect.trillet().withCreatedStatus(200);
        runner.withBean(RoleDialect.class, () -> own)
                .run(context -> assertThat(context.getBean(PolicyRules.class)).isEqualTo(own.rules()));
    }

    @Test
    void what_does_not_fit_together_stops_the_application() {
        runner.withPropertyValues("rbac.role-api.pulse=")
                .run(context -> assertThat(description(context.getStartupFailure()))
                        .isEqualTo("rbac: the path of the role API of pulse is empty."));
        runner.withPropertyValues("rbac.role-api.pulse=/api/v1", "rbac.guard.roles=role:create")
                .run(context -> assertThat(description(context.getStartupFailure()))
                        .isEqualTo("rbac: the role API of pulse has a guard of its own, and `rbac.guard` says"
                                + " another."));
        runner.withPropertyValues("rbac.role-api.freya=/api/v2")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("is not a permission of the catalog"));
        runner.withPropertyValues("rbac.role-api.pulse=/api/v1")
                .withClassLoader(new FilteredClassLoader("io.rbac.roleapi"))
                .run(context -> assertThat(description(context.getStartupFailure()))
                        .isEqualTo("rbac: a role API is to be mounted, and there is none."));
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RbacAutoConfiguration.class, WebMvcAutoConfiguration.class))
                .withBean(PermissionCatalog.class, () -> CATALOG)
                .withPropertyValues("rbac.account.path-variable=account", "rbac.role-api.pulse=/api/v1")
                .run(context -> assertThat(description(context.getStartupFailure()))
                        .isEqualTo("rbac: the account is a variable of the path, and the paths of a role API have"
                                + " none."));
    }
}
