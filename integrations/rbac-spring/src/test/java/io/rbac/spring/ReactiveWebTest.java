package io.rbac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers.mockUser;

import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.PolicyStoreException;
import io.rbac.model.Change;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Target;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What {@link WebTest} says of Spring MVC, of Spring WebFlux. */
class ReactiveWebTest {

    @RestController
    static class Controller {

        private final PermissionEngine engine;
        private final ReactiveRbac rbac;

        Controller(PermissionEngine engine, ReactiveRbac rbac) {
            this.engine = engine;
            this.rbac = rbac;
        }

        @DeleteMapping("/annotated/{chatId}/messages/{id}")
        @RequiresPermission(value = "message:delete", at = "chat/{chatId}")
        Mono<String> delete(@PathVariable String id) {
            return Mono.just("deleted " + id);
        }

        @GetMapping("/many/{chatId}")
        @RequiresPermission(value = "message:read", at = "chat/{chatId}")
        Flux<String> many(@PathVariable("chatId") String chat) {
            return Flux.just("one ", "two");
        }

        @DeleteMapping("/ruled/{chatId}/messages/{id}")
        Mono<String> ruled(@PathVariable String id) {
            return Mono.just("deleted " + id);
        }

        /** Takes the permission away that the caller was let in for, and asks again. */
        @GetMapping("/pinned/{chatId}")
        @RequiresPermission(value = "message:read", at = "chat/{chatId}")
        Mono<String> pinned(@PathVariable String chatId) {
            engine.commit("acme", Change.unassign("eve", "reader", Target.chat(chatId)));
            return rbac.at("chat", chatId)
                    .has("message:read")
                    .map(answer ->
                            answer + " " + engine.hasPermission("acme", "eve", "message:read", Target.chat(chatId)));
        }

        @GetMapping("/required")
        Mono<String> required() {
            return Mono.fromCallable(() -> {
                engine.require("acme", "eve", "message:delete", Target.chat("c-1"));
                return "never";
            });
        }

        @GetMapping("/refused")
        Mono<String> refused(@RequestParam String role) {
            return Mono.fromCallable(() -> {
                engine.commit(
                        "acme",
                        Change.updateRole(role, RoleUpdate.builder().name(" ").build()));
                return "never";
            });
        }

        @GetMapping("/failed")
        Mono<String> failed() {
            return Mono.error(new PolicyStoreException("the disk is full", null));
        }

        @GetMapping("/filtered")
        Mono<List<String>> filtered() {
            return rbac.filter("message:read", List.of("c-42", "c-1", "c-9"), Target::chat);
        }

        @GetMapping("/whoever")
        Mono<String> whoever() {
            return rbac.user()
                    .zipWith(rbac.account().defaultIfEmpty("none"))
                    .zipWith(
                            rbac.has("report:export"),
                            (user, answer) -> user.getT1().id() + " " + user.getT2() + " " + answer);
        }

        @GetMapping("/let-in")
        Mono<String> letIn() {
            return Mono.error(new AccessDeniedException("by a rule of the application"));
        }

        @GetMapping("/open")
        @PublicEndpoint("for anybody")
        Mono<String> open() {
            return Mono.just("open");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebFlux
    @EnableWebFluxSecurity
    @EnableReactiveRbac
    @Import(Chats.Base.class)
    static class App {

        @Bean
        Controller controller(PermissionEngine engine, ReactiveRbac rbac) {
            return new Controller(engine, rbac);
        }

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(
                    User.withUsername("ada").password("{noop}secret").build());
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http, ReactiveRbac rbac) {
            ReactivePermissionRule exports = rbac.permission("report:export").at("account");
            return http.csrf(csrf -> csrf.disable())
                    .httpBasic(basic -> {})
                    .authorizeExchange(exchanges -> exchanges
                            .pathMatchers(HttpMethod.DELETE, "/ruled/{chatId}/**")
                            .access(rbac.permission("message:delete").at("chat/{chatId}"))
                            .pathMatchers("/let-in")
                            .access((user, exchange) -> exports.authorize(user, exchange)
                                    .map(denied -> new AuthorizationDecision(!denied.isGranted())))
                            .pathMatchers("/open")
                            .permitAll()
                            .pathMatchers("/admins")
                            .hasRole("ADMIN")
                            .anyExchange()
                            .authenticated())
                    .build();
        }
    }

    @Import(App.class)
    static class Talkative {

        @Bean
        ProblemOptions options() {
            return new ProblemOptions(ProblemOptions.Details.PERMISSION, Set.of("chat"), Duration.ofSeconds(7));
        }
    }

    @Import(App.class)
    static class Explaining {

