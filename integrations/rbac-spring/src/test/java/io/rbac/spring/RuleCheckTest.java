package io.rbac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.PriorityOrdered;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

class RuleCheckTest {

    record ChatId(String value) {}

    static class Wrong {

        @RequiresPermission("mesage:delete")
        void misspelt() {}

        @RequiresPermission(value = "message:read", at = "chatt/{id}")
        void unknownScope(String id) {}

        @RequiresPermission(value = "message:read", at = "chat/{id}")
        void unknownPlaceholder(String chatId) {}

        @RequiresPermission(value = "message:read", at = "chat/{a}-{b}")
        void twoPlaceholders(String a, String b) {}

        @RequiresPermission("typing:show")
        void neverGranted() {}

        @RequiresPermission({})
        void nothing() {}

        @RequiresPermission(value = "message:read", at = "chat/{id}")
        void noId(ChatId id) {}

        @RequiresPermission(value = "message:read", at = "chat/{id}")
        final void cannotBeIntercepted(String id) {}

        @RequiresPermission(value = "message:read", at = "chat/{id}")
        void right(UUID id) {}
    }

    static class WrongExpressions {

        @PreAuthorize("@rbac.at('chat', #id).has('message:delte') and @rbac.has('report:export')")
        void key(String id) {}

        @PreAuthorize("isAuthenticated() && (@rbac.at('chatt', #id).hasAny('message:read', 'message:raed'))")
        void scope(String id) {}

        @PreAuthorize("@rbac.at('account', 'acme').has('message:read')")
        void account() {}

        @PreAuthorize("@rbac.at('chat', #id).has(#permission)")
        void right(String id, String permission) {}

        @PreAuthorize("@other.has('whatever')")
        void foreign() {}
    }

    @RestController
    static class Handlers {

        @GetMapping({"/chats/{chatId}", "/chats"})
        @RequiresPermission(value = "message:read", at = "chat/{chatId}")
        String notInEachPath() {
            return "";
        }

        @GetMapping("/teams/{teamId:[0-9]+}/chats/{chatId}")
        @RequiresPermission(value = "message:read", at = "chat/{chatId}")
        String right() {
            return "";
        }
    }

    @Import(Chats.Base.class)
    static class WrongApp {

        @Bean
        Wrong wrong() {
            return new Wrong();
        }

        @Bean
        WrongExpressions expressions() {
            return new WrongExpressions();
        }
    }

    private static List<String> problems(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && !(cause instanceof InvalidRulesException)) {
            cause = cause.getCause();
        }
        assertThat(cause).as("what stopped the context: %s", thrown).isNotNull();
        return ((InvalidRulesException) cause).problems();
    }

    @Test
    void a_wrong_rule_stops_the_context_and_all_of_them_are_reported() {
        String type = Wrong.class.getName() + ".";
        String expressions = WrongExpressions.class.getName() + ".";
        assertThat(problems(catchThrowable(() -> Chats.start(WrongApp.class))))
                .containsExactlyInAnyOrder(
                        type + "misspelt(): `mesage:delete` is not a permission of the catalog; did you mean"
                                + " `message:delete`?",
                        type + "unknownScope(String): `chatt/{id}` is not a target: expected `account`, `team/ID` or"
                                + " `chat/ID`",
                        type
                                + "unknownPlaceholder(String): nothing has a value for `{id}`: expected a parameter of this"
                                + " name, or a variable in each path of a handler",
                        type + "twoPlaceholders(String, String): `chat/{a}-{b}` is not a target: expected an id or one"
                                + " placeholder and nothing else",
                        type
                                + "neverGranted(): nobody can have `typing:show` at `account`: only roles of [chat] may hold"
                                + " it",
                        type + "nothing(): no permission is given: expected at least one",
                        type + "noId(ChatId): the parameter `id` is a " + ChatId.class.getName()
                                + ": expected a string, or what converts to one",
                        type
                                + "cannotBeIntercepted(String): the call cannot be intercepted: expected a method that is not"
                                + " private, static or final",
                        expressions + "key(String): `message:delte` is not a permission of the catalog; did you mean"
                                + " `message:delete`?",
                        expressions + "scope(String): `chatt` is not a scope below the account: expected one of"
                                + " [account, team, chat]",
                        expressions + "account(): `account` is not a scope below the account: expected one of"
                                + " [account, team, chat]",
                        expressions + "scope(String): `message:raed` is not a permission of the catalog; did you mean"
                                + " `message:read`?");
    }

    @Import({Chats.Base.class, Chats.Web.class})
    static class WrongHandlers {

        @Bean
        Handlers handlers() {
            return new Handlers();
        }
    }

    @Test
    void a_placeholder_needs_a_variable_in_each_path_of_a_handler() {
        assertThat(problems(catchThrowable(() -> Chats.startWeb(WrongHandlers.class))))
                .containsExactly(
                        Handlers.class.getName() + ".notInEachPath(): nothing has a value for `{chatId}`: expected"
                                + " a parameter of this name, or a variable in each path of a handler");
    }

    @RestController
    static class Chat {

        @GetMapping("/chats/{id}")
        String show(@PathVariable String id) {
            return id;
        }
    }

    @Import(Chats.Base.class)
    @EnableWebMvc
    @EnableWebSecurity
    static class WrongUrlRule {

        @Bean
        Chat chat() {
            return new Chat();
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http, Rbac rbac) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/chats/{id}")
                            .access(rbac.permission("message:read").at("chat/{chatId}"))
                            .anyRequest()
                            .denyAll())
                    .build();
        }
    }

    @Test
    void a_rule_about_urls_needs_its_placeholder_in_the_pattern() {
        assertThat(problems(catchThrowable(() -> Chats.startWeb(WrongUrlRule.class))))
                .containsExactly(
                        "GET /chats/{id}: the pattern of the rule `message:read at chat/{chatId}` has no variable"
                                + " `chatId`: expected `{chatId}` in it");
    }

    @Test
    void a_rule_about_urls_is_checked_as_it_is_made() {
        try (var context = Chats.start(Chats.Base.class)) {
            Rbac rbac = context.getBean(Rbac.class);
            assertThat(problems(catchThrowable(() -> rbac.permission("mesage:read"))))
                    .containsExactly("`mesage:read` is not a permission of the catalog; did you mean `message:read`?");
            assertThat(problems(catchThrowable(() -> rbac.anyOf().at("account"))))
                    .hasSize(1);
            assertThat(problems(catchThrowable(() -> rbac.allOf("typing:show").at("team/{id}"))))
                    .containsExactly("nobody can have `typing:show` at `team/{id}`: only roles of [chat] may hold it");
            assertThat(rbac.anyOf("message:read", "message:create").at("chat/{id}"))
                    .hasToString("message:read or message:create at chat/{id}");
        }
    }

    static class Early implements BeanPostProcessor, PriorityOrdered {

        @Override
        public int getOrder() {
            return 0;
        }

        @RequiresPermission("message:read")
        void call() {}
    }

    @Import(Chats.Base.class)
    static class EarlyApp {

        @Bean
        static Early early() {
            return new Early();
        }
    }

    @Test
    void a_bean_whose_calls_are_not_intercepted_stops_the_context() {
        assertThat(problems(catchThrowable(() -> Chats.start(EarlyApp.class))))
                .containsExactly(
                        Early.class.getName() + ": calls of the bean `early` are not intercepted, so its annotations"
                                + " do nothing: it is made before beans are proxied, or is final");
    }
}
