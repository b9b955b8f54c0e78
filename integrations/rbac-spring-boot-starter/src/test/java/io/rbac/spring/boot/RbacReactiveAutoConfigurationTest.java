package io.rbac.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.PermissionCatalog;
import io.rbac.spring.Rbac;
import io.rbac.spring.RbacEndpoints;
import io.rbac.spring.ReactiveRbac;
import io.rbac.spring.RequiresPermission;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.DispatcherHandler;
import reactor.core.publisher.Mono;

class RbacReactiveAutoConfigurationTest {

    private static final AutoConfigurations CONFIGURATIONS =
            AutoConfigurations.of(RbacAutoConfiguration.class, RbacReactiveAutoConfiguration.class);
    private static final String[] PROPERTIES = {"rbac.catalog=classpath:catalog.json", "rbac.account.fixed=acme"};

    @Test
    void a_reactive_application_has_both_kinds_of_questions() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(CONFIGURATIONS)
                .withPropertyValues(PROPERTIES)
                .run(context -> assertThat(context).hasSingleBean(Rbac.class).hasSingleBean(ReactiveRbac.class));
    }

    @Test
    void a_role_api_that_cannot_be_mounted_stops_the_application() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(CONFIGURATIONS)
                .withBean(PermissionCatalog.class, () -> RoleApiMountTest.CATALOG)
                .withPropertyValues("rbac.account.fixed=acme", "rbac.role-api.pulse=/api/v1")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("a role API is to be mounted, and only Spring MVC can have one"));
    }

    @Test
    void another_application_has_nothing_reactive() {
        new WebApplicationContextRunner()
                .withConfiguration(CONFIGURATIONS)
                .withPropertyValues(PROPERTIES)
                .run(context -> assertThat(context).hasSingleBean(Rbac.class).doesNotHaveBean(ReactiveRbac.class));
        new ApplicationContextRunner()
                .withConfiguration(CONFIGURATIONS)
                .withPropertyValues(PROPERTIES)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ReactiveRbac.class));
        new WebApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader(DispatcherHandler.class, Mono.class))
                .withConfiguration(CONFIGURATIONS)
                .withPropertyValues(PROPERTIES)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("reactiveRbac"));
    }

    @RestController
    static class Chats {

        private final ReactiveRbac rbac;

        Chats(ReactiveRbac rbac) {
            this.rbac = rbac;
        }

        @GetMapping("/annotated/{chat}")
        @RequiresPermission(value = "message:create", at = "chat/{chat}")
        Mono<Object> annotated(@PathVariable String chat) {
            return rbac.at("chat", chat).rights().cast(Object.class);
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

    private static WebTestClient.ResponseSpec get(WebTestClient client, String user, String path) {
        return client.get()
                .uri(path)
                .headers(headers -> headers.setBasicAuth(user, "pw"))
                .exchange();
    }

    @Test
    @Tag("deep")
    void a_whole_application_on_webflux_is_protected_over_http() {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.REACTIVE);
        try (ConfigurableApplicationContext context = application.run(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--rbac.catalog=classpath:catalog.json",
                "--rbac.account.fixed=acme",
                "--rbac.problem.details=reason",
                "--management.endpoints.web.exposure.include=rbac")) {
            PermissionCatalog catalog = context.getBean(PermissionEngine.class).catalog();
            context.getBean(PermissionEngine.class).create(RbacAutoConfigurationTest.policy(catalog));
            Environment environment = context.getEnvironment();
            WebTestClient client = WebTestClient.bindToServer()
                    .baseUrl("http://localhost:" + environment.getProperty("local.server.port"))
                    .build();
            RbacEndpoints.assertAllProtected(context, "/actuator/**");
            get(client, "bob", "/annotated/c-1")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .json("{\"message\":{\"read\":true,\"create\":true}}");
            get(client, "bob", "/ruled/c-1").expectStatus().isOk();
            for (String path : List.of("/annotated/c-1", "/ruled/c-1")) {
                get(client, "eve", path)
                        .expectStatus()
                        .isForbidden()
                        .expectBody()
                        .jsonPath("$.target")
                        .isEqualTo("chat/c-1")
                        .jsonPath("$.reason")
                        .isEqualTo("UNKNOWN_USER");
                client.get().uri(path).exchange().expectStatus().isUnauthorized();
            }
            get(client, "bob", "/actuator/rbac/acme/bob/message:create?target=chat/c-1")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.allowed")
                    .isEqualTo(true);
            get(client, "bob", "/actuator/rbac/acme/bob/message:create")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.reason")
                    .isEqualTo("NOTHING_HELD");
            get(client, "bob", "/actuator/rbac/acme/bob/message:crate")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.error")
                    .isEqualTo("`message:crate` is not a permission of the catalog; did you mean `message:create`?");
            get(client, "bob", "/actuator/rbac/globex/bob/message:create")
                    .expectStatus()
                    .isNotFound();
        }
    }
}
