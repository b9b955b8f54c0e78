package io.rbac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStoreException;
import io.rbac.model.Change;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Target;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

class WebTest {

    @RestController
    static class Controller {

        private final PermissionEngine engine;
        private final Rbac rbac;

        Controller(PermissionEngine engine, Rbac rbac) {
            this.engine = engine;
            this.rbac = rbac;
        }

        @DeleteMapping("/annotated/{chatId}/messages/{id}")
        @RequiresPermission(value = "message:delete", at = "chat/{chatId}")
        String delete(@PathVariable String id) {
            return "deleted " + id;
        }

        @DeleteMapping("/ruled/{chatId}/messages/{id}")
        String ruled(@PathVariable String id) {
            return "deleted " + id;
        }

        /** Takes the permission away that the caller was let in for, and asks again. */
        @GetMapping("/pinned/{chatId}")
        @RequiresPermission(value = "message:read", at = "chat/{chatId}")
        String pinned(@PathVariable String chatId) {
            engine.commit("acme", Change.unassign("eve", "reader", Target.chat(chatId)));
            return rbac.at("chat", chatId).has("message:read") + " "
                    + engine.hasPermission("acme", "eve", "message:read", Target.chat(chatId));
        }

        @GetMapping("/required")
        String required() {
            engine.require("acme", "eve", "message:delete", Target.chat("c-1"));
            return "never";
        }

        @GetMapping("/refused")
        String refused(@RequestParam String role) {
            engine.commit(
                    "acme",
                    Change.updateRole(role, RoleUpdate.builder().name(" ").build()));
            return "never";
        }

        @GetMapping("/failed")
        String failed() {
            throw new PolicyStoreException("the disk is full", null);
        }

        @GetMapping("/filtered")
        List<String> filtered() {
            return rbac.filter("message:read", List.of("c-42", "c-1", "c-9"), Target::chat);
        }

        @GetMapping("/open")
        @PublicEndpoint("for anybody")
        String open() {
            return "open";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @EnableWebSecurity
    @Import(Chats.Base.class)
    static class App {

        @Bean
        Controller controller(PermissionEngine engine, Rbac rbac) {
            return new Controller(engine, rbac);
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http, Rbac rbac) throws Exception {
            return http.csrf(csrf -> csrf.disable())
                    .httpBasic(basic -> {})
                    .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.DELETE, "/ruled/{chatId}/**")
                            .access(rbac.permission("message:delete").at("chat/{chatId}"))
                            .requestMatchers("/open")
                            .permitAll()
                            .requestMatchers("/admins")
                            .hasRole("ADMIN")
                            .anyRequest()
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
            return new ProblemOptions(ProblemOptions.Details.REASON, Set.of("team"), Duration.ofSeconds(7));
        }
    }

    private AnnotationConfigWebApplicationContext context = Chats.startWeb(App.class);
    private MockMvc mvc = Chats.mvc(context);

