package io.rbac.engine;

import static io.rbac.engine.Acme.ACCOUNT;
import static io.rbac.engine.Acme.C42;
import static io.rbac.engine.Acme.CATALOG;
import static io.rbac.engine.Acme.SUPPORT;
import static io.rbac.engine.Acme.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.UserPermissions;
import io.rbac.model.Change;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two engines over one store change an account while it is asked through both of them and evicted all the time: what is
 * seen is always one revision, whole.
 */
class WholeRevisionTest {

    private static final int COMMITS = 100;
    private static final Rights BOTH = CATALOG.rights("user:update", "user:delete");

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final List<PermissionEngine> engines = List.of(engine().build(), engine().build());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private PermissionEngine.Builder engine() {
        return Acme.engine(store).guard(Acme.guardNeeding(UPDATE));
    }

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        engines.forEach(PermissionEngine::close);
    }

    /** Does something through one engine and then through the other, so many times; meanwhile something holds always. */
    private void whileCommitting(IntFunction<Change[]> changes, Holds always) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger questions = new AtomicInteger();
        List<Future<?>> readers = new ArrayList<>();
        for (PermissionEngine engine : engines) {
            PermissionChecker checker = engine.checker("acme");
            readers.add(threads.submit((Callable<Void>) () -> {
                while (!done.get()) {
                    always.check(checker);
                    always.check(engine.checker("acme"));
                    always.check(engine.matrix("acme"));
                    questions.addAndGet(3);
                    // after the first one it would be put back, since it was used
                    engine.evict("acme");
                    engine.evict("acme");
                }
                return null;
            }));
        }
        try {
            for (int i = 0; i < COMMITS; i++) {
                int before = questions.get();
                Commit commit = engines.get(i % 2).commit("acme", changes.apply(i));
                assertThat(commit.revision()).isEqualTo(i + 2);
                while (questions.get() == before && readers.stream().noneMatch(Future::isDone)) {
                    Thread.onSpinWait();
                }
            }
        } finally {
            done.set(true);
        }
        for (Future<?> reader : readers) {
            reader.get();
        }
        assertThat(engines)
                .allSatisfy(engine -> assertThat(engine.statistics().loads()).isGreaterThan(10));
    }

    private interface Holds {

        void check(PermissionChecker checker);
    }

    /** The lead may update or delete, never both, never neither. */
    @Test
    @Tag("P42")
    @Tag("P79")
    void several_permissions_are_asked_of_one_revision() throws Exception {
        engines.get(0).create(Acme.policy());
        whileCommitting(i -> new Change[] {Acme.leadGets(i % 2 == 0 ? "user:delete" : "user:update")}, checker -> {
            assertThat(checker.hasAny("bob", BOTH, C42)).isTrue();
            assertThat(checker.hasAll("bob", BOTH, C42)).isFalse();
            if (checker instanceof AccountChecker live) {
                UserPermissions bob = live.user("bob");
                assertThat(bob.has("user:update", C42)).isNotEqualTo(bob.has("user:delete", C42));
                assertThat(bob.rightsAt(C42).intersect(BOTH).size()).isEqualTo(1);
                assertThat(bob.filter("user:update", List.of(C42, SUPPORT))).hasSize(bob.has(UPDATE, C42) ? 2 : 0);
            }
        });
    }

    /** One role in each team; the chat lies in exactly one of them. */
    @Test
    @Tag("P22")
    @Tag("B79")
    void a_chat_that_moves_is_never_in_both_teams_nor_in_neither() throws Exception {
        engines.get(0)
                .create(Acme.builder("acme")
                        .team("sales")
                        .role(Role.builder("boss", Scope.TEAM)
                                .name("Boss")
                                .rights(CATALOG.rights("user:delete", "message:create"))
                                .build())
                        .role(Role.builder("writer", Scope.TEAM)
                                .name("Writer")
                                .rights(CATALOG.rights("message:create"))
                                .build())
                        .assign("bob", "writer", SUPPORT)
                        .assign("bob", "boss", Target.team("sales"))
                        .build());
        whileCommitting(i -> new Change[] {Change.moveChat("c-42", i % 2 == 0 ? "sales" : "support")}, checker -> {
            assertThat(checker.hasPermission("bob", "message:create", C42)).isTrue();
            assertThat(checker.hasAny("bob", BOTH, C42)).isTrue();
            assertThat(checker.hasAll("bob", BOTH, C42)).isFalse();
        });
    }

    /** One user takes over from the other in a batch of two changes. */
    @Test
    @Tag("P39")
    void a_batch_is_never_seen_in_part() throws Exception {
        engines.get(0).create(Acme.policy());
        whileCommitting(
                i -> i % 2 == 0
                        ? new Change[] {
                            Change.unassign("bob", "lead", SUPPORT), Change.assign("ada", "teammate", SUPPORT)
                        }
                        : new Change[] {
                            Change.unassign("ada", "teammate", SUPPORT), Change.assign("bob", "lead", SUPPORT)
                        },
                checker -> {
                    if (checker instanceof PermissionMatrix matrix) {
                        assertThat(checker.hasPermission("bob", UPDATE, C42))
                                .isNotEqualTo(checker.hasPermission("ada", "message:read", C42));
                        assertThat(matrix.policy().usersAt(SUPPORT)).hasSize(1);
                    }
                });
    }

    /** Everybody discards another one of the last default roles; one of them stays. */
    @Test
    @Tag("P33")
    void the_last_default_roles_are_never_discarded_together() throws Exception {
        for (int round = 0; round < 20; round++) {
            String account = "acme-" + round;
            Policy.Builder policy = Policy.builder().account(account).catalog(CATALOG);
            for (int i = 0; i < 4; i++) {
                policy.role(Role.builder("role-" + i, Scope.ACCOUNT)
                        .name("Role")
                        .defaultRole(true)
                        .build());
            }
            engines.get(0).create(policy.build());
            CyclicBarrier start = new CyclicBarrier(4);
            List<Future<Boolean>> editors = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                PermissionEngine engine = engines.get(i % 2);
                Change discard = Change.deleteRole("role-" + i);
                editors.add(threads.submit(() -> {
                    start.await();
                    return isCommitted(engine, PolicyEdit.of(account).changes(discard), Code.LAST_DEFAULT_ROLE);
                }));
            }
            int discarded = 0;
            for (Future<Boolean> editor : editors) {
                discarded += editor.get() ? 1 : 0;
            }
            assertThat(discarded).isEqualTo(3);
            assertThat(store.load(account).orElseThrow().policy().roles().stream()
                            .filter(Role::isActive))
                    .hasSize(1);
        }
    }

    private static boolean isCommitted(PermissionEngine engine, PolicyEdit edit, Code refusal) {
        try {
            return !engine.commit(edit).effects().isEmpty();
        } catch (PolicyViolationException e) {
            assertThat(e.violations())
                    .singleElement()
                    .satisfies(violation -> assertThat(violation.code()).isEqualTo(refusal));
            return false;
        }
    }

    /** The host gives and takes the role of an actor, who edits all the time through another engine. */
    @Test
    @Tag("P73")
    void what_an_actor_commits_was_allowed_at_the_revision_before() throws Exception {
        Change take = Change.unassign("ada", "admin", ACCOUNT);
        Change give = Change.assign("ada", "admin", ACCOUNT);
        engines.get(0)
                .create(Acme.builder("acme")
                        .role(Role.builder("admin", Scope.ACCOUNT)
                                .name("Admin")
                                .rights(CATALOG.rights("user:update"))
                                .build())
                        .build());
        List<Commit> commits = new ArrayList<>();
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger tries = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        Future<List<Commit>> actor = threads.submit(() -> {
            List<Commit> own = new ArrayList<>();
            for (int i = 0; !done.get(); i++) {
                tries.set(i);
                // the policy stays small, and each commit changes it
                Change change = own.size() % 2 == 0 ? Change.addTeam("sales") : Change.removeTeam("sales");
                PolicyEdit edit = PolicyEdit.of("acme").by("ada").changes(change);
                try {
                    own.add(engines.get(1).commit(edit));
                } catch (PolicyViolationException e) {
                    assertThat(e.violations().get(0).code()).isIn(Code.FORBIDDEN, Code.CONFLICT);
                    refused.incrementAndGet();
                    engines.get(1).evict("acme");
                }
                if (i % 8 == 7) {
                    // the host, whose engine has to load what this one commits, is to have its turn
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
            }
            return own;
        });
        for (int i = 0; i < COMMITS && !actor.isDone(); i++) {
            commits.add(committed(i % 2 == 0 ? give : take));
            // one try may have begun before; one that began afterwards ends
            int before = tries.get();
            while (tries.get() < before + 3 && !actor.isDone()) {
                Thread.onSpinWait();
            }
        }
        done.set(true);
        assertThat(actor.get()).hasSizeGreaterThan(5);
        assertThat(refused).hasPositiveValue();
        commits.addAll(actor.get());
        commits.sort(Comparator.comparing(Commit::revision));
        boolean holds = false;
        long revision = 1;
        for (Commit commit : commits) {
            assertThat(commit.revision()).isEqualTo(++revision);
            assertThat(commit.actor().isEmpty() || holds).as("%s", commit).isTrue();
            holds = commit.actor().isPresent() ? holds : commit.changes().contains(give);
        }
        assertThat(store.load("acme").orElseThrow().policy().revision()).isEqualTo(revision);
    }

    /** The other engine may be faster many times in a row. */
    private Commit committed(Change change) {
        while (true) {
            try {
                return engines.get(0).commit("acme", change);
            } catch (PolicyViolationException e) {
                assertThat(e.violations().get(0).code()).isEqualTo(Code.CONFLICT);
            }
        }
    }
}
