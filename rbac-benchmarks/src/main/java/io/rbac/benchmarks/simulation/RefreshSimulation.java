package io.rbac.benchmarks.simulation;

import java.util.SplittableRandom;

/**
 * What processes with engines ask of one database while they answer questions and learn of each other's commits. A
 * simulation of the same cluster gives the same figures.
 */
public final class RefreshSimulation {

    /*
     * The processes do not wait for each other: what one of them does follows from the questions that it is asked and from
     * the commits of all. So the commits are drawn first, and then one process after the other lives through the whole time.
     */

    /** Until what is in memory is what the traffic keeps there: it begins with the accounts that are asked about most. */
    static final int WARM_UP_SECONDS = 20;

    private final Cluster cluster;
    private final Traffic traffic;
    private final Popularity[] groups;
    private final double weight;

    private RefreshSimulation(Cluster cluster) {
        this.cluster = cluster;
        this.traffic = new Traffic(cluster.seconds());
        this.groups = new Popularity[cluster.groups()];
        double sum = 0;
        for (int i = 0; i < groups.length; i++) {
            groups[i] = new Popularity(i, groups.length, cluster.accounts());
            sum += groups[i].weight();
        }
        this.weight = sum;
    }

    /** Returns what the processes of a cluster ask of the database. */
    public static Traffic run(Cluster cluster) {
        return new RefreshSimulation(cluster).run();
    }

    private Traffic run() {
        SplittableRandom random = new SplittableRandom(cluster.seed());
        Commits commits = new Commits(cluster, groups, random.split());
        for (int process = 0; process < cluster.processes(); process++) {
            Popularity group = groups[process % groups.length];
            new SimulatedProcess(cluster, process, group, questionsPerSecond(process), commits, traffic, random.split())
                    .run();
        }
        return traffic;
    }

    /** The processes of a group share the questions about its accounts. */
    private double questionsPerSecond(int process) {
        int group = process % groups.length;
        int members = (cluster.processes() - group + groups.length - 1) / groups.length;
        return cluster.questions() * cluster.processes() * groups[group].weight() / weight / members;
    }
}
