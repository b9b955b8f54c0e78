package io.rbac.spring.test;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.Change;
import io.rbac.spring.ReactiveRbac;
import io.rbac.spring.RequiresPermission;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.annotation.Import;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What {@link WithRbacUserTest} says of MockMvc, of a WebTestClient. */
@WebFluxTest
@AutoConfigureRbac
@Import(WithRbacUserWebFluxTest.Chats.class)
class WithRbacUserWebFluxTest {

    @SpringBootConfiguration
    static class Application {}

    @RestController
    static class Chats {

        private final ReactiveRbac rbac;

        Chats(ReactiveRbac rbac) {
            this.rbac = rbac;
        }

        @GetMapping("/chats/{chat}")
        @RequiresPermission(value = "message:read", at = "chat/{chat}")
        Mono<String> read(@PathVariable String chat) {
            return Mono.zip(rbac.account(), rbac.user(), rbac.at("chat", chat).rights())
                    .map(all -> all.getT1() + " " + all.getT2().id() + " "
                            + all.getT3().stream().map(Object::toString).toList());
        }
    }

    @Autowired
    private WebTestClient client;

    @Autowired
    private PermissionEngine engine;

    private WebTestClient.ResponseSpec get(String path) {
        return client.get().uri(path).exchange();
    }

    @Test
    @WithRbacUser(permissions = "message:read", at = "chat/c-1")
    void the_user_has_the_permissions_at_that_target() {
        get("/chats/c-1").expectStatus().isOk().expectBody(String.class).isEqualTo("acme user [message:read]");
        get("/chats/c-2").expectStatus().isForbidden();
    }

    @Test
    @WithRbacUser(
            account = "globex",
            user = "bob",
            permissions = {"message:read", "message:delete"})
    void the_account_the_user_and_the_whole_account_may_be_named() {
        engine.commit("globex", Change.addChat("c-7"));
        get("/chats/c-7")
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("globex bob [message:read, message:delete]");
    }

    @Test
    @WithRbacUser
    void the_user_has_nothing_that_is_not_named() {
        get("/chats/c-1")
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("Forbidden");
    }

    @Test
    @WithMockUser("bob")
    void whoever_else_is_authenticated_is_left_to_the_resolvers() {
        client.get()
                .uri("/chats/c-7")
                .headers(headers -> headers.put("X-Account", List.of("nowhere")))
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void nobody_is_asked_to_authenticate() {
        get("/chats/c-1").expectStatus().isUnauthorized();
    }
}