        @Bean
        ProblemOptions options() {
            return new ProblemOptions(ProblemOptions.Details.REASON, Set.of(), Duration.ofSeconds(7));
        }
    }

    /** What cannot be known is neither allowed nor denied. */
    @Import(App.class)
    static class Away {

        @Bean
        PermissionEngine engine() {
            PolicyStore memory = new InMemoryPolicyStore();
            PolicyStore away = (PolicyStore) Proxy.newProxyInstance(
                    PolicyStore.class.getClassLoader(),
                    new Class<?>[] {PolicyStore.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("load")) {
                            throw new PolicyStoreException("the store is away", null);
                        }
                        return method.invoke(memory, arguments);
                    });
            return PermissionEngine.builder().catalog(Chats.CATALOG).store(away).build();
        }
    }

    /** Shared by the tests; the one that changes a policy has a context of its own. */
    private static final Map<Class<?>, AnnotationConfigApplicationContext> CONTEXTS = new HashMap<>();

    private AnnotationConfigApplicationContext context = shared(App.class);
    private WebTestClient client = client(context);

    private static WebTestClient client(AnnotationConfigApplicationContext context) {
        return WebTestClient.bindToApplicationContext(context)
                .apply(SecurityMockServerConfigurers.springSecurity())
                .configureClient()
                .responseTimeout(Duration.ofMinutes(1))
                .build();
    }

    private static AnnotationConfigApplicationContext shared(Class<?> type) {
        return CONTEXTS.computeIfAbsent(type, Chats::start);
    }

    private void use(AnnotationConfigApplicationContext other) {
        context = other;
        client = client(context);
    }

    @AfterAll
    static void close() {
        CONTEXTS.values().forEach(AnnotationConfigApplicationContext::close);
        CONTEXTS.clear();
    }

    private WebTestClient as(String user) {
        return client.mutateWith(mockUser(user));
    }

    private WebTestClient.ResponseSpec get(String user, String path) {
        return as(user).get().uri(path).exchange();
    }

    private WebTestClient.ResponseSpec delete(String user, String path) {
        return as(user).delete().uri(path).exchange();
    }

    @Test
    void an_annotated_handler_takes_the_id_from_the_path() {
        delete("ada", "/annotated/c-42/messages/1")
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("deleted 1");
        delete("bob", "/annotated/c-42/messages/1").expectStatus().isForbidden();
    }

    @Test
    void a_handler_of_many_things_is_protected_as_a_whole() {
        get("eve", "/many/c-1").expectStatus().isOk().expectBody(String.class).isEqualTo("one two");
        get("eve", "/many/c-42").expectStatus().isForbidden();
    }

    @Test
    void a_rule_about_urls_takes_the_id_from_its_pattern() {
        delete("ada", "/ruled/c-42/messages/1").expectStatus().isOk();
        delete("bob", "/ruled/c-42/messages/1").expectStatus().isForbidden();
        delete("ada", "/ruled/c-9/messages/1").expectStatus().isForbidden();
    }

    @Test
    void whoever_is_not_authenticated_is_asked_to_be() {
        for (String path : List.of("/annotated/c-42/messages/1", "/ruled/c-42/messages/1")) {
            client.delete()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isUnauthorized()
                    .expectHeader()
                    .exists("WWW-Authenticate");
        }
    }

