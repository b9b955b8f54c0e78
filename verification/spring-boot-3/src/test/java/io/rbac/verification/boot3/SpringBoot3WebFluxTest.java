package io.rbac.verification.boot3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.spring.RbacEndpoints;
import io.rbac.spring.ReactiveRbac;
import io.rbac.spring.RequiresPermission;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The jar that was built with Spring Boot 4 works with WebFlux on Spring Boot 3.5. */
@Tag("deep")
class SpringBoot3WebFluxTest {

    @RestController
    static class Chats {

        private final ReactiveRbac rbac;

        Chats(ReactiveRbac rbac) {
            this.rbac = rbac;
        }

        @GetMapping("/annotated/{chat}")
        @RequiresPermission(value = "message:read", at = "chat/{chat}")
        Mono<Rights> annotated(@PathVariable String chat) {
            return rbac.at("chat", chat).rights();
        }

        @GetMapping("/ruled/{chat}")
        Mono<String> ruled(@PathVariable String chat) {
            return Mono.just(chat);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Chats chats(ReactiveRbac rbac) {
            return new Chats(rbac);
        }

        @Bean
        SecurityWebFilterChain security(ServerHttpSecurity http, ReactiveRbac rbac) {
            return http.httpBasic(basic -> {})
                    .authorizeExchange(exchanges -> exchanges
                            .pathMatchers("/ruled/{chat}")
                            .access(rbac.permission("message:create").at("chat/{chat}"))
                            .anyExchange()
                            .authenticated())
                    .build();
        }

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(
                    User.withUsername("bob").password("{noop}pw").build(),
                    User.withUsername("eve").password("{noop}pw").build());
        }
    }

    static class Misspelt {

        @RequiresPermission("mesage:read")
        Mono<Void> read() {
            return Mono.empty();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class MisspeltApplication {

        @Bean
        Misspelt misspelt() {
            return new Misspelt();
        }
    }

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext context;

    private static ConfigurableApplicationContext run(Class<?> application) {
        SpringApplication reactive = new SpringApplication(application);
        reactive.setWebApplicationType(WebApplicationType.REACTIVE);
        return reactive.run(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--rbac.catalog=classpath:catalog.json",
                "--rbac.account.header=X-Account",
                "--rbac.problem.details=permission");
    }

    @BeforeAll
    static void start() {
        context = run(Application.class);
        PermissionEngine engine = context.getBean(PermissionEngine.class);
        engine.create(Policy.builder()
                .account("acme")
                .catalog(engine.catalog())
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .build())
                .role(Role.builder("writer", Scope.CHAT)
                        .name("Writer")
                        .rights(engine.catalog().rights("message:read", "message:create"))
                        .build())
                .chat("c-1")
                .assign("bob", "writer", Target.chat("c-1"))
                .build());
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static String get(String user, String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path))
                .header("X-Account", "acme");
        if (!user.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString((user + ":pw").getBytes(StandardCharsets.UTF_8)));
        }
        HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    @Test
    void it_runs_on_spring_boot_3() {
        assertThat(SpringBootVersion.getVersion()).startsWith("3.5.");
    }

    @Test
    void annotations_and_rules_about_urls_allow_and_deny() throws Exception {
        assertThat(get("bob", "/annotated/c-1")).isEqualTo("200 {\"message\":{\"read\":true,\"create\":true}}");
        assertThat(get("bob", "/ruled/c-1")).isEqualTo("200 c-1");
        for (String path : new String[] {"/annotated/c-1", "/ruled/c-1"}) {
            assertThat(get("eve", path))
                    .startsWith("403 ")
                    .contains("\"title\":\"Forbidden\"", "\"target\":\"chat/c-1\"");
            assertThat(get("", path)).startsWith("401 ");
        }
    }

    @Test
    void endpoints_are_looked_at() {
        assertThatThrownBy(() -> RbacEndpoints.assertAllProtected(context))
                .isInstanceOf(AssertionError.class)
                .hasMessageNotContaining("/annotated")
                .hasMessageNotContaining("/ruled")
                .hasMessageContaining("GET /actuator/health");
    }

    @Test
    void a_misspelt_permission_stops_the_application() {
        assertThatThrownBy(() -> run(MisspeltApplication.class))
                .hasMessageContaining("`mesage:read` is not a permission of the catalog; did you mean `message:read`?");
    }
}
