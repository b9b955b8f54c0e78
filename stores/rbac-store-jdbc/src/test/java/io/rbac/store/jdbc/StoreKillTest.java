package io.rbac.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.Commit;
import io.rbac.engine.PermissionEngine;
import io.rbac.model.Change;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one file, which are killed or not. */
class StoreKillTest {
    private static final int FEW_KILLS = 3;
    private static final int MANY_KILLS = 200;
    private static final int ENDLESS = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    @Tag("P40")
    void every_acknowledged_commit_survives_a_kill() throws Exception {
        kill(FEW_KILLS, System.nanoTime());
    }

    @Test
    @Tag("deep")
    @Tag("P40")
    void every_acknowledged_commit_survives_many_kills() throws Exception {
        kill(MANY_KILLS, System.nanoTime());
    }

    private void kill(int times, long seed) throws Exception {
        Random random = new Random(seed);
        Path file = createFile();
        List<String> acknowledged = new ArrayList<>();
        int kills = 0;
        for (int i = 0; i < times; i++) {
            Path output = Files.createTempFile(folder, "out", "");
            Process process = StoreProcess.start(file, "p" + i, ENDLESS, output);
            int enough = 1 + random.nextInt(40);
            while (process.isAlive() && StoreProcess.acknowledged(output).size() < enough) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            TimeUnit.MICROSECONDS.sleep(random.nextInt(5_000));
            kills += process.isAlive() ? 1 : 0;
            process.destroyForcibly().waitFor();
            acknowledged.addAll(StoreProcess.acknowledged(output));
            assertAllThere(file, acknowledged, "seed " + seed + ", kill " + i);
        }
        assertThat(kills).isEqualTo(times);
    }

    private Path createFile() {
        Path file = folder.resolve("rbac.db");
        try (JdbcPolicyStore store = JdbcPolicyStore.sqlite(file).createSchema().build();
                PermissionEngine engine = StoredAcme.engine(store)) {
            engine.create(StoredAcme.policy("acme"));
        }
        return file;
    }

    /** Asserts that every line names a commit in the history, which leads to the policy that is loaded. */
    private static void assertAllThere(Path file, List<String> acknowledged, String message) {
        try (JdbcPolicyStore store = JdbcPolicyStore.sqlite(file).build();
                PermissionEngine engine = StoredAcme.engine(store)) {
            Policy policy = engine.policy("acme");
            List<Commit> commits = store.history("acme", policy.version().at(1), Integer.MAX_VALUE)
                    .orElseThrow();
            assertThat(commits).as(message).hasSize((int) policy.revision() - 1);
            List<String> found = new ArrayList<>();
            for (Commit commit : commits) {
                String team =
                        ((Change.AddTarget) commit.changes().get(0)).target().id();
                found.add(commit.version() + " " + team);
                assertThat(policy.hasTarget(Target.team(team))).as(message).isTrue();
                assertThat(policy.rolesOf(team)).as(message).hasSize(1);
            }
            assertThat(found).as(message).doesNotHaveDuplicates();
            List<String> lost = new ArrayList<>(acknowledged);
            lost.removeAll(new HashSet<>(found));
            assertThat(lost).as(message).isEmpty();
        }
    }

    @Test
    @Tag("P40")
    @Tag("P48")
    void no_commit_of_two_processes_is_lost() throws Exception {
        Path file = createFile();
        List<Process> processes = new ArrayList<>();
        List<Path> outputs = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            outputs.add(folder.resolve(name));
            processes.add(StoreProcess.start(file, name, 60, folder.resolve(name)));
        }
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; i < processes.size(); i++) {
            assertThat(processes.get(i).waitFor()).isZero();
            acknowledged.addAll(StoreProcess.acknowledged(outputs.get(i)));
        }
        assertThat(acknowledged).hasSize(120);
        assertAllThere(file, acknowledged, "two processes");
    }
}
