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

/** Whether a check stays as fast with more roles and more permissions; everything else is of size M. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
@State(Scope.Thread)
public class ShapeBenchmark {

    private static final int QUESTIONS = 1 << 18;
    private static final int ACTIONS = 4;

    /** The number of roles, then that of permissions. */
    @Param({"10x104", "10000x104", "50x64", "50x4096"})
    String shape = "";

    @Param({"rbac-permission", "rbac-keys"})
    String contender = "";

    private Contender asked = (questions, i) -> false;
    private Questions questions = Questions.NONE;
    private int next;

    @Setup
    public void setUp() {
        int x = shape.indexOf('x');
        World world = Generator.world(Size.M
                .withRoles(Integer.parseInt(shape.substring(0, x)))
                .withGroups(Integer.parseInt(shape.substring(x + 1)) / ACTIONS));
        questions = Questions.about(world, QUESTIONS, false, Answers.MIXED);
        asked = Contenders.named(contender, world, questions);
    }

    @Benchmark
    public boolean check() {
        next = next + 1 & QUESTIONS - 1;
        return asked.isAllowed(questions, next);
    }
}
