package io.rbac.benchmarks.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One process: an engine with a cache, its questions, its comparisons with the database and the hints that it gets. Times are
 * microseconds; before zero is the warm-up.
 */
final class SimulatedProcess {

    /** As an engine asks for versions. */
    private static final int VERSIONS_AT_ONCE = 1_000;

    private static final int EXPECTED_FILL = 16;

    private final Cluster cluster;
    private final int process;
    private final Popularity group;
    private final double microsPerQuestion;
    private final Commits commits;
    private final Traffic traffic;
    private final SplittableRandom random;

    /** The accounts in memory, with the commits that are not known, in the order of their last use: a simple cache. */
    private final Map<Integer, Copy> copies;

    /** Those that have commits that are not known. */
    private final Set<Integer> stale = new HashSet<>();

    /** Hints under way, in the order of their arrival. */
    private final Deque<Hint> hints = new ArrayDeque<>();

    private record Hint(long micros, int account) {}

    /** What a process has of an account: the times of the commits that it does not know. */
    private static final class Copy {
        private final List<Long> unknown = new ArrayList<>(0);
    }

    SimulatedProcess(
            Cluster cluster,
            int process,
            Popularity group,
            double questionsPerSecond,
            Commits commits,
            Traffic traffic,
            SplittableRandom random) {
        this.cluster = cluster;
        this.process = process;
        this.group = group;
        this.microsPerQuestion = 1e6 / questionsPerSecond;
        this.commits = commits;
        this.traffic = traffic;
        this.random = random;
        this.copies = new LinkedHashMap<>(EXPECTED_FILL, 0.75f, true);
        for (int rank = Math.min(cluster.cached(), group.accounts()) - 1; rank >= 0; rank--) {
            copies.put(group.account(rank), new Copy());
        }
    }

    void run() {
        long end = cluster.seconds() * 1_000_000L;
        long period = cluster.periodMillis() * 1_000;
        long start = -RefreshSimulation.WARM_UP_SECONDS * 1_000_000L;
        long comparison = start + random.nextLong(period);
        long question = start + untilNextQuestion();
        int commit = 0;
        while (true) {
            long hint = hints.isEmpty() ? Long.MAX_VALUE : hints.getFirst().micros;
            long committed = commits.micros(commit);
            long now = Math.min(Math.min(hint, committed), Math.min(comparison, question));
            // What is committed before the end is learnt of after it.
            if (now >= end + period + hintMicros()) {
                return;
            }
            if (now == hint) {
                catchUp(hints.removeFirst().account, now);
            } else if (now == committed) {
                commit(commit, now);
                commit++;
            } else if (now == comparison) {
                compareAll(now);
                comparison += period;
            } else {
                ask(group.draw(random), now);
                question += untilNextQuestion();
            }
        }
    }

    private long untilNextQuestion() {
        return (long) Math.ceil(-Math.log(1 - random.nextDouble()) * microsPerQuestion);
    }

    private long hintMicros() {
        return (long) (cluster.hintMillis() * 1_000);
    }

    private void ask(int account, long now) {
        Copy copy = copies.get(account);
        traffic.question(now, copy != null, copy != null && !copy.unknown.isEmpty());
        if (copy == null) {
            load(account, now);
        }
    }

    private void load(int account, long now) {
        traffic.loaded(now);
        copies.put(account, new Copy());
        if (copies.size() > cluster.cached()) {
            Integer eldest = copies.keySet().iterator().next();
            copies.remove(eldest);
            stale.remove(eldest);
        }
    }

    private void commit(int commit, long now) {
        int account = commits.account(commit);
        if (commits.process(commit) == process) {
            commitHere(account, now);
        } else {
            Copy copy = copies.get(account);
            if (copy != null) {
                copy.unknown.add(now);
                stale.add(account);
            }
        }
        if (cluster.hints() && random.nextDouble() >= cluster.lostHints()) {
            traffic.hint(now);
            // An engine looks at hints about what it has in memory; also at those of its own commits.
            if (copies.containsKey(account)) {
                hints.addLast(new Hint(now + hintMicros(), account));
            }
        }
    }

    private void commitHere(int account, long now) {
        Copy copy = copies.get(account);
        if (copy == null) {
            load(account, now);
        } else if (!copy.unknown.isEmpty()) {
            // The commit is refused, and made again on what is stored.
            traffic.call(Call.COMMIT, now, 1);
            catchUp(account, now);
        }
        traffic.call(Call.COMMIT, now, 1);
    }

    /** What a hint makes an engine do: it asks for the version, and for the commits if that is another one. */
    private void catchUp(int account, long now) {
        if (copies.containsKey(account)) {
            traffic.call(Call.VERSIONS, now, 1);
            traffic.versionsRead(now, 1);
            readCommits(account, now);
        }
    }

    private void compareAll(long now) {
        long count = copies.size();
        traffic.call(Call.VERSIONS, now, (count + VERSIONS_AT_ONCE - 1) / VERSIONS_AT_ONCE);
        traffic.versionsRead(now, count);
        List.copyOf(stale).forEach(account -> readCommits(account, now));
    }

    private void readCommits(int account, long now) {
        Copy copy = copies.get(account);
        if (copy != null && !copy.unknown.isEmpty()) {
            traffic.call(Call.HISTORY, now, 1);
            copy.unknown.forEach(committed -> traffic.caughtUp(committed, now));
            copy.unknown.clear();
            stale.remove(account);
        }
    }
}
