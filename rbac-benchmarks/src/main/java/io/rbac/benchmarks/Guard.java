package io.rbac.benchmarks;

import io.rbac.benchmarks.Figures.Figure;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out whether checks allocate or got slower. It compares the median of many short measurements with those of other
 * contenders in the same run, because noise moves all of them alike.
 */
final class Guard {

    /** What is compared, and the most that the ratio may be: a third more than was measured when this was written. */
    private record Bound(String benchmark, String ours, String theirs, double most) {}

    private static final String USER = "UserBenchmark.check";

    private static final List<Bound> BOUNDS = List.of(
            new Bound(Figures.CHECK, "rbac-keys", "get-3", 2.4),
            new Bound(Figures.CHECK, "rbac-permission", "get-2", 2.8),
            new Bound(Figures.CHECK, "rbac-keys", "hand-sets", 0.5),
            new Bound(Figures.CHECK, "rbac-keys", "hand-bitset", 0.75),
            new Bound(USER, "user-permission", "get-2", 2.0),
            new Bound(USER, "user-permission", "rbac-permission", 1.0));

    static final List<String> CONTENDERS = List.of(
            "rbac-keys",
            "rbac-permission",
            "rbac-engine",
            "rbac-checker",
            "get-2",
            "get-3",
            "hand-sets",
            "hand-bitset");

    static final String[] ABOUT_ONE_USER = {"user-permission", "user-keys", "rbac-permission", "get-2"};

    private Guard() {}

    /** Returns what is wrong. */
    static List<String> faults(Figures figures) {
        List<String> faults = new ArrayList<>();
        for (Figure figure : figures.all()) {
            String contender = figure.param("contender");
            boolean isOurs = contender.startsWith("rbac-") || contender.startsWith("user-");
            if (isOurs && figure.bytes() >= 1) {
                faults.add(contender + " allocates " + figure.bytes() + " bytes for a check: expected none");
            }
        }
        for (Bound bound : BOUNDS) {
            double ratio =
                    median(figures, bound.benchmark, bound.ours) / median(figures, bound.benchmark, bound.theirs);
            if (ratio > bound.most) {
                faults.add(bound.ours + " takes " + ratio + " times as long as " + bound.theirs + ": expected at most "
                        + bound.most);
            }
        }
        return faults;
    }

    private static double median(Figures figures, String benchmark, String contender) {
        return figures.find(benchmark, "contender", contender)
                .map(Figure::median)
                .orElseThrow(() -> new IllegalStateException("`" + contender + "` was not measured: expected all"));
    }
}
