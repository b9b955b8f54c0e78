package io.rbac.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.Commit;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStoreException;
import io.rbac.model.Change;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes on one PostgreSQL, two days apart by their clocks, one of which is never told of changes, while processes
 * are killed, connections cut, and the server paused, stopped and crashed: all that was acknowledged is there, nothing is there
 * in part, no answer is of two revisions, and in the end all have the same policy.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {
    private static final int MANY = 200;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    private RestartedServer server;
    private JdbcPolicyStore store;
    private final List<Node> nodes = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        PostgresServer.server();
        server = new RestartedServer(folder);
        store = JdbcPolicyStore.builder(new Redirected(() -> server.source()))
                .createSchema()
                .build();
        for (int i = 0; i < 3; i++) {
            Node node = new Node("n" + i, server.url(), i > 0);
            nodes.add(node);
            node.start();
        }
    }

    @AfterAll
    void stop() throws Exception {
        for (Node node : nodes) {
            node.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /** What may happen. */
    private enum Fault {
        KILL,
        CUT,
        PAUSE,
        RESTART,
        CRASH;

        /** Returns one, and seldom one that takes seconds. */
        static Fault random(Random random) {
            int number = random.nextInt(20);
            return number < 5 ? KILL : number < 12 ? CUT : number < 18 ? PAUSE : number == 18 ? RESTART : CRASH;
        }
    }

    @Test
    @Tag("deep")
    @Tag("P40")
    @Tag("P66")
    @Tag("P67")
    @Tag("B116")
    @Tag("B117")
    @Tag("B119")
    void random_faults_lose_nothing() throws Exception {
        playAll(MANY, 1_000_000_007L * System.nanoTime());
    }

    /** Without a time-out this would wait for as long as the server is silent. */
    @Test
    @Tag("deep")
    @Tag("B119")
    void a_server_that_is_silent_is_a_typed_error_in_bounded_time() throws Exception {
        JdbcPolicyStore impatient = JdbcPolicyStore.builder(new Redirected(() -> server.source()))
                .timeout(Duration.ofSeconds(1))
                .build();
        try (PermissionEngine engine = StoredAcme.engine(impatient)) {
            engine.create(StoredAcme.policy("acme"));
            Future<?> pause = Executors.newSingleThreadExecutor().submit(() -> {
                server.pause(Duration.ofSeconds(20));
                return null;
            });
            TimeUnit.MILLISECONDS.sleep(500);
            assertThatThrownBy(() -> impatient.load("acme")).isInstanceOf(PolicyStoreException.class);
            assertThatThrownBy(() -> engine.commit("acme", Change.addTeam("s9")))
                    .isInstanceOf(PolicyStoreException.class);
            assertThat(engine.hasPermission("acme", "ada", "user:read", Target.account()))
                    .isTrue();
            assertThat(pause).isNotDone();
            pause.get();
            engine.commit("acme", Change.addTeam("s9"));
        }
    }

    private void playAll(int schedules, long firstSeed) throws Exception {
        int commits = 0;
        long[] reached = new long[schedules];
        for (int i = 0; i < schedules; i++) {
            long seed = firstSeed + i;
            List<Fault> faults = new ArrayList<>();
            Random random = new Random(seed);
            if (i == 0) {
                faults.addAll(List.of(Fault.values()));
            } else {
                for (int fault = 1 + random.nextInt(4); fault > 0; fault--) {
                    faults.add(Fault.random(random));
                }
            }
            String account = "account-" + Math.abs(seed);
            String message = "seed " + seed + ", " + faults;
            try {
                play(account, faults, random);
                reached[i] = assertReached(account, message);
                commits += assertNothingLost(account, message);
            } catch (Exception | AssertionError e) {
                throw new AssertionError(message, e);
            }
        }
        Arrays.sort(reached);
        System.out.println("Random faults: " + schedules + " schedules from seed " + firstSeed + ", " + commits
                + " commits acknowledged; all processes had the last version after " + reached[schedules / 2]
                + " ms in the median, " + reached[schedules - 1] + " ms at the most");
        assertThat(commits).isGreaterThan(schedules);
    }

    private void play(String account, List<Fault> faults, Random random) throws Exception {
        try (PermissionEngine engine = StoredAcme.engine(store)) {
            engine.create(StoredAcme.policy(account));
        }
        nodes.forEach(node -> node.work(account));
        for (Fault fault : faults) {
            TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(150));
            switch (fault) {
                case KILL -> {
                    Node node = nodes.get(random.nextInt(nodes.size()));
                    node.kill();
                    node.start();
                    node.work(account);
                }
                case CUT -> server.terminateBackends();
                case PAUSE -> server.pause(Duration.ofMillis(50 + random.nextInt(300)));
                case RESTART -> server.restart();
                case CRASH -> server.crash();
            }
        }
        TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(150));
        for (Node node : nodes) {
            node.beQuiet();
        }
    }

    /** Waits until all processes answer from what is stored, and returns how many milliseconds that took. */
    private long assertReached(String account, String message) throws Exception {
        long start = System.nanoTime();
        Policy stored = store.load(account).orElseThrow().policy();
        String expected = stored.version() + " " + stored.digest();
        for (Node node : nodes) {
            String told = node.tell(account);
            while (!told.equals(expected)) {
                assertThat(System.nanoTime() - start)
                        .as(message + ": " + told + " instead of " + expected)
                        .isLessThan(PATIENCE_NANOS);
                TimeUnit.MILLISECONDS.sleep(1);
                told = node.tell(account);
            }
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /** Returns how many commits were acknowledged. */
    private int assertNothingLost(String account, String message) throws Exception {
        Policy policy = store.load(account).orElseThrow().policy();
        List<Commit> commits = store.history(account, policy.version().at(1), Integer.MAX_VALUE)
                .orElseThrow();
        assertThat(commits).as(message).hasSize((int) policy.revision() - 1);
        List<String> found = new ArrayList<>();
        for (Commit commit : commits) {
            String team = ((Change.AddTarget) commit.changes().get(0)).target().id();
            found.add(commit.version() + " " + team);
            assertThat(policy.hasTarget(Target.team(team))).as(message).isTrue();
            assertThat(policy.rolesOf(team)).as(message).hasSize(1);
        }
        assertThat(policy.rolesOf("bob")).as(message).hasSize(1);
        List<String> acknowledged = new ArrayList<>();
        for (Node node : nodes) {
            acknowledged.addAll(node.takeAcknowledged());
            assertThat(node.mixed()).as(message).isEmpty();
        }
        assertThat(found).as(message).containsAll(acknowledged).doesNotHaveDuplicates();
        return acknowledged.size();
    }
}
