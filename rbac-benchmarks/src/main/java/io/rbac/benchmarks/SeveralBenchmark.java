package io.rbac.benchmarks;

import io.rbac.benchmarks.workload.Questions;
import io.rbac.benchmarks.workload.Questions.Answers;
import io.rbac.benchmarks.workload.World;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Rights;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** One check of twenty permissions, beside one of a single permission. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms16g", "-Xmx16g", "-Xmn512m", "-XX:+UseParallelGC"})
@State(Scope.Thread)
public class SeveralBenchmark {

    private static final int QUESTIONS = 1 << 18;
    private static final int SETS = 1 << 8;
    private static final int PERMISSIONS = 20;

    @Param({"S", "M", "L"})
    String world = "";

    private PermissionMatrix matrix = Matrices.none();
    private Questions questions = Questions.NONE;
    private Rights[] rights = {};
    private int next;

    @Setup
    public void setUp() {
        World all = Worlds.named(world);
        matrix = PermissionMatrix.compile(all.policy());
        questions = Questions.about(all, QUESTIONS, false, Answers.MIXED);
        List<String> keys = List.copyOf(all.catalog().keys());
        SplittableRandom random = new SplittableRandom(PERMISSIONS);
        rights = Stream.generate(() -> random.ints(0, keys.size())
                        .distinct()
                        .limit(PERMISSIONS)
                        .mapToObj(keys::get)
                        .toList())
                .limit(SETS)
                .map(all.catalog()::rights)
                .toArray(Rights[]::new);
        for (int i = 0; i < SETS; i++) {
            Rights held = matrix.rightsOf(questions.user(i), questions.target(i));
            if (matrix.hasAny(questions.user(i), rights[i], questions.target(i)) != held.intersects(rights[i])
                    || matrix.hasAll(questions.user(i), rights[i], questions.target(i))
                            != held.containsAll(rights[i])) {
                throw new IllegalStateException("a wrong answer about " + rights[i] + " where " + held + " are held");
            }
        }
    }

    private int following() {
        next = next + 1 & QUESTIONS - 1;
        return next;
    }

    @Benchmark
    public boolean one() {
        int i = following();
        return matrix.hasPermission(questions.user(i), questions.permission(i), questions.target(i));
    }

    @Benchmark
    public boolean any() {
        int i = following();
        return matrix.hasAny(questions.user(i), rights[i & SETS - 1], questions.target(i));
    }

    @Benchmark
    public boolean all() {
        int i = following();
        return matrix.hasAll(questions.user(i), rights[i & SETS - 1], questions.target(i));
    }
}
