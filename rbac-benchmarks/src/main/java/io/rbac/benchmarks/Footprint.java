package io.rbac.benchmarks;

import io.rbac.benchmarks.workload.World;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.policy.Policy;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jol.info.GraphLayout;
import org.openjdk.jol.info.GraphPathRecord;

/**
 * Measures how much heap a compiled policy retains for each assignment, with and without the texts of the ids, and how close
 * the estimate of {@link PermissionMatrix#retainedBytes} comes. The catalog and the rules are left out, as accounts share
 * them.
 */
final class Footprint {

    private Footprint() {}

    public static void main(String[] args) {
        World world = Worlds.named(args[0]);
        Policy policy = world.policy();
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        double assignments = world.assignments();
        GraphLayout whole = GraphLayout.parseInstance(matrix);
        GraphLayout shared = GraphLayout.parseInstance(policy.catalog(), policy.rules());
        long ids = ids(world);
        long reached = whole.totalSize() - shared.totalSize();
        Map<String, Double> figures = new TreeMap<>();
        figures.put("bytes per assignment, ids included", reached / assignments);
        figures.put("bytes per assignment, beyond the ids", (reached - ids) / assignments);
        figures.put(
                "bytes per assignment, beyond the ids, without the users of each target",
                (reached - ids - usersOfTargets(whole)) / assignments);
        figures.put("estimate of retainedBytes over the heap", matrix.retainedBytes() / (double) reached);
        ChildProcess.print(figures);
    }

    /** Returns the size of the reverse relation, which edits need and no check reads. */
    private static long usersOfTargets(GraphLayout whole) {
        long sum = whole.addresses().stream()
                .map(whole::record)
                .filter(reached -> reached.path().contains(".users"))
                .mapToLong(GraphPathRecord::size)
                .sum();
        if (sum == 0) {
            throw new IllegalStateException("no target has a field `users` any more");
        }
        return sum;
    }

    private static long bytes(String id) {
        return 24 + (16L + id.length() + 7) / 8 * 8;
    }

    /** Returns the size of the texts of all ids, each counted once. */
    private static long ids(World world) {
        long sum = 0;
        for (int user = 0; user < world.users(); user++) {
            sum += bytes(world.user(user));
        }
        for (int target = 1; target < world.targets(); target++) {
            sum += bytes(world.target(target).id());
        }
        return sum;
    }
}
