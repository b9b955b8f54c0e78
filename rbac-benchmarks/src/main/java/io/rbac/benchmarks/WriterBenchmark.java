package io.rbac.benchmarks;

import io.rbac.benchmarks.workload.Questions;
import io.rbac.benchmarks.workload.Questions.Answers;
import io.rbac.benchmarks.workload.World;
import io.rbac.engine.PermissionEngine;
import io.rbac.matrix.PermissionChecker;
import io.rbac.model.Change;
import io.rbac.model.Target;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/** Checks on a live account, while another thread commits a number of times per second. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms8g", "-Xmx8g", "-XX:+UseParallelGC"})
public class WriterBenchmark {

    private static final int QUESTIONS = 1 << 18;

    /** A live account, and the thread that changes it. */
    @State(Scope.Benchmark)
    public static class Live {

        @Param("M")
        String world = "";

        @Param({"0", "100"})
        int commitsPerSecond;

        private Questions questions = Questions.NONE;
        private PermissionChecker checker = Matrices.none();
        private PermissionEngine engine =
                PermissionEngine.builder().catalog(Matrices.nobody().catalog()).build();
        private @Nullable Future<?> writing;
        private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        private boolean toggle;

        @Setup
        public void setUp() {
            World all = Worlds.named(world);
            questions = Questions.about(all, QUESTIONS, false, Answers.MIXED);
            engine = PermissionEngine.builder().catalog(all.catalog()).build();
            engine.create(all.policy());
            checker = engine.checker(all.account());
            if (commitsPerSecond > 0) {
                writing = writer.scheduleAtFixedRate(
                        () -> commit(all), 0, 1_000_000 / commitsPerSecond, TimeUnit.MICROSECONDS);
            }
        }

        private void commit(World all) {
            toggle = !toggle;
            engine.commit(
                    all.account(),
                    toggle
                            ? Change.assign("newcomer", "role-0", Target.account())
                            : Change.unassign("newcomer", "role-0", Target.account()));
        }

        @TearDown
        public void tearDown() {
            if (writing != null && writing.isDone()) {
                throw new IllegalStateException("the committing thread failed: expected commits to the end");
            }
            writer.shutdownNow();
            engine.close();
        }
    }

    /** The position of a thread among the questions. */
    @State(Scope.Thread)
    public static class Cursor {

        private int next;

        @Setup
        public void setUp(ThreadParams thread) {
            next = thread.getThreadIndex() * QUESTIONS / 2;
        }
    }

    @Benchmark
    public boolean check(Live live, Cursor cursor) {
        int i = cursor.next + 1 & QUESTIONS - 1;
        cursor.next = i;
        return live.checker.hasPermission(
                live.questions.user(i), live.questions.permission(i), live.questions.target(i));
    }
}
