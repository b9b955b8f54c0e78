package io.rbac.benchmarks;

import io.rbac.benchmarks.contenders.Contender;
import io.rbac.benchmarks.contenders.Contenders;
import io.rbac.benchmarks.workload.Questions;
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

/** One check of a request, which asks about one user only: looked up before, and in other ways. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms16g", "-Xmx16g", "-Xmn512m", "-XX:+UseParallelGC"})
@State(Scope.Thread)
public class UserBenchmark {

    @Param({"S", "M"})
    String world = "";

    @Param({"user-permission", "user-keys", "rbac-permission", "cache-objects", "get-2"})
    String contender = "";

    /** How many different questions, as a power of two. */
    @Param({Figures.MANY, Figures.FEW})
    int questionBits;

    private Contender asked = (questions, i) -> false;
    private Questions questions = Questions.NONE;
    private int next;

    @Setup
    public void setUp() {
        World all = Worlds.named(world);
        questions = Questions.ofOneUser(all, 1 << questionBits);
        asked = Contenders.aboutOneUser(contender, all, questions);
        YoungGeneration.touch();
    }

    @Benchmark
    public boolean check() {
        next = next + 1 & questions.size() - 1;
        return asked.isAllowed(questions, next);
    }
}
