package io.rbac.spring;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * A small chat product. In the account acme, Ada moderates everything, Bob writes in chat c-42, and Eve reads c-1; another
 * account globex has an Ada of its own, who may do nothing.
 */
final class Chats {

    static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("message", "read", "create", "delete")
            .group("report", Set.of(Scope.ACCOUNT), "export")
            .group("typing", Set.of(Scope.CHAT), "show")
            .build();

    private Chats() {}

    static Policy policy(String account) {
        return Policy.builder()
                .account(account)
                .catalog(CATALOG)
                .role(role("member", Scope.ACCOUNT).defaultRole(true).build())
                .role(role("moderator", Scope.ACCOUNT, "message:read", "message:delete", "report:export")
                        .build())
                .role(role("writer", Scope.CHAT, "message:read", "message:create", "typing:show")
                        .build())
                .role(role("reader", Scope.CHAT, "message:read").build())
                .team("support")
                .chat("c-42", "support")
                .chat("c-1")
                .chat("7")
                .assign("ada", account.equals("acme") ? "moderator" : "member", Target.account())
                .assign("bob", "writer", Target.chat("c-42"))
                .assign("bob", "writer", Target.chat("7"))
                .assign("eve", "reader", Target.chat("c-1"))
                .build();
    }

    private static Role.Builder role(String id, Scope scope, String... permissions) {
        return Role.builder(id, scope).name(id).rights(CATALOG.rights(permissions));
    }

    /** What every application of these tests has. */
    @Configuration(proxyBeanMethods = false)
    @EnableRbac
    static class Base {

        @Bean
        PermissionEngine engine() {
            PermissionEngine engine =
                    PermissionEngine.builder().catalog(CATALOG).build();
            engine.create(policy("acme"));
            engine.create(policy("globex"));
            return engine;
        }

        @Bean
        AccountResolver accounts() {
            return AccountResolver.fixed("acme");
        }
    }

    /** The same behind a filter chain that lets in whoever is authenticated. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @EnableWebSecurity
    static class Web {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable())
                    .httpBasic(basic -> {})
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .build();
        }
    }

    static AnnotationConfigApplicationContext start(Class<?>... types) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.register(types);
        context.refresh();
        return context;
    }

    static AnnotationConfigWebApplicationContext startWeb(Class<?>... types) {
        AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
        context.setServletContext(new MockServletContext());
        context.register(types);
        context.refresh();
        return context;
    }

    static MockMvc mvc(AnnotationConfigWebApplicationContext context) {
        return MockMvcBuilders.webAppContextSetup(context)
                .apply(SecurityMockMvcConfigurers.springSecurity())
                .build();
    }

    /** Does something on behalf of a user, outside any request. */
    static <T> T as(String user, Supplier<T> work) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, "", List.of()));
        try {
            return work.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    static void run(String user, Runnable work) {
        Map<?, ?> unused = as(user, () -> {
            work.run();
            return Map.of();
        });
    }
}
