package io.rbac.benchmarks;

import io.rbac.benchmarks.Figures.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Compares what was measured with the goals. Where possible, a goal is a ratio of two figures of the same run. */
final class Goals {

    private static final List<String> HANDS = List.of("hand-sets", "hand-enumset", "hand-bitset", "hand-roaring");
    private static final String USER = "UserBenchmark.check";

    private final Figures figures;
    private final List<Goal> goals = new ArrayList<>();

    /**
     * A goal, and what was measured.
     *
     * @param number the number of the goal
     * @param text what is compared
     * @param measured what was measured, mostly a ratio
     * @param bound the most that it should be
     */
    record Goal(String number, String text, double measured, double bound) {

        boolean holds() {
            return measured <= bound;
        }
    }

    private Goals(Figures figures) {
        this.figures = figures;
    }

    static List<Goal> of(Figures figures) {
        Goals goals = new Goals(figures);
        goals.checks();
        goals.best();
        goals.rights();
        goals.oneUser();
        goals.live();
        goals.edits();
        goals.shapes();
        goals.depths();
        goals.hostile();
        goals.spring();
        goals.builds();
        goals.reviews();
        goals.stores();
        goals.others();
        return goals.goals;
    }

    private void ratio(String number, String text, Optional<Figure> ours, Optional<Figure> theirs, double bound) {
        if (ours.isPresent() && theirs.isPresent()) {
            goals.add(new Goal(number, text, ours.get().score() / theirs.get().score(), bound));
        }
    }

    private void checks() {
        for (String bits : List.of(Figures.MANY, Figures.FEW)) {
            String asked = bits.equals(Figures.MANY) ? "" : ", few questions asked over and over";
            for (String world : List.of("S", "M", "L")) {
                boolean large = world.equals("L");
                ratio(
                        "T1",
                        "three texts, of three `HashMap.get`, " + world + asked,
                        figures.check("rbac-keys", world, bits),
                        figures.check("get-3", world, bits),
                        large ? 0.9 : 1.3);
                ratio(
                        "T2",
                        "objects held, of two `HashMap.get`, " + world + asked,
                        figures.check("rbac-permission", world, bits),
                        figures.check("get-2", world, bits),
                        large ? 1.0 : 1.4);
                ratio(
                        "T2",
                        "objects held, of a cache of decisions, " + world + asked,
                        figures.check("rbac-permission", world, bits),
                        figures.check("cache-objects", world, bits),
                        1.0);
            }
        }
        for (String world : List.of("S", "M", "L")) {
            for (String hand : HANDS) {
                double bound = world.equals("S") ? 1.0 : 1 / 1.4;
                ratio(
                        "T4",
                        "three texts, of " + hand + ", " + world,
                        figures.check("rbac-keys", world, Figures.MANY),
                        figures.check(hand, world, Figures.MANY),
                        bound);
            }
        }
        for (String other : List.of(
                "spring-flat", "spring-hierarchy", "cedar", "shiro", "shiro-cached", "shiro-objects", "casbin")) {
            double bound = 1 / (other.startsWith("spring") ? 30.0 : 400.0);
            ratio(
                    "T4",
                    "three texts, of " + other + ", S",
                    figures.check("rbac-keys", "S", Figures.SOME),
                    figures.check(other, "S", Figures.SOME),
                    bound);
        }
        ratio(
                "T4",
                "three texts, of casbin, M",
                figures.check("rbac-keys", "M", Figures.SOME),
                figures.check("casbin", "M", Figures.SOME),
                1 / 1_000.0);
        for (String door : List.of("rbac-keys", "rbac-literals", "rbac-permission", "rbac-engine", "rbac-checker")) {
            figures.all().stream()
                    .filter(figure -> figure.param("contender").equals(door) && figure.bytes() >= 0)
                    .mapToDouble(Figure::bytes)
                    .max()
                    .ifPresent(most -> goals.add(
                            new Goal("T5", "bytes allocated for a check, at most, " + door, Math.floor(most), 0)));
        }
    }

