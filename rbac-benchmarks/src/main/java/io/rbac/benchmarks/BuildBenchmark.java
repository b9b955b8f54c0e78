package io.rbac.benchmarks;

import io.rbac.benchmarks.workload.World;
import io.rbac.jackson.PolicyJson;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.policy.Policy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/** Building a matrix from assignments: with the builder, and from the canonical document. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 4)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms16g", "-Xmx16g", "-XX:+UseParallelGC"})
@State(Scope.Thread)
public class BuildBenchmark {

    @Param({"M", "L"})
    String world = "";

    private World all = Worlds.named("S");
    private int[] shuffled = {};
    private int[] owners = {};
    private byte[] document = {};
    private PolicyJson json = PolicyJson.selfContained();

    @Setup
    public void setUp(BenchmarkParams params) throws IOException {
        all = Worlds.named(world);
        json = PolicyJson.selfContained().withMaxBytes(Long.MAX_VALUE);
        shuffled = shuffled(all.assignments());
        owners = new int[all.assignments()];
        for (int user = 0; user < all.users(); user++) {
            for (int i = all.start(user); i < all.start(user + 1); i++) {
                owners[i] = user;
            }
        }
        if (params.getBenchmark().endsWith("document")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            json.write(all.policy(), bytes);
            document = bytes.toByteArray();
        }
    }

    private static int[] shuffled(int count) {
        SplittableRandom random = new SplittableRandom(count);
        int[] order = new int[count];
        for (int i = 1; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Assignments grouped by user. */
    @Benchmark
    public PermissionMatrix grouped() {
        return PermissionMatrix.compile(all.policy());
    }

    @Benchmark
    public PermissionMatrix randomOrder() {
        Policy.Builder builder = all.places();
        for (int i : shuffled) {
            builder.assign(all.user(owners[i]), all.role(all.assignedRole(i)).id(), all.target(all.assignedTarget(i)));
        }
        return PermissionMatrix.compile(builder.build());
    }

    @Benchmark
    public PermissionMatrix document() throws IOException {
        return PermissionMatrix.compile(json.read(new ByteArrayInputStream(document)));
    }
}
