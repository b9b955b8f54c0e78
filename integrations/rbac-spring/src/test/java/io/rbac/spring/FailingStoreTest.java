package io.rbac.spring;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.rbac.engine.Commit;
import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.PolicyStoreException;
import io.rbac.engine.StoredPolicy;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** What cannot be known is neither allowed nor denied. */
class FailingStoreTest {

    /** Keeps policies in memory, and is away whenever it is told to be. */
    private static final class Store implements PolicyStore {

        private final PolicyStore memory = new InMemoryPolicyStore();
        private volatile boolean away;

        @Override
        public Optional<StoredPolicy> load(String account) {
            if (away) {
                throw new PolicyStoreException("the store is away", null);
            }
            return memory.load(account);
        }

        @Override
        public Map<String, Version> versions(Collection<String> accounts) {
            return memory.versions(accounts);
        }

        @Override
        public List<String> accounts(@Nullable String after, int limit) {
            return memory.accounts(after, limit);
        }

        @Override
        public Optional<List<Commit>> history(String account, Version after, int limit) {
            return memory.history(account, after, limit);
        }

        @Override
        public boolean create(Commit first, Policy policy) {
            return memory.create(first, policy);
        }

        @Override
        public boolean commit(Commit commit, Policy result) {
            return memory.commit(commit, result);
        }

        @Override
        public boolean remove(String account) {
            return memory.remove(account);
        }
    }

    @RestController
    static class Controller {

        @GetMapping("/annotated/{chat}")
        @RequiresPermission(value = "message:read", at = "chat/{chat}")
        String annotated(@PathVariable String chat) {
            return chat;
        }

        @GetMapping("/ruled/{chat}")
        String ruled(@PathVariable String chat) {
            return chat;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @EnableWebSecurity
    @EnableRbac
    static class App {

        @Bean
        Store store() {
            return new Store();
        }

        @Bean
        PermissionEngine engine(Store store) {
            PermissionEngine engine = PermissionEngine.builder()
                    .catalog(Chats.CATALOG)
                    .store(store)
                    .cacheBytes(0)
                    .build();
            engine.create(Chats.policy("acme"));
            return engine;
        }

        @Bean
        AccountResolver accounts() {
            return AccountResolver.fixed("acme");
        }

        @Bean
        Controller controller() {
            return new Controller();
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http, Rbac rbac) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/ruled/{chat}")
                            .access(rbac.permission("message:read").at("chat/{chat}"))
                            .anyRequest()
                            .authenticated())
                    .build();
        }
    }

    @Test
    void while_the_store_is_away_rules_are_answered_with_503() throws Exception {
        try (var context = Chats.startWeb(App.class)) {
            MockMvc mvc = Chats.mvc(context);
            Store store = context.getBean(Store.class);
            for (String path : List.of("/annotated/c-1", "/ruled/c-1")) {
                mvc.perform(get(path).with(user("eve"))).andExpect(status().isOk());
                store.away = true;
                mvc.perform(get(path).with(user("eve")))
                        .andExpect(status().isServiceUnavailable())
                        .andExpect(header().string("Retry-After", "1"))
                        .andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON));
                store.away = false;
                mvc.perform(get(path).with(user("eve"))).andExpect(status().isOk());
            }
        }
    }
}