    private void best() {
        figures.check("rbac-keys", "S", Figures.MANY).ifPresent(ours -> {
            List<Figure> hands = HANDS.stream()
                    .flatMap(hand -> figures.check(hand, "S", Figures.MANY).stream())
                    .toList();
            if (!hands.isEmpty()) {
                goals.add(new Goal(
                        "T14", "three texts, of the best by hand in the same turn, S", worst(ours, hands), 0.8));
            }
        });
        ratio(
                "T14",
                "three texts, the key a literal, of three `HashMap.get`, S",
                figures.check("rbac-literals", "S", Figures.MANY),
                figures.check("get-3-literals", "S", Figures.MANY),
                1.3);
    }

    /** Returns how many times as long ours took as the best of the others, in the turn where that was most. */
    private double worst(Figure ours, List<Figure> others) {
        List<Figure> turns = figures.turns(ours);
        return IntStream.range(0, turns.size())
                .mapToDouble(turn -> turns.get(turn).score()
                        / others.stream()
                                .map(figures::turns)
                                .filter(other -> turn < other.size())
                                .mapToDouble(other -> other.get(turn).score())
                                .min()
                                .orElse(Double.NaN))
                .max()
                .orElse(Double.NaN);
    }

    private void oneUser() {
        for (String world : List.of("S", "M")) {
            for (String bits : List.of(Figures.MANY, Figures.FEW)) {
                String asked = bits.equals(Figures.MANY) ? "" : ", few questions asked over and over";
                for (String other : List.of("get-2", "cache-objects")) {
                    String text = other.equals("get-2") ? "two `HashMap.get`" : "a cache of decisions";
                    ratio(
                            "T15",
                            "one user looked up before, of " + text + ", " + world + asked,
                            figures.find(USER, "contender", "user-permission", "world", world, "questionBits", bits),
                            figures.find(USER, "contender", other, "world", world, "questionBits", bits),
                            1.0);
                }
            }
        }
        filter("S", 30);
        filter("M", 80);
        filter("L", 300);
        for (String world : List.of("S", "M", "L")) {
            for (String method : List.of("any", "all")) {
                ratio(
                        "T17",
                        method + " of 20 permissions, of one check, " + world,
                        figures.find("SeveralBenchmark." + method, "world", world),
                        figures.find("SeveralBenchmark.one", "world", world),
                        1.5);
            }
        }
        figures.all().stream()
                .filter(figure -> figure.bytes() >= 0)
                .filter(figure -> figure.benchmark().startsWith("SeveralBenchmark")
                        || figure.param("contender").startsWith("user-"))
                .mapToDouble(Figure::bytes)
                .max()
                .ifPresent(bytes -> goals.add(new Goal(
                        "T5",
                        "bytes allocated for a check, at most, one user or 20 permissions",
                        Math.floor(bytes),
                        0)));
    }

    private void filter(String world, double bound) {
        figures.find("FilterBenchmark.filter", "world", world)
                .ifPresent(figure -> goals.add(
                        new Goal("T16", "filter of 1,000 targets, ns for each, " + world, figure.score(), bound)));
    }

    private void rights() {
        ratio(
                "T3",
                "`Rights.contains`, of a test of one bit",
                figures.find("RightsBenchmark.contains", "world", "S"),
                figures.find("RightsBenchmark.mask", "world", "S"),
                1.2);
    }

