package io.rbac.benchmarks;

import io.rbac.benchmarks.workload.World;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.UserPermissions;
import io.rbac.model.Permission;
import io.rbac.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** At which of a thousand targets a user has a permission, for each target; every list is about another user. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms16g", "-Xmx16g", "-Xmn512m", "-XX:+UseParallelGC"})
@State(Scope.Thread)
public class FilterBenchmark {

    private static final int TARGETS = 1_000;
    private static final int LISTS = 1 << 8;

    @Param({"S", "M", "L"})
    String world = "";

    private PermissionMatrix matrix = Matrices.none();
    private final List<Page> pages = new ArrayList<>();
    private int next;

    /** What is asked: at which of these targets may the user do this? */
    private record Page(String user, Permission permission, List<Target> targets) {}

    @Setup
    public void setUp() {
        World all = Worlds.named(world);
        matrix = PermissionMatrix.compile(all.policy());
        SplittableRandom random = new SplittableRandom(TARGETS);
        int kept = 0;
        for (int i = 0; i < LISTS; i++) {
            int user = random.nextInt(all.users());
            int permission = random.nextInt(all.catalog().size());
            List<Target> targets = new ArrayList<>();
            int expected = 0;
            for (int j = 0; j < TARGETS; j++) {
                int target = target(all, user, random);
                targets.add(Target.of(
                        all.target(target).scope(), fresh(all.target(target).id())));
                expected += all.allows(user, permission, target) ? 1 : 0;
            }
            Permission asked = all.catalog().permissions().get(permission);
            Page page = new Page(fresh(all.user(user)), asked, List.copyOf(targets));
            pages.add(page);
            requireKept(expected, filter(page));
            requireKept(expected, oneByOne(page));
            kept += expected;
        }
        double share = (double) kept / LISTS / TARGETS;
        if (share < 0.1 || share > 0.9) {
            throw new IllegalStateException("the share of allows is `" + share + "`: expected some, and not all");
        }
    }

    /** Any target but the account; one at which the user holds a role, or one in it, every fourth time. */
    private static int target(World world, int user, SplittableRandom random) {
        int from = world.start(user);
        int to = world.start(user + 1);
        int own = to > from && random.nextInt(4) == 0 ? world.assignedTarget(from + random.nextInt(to - from)) : 0;
        return own == 0 ? 1 + random.nextInt(world.targets() - 1) : own;
    }

    @SuppressWarnings("StringCopy") // a new instance is wanted
    private static String fresh(String text) {
        return new String(text.toCharArray());
    }

    private static void requireKept(int expected, int kept) {
        if (kept != expected) {
            throw new IllegalStateException("`" + kept + "` targets are kept: expected " + expected);
        }
    }

    private Page following() {
        next = next + 1 & LISTS - 1;
        return pages.get(next);
    }

    @Benchmark
    @OperationsPerInvocation(TARGETS)
    public int filter() {
        return filter(following());
    }

    private int filter(Page page) {
        return matrix.user(page.user).filter(page.permission, page.targets).size();
    }

    @Benchmark
    @OperationsPerInvocation(TARGETS)
    public int oneByOne() {
        return oneByOne(following());
    }

    private int oneByOne(Page page) {
        UserPermissions user = matrix.user(page.user);
        int kept = 0;
        for (Target target : page.targets) {
            kept += user.has(page.permission, target) ? 1 : 0;
        }
        return kept;
    }
}
