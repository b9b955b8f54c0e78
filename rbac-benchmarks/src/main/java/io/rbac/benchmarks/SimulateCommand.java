package io.rbac.benchmarks;

import static java.util.Objects.requireNonNull;

import io.rbac.benchmarks.simulation.Cluster;
import io.rbac.benchmarks.simulation.RefreshSimulation;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The command {@code rbac-bench simulate}. */
@Command(
        name = "simulate",
        description =
                "Simulates what many processes ask of one database: loads, comparisons, hints and commits, and how"
                        + " long a commit is unknown elsewhere. Measures nothing, and says the same each time.")
final class SimulateCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable Main main;

    @Option(
            names = "--processes",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many processes, ${DEFAULT-VALUE} by default.")
    private int processes;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many accounts, ${DEFAULT-VALUE} by default.")
    private int accounts;

    @Option(
            names = "--cached",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many of them a process keeps in memory, ${DEFAULT-VALUE} by default.")
    private int cached;

    @Option(
            names = "--questions",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many questions a process is asked in a second, ${DEFAULT-VALUE} by default.")
    private double questions;

    @Option(
            names = "--commits",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many commits all processes make in a second, ${DEFAULT-VALUE} by default.")
    private double commits;

    @Option(
            names = "--period",
            paramLabel = "MILLIS",
            defaultValue = "2000",
            description = "How often a process compares its accounts, ${DEFAULT-VALUE} by default.")
    private long period;

    @Option(
            names = "--hints",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether the database tells of commits; it does by default.")
    private boolean hints;

    @Option(
            names = "--hint-millis",
            paramLabel = "MILLIS",
            defaultValue = "5",
            description = "How long a hint takes, ${DEFAULT-VALUE} by default.")
    private double hintMillis;

    @Option(
            names = "--lost",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "The share of hints that get lost, ${DEFAULT-VALUE} by default.")
    private double lost;

    @Option(
            names = "--groups",
            paramLabel = "N",
            defaultValue = "1",
            description = "Into how many groups the processes are divided, each asked about its own accounts;"
                    + " ${DEFAULT-VALUE} by default.")
    private int groups;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "How many seconds are simulated, ${DEFAULT-VALUE} by default.")
    private int seconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Says what happens, ${DEFAULT-VALUE} by default.")
    private long seed;

    @Override
    public Integer call() throws IOException {
        Cluster cluster;
        try {
            cluster = new Cluster(
                    processes,
                    accounts,
                    cached,
                    questions,
                    commits,
                    period,
                    hints,
                    hintMillis,
                    lost,
                    groups,
                    seconds,
                    seed);
        } catch (IllegalArgumentException e) {
            System.err.println("rbac-bench: " + e.getMessage());
            return 2;
        }
        requireNonNull(main)
                .figures()
                .add(cluster.toString(), RefreshSimulation.run(cluster).figures());
        return requireNonNull(main).written("simulate", "M");
    }
}