    private void live() {
        Optional<Figure> engine = figures.check("rbac-engine", "M", Figures.FEW);
        Optional<Figure> pinned = figures.check("rbac-permission", "M", Figures.FEW);
        Optional<Figure> hit = figures.check("cache-hit", "M", Figures.FEW);
        if (engine.isPresent() && pinned.isPresent() && hit.isPresent()) {
            double budget = pinned.get().score() + hit.get().score() + 5;
            goals.add(new Goal(
                    "T6",
                    "live engine, of pinned matrix + one cache hit + 5 ns, M",
                    engine.get().score() / budget,
                    1.0));
        }
        Optional<Figure> one = figures.find("WriterBenchmark.check", "commitsPerSecond", "0", "threads", "1");
        Optional<Figure> two = figures.find("WriterBenchmark.check", "commitsPerSecond", "0", "threads", "2");
        ratio("T7", "one check on two threads, of on one", two, one, 2 / 1.9);
        ratio(
                "T7",
                "one check while somebody commits 100 times a second",
                figures.find("WriterBenchmark.check", "commitsPerSecond", "100", "threads", "1"),
                one,
                1.1);
    }

    private void edits() {
        edit("roleRights", "M", 10);
        edit("roleRights", "L", 100);
        for (String world : List.of("S", "M", "L")) {
            edit("assignment", world, 20);
            edit("moveChat", world, 100);
            edit("setUsers", world, 100);
        }
    }

    private void edit(String method, String world, double bound) {
        figures.find("EditBenchmark." + method, "world", world)
                .ifPresent(figure -> goals.add(new Goal(
                        "T10", method + " until the next answer, us, median, " + world, figure.median(), bound)));
    }

    private void shapes() {
        for (String contender : List.of("rbac-permission", "rbac-keys")) {
            double bound = contender.equals("rbac-keys") ? 1.2 : 1.1;
            shape(contender, "10000x104", "10x104", "10,000 roles, of 10", bound);
            shape(contender, "50x4096", "50x64", "4,096 permissions, of 64", bound);
        }
    }

    private void shape(String contender, String many, String few, String text, double bound) {
        ratio(
                "T11",
                contender + ", " + text,
                figures.find("ShapeBenchmark.check", "contender", contender, "shape", many),
                figures.find("ShapeBenchmark.check", "contender", contender, "shape", few),
                bound);
    }

    private void depths() {
        for (String contender : List.of("rbac-permission", "rbac-keys")) {
            depth(contender, "8", 2.5);
            depth(contender, "16", 4);
        }
    }

    private void depth(String contender, String depth, double bound) {
        ratio(
                "T18",
                contender + ", paths of " + depth + " targets, of the standard scopes",
                figures.find("DepthBenchmark.check", "contender", contender, "depth", depth),
                figures.find("DepthBenchmark.check", "contender", contender, "depth", DepthBenchmark.STANDARD),
                bound);
    }

    private void hostile() {
        for (String method : List.of("check", "build")) {
            Optional<Figure> equal = figures.find("HostileBenchmark." + method, "ids", "equal-hashes");
            ratio(
                    "hostile",
                    method + " with equal hash codes, of random ids",
                    equal,
                    figures.find("HostileBenchmark." + method, "ids", "random"),
                    5);
            String map = method.equals("check") ? "hashMapCheck" : "hashMapBuild";
            ratio(
                    "hostile",
                    method + " with equal hash codes, of `HashMap`",
                    equal,
                    figures.find("HostileBenchmark." + map, "ids", "equal-hashes"),
                    1);
        }
    }

    /** What security adds to a call, of what Spring's own adds. */
    private void spring() {
        Optional<Figure> call = figures.find("SpringBenchmark.unprotected");
        Optional<Figure> permission = figures.find("SpringBenchmark.permission");
        Optional<Figure> authority = figures.find("SpringBenchmark.authority");
        if (call.isPresent() && permission.isPresent() && authority.isPresent()) {
            goals.add(new Goal(
                    "spring",
                    "what a permission adds to a call, of what `hasAuthority` adds",
                    (permission.get().score() - call.get().score())
                            / (authority.get().score() - call.get().score()),
                    1.0));
        }
        ratio(
                "spring",
                "a call with a timer of one decision in a hundred, of the same without",
                figures.find("SpringBenchmark.permissionWithTimer"),
                permission,
                1.2);
    }

