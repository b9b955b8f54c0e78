package io.rbac.benchmarks;

import io.rbac.benchmarks.contenders.Contender;
import io.rbac.benchmarks.contenders.Contenders;
import io.rbac.benchmarks.workload.Questions;
import io.rbac.benchmarks.workload.Questions.Answers;
import io.rbac.benchmarks.workload.World;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** One check, by each contender. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms16g", "-Xmx16g", "-Xmn512m", "-XX:+UseParallelGC"})
public class CheckBenchmark {

    /** The most questions for a contender that takes microseconds, or keeps much for each question. */
    private static final int SOME_BITS = Integer.parseInt(Figures.SOME);

    /** A contender, and what it is asked. */
    @State(Scope.Benchmark)
    public static class Asked {

        @Param({"S", "M", "L"})
        String world = "";

        @Param("rbac-keys")
        String contender = "";

        @Param("MIXED")
        Answers answers = Answers.MIXED;

        @Param("uniform")
        String users = "";

        /** How many different questions, as a power of two. */
        @Param("18")
        int questionBits;

        private Contender asked = (questions, i) -> false;
        private Questions questions = Questions.NONE;

        @Setup
        public void setUp() {
            World all = Worlds.named(world);
            questions = Questions.about(
                    all,
                    1 << (Contenders.isSlow(contender) ? Math.min(SOME_BITS, questionBits) : questionBits),
                    users.equals("zipf"),
                    answers);
            asked = Contenders.named(contender, all, questions);
            YoungGeneration.touch();
        }
    }

    /** The position of a thread among the questions. */
    @State(Scope.Thread)
    public static class Cursor {

        private int next = new SplittableRandom(Thread.currentThread().getId()).nextInt(1 << 10);

        private int next(int size) {
            next = next + 1 & size - 1;
            return next;
        }
    }

    @Benchmark
    public boolean check(Asked asked, Cursor cursor) {
        return asked.asked.isAllowed(asked.questions, cursor.next(asked.questions.size()));
    }
}
