package io.rbac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.expression.method.DefaultMethodSecurityExpressionHandler;
import org.springframework.security.access.expression.method.MethodSecurityExpressionHandler;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

class RbacTest {

    static class Expressions {

        @PreAuthorize("@rbac.at('chat', #id).has('message:delete')")
        String delete(String id) {
            return id;
        }

        @PreAuthorize("hasPermission(#id, 'chat', 'message:read')")
        String read(String id) {
            return id;
        }

        @PreAuthorize("hasPermission(#target, 'message:read')")
        String read(Object target) {
            return target.toString();
        }

        @PreAuthorize("hasPermission(#id, 'chat', 'message:raed')")
        String misspelt(String id) {
            return id;
        }
    }

    @Import(Chats.Base.class)
    @EnableMethodSecurity
    static class App {

        @Bean
        Expressions expressions() {
            return new Expressions();
        }

        @Bean
        static MethodSecurityExpressionHandler handler(ObjectProvider<Rbac> rbac, ApplicationContext context) {
            DefaultMethodSecurityExpressionHandler handler = new DefaultMethodSecurityExpressionHandler();
            handler.setPermissionEvaluator(RbacPermissionEvaluator.of(rbac::getObject));
            handler.setApplicationContext(context);
            return handler;
        }
    }

    private final AnnotationConfigApplicationContext context = Chats.start(App.class);
    private final Rbac rbac = context.getBean(Rbac.class);
    private final Expressions expressions = context.getBean(Expressions.class);

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void it_answers_about_the_current_user() {
        assertThat(Chats.as("bob", () -> rbac.at("chat", "c-42").has("message:create")))
                .isTrue();
        assertThat(Chats.as("bob", () -> rbac.at("chat", 7).has("message:create")))
                .isTrue();
        assertThat(Chats.as("bob", () -> rbac.at("chat", "c-1").has("message:create")))
                .isFalse();
        assertThat(Chats.as("bob", () -> rbac.at(Target.chat("c-42")).hasAll("message:create", "message:read")))
                .isTrue();
        assertThat(Chats.as("bob", () -> rbac.at(Target.chat("c-42")).hasAll("message:create", "message:delete")))
                .isFalse();
        assertThat(Chats.as("bob", () -> rbac.at(Target.chat("c-42")).hasAny("message:create", "message:delete")))
                .isTrue();
        assertThat(Chats.as("ada", () -> rbac.has("report:export"))).isTrue();
        assertThat(Chats.as("bob", () -> rbac.has("report:export"))).isFalse();
        assertThat(Chats.as("bob", () -> rbac.at("chat", "c-42").rights()))
                .isEqualTo(Chats.CATALOG.rights("message:read", "message:create", "typing:show"));
        assertThat(Chats.as("bob", rbac::account)).contains("acme");
        assertThat(Chats.as("bob", () -> rbac.user().id())).isEqualTo("bob");
    }

    @Test
    void everything_is_denied_without_a_user_or_an_id() {
        assertThat(rbac.has("report:export")).isFalse();
        assertThat(rbac.account()).isEmpty();
        assertThat(rbac.at("chat", "c-42").rights()).isEmpty();
        assertThat(Chats.as("ada", () -> rbac.at("chat", null).has("message:read")))
                .isFalse();
        assertThat(Chats.as("ada", () -> rbac.at("chat", null).hasAny("message:read")))
                .isFalse();
        assertThat(Chats.as("ada", () -> rbac.at("chat", null).rights())).isEmpty();
    }

    @Test
    void a_misspelt_key_or_scope_is_no_ordinary_denial() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Chats.as("ada", () -> rbac.at("chat", "c-42").has("mesage:read")))
                .withMessage("`mesage:read` is not a permission of the catalog; did you mean `message:read`?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rbac.at("chatt", "c-42"))
                .withMessage("`chatt` is not a scope below the account: expected one of [account, team, chat]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rbac.filter("mesage:read", List.of("c-42"), Target::chat));
    }

    @Test
    void a_page_is_filtered_in_order_and_as_often_as_things_are_on_it() {
        List<String> page = List.of("c-42", "c-1", "c-42", "c-9");
        assertThat(Chats.as("bob", () -> rbac.filter("message:read", page, Target::chat)))
                .containsExactly("c-42", "c-42");
        assertThat(Chats.as("zoe", () -> rbac.filter("message:read", page, Target::chat)))
                .isEmpty();
        assertThat(rbac.filter("message:read", page, Target::chat)).isEmpty();
    }

    @Test
    void expressions_of_spring_security_ask_it() {
        assertThat(Chats.as("ada", () -> expressions.delete("c-42"))).isEqualTo("c-42");
        assertThatThrownBy(() -> Chats.as("bob", () -> expressions.delete("c-42")))
                .isInstanceOf(AuthorizationDeniedException.class);
        assertThat(Chats.as("bob", () -> expressions.read("c-42"))).isEqualTo("c-42");
        assertThatThrownBy(() -> Chats.as("bob", () -> expressions.read("c-1")))
                .isInstanceOf(AuthorizationDeniedException.class);
        assertThat(Chats.as("eve", () -> expressions.read(Target.chat("c-1")))).isEqualTo("chat/c-1");
        assertThat(Chats.as("eve", () -> expressions.read((Object) "chat/c-1"))).isEqualTo("chat/c-1");
        assertThatThrownBy(() -> Chats.as("eve", () -> expressions.read((Object) "chat/c-42")))
                .isInstanceOf(AuthorizationDeniedException.class);
        assertThatThrownBy(() -> Chats.as("eve", () -> expressions.read((Object) 7)))
                .hasStackTraceContaining("the target is java.lang.Integer: expected a target");
        assertThatThrownBy(() -> Chats.as("ada", () -> expressions.misspelt("c-42")))
                .hasStackTraceContaining("did you mean `message:read`?");
    }

    private static Rbac over(PermissionEngine engine, @Nullable String account, @Nullable String user) {
        return Rbac.builder(engine, (authentication, request) -> account)
                .users(authentication -> user)
                .build();
    }

    @Test
    void an_account_that_is_unknown_or_not_found_allows_nothing() {
        PermissionEngine engine = context.getBean(PermissionEngine.class);
        assertThat(Chats.as("x", () -> over(engine, "acme", "ada").has("report:export")))
                .isTrue();
        assertThat(Chats.as("x", () -> over(engine, "globex", "ada").has("report:export")))
                .isFalse();
        assertThat(Chats.as("x", () -> over(engine, "initech", "ada").has("report:export")))
                .isFalse();
        assertThat(Chats.as("x", () -> over(engine, null, "ada").has("report:export")))
                .isFalse();
        assertThat(Chats.as("x", () -> over(engine, "acme", null).has("report:export")))
                .isFalse();
        assertThat(Chats.as("x", () -> over(engine, "nobody", "nobody").has("report:export")))
                .isFalse();
    }
}
