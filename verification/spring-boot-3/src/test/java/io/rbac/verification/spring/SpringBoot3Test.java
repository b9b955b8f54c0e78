package io.rbac.verification.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.PolicyEdit;
import io.rbac.model.Change;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.spring.Rbac;
import io.rbac.spring.RbacEndpoints;
import io.rbac.spring.RequiresPermission;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The jar that was built with Spring Boot 4 works with Spring Boot 3.5. */
@Tag("deep")
class SpringBoot3Test {

    @RestController
    static class Chats {

        private final Rbac rbac;

        Chats(Rbac rbac) {
            this.rbac = rbac;
        }

        @GetMapping("/annotated/{chat}")
        @RequiresPermission(value = "message:read", at = "chat/{chat}")
        Rights annotated(@PathVariable String chat) {
            return rbac.at("chat", chat).rights();
        }

        @GetMapping("/ruled/{chat}")
        String ruled(@PathVariable String chat) {
            return chat;
        }

        @GetMapping("/expected")
        String expected() {
            return rbac.ifMatch(PolicyEdit.of("acme").changes(Change.assign("eve", "writer", Target.chat("c-1"))))
                    .expected()
                    .map(Version::toString)
                    .orElse("any");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Chats chats(Rbac rbac) {
            return new Chats(rbac);
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http, Rbac rbac) throws Exception {
            return http.httpBasic(basic -> {})
                    .authorizeHttpRequests(requests -> requests.requestMatchers("/ruled/{chat}")
                            .access(rbac.permission("message:create").at("chat/{chat}"))
                            .anyRequest()
                            .authenticated())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("bob").password("{noop}pw").build(),
                    User.withUsername("eve").password("{noop}pw").build());
        }
    }

    static class Misspelt {

        @RequiresPermission("mesage:read")
        void read() {}
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class MisspeltApplication {

        @Bean
        Misspelt misspelt() {
            return new Misspelt();
        }
    }

    private static final String ACCOUNT = "--rbac.account.fixed=acme";

    private static RunningApplication application;

    @BeforeAll
    static void start() {
        application = RunningApplication.start(Application.class, ACCOUNT);
        application.createAccount();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void it_runs_on_spring_boot_3() {
        assertThat(SpringBootVersion.getVersion()).startsWith("3.5.");
    }

    @Test
    void annotations_and_rules_about_urls_allow_and_deny() throws Exception {
        assertThat(application.get("bob", "/annotated/c-1"))
                .isEqualTo("200 {\"message\":{\"read\":true,\"create\":true}}");
        assertThat(application.get("bob", "/ruled/c-1")).isEqualTo("200 c-1");
        for (String path : new String[] {"/annotated/c-1", "/ruled/c-1"}) {
            assertThat(application.get("eve", path))
                    .startsWith("403 ")
                    .contains("\"title\":\"Forbidden\"", "\"target\":\"chat/c-1\"");
            assertThat(application.get("", path)).startsWith("401 ");
        }
    }

    @Test
    void an_edit_expects_the_version_that_a_request_names() throws Exception {
        String version = application.engine().policy("acme").version().toString();
        assertThat(application.get("bob", "/expected", "If-Match", '"' + version + '"'))
                .isEqualTo("200 " + version);
        assertThat(application.get("bob", "/expected", "If-Match", "*")).isEqualTo("200 any");
    }

    @Test
    void a_role_api_is_mounted() throws Exception {
        try (RunningApplication other =
                RunningApplication.start(Application.class, ACCOUNT, "--rbac.role-api.trillet=/v1")) {
            assertThat(other.get("bob", "/v1/roles"))
                    .startsWith("400 {\"error\":\"Bad Request\"")
                    .contains("x-workspace-id");
        }
    }

    @Test
    void endpoints_are_looked_at() {
        assertThatThrownBy(() -> RbacEndpoints.assertAllProtected(application.context()))
                .isInstanceOf(AssertionError.class)
                .hasMessageNotContaining("/annotated")
                .hasMessageNotContaining("/ruled")
                .hasMessageContaining("GET /actuator/health");
    }

    @Test
    void a_misspelt_permission_stops_the_application() {
        assertThatThrownBy(() -> RunningApplication.start(MisspeltApplication.class, ACCOUNT))
                .hasMessageContaining("`mesage:read` is not a permission of the catalog; did you mean `message:read`?");
    }
}
