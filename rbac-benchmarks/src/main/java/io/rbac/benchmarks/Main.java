package io.rbac.benchmarks;

import io.rbac.benchmarks.contenders.Contenders;
import io.rbac.benchmarks.workload.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The command {@code rbac-bench}. */
@Command(
        name = "rbac-bench",
        mixinStandardHelpOptions = true,
        subcommands = {StoreCommand.class, SimulateCommand.class},
        description = "Compares rbac with what would be used instead, and writes a table, the raw figures and a chart.")
public final class Main {

    private static final List<String> LIMITS =
            List.of("empty", "mask", "get-1", "get-2", "get-3", "get-3-literals", "look-ups", "cache-hit");

    /** What the goals compare. */
    private static final List<String> ABOUT_GOALS = List.of(
            "rbac-keys",
            "rbac-permission",
            "rbac-engine",
            "hand-sets",
            "hand-enumset",
            "hand-bitset",
            "hand-roaring",
            "cache-objects",
            "get-2",
            "get-3",
            "look-ups",
            "cache-hit");

    /** What is compared in turns, because a factor of two matters. */
    private static final List<String> IN_TURNS = List.of(
            "rbac-keys",
            "rbac-literals",
            "rbac-texts",
            "rbac-permission",
            "hand-enumset",
            "hand-bitset",
            "cache-objects",
            "get-2",
            "get-3",
            "get-3-literals",
            "look-ups");

    @Option(
            names = "--out",
            scope = ScopeType.INHERIT,
            paramLabel = "FOLDER",
            defaultValue = "rbac-benchmarks/target/results",
            description = "The folder for the results, ${DEFAULT-VALUE} by default.")
    private Path out = Path.of("");

    private final Figures figures = new Figures();
    private final Collection<RunResult> raw = new ArrayList<>();