    private void restart(Class<?> type) {
        context.close();
        context = Chats.startWeb(type);
        mvc = Chats.mvc(context);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void an_account_is_found_in_memory_once_for_a_request() throws Exception {
        mvc.perform(get("/pinned/c-1").with(user("eve"))).andExpect(status().isOk());
        assertThat(context.getBean(Rbac.class).foundInMemory()).isEqualTo(1);
    }

    @Test
    void an_annotated_handler_takes_the_id_from_the_path() throws Exception {
        mvc.perform(delete("/annotated/c-42/messages/1").with(user("ada")))
                .andExpect(status().isOk())
                .andExpect(content().string("deleted 1"));
        mvc.perform(delete("/annotated/c-42/messages/1").with(user("bob"))).andExpect(status().isForbidden());
    }

    @Test
    void a_rule_about_urls_takes_the_id_from_its_pattern() throws Exception {
        mvc.perform(delete("/ruled/c-42/messages/1").with(user("ada"))).andExpect(status().isOk());
        mvc.perform(delete("/ruled/c-42/messages/1").with(user("bob"))).andExpect(status().isForbidden());
        mvc.perform(delete("/ruled/c-9/messages/1").with(user("ada"))).andExpect(status().isForbidden());
    }

    @Test
    void whoever_is_not_authenticated_is_asked_to_be() throws Exception {
        for (String path : List.of("/annotated/c-42/messages/1", "/ruled/c-42/messages/1")) {
            mvc.perform(delete(path))
                    .andExpect(status().isUnauthorized())
                    .andExpect(header().exists("WWW-Authenticate"));
        }
    }

    @Test
    void a_403_is_a_problem_that_says_no_more_than_that() throws Exception {
        for (String path : List.of("/annotated/c-42/messages/1", "/ruled/c-42/messages/1")) {
            mvc.perform(delete(path).with(user("bob")))
                    .andExpect(status().isForbidden())
                    .andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
                    .andExpect(jsonPath("$.title", equalTo("Forbidden")))
                    .andExpect(jsonPath("$.status", equalTo(403)))
                    .andExpect(jsonPath("$.permissions").doesNotExist())
                    .andExpect(jsonPath("$.target").doesNotExist());
        }
    }

    @Test
    void a_403_names_permissions_and_target_if_the_host_says_so() throws Exception {
        restart(Talkative.class);
        for (String path : List.of("/annotated/c-42/messages/1", "/ruled/c-42/messages/1")) {
            mvc.perform(delete(path).with(user("bob")))
                    .andExpect(status().isForbidden())
                    .andExpect(jsonPath("$.permissions[0]", equalTo("message:delete")))
                    .andExpect(jsonPath("$.target", equalTo("chat/c-42")));
        }
    }

    @Test
    void a_403_says_why_if_the_host_says_so() throws Exception {
        restart(Explaining.class);
        for (String path : List.of("/annotated/", "/ruled/")) {
            mvc.perform(delete(path + "c-42/messages/1").with(user("bob")))
                    .andExpect(status().isForbidden())
                    .andExpect(jsonPath("$.permissions[0]", equalTo("message:delete")))
                    .andExpect(jsonPath("$.target", equalTo("chat/c-42")))
                    .andExpect(jsonPath("$.lacking", equalTo("message:delete")))
                    .andExpect(jsonPath("$.reason", equalTo("NOT_IN_RIGHTS")))
                    .andExpect(jsonPath("$.detail", equalTo("no role that the user holds there has `message:delete`")));
            mvc.perform(delete(path + "c-42/messages/1").with(user("eve")))
                    .andExpect(jsonPath("$.reason", equalTo("NOTHING_HELD")))
                    .andExpect(jsonPath("$.detail", equalTo("the user holds no role there")));
            mvc.perform(delete(path + "c-9/messages/1").with(user("ada")))
                    .andExpect(jsonPath("$.reason", equalTo("UNKNOWN_TARGET")));
            mvc.perform(delete(path + "c-42/messages/1").with(user("zoe")))
                    .andExpect(jsonPath("$.reason", equalTo("UNKNOWN_USER")));
        }
    }

    @Test
    void a_reason_names_no_role_and_no_place_on_the_way() throws Exception {
        restart(Explaining.class);
        // c-42 lies in the team support, which is a secret
        String body = mvc.perform(delete("/annotated/c-42/messages/1").with(user("bob")))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(body).contains("NOT_IN_RIGHTS").doesNotContain("support").doesNotContain("writer");
    }

    @Test
    void a_denial_of_the_engine_says_why_to_the_user_it_is_about() throws Exception {
        restart(Explaining.class);
        mvc.perform(get("/required").with(user("eve")))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.reason", equalTo("NOT_IN_RIGHTS")));
        // ada asks for what eve may not do: that is not for her
        mvc.perform(get("/required").with(user("ada")))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.permissions[0]", equalTo("message:delete")))
                .andExpect(jsonPath("$.reason").doesNotExist())
                .andExpect(jsonPath("$.detail").doesNotExist());
    }

    @Test
    void a_403_says_no_more_than_the_host_says() throws Exception {
        restart(Talkative.class);
        mvc.perform(delete("/annotated/c-42/messages/1").with(user("bob")))
                .andExpect(jsonPath("$.permissions[0]", equalTo("message:delete")))
                .andExpect(jsonPath("$.reason").doesNotExist())
                .andExpect(jsonPath("$.lacking").doesNotExist())
                .andExpect(jsonPath("$.detail").doesNotExist());
    }

    @Test
    void a_secret_is_not_there_for_who_has_no_permission_in_it() throws Exception {
        restart(Talkative.class);
        for (String path : List.of("/annotated/", "/ruled/")) {
            // eve is no reader of c-42, and c-9 does not exist: she cannot tell the one from the other
            String existing = mvc.perform(delete(path + "c-42/messages/1").with(user("eve")))
                    .andExpect(status().isNotFound())
                    .andReturn()
                    .getResponse()
                    .getContentAsString();
            String unknown = mvc.perform(delete(path + "c-9/messages/1").with(user("eve")))
                    .andExpect(status().isNotFound())
                    .andReturn()
                    .getResponse()
                    .getContentAsString();
            assertThat(existing.replace("c-42", "c-9")).isEqualTo(unknown);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @EnableWebSecurity
    @Import(Chats.Base.class)
    static class AccountInPath {

        @Bean
        @Primary
        AccountResolver inPath() {
            return AccountResolver.pathVariable("account");
        }

        @Bean
        ProblemOptions options() {
            return new ProblemOptions(ProblemOptions.Details.NONE, Set.of("chat"), Duration.ofSeconds(7));
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http, Rbac rbac) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/{account}/chats/{chatId}")
                            .access(rbac.permission("message:delete").at("chat/{chatId}"))
                            .anyRequest()
                            .denyAll())
                    .build();
        }
    }

    @Test
    void a_secret_is_there_for_who_has_a_permission_in_it_when_only_the_pattern_of_a_rule_has_the_account()
            throws Exception {
        restart(AccountInPath.class);
        mvc.perform(get("/acme/chats/c-42").with(user("bob"))).andExpect(status().isForbidden());
        mvc.perform(get("/acme/chats/c-1").with(user("bob"))).andExpect(status().isNotFound());
    }

    @Test
    void what_another_rule_denies_is_left_to_spring() throws Exception {
        mvc.perform(get("/admins").with(user("ada")))
                .andExpect(status().isForbidden())
                .andExpect(content().string(""));
    }

    @Test
    void a_request_is_answered_from_one_revision_and_the_next_from_the_newest() throws Exception {
        mvc.perform(get("/pinned/c-1").with(user("eve")))
                .andExpect(status().isOk())
                .andExpect(content().string("true false"));
        mvc.perform(get("/pinned/c-1").with(user("eve"))).andExpect(status().isForbidden());
    }

    @Test
    void a_denial_of_the_engine_is_a_403_too() throws Exception {
        mvc.perform(get("/required").with(user("eve")))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.status", equalTo(403)));
    }

    @Test
    void a_refused_edit_is_answered_by_its_kind_with_its_violations() throws Exception {
        mvc.perform(get("/refused").param("role", "member").with(user("eve")))
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.status", equalTo(422)))
                .andExpect(jsonPath("$.violations[0].code", equalTo("NAME_BLANK")))
                .andExpect(jsonPath("$.violations[0].path", equalTo("/changes/0/name")));
        mvc.perform(get("/refused").param("role", "nobody").with(user("eve")))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.violations[0].code", equalTo("ROLE_NOT_FOUND")));
    }

    @Test
    void a_failing_store_is_a_503_that_says_when_to_ask_again() throws Exception {
        mvc.perform(get("/failed").with(user("eve")))
                .andExpect(status().isServiceUnavailable())
                .andExpect(header().string("Retry-After", "1"))
                .andExpect(content().string(not(containsString("disk"))));
        restart(Talkative.class);
        mvc.perform(get("/failed").with(user("eve"))).andExpect(header().string("Retry-After", "7"));
    }

    @Test
    void a_page_is_filtered_for_the_current_user() throws Exception {
        mvc.perform(get("/filtered").with(user("bob"))).andExpect(content().string("[\"c-42\"]"));
        mvc.perform(get("/filtered").with(user("ada"))).andExpect(content().string("[\"c-42\",\"c-1\"]"));
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
                .hasMessageNotContaining("/pinned")
                .hasMessageNotContaining("/open");
    }

    @Test
    void paths_that_cannot_be_annotated_are_named_in_the_test() {
        RbacEndpoints.assertAllProtected(context, "/failed", "/re*", "/filtered/**");
        assertThat(catchThrowable(() -> RbacEndpoints.assertAllProtected(context, "/failed", "/filtered")))
                .hasMessageContaining("GET /refused (")
                .hasMessageNotContaining("GET /failed (");
    }

    @RestController
    static class Protected {

        @GetMapping("/chats/{chatId}")
        @RequiresPermission(value = "message:read", at = "chat/{chatId}")
        String show(@PathVariable String chatId) {
            return chatId;
        }

        @GetMapping("/ruled/{chatId}/{page:[0-9]+}")
        String page(@PathVariable String chatId) {
            return chatId;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @EnableWebSecurity
    @Import(Chats.Base.class)
    static class ProtectedApp {

        @Bean
        Protected handlers() {
            return new Protected();
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http, Rbac rbac) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/ruled/{chatId}/{page:[0-9]+}")
                            .access(rbac.permission("message:read").at("chat/{chatId}"))
                            .anyRequest()
                            .authenticated())
                    .build();
        }
    }

    @Test
    void an_application_whose_endpoints_all_need_a_permission_passes() {
        restart(ProtectedApp.class);
        RbacEndpoints.assertAllProtected(context);
    }

    @Import(ProtectedApp.class)
    static class Ignoring {

        @Bean
        WebSecurityCustomizer ignoring() {
            return web -> web.ignoring().requestMatchers("/ruled/**");
        }
    }

    @Test
    void an_endpoint_that_no_chain_of_filters_is_for_is_found() {
        restart(Ignoring.class);
        assertThat(catchThrowable(() -> RbacEndpoints.assertAllProtected(context)))
                .hasMessageContaining("GET /ruled/{chatId}/{page:[0-9]+} (")
                .hasMessageNotContaining("/chats/");
    }

    @RestController
    static class HalfProtected {

        @GetMapping("/ruled/{chatId}")
        String ruled(@PathVariable String chatId) {
            return chatId;
        }

        @GetMapping("/authenticated")
        @PreAuthorize("isAuthenticated()")
        String authenticated() {
            return "anybody";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @EnableWebSecurity
    @Import(Chats.Base.class)
    static class HalfProtectedApp {

        @Bean
        HalfProtected handlers() {
            return new HalfProtected();
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http, Rbac rbac) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/ruled/{chatId}")
                            .access(rbac.permission("message:read").at("chat/{chatId}"))
                            .anyRequest()
                            .authenticated())
                    .build();
        }
    }

    @Test
    void a_rule_about_get_alone_and_an_expression_that_anybody_meets_are_found() {
        restart(HalfProtectedApp.class);
        assertThat(catchThrowable(() -> RbacEndpoints.assertAllProtected(context)))
                .hasMessageContaining("HEAD /ruled/{chatId} (")
                .hasMessageNotContaining("GET /ruled/{chatId} (")
                .hasMessageContaining("GET /authenticated (");
    }
}
