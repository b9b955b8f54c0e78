package io.rbac.benchmarks;

import io.rbac.benchmarks.contenders.Action;
import io.rbac.benchmarks.workload.Questions;
import io.rbac.benchmarks.workload.Questions.Answers;
import io.rbac.benchmarks.workload.World;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.Rights;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
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

/** Many questions about the rights of one user at one place, compared with a test of one bit. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+AlwaysPreTouch", "-XX:+UseParallelGC"})
@State(Scope.Thread)
public class RightsBenchmark {

    private static final int PERMISSIONS = 1 << 7;

    @Param({"S"})
    String world = "";

    private Rights rights = Rights.none();
    private long[] words = {};
    private Permission[] permissions = {};
    private int[] numbers = {};
    private final Set<Action> enumSet = EnumSet.noneOf(Action.class);
    private Action[] constants = {};
    private PermissionMatrix matrix = Matrices.none();
    private Questions questions = Questions.NONE;
    private int next;

    @Setup
    public void setUp() {
        World all = Worlds.named(world);
        matrix = PermissionMatrix.compile(all.policy());
        questions = Questions.about(all, 1 << 13, false, Answers.ALLOW);
        rights = matrix.rightsOf(questions.user(0), questions.target(2));
        words = rights.toLongArray();
        permissions = new Permission[PERMISSIONS];
        numbers = new int[PERMISSIONS];
        for (int i = 0; i < PERMISSIONS; i++) {
            permissions[i] = questions.permission(i);
            numbers[i] = questions.number(i);
        }
        Action[] actions = Action.values();
        rights.forEach(permission -> enumSet.add(actions[all.catalog().indexOf(permission)]));
        constants = Arrays.stream(numbers).mapToObj(number -> actions[number]).toArray(Action[]::new);
    }

    @Benchmark
    public boolean contains() {
        next = next + 1 & PERMISSIONS - 1;
        return rights.contains(permissions[next]);
    }

    @Benchmark
    public boolean mask() {
        next = next + 1 & PERMISSIONS - 1;
        int number = numbers[next];
        return (words[number >>> 6] & 1L << number) != 0;
    }

    /** The same rights as the JDK would hold them. */
    @Benchmark
    public boolean enumSet() {
        next = next + 1 & PERMISSIONS - 1;
        return enumSet.contains(constants[next]);
    }

    @Benchmark
    public Rights rightsOf() {
        next = next + 1 & questions.size() - 1;
        return matrix.rightsOf(questions.user(next), questions.target(next));
    }
}