    private void builds() {
        for (String world : List.of("M", "L")) {
            build("grouped", world, 3.0);
        }
        build("randomOrder", "L", 1.2);
        build("document", "M", 1.0);
        build("document", "L", 1.0);
    }

    /** A goal in assignments per second, turned into the time that the build may take. */
    private void build(String method, String world, double millionsPerSecond) {
        double assignments = world.equals("M") ? 140_000 : 14_000_000;
        double bound = assignments / millionsPerSecond / 1_000;
        figures.find("BuildBenchmark." + method, "world", world)
                .ifPresent(figure -> goals.add(
                        new Goal("T9", "build, " + method + ", ms, median, " + world, figure.median(), bound)));
    }

    private void reviews() {
        review("explain", "M", 2, "an explanation, us, M");
        for (String world : List.of("S", "M", "L")) {
            review("whoCan", world, 0.2, "one user of those who can, us, " + world);
            ratio(
                    "review",
                    "one user of those who can, of a loop over all users, " + world,
                    figures.find("ReviewBenchmark.whoCan", "world", world),
                    figures.find("ReviewBenchmark.whoCanByHand", "world", world),
                    1.0);
        }
        review("diffAfterOneEdit", "L", 1_000, "difference after one edit, us, L");
        // A document is read in milliseconds, as a median.
        Optional<Figure> fingerprint = figures.find("ReviewBenchmark.fingerprint", "world", "L");
        Optional<Figure> document = figures.find("BuildBenchmark.document", "world", "L");
        if (fingerprint.isPresent() && document.isPresent()) {
            double read = 1_000 * document.get().median();
            goals.add(new Goal(
                    "review",
                    "fingerprint, of reading the document, L",
                    fingerprint.get().score() / read,
                    1.0));
        }
    }

    private void review(String method, String world, double bound, String text) {
        figures.find("ReviewBenchmark." + method, "world", world)
                .ifPresent(figure -> goals.add(new Goal("review", text, figure.score(), bound)));
    }

    private void stores() {
        for (String database : List.of(StoreDatabases.SQLITE, StoreDatabases.POSTGRESQL)) {
            commit(database, "small", "1", "small account");
            commit(database, StoreDatabases.LARGE, "1", "large account");
            commit(database, "small", StoreCommand.WRITERS, StoreCommand.WRITERS + " writers");
            for (String method : List.of("load", "answer")) {
                String text = method.equals("load") ? "load of the large account" : "load until the first answer";
                ratio(
                        "store",
                        text + ", of reading its rows, " + database,
                        figures.find("StoreReadBenchmark." + method, "database", database),
                        figures.find("StoreReadBenchmark.rows", "database", database),
                        2.0);
            }
            other("store", "Right answer on another engine, " + database, "from the call of the commit, median ms", 50);
        }
    }

    /** At least half as many commits a second as the database makes of single rows. */
    private void commit(String database, String account, String threads, String text) {
        ratio(
                "store",
                "a commit, of a single-row `UPDATE`, " + database + ", " + text,
                figures.find(
                        "StoreCommitBenchmark.commit", "database", database, "account", account, "threads", threads),
                figures.find("StoreCommitBenchmark.update", "database", database, "threads", threads),
                2.0);
    }

    private void others() {
        other("T8", "Memory, L", "bytes per assignment, beyond the ids", 15);
        other("T8", "Memory, L", "bytes per assignment, beyond the ids, without the users of each target", 10);
        other("T12", "A million accounts", "hit p99 ns", 1_000);
        other("T12", "A million accounts", "loads for each miss", 1);
        other("T12", "A million accounts", "heap after collection / bound", 1.1);
    }

    private void other(String number, String title, String name, double bound) {
        Double measured = figures.others().getOrDefault(title, Map.of()).get(name);
        if (measured != null) {
            goals.add(new Goal(number, title + ": " + name, measured, bound));
        }
    }
}
