package io.rbac.benchmarks.simulation;

import java.util.SplittableRandom;

/** The commits of all processes, in the order of their times. */
final class Commits {

    private final long[] micros;
    private final int[] accounts;
    private final int[] processes;

    Commits(Cluster cluster, Popularity[] groups, SplittableRandom random) {
        Popularity all = groups.length == 1 ? groups[0] : new Popularity(0, 1, cluster.accounts());
        int seconds = cluster.seconds() + RefreshSimulation.WARM_UP_SECONDS;
        int count = (int) Math.round(cluster.commits() * seconds);
        this.micros = random.longs(
                        count, -RefreshSimulation.WARM_UP_SECONDS * 1_000_000L, cluster.seconds() * 1_000_000L)
                .sorted()
                .toArray();
        this.accounts = new int[count];
        this.processes = new int[count];
        for (int i = 0; i < count; i++) {
            accounts[i] = all.draw(random);
            int group = cluster.groupOf(accounts[i]);
            int members = (cluster.processes() - group + groups.length - 1) / groups.length;
            processes[i] = group + random.nextInt(members) * groups.length;
        }
    }

    int count() {
        return micros.length;
    }

    /** Returns when a commit is made, the end of time after the last one. */
    long micros(int commit) {
        return commit < micros.length ? micros[commit] : Long.MAX_VALUE;
    }

    int account(int commit) {
        return accounts[commit];
    }

    /** Returns which process makes a commit. */
    int process(int commit) {
        return processes[commit];
    }
}
