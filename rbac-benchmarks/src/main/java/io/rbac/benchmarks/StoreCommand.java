package io.rbac.benchmarks;

import static java.util.Objects.requireNonNull;

import io.rbac.benchmarks.Main.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The command {@code rbac-bench store}. */
@Command(
        name = "store",
        description =
                "Compares the store in a database with what the database does without it: commits with a single-row"
                        + " UPDATE, the load of an account with reading its rows, in turns; the median of the turns counts. Then how"
                        + " long a commit takes to another engine. On a SQLite file and a PostgreSQL server of its own.")
final class StoreCommand implements Callable<Integer> {

    private static final List<String> DATABASES = List.of(StoreDatabases.SQLITE, StoreDatabases.POSTGRESQL);

    /** Writers at once; a file of SQLite has one at a time. */
    static final String WRITERS = "8";

    /** A compiler that shares two cores with a server and its clients is done after some twenty seconds. */
    private static final int WARM_UPS = 20;

    @ParentCommand
    private @Nullable Main main;

    @Option(
            names = "--turns",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many turns, ${DEFAULT-VALUE} by default.")
    private int turns;

    @Option(
            names = "--databases",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "sqlite,postgresql",
            description = "Which of sqlite and postgresql, ${DEFAULT-VALUE} by default.")
    private List<String> names = List.of();

    @Option(
            names = "--assignments",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many assignments the large account has, ${DEFAULT-VALUE} by default.")
    private int assignments;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many small accounts there are, ${DEFAULT-VALUE} by default.")
    private int accounts;

    @Option(
            names = "--commits",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many commits another engine waits for, ${DEFAULT-VALUE} by default.")
    private int commits;

    @Option(
            names = "--millis",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many milliseconds each measurement of commits takes, ${DEFAULT-VALUE} by default.")
    private int millis;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            defaultValue = "${sys:java.io.tmpdir}",
            description = "Where the databases are made, on the disk that is to be measured; the system's folder for"
                    + " temporary files by default.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException, RunnerException {
        int writers = Integer.parseInt(WRITERS);
        if (turns < 1 || assignments < 1 || accounts < writers || commits < 1 || millis < 1) {
            return Main.refused(
                    "--turns " + turns + " --assignments " + assignments + " --accounts " + accounts + " --commits "
                            + commits + " --millis " + millis,
                    "positive numbers, and at least " + WRITERS + " accounts");
        }
        if (!DATABASES.containsAll(names)) {
            return Main.refused("--databases " + String.join(",", names), "`sqlite` and `postgresql`");
        }
        if (!Files.isDirectory(folder)) {
            return Main.refused("--folder " + folder, "a folder");
        }
        try (StoreDatabases databases = StoreDatabases.make(names, folder, assignments, accounts)) {
            measure(requireNonNull(main), databases);
        }
        return requireNonNull(main).written("store", "M");
    }

    private void measure(Main main, StoreDatabases databases) throws RunnerException {
        for (int turn = 0; turn < turns; turn++) {
            for (String name : databases.addresses().keySet()) {
                main.run(commits(databases, name));
                if (name.equals(StoreDatabases.POSTGRESQL)) {
                    main.run(commits(databases, name).param("account", "small").threads(Integer.parseInt(WRITERS)));
                }
                main.run(on(databases, name, Main.shots("StoreReadBenchmark", 4, 5))
                        .param("accounts", Integer.toString(accounts)));
            }
        }
        main.figures().mergeTurns();
        for (Map.Entry<String, String> database : databases.addresses().entrySet()) {
            String name = database.getKey();
            main.figures().add("On the disk, " + name, databases.sizes().getOrDefault(name, Map.of()));
            main.figures()
                    .add(
                            "Right answer on another engine, " + name,
                            ChildProcess.run(
                                    StorePropagation.class, "1g", database.getValue(), Integer.toString(commits)));
        }
    }

    private ChainedOptionsBuilder commits(StoreDatabases databases, String name) {
        return on(databases, name, Main.base(new Pace(WARM_UPS, 5, millis), "StoreCommitBenchmark"));
    }

    private static ChainedOptionsBuilder on(StoreDatabases databases, String name, ChainedOptionsBuilder options) {
        List<String> arguments = new ArrayList<>(List.of("-Xms3g", "-Xmx3g", "-XX:+UseParallelGC"));
        arguments.addAll(databases.arguments());
        return options.param("database", name).jvmArgsAppend(arguments.toArray(String[]::new));
    }
}