    @Test
    void whoever_authenticates_is_known() {
        client.delete()
                .uri("/annotated/c-42/messages/1")
                .headers(headers -> headers.setBasicAuth("ada", "secret"))
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void a_403_is_a_problem_that_says_no_more_than_that() {
        for (String path : List.of("/annotated/c-42/messages/1", "/ruled/c-42/messages/1")) {
            delete("bob", path)
                    .expectStatus()
                    .isForbidden()
                    .expectHeader()
                    .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectBody()
                    .jsonPath("$.title")
                    .isEqualTo("Forbidden")
                    .jsonPath("$.status")
                    .isEqualTo(403)
                    .jsonPath("$.permissions")
                    .doesNotExist()
                    .jsonPath("$.target")
                    .doesNotExist();
        }
    }

    @Test
    void a_403_says_why_if_the_host_says_so() {
        use(shared(Explaining.class));
        for (String path : List.of("/annotated/c-42/messages/1", "/ruled/c-42/messages/1")) {
            delete("bob", path)
                    .expectStatus()
                    .isForbidden()
                    .expectBody()
                    .jsonPath("$.permissions[0]")
                    .isEqualTo("message:delete")
                    .jsonPath("$.target")
                    .isEqualTo("chat/c-42")
                    .jsonPath("$.reason")
                    .isEqualTo("NOT_IN_RIGHTS")
                    .jsonPath("$.detail")
                    .isEqualTo("no role that the user holds there has `message:delete`");
        }
        get("eve", "/required")
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("NOT_IN_RIGHTS");
        // ada asks for what eve may not do: that is not for her
        get("ada", "/required").expectBody().jsonPath("$.reason").doesNotExist();
    }

    @Test
    void a_secret_is_not_there_for_who_has_no_permission_in_it() {
        use(shared(Talkative.class));
        for (String path : List.of("/annotated/", "/ruled/")) {
            // eve is no reader of c-42, and c-9 does not exist: she cannot tell the one from the other
            String existing =
                    body(delete("eve", path + "c-42/messages/1").expectStatus().isNotFound());
            String unknown =
                    body(delete("eve", path + "c-9/messages/1").expectStatus().isNotFound());
            assertThat(existing.replace("c-42", "c-9")).isEqualTo(unknown);
            delete("bob", path + "c-42/messages/1")
                    .expectStatus()
                    .isForbidden()
                    .expectBody()
                    .jsonPath("$.permissions[0]")
                    .isEqualTo("message:delete");
        }
    }

    private static String body(WebTestClient.ResponseSpec response) {
        return String.valueOf(response.expectBody(String.class).returnResult().getResponseBody());
    }

    @Test
    void what_another_rule_denies_is_left_to_spring() {
        assertThat(body(get("ada", "/admins").expectStatus().isForbidden())).doesNotContain("status");
    }

    @Test
    void what_one_rule_denied_and_another_let_in_is_not_what_is_denied_later() {
        use(shared(Talkative.class));
        assertThat(body(get("bob", "/let-in").expectStatus().isForbidden())).doesNotContain("report:export");
    }

    @Test
    void an_exchange_is_answered_from_one_revision_and_the_next_from_the_newest() {
        try (AnnotationConfigApplicationContext own = Chats.start(App.class)) {
            use(own);
            get("eve", "/pinned/c-1")
                    .expectStatus()
                    .isOk()
                    .expectBody(String.class)
                    .isEqualTo("true false");
            get("eve", "/pinned/c-1").expectStatus().isForbidden();
        }
    }

    @Test
    void a_refused_edit_is_answered_by_its_kind_with_its_violations() {
        get("eve", "/refused?role=member")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.violations[0].code")
                .isEqualTo("NAME_BLANK")
                .jsonPath("$.violations[0].path")
                .isEqualTo("/changes/0/name");
        get("eve", "/refused?role=nobody").expectStatus().isNotFound();
    }

    @Test
    void a_failing_store_is_a_503_that_says_when_to_ask_again() {
        assertThat(body(get("eve", "/failed")
                        .expectStatus()
                        .isEqualTo(503)
                        .expectHeader()
                        .valueEquals("Retry-After", "1")))
                .doesNotContain("disk");
        use(shared(Talkative.class));
        get("eve", "/failed").expectHeader().valueEquals("Retry-After", "7");
    }

    @Test
    void a_store_that_is_away_while_a_rule_is_asked_is_a_503_too() {
        use(shared(Away.class));
        for (String path : List.of("/annotated/c-42/messages/1", "/ruled/c-42/messages/1")) {
            assertThat(body(delete("ada", path)
                            .expectStatus()
                            .isEqualTo(503)
                            .expectHeader()
                            .valueEquals("Retry-After", "1")))
                    .doesNotContain("away");
        }
    }

    @Test
    void a_page_is_filtered_for_the_current_user() {
        get("bob", "/filtered").expectBody(String.class).isEqualTo("[\"c-42\"]");
        get("ada", "/filtered").expectBody(String.class).isEqualTo("[\"c-42\",\"c-1\"]");
    }

    @Test
    void it_answers_about_the_current_user() {
        get("ada", "/whoever").expectBody(String.class).isEqualTo("ada acme true");
        get("bob", "/whoever").expectBody(String.class).isEqualTo("bob acme false");
    }

    @Test
    void endpoints_that_only_need_authentication_are_found() {
        assertThat(catchThrowable(() -> RbacEndpoints.assertAllProtected(context)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "endpoints that need no permission: expected @RequiresPermission, a rule about the"
                                + " URL, or @PublicEndpoint\n  GET /failed (")
                .hasMessageContaining("GET /filtered (")
                .hasMessageContaining("GET /required (")
                .hasMessageNotContaining("/annotated")
                .hasMessageNotContaining("/ruled")
                .hasMessageNotContaining("/many")
                .hasMessageNotContaining("/open");
        assertThatCode(() -> RbacEndpoints.assertAllProtected(
                        context, "/failed", "/re*", "/filtered/**", "/whoever", "/let-in"))
                .doesNotThrowAnyException();
    }
}
