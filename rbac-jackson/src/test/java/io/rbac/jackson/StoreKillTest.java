package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.policy.Policy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("deep")
class StoreKillTest {

    private static final int KILLS = 50;

    @TempDir
    Path folder;

    /** The process goes on where the last one was killed, so that most kinds of calls are cut off somewhere. */
    @Test
    @Tag("P40")
    void a_process_that_is_killed_leaves_what_it_acknowledged_or_the_call_after_that() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int acknowledged = acknowledged(next, random.nextInt(1, 25), random.nextInt(3_000_000));
            try (FilePolicyStore store = FilePolicyStore.open(folder, StoreProcess.LOG_BYTES)) {
                Optional<Policy> found = store.load(StoreScript.ACCOUNT);
                assertThat(found)
                        .as("seed %d, kill %d, after call %d", seed, kill, acknowledged)
                        .isIn(StoreProcess.after(acknowledged), StoreProcess.after(acknowledged + 1));
                boolean oneMore = !found.equals(StoreProcess.after(acknowledged));
                next = acknowledged + (oneMore ? 2 : 1);
            }
        }
        assertThat(next).isGreaterThan(KILLS);
    }

    /** Kills a process some time after it has acknowledged so many calls, and returns the last one of all. */
    private int acknowledged(int first, int calls, int nanos) throws Exception {
        int last = first - 1;
        try (OtherProcess process =
                OtherProcess.start(StoreProcess.class, "write", folder.toString(), Integer.toString(first))) {
            assertThat(process.line()).isEqualTo("open");
            for (int i = 0; i < calls; i++) {
                last = call(process.line(), last);
            }
            LockSupport.parkNanos(nanos);
            process.kill();
            for (String line = process.line(); line != null; line = process.line()) {
                last = call(line, last);
            }
        }
        return last;
    }

    private static int call(String line, int last) {
        assertThat(line).isEqualTo(Integer.toString(last + 1));
        return last + 1;
    }
}
