package io.rbac.benchmarks;

import io.rbac.benchmarks.contenders.Contender;
import io.rbac.benchmarks.contenders.Contenders;
import io.rbac.benchmarks.workload.Generator;
import io.rbac.benchmarks.workload.Questions;
import io.rbac.benchmarks.workload.Questions.Answers;
import io.rbac.benchmarks.workload.Size;
import io.rbac.benchmarks.workload.World;
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

/** What a check costs where targets have long paths, beside that of accounts with teams and chats; the size is M. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
@State(Scope.Thread)
public class DepthBenchmark {

    static final String STANDARD = "standard";

    private static final int QUESTIONS = 1 << 18;

    /** How many targets each path has that is asked about; or the standard scopes, as many questions about each. */
    @Param({STANDARD, "3", "8", "16"})
    String depth = "";

    @Param({"rbac-permission", "rbac-keys"})
    String contender = "";

    private Contender asked = (questions, i) -> false;
    private Questions questions = Questions.NONE;
    private int next;

    @Setup
    public void setUp() {
        World world;
        if (depth.equals(STANDARD)) {
            world = Generator.world(Size.M);
            questions = Questions.about(world, QUESTIONS, false, Answers.MIXED);
        } else {
            world = Generator.folders(Size.M, Integer.parseInt(depth));
            questions = Questions.deepest(world, QUESTIONS);
        }
        asked = Contenders.named(contender, world, questions);
    }

    @Benchmark
    public boolean check() {
        next = next + 1 & QUESTIONS - 1;
        return asked.isAllowed(questions, next);
    }
}
