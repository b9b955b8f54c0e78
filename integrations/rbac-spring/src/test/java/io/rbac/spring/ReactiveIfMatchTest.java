package io.rbac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers.mockUser;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.model.Change;
import io.rbac.model.Target;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What {@link IfMatchTest} says of Spring MVC, of Spring WebFlux. */
class ReactiveIfMatchTest {

    @RestController
    static class Readers {

        private final PermissionEngine engine;
        private final ReactiveRbac rbac;

        Readers(PermissionEngine engine, ReactiveRbac rbac) {
            this.engine = engine;
            this.rbac = rbac;
        }

        @GetMapping("/readers")
        Mono<ResponseEntity<String>> read() {
            return rbac.version()
                    .map(version -> ResponseEntity.ok().eTag(version.toString()).body("readers"));
        }

        @PutMapping("/readers/{reader}")
        Mono<String> add(@PathVariable String reader) {
            return rbac.ifMatch(PolicyEdit.of("acme").changes(Change.assign(reader, "reader", Target.chat("c-1"))))
                    .publishOn(Schedulers.boundedElastic())
                    .map(edit -> engine.commit(edit).version().toString());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebFlux
    @EnableWebFluxSecurity
    @EnableReactiveRbac
    @Import(Chats.Base.class)
    static class App {

        @Bean
        Readers readers(PermissionEngine engine, ReactiveRbac rbac) {
            return new Readers(engine, rbac);
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return http.csrf(csrf -> csrf.disable())
                    .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                    .build();
        }
    }

    private final AnnotationConfigApplicationContext context = Chats.start(App.class);
    private final WebTestClient client = WebTestClient.bindToApplicationContext(context)
            .apply(SecurityMockServerConfigurers.springSecurity())
            .configureClient()
            .responseTimeout(Duration.ofMinutes(1))
            .build()
            .mutateWith(mockUser("ada"));
    private int readers;

    @AfterEach
    void close() {
        context.close();
    }

    private String tag() {
        return String.valueOf(client.get()
                .uri("/readers")
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseHeaders()
                .getETag());
    }

    private void answers(HttpStatus status, String... ifMatch) {
        client.put()
                .uri("/readers/r-" + readers++)
                .headers(headers -> {
                    for (String line : ifMatch) {
                        headers.add("If-Match", line);
                    }
                })
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    @Test
    void an_edit_is_made_on_the_version_that_was_read_and_on_no_other() {
        String read = tag();
        assertThat(read)
                .isEqualTo('"'
                        + context.getBean(PermissionEngine.class)
                                .policy("acme")
                                .version()
                                .toString()
                        + '"');

        answers(HttpStatus.OK, read);
        answers(HttpStatus.PRECONDITION_FAILED, read);
        answers(HttpStatus.OK, "\"other\", " + read + ", " + tag());
    }

    @Test
    void without_the_header_every_version_will_do() {
        answers(HttpStatus.OK);
        answers(HttpStatus.OK, "*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "abc", ""})
    void a_header_that_names_no_version_is_never_ignored(String header) {
        answers(HttpStatus.PRECONDITION_FAILED, header);
    }

    @Test
    void a_header_in_several_lines_is_not_ignored() {
        String read = tag();
        answers(HttpStatus.PRECONDITION_FAILED, "\"other\"", "\"another\"");
        answers(HttpStatus.OK, "\"other\"", read);
        answers(HttpStatus.PRECONDITION_FAILED, "\"other\"", read);
    }

    @Test
    void what_a_header_says_cannot_be_known_outside_an_exchange() {
        PolicyEdit edit = PolicyEdit.of("acme").changes(Change.removeUser("zoe"));
        ReactiveRbac rbac = context.getBean(ReactiveRbac.class);
        assertThatIllegalStateException().isThrownBy(() -> rbac.ifMatch(edit).block());
    }

    @Test
    void there_is_no_version_of_nobody() {
        assertThat(context.getBean(ReactiveRbac.class).version().blockOptional())
                .isEmpty();
    }
}
