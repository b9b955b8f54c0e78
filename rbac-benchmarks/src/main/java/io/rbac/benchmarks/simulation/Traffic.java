package io.rbac.benchmarks.simulation;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What was counted in a simulation. Not thread-safe. */
public final class Traffic {

    private static final double MICROS_PER_MILLI = 1e3;

    private final int seconds;
    private final Map<Call, Long> calls = new EnumMap<>(Call.class);
    private final long[] callsBySecond;
    private final Histogram staleness = new Histogram(3);
    private long questions;
    private long hits;
    private long staleAnswers;
    private long loads;
    private long versions;
    private long commitsRead;
    private long hints;

    Traffic(int seconds) {
        this.seconds = seconds;
        this.callsBySecond = new long[seconds];
    }

    /** Counts calls within the time that is counted; the warm-up is before zero. */
    void call(Call call, long micros, long times) {
        if (isCounted(micros)) {
            calls.merge(call, times, Long::sum);
            callsBySecond[(int) (micros / 1_000_000)] += times;
        }
    }

    private boolean isCounted(long micros) {
        return micros >= 0 && micros < seconds * 1_000_000L;
    }

    void question(long micros, boolean isHit, boolean isStale) {
        if (isCounted(micros)) {
            questions++;
            hits += isHit ? 1 : 0;
            staleAnswers += isStale ? 1 : 0;
        }
    }

    void loaded(long micros) {
        call(Call.LOAD, micros, 1);
        loads += isCounted(micros) ? 1 : 0;
    }

    void versionsRead(long micros, long accounts) {
        versions += isCounted(micros) ? accounts : 0;
    }

    void hint(long micros) {
        hints += isCounted(micros) ? 1 : 0;
    }

    /** Counts that a process learnt of a commit. */
    void caughtUp(long committed, long known) {
        if (isCounted(committed)) {
            commitsRead++;
            staleness.recordValue(known - committed);
        }
    }

    public long calls(Call call) {
        return calls.getOrDefault(call, 0L);
    }

    /** Returns how many calls the database gets in a second. */
    public double callsPerSecond() {
        return calls.values().stream().mapToLong(Long::longValue).sum() / (double) seconds;
    }

    public double roundTripsPerSecond() {
        return calls.entrySet().stream()
                        .mapToLong(entry -> entry.getKey().roundTrips() * entry.getValue())
                        .sum()
                / (double) seconds;
    }

    /** Returns how many versions the database looks up in a second. */
    public double versionsPerSecond() {
        return versions / (double) seconds;
    }

    /** Returns how many hints all processes get in a second. */
    public double hintsPerSecond() {
        return hints / (double) seconds;
    }

    public double hitRate() {
        return questions == 0 ? 1 : hits / (double) questions;
    }

    /** Returns the share of questions that were answered from a policy to which a commit was unknown. */
    public double staleAnswers() {
        return questions == 0 ? 0 : staleAnswers / (double) questions;
    }

    /** Returns how long a commit was unknown to a process that had its account in memory, at a percentile. */
    public double stalenessMillis(double percentile) {
        return staleness.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    /** Returns all figures by their names. */
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("questions/s", questions / (double) seconds);
        figures.put("hit rate", hitRate());
        for (Call call : Call.values()) {
            figures.put("calls/s, " + call, calls(call) / (double) seconds);
        }
        figures.put("calls/s, all", callsPerSecond());
        figures.put("calls in the busiest second", (double) callsBySecond[busiest()]);
        figures.put("round trips/s", roundTripsPerSecond());
        figures.put("rows/s, accounts loaded", loads / (double) seconds);
        figures.put("rows/s, versions", versionsPerSecond());
        figures.put("rows/s, commits", commitsRead / (double) seconds);
        figures.put("hints/s", hintsPerSecond());
        figures.put("staleness, median ms", stalenessMillis(50));
        figures.put("staleness, p99 ms", stalenessMillis(99));
        figures.put("staleness, longest ms", stalenessMillis(100));
        figures.put("share of stale answers", staleAnswers());
        return figures;
    }

    private int busiest() {
        int busiest = 0;
        for (int i = 1; i < seconds; i++) {
            busiest = callsBySecond[i] > callsBySecond[busiest] ? i : busiest;
        }
        return busiest;
    }
}
