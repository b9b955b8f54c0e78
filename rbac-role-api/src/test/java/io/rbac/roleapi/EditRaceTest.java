package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.Commit;
import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.StoredPolicy;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A request is judged on the revision that it was read against, whatever is committed meanwhile. */
class EditRaceTest {

    private static final PermissionCatalog CATALOG =
            PermissionCatalog.builder().group("agents", "view", "edit").build();

    /** Makes another commit just before each of the first commits. */
    private static final class SlowStore implements PolicyStore {

        private final InMemoryPolicyStore kept = new InMemoryPolicyStore();
        private int others;

        @Override
        public Optional<StoredPolicy> load(String account) {
            return kept.load(account);
        }

        @Override
        public Map<String, Version> versions(Collection<String> accounts) {
            return kept.versions(accounts);
        }

        @Override
        public List<String> accounts(@Nullable String after, int limit) {
            return kept.accounts(after, limit);
        }

        @Override
        public boolean create(Commit first, Policy policy) {
            return kept.create(first, policy);
        }

        @Override
        public boolean commit(Commit commit, Policy result) {
            if (others > 0) {
                others--;
                Policy current = kept.load("ws").orElseThrow().policy();
                var applied =
                        current.apply(List.of(Change.assign("other-" + others, "r", Target.account())), commit.time());
                kept.commit(
                        Commit.of(
                                "ws",
                                applied.policy().version(),
                                applied.policy().digest(),
                                null,
                                commit.time(),
                                null,
                                List.of(),
                                applied.effects()),
                        applied.policy());
            }
            return kept.commit(commit, result);
        }

        @Override
        public Optional<List<Commit>> history(String account, Version after, int limit) {
            return kept.history(account, after, limit);
        }

        @Override
        public boolean remove(String account) {
            return kept.remove(account);
        }
    }

    private final SlowStore store = new SlowStore();
    private final PermissionEngine engine = PermissionEngine.builder()
            .catalog(CATALOG)
            .rules(RoleDialect.trillet().rules())
            .guard(RoleDialect.trillet().guard(CATALOG))
            .store(store)
            .executor(Runnable::run)
            .build();
    private final RoleApi api = RoleApi.builder(engine, RoleDialect.trillet())
            .authentication(request -> Optional.of(Caller.account("ws")))
            .build();

    EditRaceTest() {
        engine.create(Policy.builder()
                .account("ws")
                .catalog(CATALOG)
                .rules(RoleDialect.trillet().rules())
                .build());
        engine.commit(
                "ws",
                Change.createRole(
                        "r",
                        Scope.ACCOUNT,
                        RoleUpdate.builder()
                                .name("R")
                                .rights(CATALOG.noRights())
                                .build()));
    }

    private RoleResponse put(String body) {
        return api.handle(RoleRequest.of("PUT", "/v1/api/roles-and-permissions/roles/r")
                .header("x-workspace-id", "ws")
                .body(body));
    }

    @Test
    void a_request_that_another_commit_overtakes_is_read_again() {
        store.others = 20;

        assertThat(put("{\"name\":\"New\"}").status()).isEqualTo(200);

        assertThat(store.others).isZero();
        Policy policy = engine.policy("ws");
        assertThat(policy.role("r").orElseThrow().name()).isEqualTo("New");
        assertThat(policy.usersOf("r")).hasSize(20);
    }

    @Test
    void a_request_that_is_always_overtaken_is_a_conflict() {
        store.others = 1_000;

        RoleResponse response = put("{\"name\":\"New\"}");

        assertThat(response.status()).isEqualTo(409);
        assertThat(response.text()).contains("\"code\":\"CONFLICT\"");
        assertThat(engine.policy("ws").role("r").orElseThrow().name()).isEqualTo("R");
    }

    @Test
    void a_request_that_names_a_version_is_not_read_again_on_another_one() {
        String tag = '"' + engine.policy("ws").version().toString() + '"';
        store.others = 1;

        RoleResponse response = api.handle(RoleRequest.of("PUT", "/v1/api/roles-and-permissions/roles/r")
                .header("x-workspace-id", "ws")
                .header("If-Match", tag)
                .body("{\"name\":\"New\"}"));

        assertThat(response.status()).isEqualTo(412);
        assertThat(response.text()).contains("\"code\":\"CONFLICT\"");
        assertThat(engine.policy("ws").role("r").orElseThrow().name()).isEqualTo("R");
    }

    @Test
    void concurrent_requests_are_answered_with_what_each_of_them_did() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<RoleResponse>> requests = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String name = "N" + i;
                requests.add(() -> put("{\"name\":\"" + name + "\",\"userIds\":[\"u-" + name + "\"]}"));
            }
            List<Future<RoleResponse>> answers = threads.invokeAll(requests);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get().status()).isEqualTo(200);
                assertThat(answers.get(i).get().text()).contains("\"name\":\"N" + i + "\"");
            }
        } finally {
            threads.shutdown();
        }
        Policy policy = engine.policy("ws");
        assertThat(policy.revision()).isEqualTo(102);
        assertThat(policy.usersOf("r"))
                .containsExactly("u-" + policy.role("r").orElseThrow().name());
    }
}
