package io.rbac.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/** What was measured in one run, found by benchmark and parameters. */
final class Figures {

    static final String CHECK = "CheckBenchmark.check";

    /** The parameter that names the JDK, if it is another one than that of the command. */
    static final String JDK = "jdk";

    /** How many different questions a check is timed with, as a power of two: more than fit into caches, some, and few. */
    static final String MANY = "18";

    static final String SOME = "13";
    static final String FEW = "10";

    private final List<Figure> all = new ArrayList<>();
    private final Map<List<Object>, List<Figure>> turns = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> others = new LinkedHashMap<>();

    /**
     * One measured figure.
     *
     * @param benchmark class and method
     * @param params the parameters
     * @param score the mean
     * @param error half of the confidence interval of the mean, at 99.9 percent
     * @param median the median of all samples
     * @param unit the unit of score, error and median
     * @param bytes how many bytes one operation allocates, negative if that was not measured
     */
    record Figure(
            String benchmark,
            Map<String, String> params,
            double score,
            double error,
            double median,
            String unit,
            double bytes) {

        String param(String name) {
            return params.getOrDefault(name, "");
        }
    }

    void add(Collection<RunResult> results) {
        for (RunResult result : results) {
            Map<String, String> params = new LinkedHashMap<>();
            for (String key : result.getParams().getParamsKeys()) {
                params.put(key, result.getParams().getParam(key));
            }
            params.put("threads", Integer.toString(result.getParams().getThreads()));
            Runtime.Version jdk = Runtime.Version.parse(result.getParams().getJdkVersion());
            if (jdk.feature() != Runtime.version().feature()) {
                params.put(JDK, Integer.toString(jdk.feature()));
            }
            String name = result.getParams().getBenchmark();
            Result<?> primary = result.getPrimaryResult();
            Statistics statistics = primary.getStatistics();
            Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
            all.add(new Figure(
                    name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                    params,
                    primary.getScore(),
                    primary.getScoreError(),
                    statistics.getPercentile(50),
                    primary.getScoreUnit(),
                    allocated == null ? -1 : allocated.getScore()));
        }
    }

    /**
     * Replaces figures that were measured in turns by their median, with half the distance between the quartiles as its
     * error. A figure that was measured once keeps its error.
     */
    void mergeTurns() {
        for (Figure figure : all) {
            turns.computeIfAbsent(List.of(figure.benchmark(), figure.params()), key -> new ArrayList<>())
                    .add(figure);
        }
        all.clear();
        for (List<Figure> measured : turns.values()) {
            List<Figure> same = new ArrayList<>(measured);
            same.sort(Comparator.comparingDouble(Figure::score));
            int last = same.size() - 1;
            double spread =
                    same.get(last - last / 4).score() - same.get(last / 4).score();
            Figure middle = same.get(last / 2);
            all.add(new Figure(
                    middle.benchmark(),
                    middle.params(),
                    middle.score(),
                    last == 0 ? middle.error() : spread / 2,
                    middle.median(),
                    middle.unit(),
                    middle.bytes()));
        }
    }

    /** Returns a figure as it was measured in each turn, in order; before {@link #mergeTurns}, and if there are none, itself. */
    List<Figure> turns(Figure figure) {
        return turns.getOrDefault(List.of(figure.benchmark(), figure.params()), List.of(figure));
    }

    void add(String title, Map<String, Double> figures) {
        others.put(title, figures);
    }

    Map<String, Map<String, Double>> others() {
        return others;
    }

    List<Figure> all() {
        return all;
    }

    /** Returns the checks that the tables and the chart show: questions of every kind, asked by one thread, on one JDK. */
    List<Figure> checks() {
        return checks("");
    }

    /** Returns the same on another JDK. */
    List<Figure> checks(String jdk) {
        return all.stream()
                .filter(figure -> figure.benchmark().equals(CHECK)
                        && figure.param(JDK).equals(jdk)
                        && figure.param("threads").equals("1")
                        && figure.param("answers").equals("MIXED")
                        && figure.param("users").equals("uniform"))
                .toList();
    }

    /** Returns the feature numbers of the other JDKs, each as the parameter names it. */
    List<String> otherJdks() {
        return all.stream()
                .map(figure -> figure.param(JDK))
                .filter(jdk -> !jdk.isEmpty())
                .distinct()
                .toList();
    }

    /** Returns the figure of a contender for a number of questions. */
    Optional<Figure> check(String contender, String world, String bits) {
        return check(contender, world, bits, "");
    }

    /** Returns the same on another JDK. */
    Optional<Figure> check(String contender, String world, String bits, String jdk) {
        return checks(jdk).stream()
                .filter(figure -> figure.param("contender").equals(contender)
                        && figure.param("world").equals(world)
                        && figure.param("questionBits").equals(bits))
                .findFirst();
    }

    /** Returns the figure of a contender for many questions, or else for some. */
    Optional<Figure> check(String contender, String world) {
        return check(contender, world, MANY).or(() -> check(contender, world, SOME));
    }

    /** Returns the figure of a benchmark with some parameters, given as names and values in turn. */
    Optional<Figure> find(String benchmark, String... params) {
        return all.stream()
                .filter(figure -> figure.benchmark().equals(benchmark)
                        && figure.param(JDK).isEmpty())
                .filter(figure -> {
                    boolean fits = true;
                    for (int i = 0; i < params.length; i += 2) {
                        fits &= figure.param(params[i]).equals(params[i + 1]);
                    }
                    return fits;
                })
                .findFirst();
    }
}