    private Main() {}

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
        return new CommandLine(new Main()).execute(args);
    }

    @Command(description = "Compares all contenders at sizes S and M, and edits at M; takes some minutes.")
    int quick() throws RunnerException, IOException {
        Pace pace = new Pace(2, 3, 500);
        List<String> fast = fast().toList();
        checks(
                pace,
                List.of("S", "M"),
                Stream.concat(fast.stream(), LIMITS.stream()).toList(),
                Figures.MANY);
        checks(pace, List.of("S", "M"), slow().toList(), Figures.SOME);
        checks(pace, List.of("S", "M"), List.of("rbac-keys"), Figures.SOME);
        run(base(pace, "RightsBenchmark"));
        run(edits(pace).param("world", "M"));
        return written("quick", "M");
    }

    @Command(
            description = "Measures everything at all sizes, and in turns what a goal compares within a factor of two;"
                    + " takes an hour or more, and 20 GB of memory.")
    int full(
            @Option(
                            names = "--turns",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "How many turns, ${DEFAULT-VALUE} by default.")
                    int turns,
            @Option(
                            names = "--jdk",
                            paramLabel = "HOME",
                            description = "The folder of another JDK, on which the checks are measured as well; can be"
                                    + " repeated.")
                    @Nullable
                    List<Path> jdks)
            throws RunnerException, IOException {
        if (turns < 1) {
            return refused("--turns " + turns, "at least one turn");
        }
        List<Path> others = jdks == null ? List.of() : jdks;
        for (Path jdk : others) {
            if (!Files.isExecutable(java(jdk))) {
                return refused("--jdk " + jdk, "the folder of a JDK, with `bin/java` in it");
            }
        }
        Pace pace = new Pace(3, 5, 500);
        for (String world : List.of("S", "M", "L")) {
            figures.add("Memory, " + world, ChildProcess.run(Footprint.class, "16g", world));
        }
        List<String> two = List.of("rbac-permission", "hand-bitset");
        for (String answers : List.of("ALLOW", "DENY", "UNKNOWN_USER")) {
            run(check(pace, two, Figures.MANY).param("world", "M").param("answers", answers));
        }
        run(check(pace, two, Figures.MANY).param("world", "M").param("users", "zipf"));
        List<String> slow = slow().filter(name -> !name.equals("spring-flat")).toList();
        checks(pace, List.of("S", "M"), slow, Figures.SOME);
        checks(pace, List.of("L"), List.of("spring-flat", "spring-hierarchy", "cedar", "shiro-objects"), Figures.SOME);
        run(edits(pace));
        run(builds("M", "4g", 30, 11));
        run(builds("L", "16g", 2, 3));
        oneUser(pace, List.of("L"));
        List<String> fast = Stream.concat(fast(), LIMITS.stream()).toList();
        for (int turn = 0; turn < turns; turn++) {
            checks(pace, List.of("S", "M"), fast, Figures.MANY);
            checks(pace, List.of("S", "M"), ABOUT_GOALS, Figures.FEW);
            checks(pace, List.of("S", "M"), List.of("rbac-keys", "spring-flat"), Figures.SOME);
            checks(pace, List.of("L"), ABOUT_GOALS, Figures.MANY);
            for (Path jdk : others) {
                checks(pace, List.of("S", "M"), fast, Figures.MANY, jdk);
                checks(pace, List.of("S", "M"), ABOUT_GOALS, Figures.FEW, jdk);
                checks(pace, List.of("L"), ABOUT_GOALS, Figures.MANY, jdk);
            }
            oneUser(pace, List.of("S", "M"));
            run(base(pace, "RightsBenchmark"));
            run(base(pace, "WriterBenchmark"));
            run(base(pace, "WriterBenchmark").threads(2));
            run(base(pace, "ShapeBenchmark"));
            run(depths(pace));
            run(base(pace, "HostileBenchmark"));
        }
        figures.mergeTurns();
        figures.add("A million accounts", ChildProcess.run(Accounts.class, "2g", "1000000"));
        return written("full", "M");
    }

    @Command(
            description =
                    "Measures in turns what the goals compare, so that a machine that is slow for a minute is slow for"
                            + " all contenders; the median of the turns counts.")
    int turns(
            @Option(
                            names = "--turns",
                            paramLabel = "N",
                            defaultValue = "5",
                            description = "How many turns, ${DEFAULT-VALUE} by default.")
                    int turns,
            @Option(
                            names = "--sizes",
                            paramLabel = "SIZE",
                            split = ",",
                            defaultValue = "S,M",
                            description = "Which of the sizes S, M and L, ${DEFAULT-VALUE} by default.")
                    List<String> sizes)
            throws RunnerException, IOException {
        if (turns < 1 || !List.of("S", "M", "L").containsAll(sizes)) {
            return refused(
                    "--turns " + turns + " --sizes " + String.join(",", sizes),
                    "at least one turn, and the sizes `S`, `M` and `L`");
        }
        Pace pace = new Pace(3, 5, 500);
        for (int turn = 0; turn < turns; turn++) {
            checks(pace, sizes, IN_TURNS, Figures.MANY);
            checks(pace, List.of("S"), List.of("rbac-keys", "spring-flat"), Figures.SOME);
        }
        figures.mergeTurns();
        return written("turns", sizes.get(sizes.size() - 1));
    }

    @Command(
            name = "depths",
            description =
                    "Compares checks of targets with long paths, of folders in folders, with checks of the standard"
                            + " scopes, in turns; the middle of the turns counts.")
    int depths(
            @Option(
                            names = "--turns",
                            paramLabel = "N",
                            defaultValue = "5",
                            description = "How many turns: ${DEFAULT-VALUE} if nothing is said.")
                    int turns)
            throws RunnerException, IOException {
        if (turns < 1) {
            return refused("--turns " + turns, "at least one turn");
        }
        Pace pace = new Pace(3, 5, 500);
        for (int turn = 0; turn < turns; turn++) {
            run(depths(pace));
        }
        figures.mergeTurns();
        return written("depths", "M");
    }

    @Command(
            name = "user",
            description =
                    "Compares checks of one user who is looked up before, filters of a thousand targets and checks of"
                            + " twenty permissions with single checks, in turns; the median of the turns counts.")
    int user(
            @Option(
                            names = "--turns",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "How many turns, ${DEFAULT-VALUE} by default.")
                    int turns,
            @Option(
                            names = "--sizes",
                            paramLabel = "SIZE",
                            split = ",",
                            defaultValue = "S,M",
                            description = "Which of the sizes S, M and L, ${DEFAULT-VALUE} by default.")
                    List<String> sizes)
            throws RunnerException, IOException {
        if (turns < 1 || !List.of("S", "M", "L").containsAll(sizes)) {
            return refused(
                    "--turns " + turns + " --sizes " + String.join(",", sizes),
                    "at least one turn, and the sizes `S`, `M` and `L`");
        }
        for (int turn = 0; turn < turns; turn++) {
            oneUser(new Pace(3, 5, 500), sizes);
        }
        figures.mergeTurns();
        return written("user", sizes.get(sizes.size() - 1));
    }

    @Command(
            description =
                    "Compares a call of a method that needs a permission in a chat with the same call that needs an"
                            + " authority of Spring Security, and with one that needs nothing.")
    int spring(
            @Option(
                            names = "--turns",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "How many turns, ${DEFAULT-VALUE} by default.")
                    int turns)
            throws RunnerException, IOException {
        if (turns < 1) {
            return refused("--turns " + turns, "at least one turn");
        }
        for (int turn = 0; turn < turns; turn++) {
            run(base(new Pace(10, 10, 500), "SpringBenchmark").addProfiler(GCProfiler.class));
        }
        figures.mergeTurns();
        return written("spring", "M");
    }

    @Command(
            name = "review",
            description =
                    "Measures reviews (why, who, where, what changed, lint, fingerprints) beside the loops that would be"
                            + " written instead.")
    int review(
            @Option(
                            names = "--sizes",
                            paramLabel = "SIZE",
                            split = ",",
                            defaultValue = "S,M,L",
                            description = "Which of the sizes S, M and L, ${DEFAULT-VALUE} by default.")
                    List<String> sizes)
            throws RunnerException, IOException {
        if (!List.of("S", "M", "L").containsAll(sizes)) {
            return refused("--sizes " + String.join(",", sizes), "the sizes `S`, `M` and `L`");
        }
        Pace pace = new Pace(3, 5, 500);
        for (String world : sizes) {
            boolean isLarge = world.equals("L");
            String reviews = "explain|explainByHand|whoCan|whoCanByHand|whereCan|diffAfterOneEdit|lint|fingerprint";
            String methods = switch (world) {
                case "S" -> reviews + "|whereCanByHand|diffOfTwo|diffOfTwoByHand";
                case "M" -> reviews + "|whereCanByHand|diffOfTwo";
                default -> reviews;
            };
            run(base(pace, "ReviewBenchmark.(" + methods + ")$").param("world", world));
            if (isLarge) {
                run(builds("BuildBenchmark.document$", world, "16g", 1, 3));
            }
        }
        return written("review", sizes.get(sizes.size() - 1));
    }

    @Command(description = "Compares all contenders on a policy of your own.")
    int mine(@Parameters(paramLabel = "POLICY", description = "The file of a policy document.") Path policy)
            throws RunnerException, IOException {
        if (!Files.isReadable(policy)) {
            return refused(policy.toString(), "a readable file with a policy document");
        }
        Pace pace = new Pace(2, 3, 500);
        String world = Worlds.parameter(policy);
        World all = Worlds.named(world);
        Stream<String> fast = fast().filter(name -> Contenders.canExpress(name, all));
        checks(pace, List.of(world), Stream.concat(fast, LIMITS.stream()).toList(), Figures.SOME);
        checks(pace, List.of(world), slow().toList(), Figures.SOME);
        return written("mine", world);
    }

    @Command(description = "Fails if a check allocates, or got slower relative to others; takes a few minutes.")
    int guard() throws RunnerException {
        Pace pace = new Pace(10, 40, 100);
        run(check(pace, Guard.CONTENDERS, Figures.FEW).param("world", "M"));
        run(user(pace, "M").param("contender", Guard.ABOUT_ONE_USER).param("questionBits", Figures.FEW));
        List<String> faults = Guard.faults(figures);
        faults.forEach(fault -> System.err.println("rbac-bench: " + fault));
        return faults.isEmpty() ? 0 : 1;
    }

    static int refused(String given, String expected) {
        System.err.println("rbac-bench: `" + given + "`: expected " + expected);
        return 2;
    }

    /** Returns the contenders that answer within nanoseconds. */
    private static Stream<String> fast() {
        return Contenders.answering().stream().filter(name -> !Contenders.isSlow(name));
    }

    private static Stream<String> slow() {
        return Contenders.answering().stream().filter(Contenders::isSlow);
    }

    record Pace(int warmUps, int measurements, int millis) {}

    private void checks(Pace pace, List<String> worlds, List<String> contenders, String bits) throws RunnerException {
        run(check(pace, contenders, bits).param("world", worlds.toArray(String[]::new)));
    }

    private void checks(Pace pace, List<String> worlds, List<String> contenders, String bits, Path jdk)
            throws RunnerException {
        run(check(pace, contenders, bits)
                .param("world", worlds.toArray(String[]::new))
                .jvm(java(jdk).toString()));
    }

    private static Path java(Path jdk) {
        return jdk.resolve("bin").resolve("java");
    }

    private void oneUser(Pace pace, List<String> worlds) throws RunnerException {
        for (String world : worlds) {
            ChainedOptionsBuilder user = user(pace, world);
            run(world.equals("L") ? user.param("contender", "user-permission", "get-2") : user);
            run(base(pace, "FilterBenchmark").param("world", world));
            run(base(pace, "SeveralBenchmark").param("world", world).addProfiler(GCProfiler.class));
        }
    }

    private static ChainedOptionsBuilder user(Pace pace, String world) {
        return base(pace, "UserBenchmark").param("world", world).addProfiler(GCProfiler.class);
    }

    private static ChainedOptionsBuilder check(Pace pace, List<String> contenders, String bits) {
        return base(pace, "CheckBenchmark")
                .param("contender", contenders.toArray(String[]::new))
                .param("questionBits", bits)
                .addProfiler(GCProfiler.class);
    }

    static ChainedOptionsBuilder base(Pace pace, String benchmark) {
        TimeValue time = TimeValue.milliseconds(pace.millis);
        return new OptionsBuilder()
                .include(benchmark)
                .warmupIterations(pace.warmUps)
                .warmupTime(time)
                .measurementIterations(pace.measurements)
                .measurementTime(time)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.NORMAL);
    }

    private static ChainedOptionsBuilder depths(Pace pace) {
        return base(pace, "DepthBenchmark").addProfiler(GCProfiler.class);
    }

    /** An edit runs much code, which is compiled only after some ten thousand edits. */
    private static ChainedOptionsBuilder edits(Pace pace) {
        return base(pace, "EditBenchmark").warmupTime(TimeValue.milliseconds(2L * pace.millis));
    }

    /** A build takes tens of milliseconds at M, and is compiled only after many of them. */
    private static ChainedOptionsBuilder builds(String world, String heap, int warmUps, int measurements) {
        return builds("BuildBenchmark", world, heap, warmUps, measurements);
    }

    private static ChainedOptionsBuilder builds(
            String benchmark, String world, String heap, int warmUps, int measurements) {
        return shots(benchmark, warmUps, measurements)
                .param("world", world)
                .jvmArgsAppend("-Xms" + heap, "-Xmx" + heap, "-XX:+UseParallelGC", "-XX:+AlwaysPreTouch");
    }

    /** What is run as often as is said, not for a time. */
    static ChainedOptionsBuilder shots(String benchmark, int warmUps, int measurements) {
        return new OptionsBuilder()
                .include(benchmark)
                .warmupIterations(warmUps)
                .measurementIterations(measurements)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.NORMAL);
    }

    Figures figures() {
        return figures;
    }

    void run(ChainedOptionsBuilder options) throws RunnerException {
        Collection<RunResult> results = new Runner(options.build()).run();
        figures.add(results);
        raw.addAll(results);
    }

    int written(String name, String charted) throws IOException {
        Files.createDirectories(out);
        ResultFormatFactory.getInstance(
                        ResultFormatType.JSON, out.resolve(name + ".json").toString())
                .writeOut(raw);
        Report.write(figures, "./rbac-bench " + name, out.resolve(name + ".md"));
        Chart.write(figures, charted, out.resolve(name + ".svg"));
        System.out.println(Files.readString(out.resolve(name + ".md")));
        System.out.println("written to " + out);
        return 0;
    }
}
