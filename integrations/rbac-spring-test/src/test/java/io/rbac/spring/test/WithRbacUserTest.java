package io.rbac.spring.test;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.policy.Policy;
import io.rbac.spring.Rbac;
import io.rbac.spring.RequiresPermission;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@WebMvcTest
@AutoConfigureRbac
@Import(WithRbacUserTest.Chats.class)
class WithRbacUserTest {

    @SpringBootConfiguration
    static class Application {

        /** Creates an account that has a role of its own. */
        @Bean
        CommandLineRunner initech(PermissionEngine engine) {
            PermissionCatalog catalog = engine.catalog();
            return arguments -> engine.create(Policy.builder()
                    .account("initech")
                    .catalog(catalog)
                    .role(Role.builder("member", Scope.ACCOUNT)
                            .name("Member")
                            .defaultRole(true)
                            .build())
                    .role(Role.builder("reader", Scope.CHAT)
                            .name("Reader")
                            .rights(catalog.rights("message:read"))
                            .build())
                    .build());
        }
    }

    @RestController
    static class Chats {

        private final Rbac rbac;

        Chats(Rbac rbac) {
            this.rbac = rbac;
        }

        @GetMapping("/chats/{chat}")
        @RequiresPermission(value = "message:read", at = "chat/{chat}")
        String read(@PathVariable String chat) {
            return rbac.account().orElse("nobody") + " " + rbac.user().id() + " "
                    + rbac.at("chat", chat).rights().stream()
                            .map(Object::toString)
                            .toList();
        }
    }

    @Autowired
    private MockMvc mvc;

    @Autowired
    private PermissionEngine engine;

    @Test
    @WithRbacUser(permissions = "message:read", at = "chat/c-1")
    void the_user_has_the_permissions_at_that_target() throws Exception {
        mvc.perform(get("/chats/c-1"))
                .andExpect(status().isOk())
                .andExpect(content().string("acme user [message:read]"));
        mvc.perform(get("/chats/c-2")).andExpect(status().isForbidden());
    }

    @Test
    @WithRbacUser(
            account = "globex",
            user = "bob",
            permissions = {"message:read", "message:delete"})
    void the_account_the_user_and_the_whole_account_may_be_named() throws Exception {
        engine.commit("globex", Change.addChat("c-7"));
        mvc.perform(get("/chats/c-7"))
                .andExpect(status().isOk())
                .andExpect(content().string("globex bob [message:read, message:delete]"));
    }

    @Test
    @WithRbacUser(permissions = "message:create", at = "chat/c-1")
    void the_user_has_nothing_from_another_test() throws Exception {
        mvc.perform(get("/chats/c-1")).andExpect(status().isForbidden());
    }

    @Test
    @WithRbacUser
    void the_user_has_nothing_that_is_not_named() throws Exception {
        mvc.perform(get("/chats/c-1")).andExpect(status().isForbidden());
    }

    @Test
    @WithRbacUser(account = "initech", roles = "reader", at = "chat/c-1")
    void the_user_holds_roles_of_the_account() throws Exception {
        mvc.perform(get("/chats/c-1"))
                .andExpect(status().isOk())
                .andExpect(content().string("initech user [message:read]"));
        mvc.perform(get("/chats/c-2")).andExpect(status().isForbidden());
    }

    @Test
    @WithMockUser("bob")
    void whoever_else_is_authenticated_is_left_to_the_resolvers() throws Exception {
        mvc.perform(get("/chats/c-7").header("X-Account", "nowhere")).andExpect(status().isForbidden());
    }
}
