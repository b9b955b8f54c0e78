package io.rbac.verification.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.model.Rights;
import io.rbac.spring.RbacEndpoints;
import io.rbac.spring.ReactiveRbac;
import io.rbac.spring.RequiresPermission;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * The jar that was built with Spring Boot 4 works with WebFlux: on Spring Boot 3.5, where there are also servlets, and on Spring
 * Boot 4 without them.
 */
@Tag("deep")
class WebFluxTest {

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

        @GetMapping("/open")
        Mono<String> open() {
            return Mono.just("open");
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

    private static RunningApplication application;

    private static RunningApplication run(Class<?> configuration) {
        return RunningApplication.start(
                configuration, "--spring.main.web-application-type=reactive", "--rbac.account.header=X-Account");
    }

    @BeforeAll
    static void start() {
        application = run(Application.class);
        application.createAccount();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static String get(String user, String path) throws IOException, InterruptedException {
        return application.get(user, path, "X-Account", "acme");
    }

    @Test
    void servlets_are_there_only_where_the_module_says_so() {
        assertThat(ClassUtils.isPresent("jakarta.servlet.Servlet", null))
                .isEqualTo(Boolean.getBoolean("verification.servlets"));
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
        assertThatThrownBy(() -> RbacEndpoints.assertAllProtected(application.context()))
                .isInstanceOf(AssertionError.class)
                .hasMessageNotContaining("/annotated")
                .hasMessageNotContaining("/ruled")
                .hasMessageContaining("GET /open")
                .hasMessageContaining("GET /actuator/health");
    }

    @Test
    void a_misspelt_permission_stops_the_application() {
        assertThatThrownBy(() -> run(MisspeltApplication.class))
                .hasMessageContaining("`mesage:read` is not a permission of the catalog; did you mean `message:read`?");
    }
}
