package io.rbac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.PolicyStoreException;
import io.rbac.matrix.PermissionRequirement;
import io.rbac.model.Target;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.config.EnableWebFlux;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class ReactiveRbacTest {

    static final List<PermissionDecision> DECISIONS = Collections.synchronizedList(new ArrayList<>());
    static final List<String> SAMPLES = Collections.synchronizedList(new ArrayList<>());

    interface Exports {
        @RequiresPermission("report:export")
        Mono<String> export();
    }

    static class Messages {

        @RequiresPermission(value = "message:create", at = "chat/{chat}")
        Mono<String> write(String chat) {
            return Mono.just("written in " + chat);
        }

        @RequiresPermission(value = "message:create", at = "chat/{chat}")
        Mono<String> number(long chat) {
            return Mono.just("written in " + chat);
        }

        @RequiresPermission(value = "message:read", at = "chat/{chat}")
        Flux<String> read(String chat) {
            return Flux.just("one", "two");
        }
    }

    static class Exporter implements Exports {

        @Override
        public Mono<String> export() {
            return Mono.just("exported");
        }
    }

    static class Expressions {

        @PreAuthorize("@reactiveRbac.at('chat', #id).has('message:create')")
        Mono<String> write(String id) {
            return Mono.just("written in " + id);
        }
    }

    @Import(Chats.Base.class)
    @EnableReactiveMethodSecurity
    @EnableReactiveRbac
    static class App {

        @Bean
        Expressions expressions() {
            return new Expressions();
        }

        @Bean
        Messages messages() {
            return new Messages();
        }

        @Bean
        Exports exports() {
            return new Exporter();
        }

        @Bean
        DecisionListener decisions() {
            return DECISIONS::add;
        }

        @Bean
        DecisionSampler samples() {
            return ReactiveRbacTest.samples();
        }
    }

    private static DecisionSampler samples() {
        return () -> new DecisionSampler.Sample() {
            @Override
            public void decided(PermissionDecision decision) {
                SAMPLES.add("decided " + decision.isGranted());
            }

            @Override
            public void failed(RuntimeException failure) {
                SAMPLES.add("failed " + failure.getClass().getSimpleName());
            }
        };
    }

    private AnnotationConfigApplicationContext context = Chats.start(App.class);

    @AfterEach
    void close() {
        context.close();
        DECISIONS.clear();
        SAMPLES.clear();
    }

    private Messages messages() {
        return context.getBean(Messages.class);
    }

    /** Returns what a publisher gives to a user, who subscribes in a thread that must not block. */
    private static <T> T as(String user, Mono<T> publisher) {
        return Objects.requireNonNull(publisher
                .contextWrite(ReactiveSecurityContextHolder.withAuthentication(
                        UsernamePasswordAuthenticationToken.authenticated(user, "", List.of())))
                .subscribeOn(Schedulers.parallel())
                .block());
    }

    @Test
    void a_call_is_decided_when_what_it_returns_is_subscribed_to() {
        Mono<String> written = messages().write("c-42");
        assertThat(DECISIONS).isEmpty();
        assertThat(as("bob", written)).isEqualTo("written in c-42");
        assertThat(catchThrowable(() -> as("ada", written)))
                .isInstanceOfSatisfying(AuthorizationDeniedException.class, denied -> {
                    PermissionDecision decision = (PermissionDecision) denied.getAuthorizationResult();
                    assertThat(decision.user()).contains("ada");
                    assertThat(decision.target()).contains(Target.chat("c-42"));
                });
        assertThat(DECISIONS).extracting(PermissionDecision::isGranted).containsExactly(true, false);
        assertThat(SAMPLES).containsExactly("decided true", "decided false");
    }

    @Test
    void many_things_are_let_through_or_none() {
        assertThat(as("eve", messages().read("c-1").collectList())).containsExactly("one", "two");
        assertThatThrownBy(() -> as("eve", messages().read("c-42").collectList()))
                .isInstanceOf(AuthorizationDeniedException.class);
    }

    @Test
    void the_id_converts_and_the_annotation_of_an_interface_holds() {
        assertThat(as("bob", messages().number(7))).isEqualTo("written in 7");
        assertThat(as("ada", context.getBean(Exports.class).export())).isEqualTo("exported");
        assertThatThrownBy(() -> as("bob", context.getBean(Exports.class).export()))
                .isInstanceOf(AuthorizationDeniedException.class);
    }

    @Test
    void expressions_may_ask_the_bean() {
        Expressions expressions = context.getBean(Expressions.class);
        assertThat(as("bob", expressions.write("c-42"))).isEqualTo("written in c-42");
        assertThatThrownBy(() -> as("eve", expressions.write("c-42"))).isInstanceOf(AuthorizationDeniedException.class);
    }

    @Test
    void nobody_may_call_without_being_authenticated() {
        assertThatThrownBy(() -> messages().write("c-42").block()).isInstanceOf(AuthorizationDeniedException.class);
        assertThat(context.getBean(ReactiveRbac.class).has("message:read").block())
                .isFalse();
        assertThat(context.getBean(ReactiveRbac.class).account().blockOptional())
                .isEmpty();
    }

    @Test
    void it_answers_about_places() {
        ReactiveRbac rbac = context.getBean(ReactiveRbac.class);
        assertThat(as("bob", rbac.at("chat", 7).hasAll("message:read", "message:create")))
                .isTrue();
        assertThat(as("bob", rbac.at(Target.chat("c-42")).hasAny("message:delete", "message:create")))
                .isTrue();
        assertThat(as("bob", rbac.at("chat", "c-1").hasAny("message:delete", "message:create")))
                .isFalse();
        assertThat(as("eve", rbac.at("chat", "c-1").rights()).stream().map(Object::toString))
                .containsExactly("message:read");
        assertThat(as("eve", rbac.at("chat", null).rights()).isEmpty()).isTrue();
        assertThat(as("eve", rbac.at("chat", null).has("message:read"))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> rbac.has("message:raed"));
        assertThatIllegalArgumentException().isThrownBy(() -> rbac.at("room", "1"));
    }

    /** Loads from memory, after something is done. */
    private static PolicyStore after(Runnable before, PolicyStore store) {
        return (PolicyStore) Proxy.newProxyInstance(
                PolicyStore.class.getClassLoader(), new Class<?>[] {PolicyStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("load")) {
                        before.run();
                    }
                    return method.invoke(store, arguments);
                });
    }

    private static PolicyStore telling(PolicyStore store, List<String> threads) {
        return after(() -> threads.add(Thread.currentThread().getName()), store);
    }

    private static PolicyStore stored() {
        PolicyStore store = new InMemoryPolicyStore();
        try (PermissionEngine writer =
                PermissionEngine.builder().catalog(Chats.CATALOG).store(store).build()) {
            writer.create(Chats.policy("acme"));
        }
        return store;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new PolicyStoreException("interrupted", e);
        }
    }

    @Test
    void a_question_that_is_given_up_does_not_stop_a_load_that_others_wait_for() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch mayLoad = new CountDownLatch(1);
        PolicyStore slow = after(
                () -> {
                    loading.countDown();
                    await(mayLoad);
                },
                stored());
        try (PermissionEngine engine =
                PermissionEngine.builder().catalog(Chats.CATALOG).store(slow).build()) {
            ReactiveRbac rbac = ReactiveRbac.of(Rbac.builder(engine, AccountResolver.fixed("acme"))
                    .sampler(samples())
                    .build());
            Mono<PermissionDecision> decision = rbac.decide(
                    UsernamePasswordAuthenticationToken.authenticated("bob", "", List.of()),
                    CurrentRequest.NONE,
                    PermissionRequirement.allOf(Chats.CATALOG, List.of("message:create"), "chat/c-42"),
                    name -> null);
            Disposable givenUp = decision.subscribe();
            await(loading);
            CompletableFuture<PermissionDecision> waiting = decision.toFuture();
            givenUp.dispose();
            assertThat(SAMPLES).containsExactly("failed CancellationException");
            mayLoad.countDown();
            assertThat(waiting.get(1, TimeUnit.MINUTES).isGranted()).isTrue();
            assertThat(SAMPLES).containsExactly("failed CancellationException", "decided true");
        }
    }

    @Test
    void resolvers_see_the_headers_and_variables_of_an_exchange() {
        MockServerWebExchange exchange = MockServerWebExchange.from(
                MockServerHttpRequest.get("/").header("X-One", "a").header("X-Two", "a", "b"));
        exchange.getAttributes()
                .put(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("id", "7", "chat", "not this one"));
        ExchangeValues values = ExchangeValues.of(exchange, Map.of("chat", "c-1"));
        assertThat(values.header("x-one")).isEqualTo("a");
        assertThat(values.header("X-Two")).isNull();
        assertThat(values.header("X-None")).isNull();
        assertThat(values.pathVariable("chat")).isEqualTo("c-1");
        assertThat(values.pathVariable("id")).isEqualTo("7");
        assertThat(values.pathVariable("none")).isNull();
        assertThat(ExchangeValues.of(MockServerWebExchange.from(MockServerHttpRequest.get("/")), Map.of())
                        .pathVariable("id"))
                .isNull();
        assertThat(values.pinned())
                .isSameAs(ExchangeValues.of(exchange, Map.of()).pinned());
    }

    @Test
    void an_account_in_memory_is_answered_from_where_it_is_asked() {
        String thread = as(
                "bob",
                context.getBean(ReactiveRbac.class)
                        .user()
                        .map(user -> Thread.currentThread().getName()));
        assertThat(thread).startsWith("parallel");
    }

    @Test
    void an_account_that_is_not_in_memory_is_loaded_by_a_thread_that_may_wait() {
        List<String> threads = Collections.synchronizedList(new ArrayList<>());
        try (PermissionEngine reader = PermissionEngine.builder()
                .catalog(Chats.CATALOG)
                .store(telling(stored(), threads))
                .build()) {
            ReactiveRbac rbac = ReactiveRbac.of(
                    Rbac.builder(reader, AccountResolver.fixed("acme")).build());
            assertThat(as("bob", rbac.at("chat", "c-42").has("message:create"))).isTrue();
            assertThat(threads).singleElement().asString().startsWith("boundedElastic");
            assertThat(as("bob", rbac.at("chat", "c-42").has("message:create"))).isTrue();
            assertThat(threads).hasSize(1);
        }
    }

    @Test
    void what_had_to_be_loaded_was_not_found_in_memory() {
        try (PermissionEngine reader = PermissionEngine.builder()
                .catalog(Chats.CATALOG)
                .store(stored())
                .build()) {
            Rbac rbac = Rbac.builder(reader, AccountResolver.fixed("acme")).build();
            ReactiveRbac reactive = ReactiveRbac.of(rbac);
            as("bob", reactive.has("message:read"));
            assertThat(rbac.foundInMemory()).isZero();
            as("bob", reactive.has("message:read"));
            assertThat(rbac.foundInMemory()).isEqualTo(1);
            assertThat(reader.statistics().misses()).isEqualTo(1);
        }
    }

    @Test
    void an_account_that_does_not_exist_is_looked_for_by_a_thread_that_may_wait() {
        List<String> threads = Collections.synchronizedList(new ArrayList<>());
        try (PermissionEngine engine = PermissionEngine.builder()
                .catalog(Chats.CATALOG)
                .store(telling(new InMemoryPolicyStore(), threads))
                .build()) {
            ReactiveRbac rbac = ReactiveRbac.of(
                    Rbac.builder(engine, AccountResolver.fixed("nowhere")).build());
            assertThat(as("bob", rbac.has("message:read"))).isFalse();
            assertThat(threads).allSatisfy(thread -> assertThat(thread).startsWith("boundedElastic"));
            assertThat(threads).isNotEmpty();
        }
    }

    @Test
    void a_decision_that_fails_ends_its_sample() {
        context.getBean(PermissionEngine.class).close();
        assertThatThrownBy(() -> as("bob", messages().write("c-42"))).isInstanceOf(IllegalStateException.class);
        assertThat(SAMPLES).containsExactly("failed IllegalStateException");
    }

    @RestController
    static class Wrong {

        @GetMapping("/plain/{chatId}")
        @RequiresPermission(value = "message:read", at = "chat/{chatId}")
        String plain(@PathVariable String chatId) {
            return chatId;
        }

        @GetMapping("/misspelt")
        @RequiresPermission("mesage:read")
        Mono<String> misspelt() {
            return Mono.empty();
        }

        @GetMapping("/variable/{chat}")
        @RequiresPermission(value = "message:read", at = "chat/{chatId}")
        Mono<String> variable() {
            return Mono.empty();
        }

        @GetMapping("/right/{chatId}")
        @RequiresPermission(value = "message:read", at = "chat/{chatId}")
        Mono<String> right() {
            return Mono.empty();
        }

        @GetMapping("/expressed")
        @PreAuthorize("@reactiveRbac.has('message:raed')")
        Mono<String> expressed() {
            return Mono.empty();
        }

        @GetMapping("/unknowing")
        @PreAuthorize("@rbac.has('message:read')")
        Mono<String> unknowing() {
            return Mono.empty();
        }

        @GetMapping("/ruled/{id}")
        Mono<String> ruled() {
            return Mono.empty();
        }
    }

    @Import(Chats.Base.class)
    @EnableWebFlux
    @EnableWebFluxSecurity
    @EnableReactiveRbac
    static class WrongApp {

        @Bean
        Wrong wrong() {
            return new Wrong();
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http, ReactiveRbac rbac) {
            return http.authorizeExchange(exchanges -> exchanges
                            .pathMatchers("/ruled/{id}")
                            .access(rbac.anyOf("message:read", "message:delete").at("chat/{chatId}"))
                            .anyExchange()
                            .authenticated())
                    .build();
        }
    }

    @Test
    void every_mistake_about_handlers_stops_the_application() {
        String wrong = Wrong.class.getName();
        assertThatThrownBy(() -> Chats.start(WrongApp.class))
                .isInstanceOfSatisfying(
                        InvalidRulesException.class,
                        e -> assertThat(e.problems())
                                .containsExactlyInAnyOrder(
                                        wrong + ".plain(String): a call cannot wait for the answer in a reactive"
                                                + " application: expected a method that returns a Mono or a Flux",
                                        wrong + ".misspelt(): `mesage:read` is not a permission of the catalog; did you"
                                                + " mean `message:read`?",
                                        wrong + ".variable(): nothing has a value for `{chatId}`: expected a parameter"
                                                + " of this name, or a variable in each path of a handler",
                                        wrong
                                                + ".expressed(): `message:raed` is not a permission of the catalog; did you"
                                                + " mean `message:read`?",
                                        wrong + ".unknowing(): `@rbac` knows nobody in a reactive application: expected"
                                                + " `@reactiveRbac`",
                                        "GET /ruled/{id}: the pattern of the rule `message:read or message:delete at"
                                                + " chat/{chatId}` has no variable `chatId`: expected `{chatId}` in"
                                                + " it"));
    }

    @Test
    void a_rule_that_names_what_there_is_not_is_a_mistake() {
        ReactiveRbac rbac = context.getBean(ReactiveRbac.class);
        assertThatThrownBy(() -> rbac.permission("message:raed")).isInstanceOf(InvalidRulesException.class);
        assertThatThrownBy(() -> rbac.allOf("message:read").at("room/{id}")).isInstanceOf(InvalidRulesException.class);
        assertThat(rbac.permission("message:read")).hasToString("[message:read]");
        assertThat(rbac.permission("message:read").at("chat/{id}")).hasToString("message:read at chat/{id}");
        assertThat(rbac.toString()).startsWith("Reactive Rbac over ");
    }
}
