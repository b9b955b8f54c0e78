package io.rbac.jackson;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects everything that is wrong with one document, each violation with its location. What ends the reading is
 * always listed, as the last.
 */
final class DocumentViolations {

    private final Violation.Collector collector = new Violation.Collector();
    private @Nullable Violation end;

    void add(Violation violation) {
        collector.add(violation);
    }

    void add(Code code, String pointer, @Nullable String value, String message, long location) {
        add(TextLocation.at(location, Violation.of(code, pointer, value, message)));
    }

    /** Adds what ends the reading. */
    void addEnd(Violation violation) {
        add(violation);
        end = violation;
    }

    /** Adds those violations of the finished policy that pass a filter, as they are in the document. */
    void addAll(PolicyViolationException exception, Predicate<Violation> filter, SourceMap sourceMap) {
        List<Violation> listed = exception.violations();
        boolean allPassed = true;
        for (Violation violation : listed) {
            boolean passes = filter.test(violation);
            allPassed &= passes;
            if (passes) {
                add(sourceMap.toDocument(violation));
            }
        }
        // What is not listed cannot be filtered: it counts if nothing was filtered out of what is listed.
        if (allPassed) {
            count(collector, listed.get(0), exception.total() - listed.size());
        }
    }

    /** Returns the end of a message that names the nearest known name, see {@link Violation.Collector#didYouMean}. */
    String didYouMean(String unknown, Collection<String> known) {
        return collector.didYouMean(unknown, known);
    }

    long total() {
        return collector.total();
    }

    /** Returns whether more is added than is listed: everything from now on is only counted. */
    boolean isOverflowing() {
        return collector.total() > collector.violations().size();
    }

    /**
     * Throws everything that was added.
     *
     * @throws PolicyViolationException if anything was
     */
    void throwIfAny() {
        List<Violation> listed = collector.violations();
        if (end == null || listed.size() == collector.total()) {
            collector.throwIfAny();
        } else {
            Violation.Collector withEnd = new Violation.Collector();
            listed.subList(0, listed.size() - 1).forEach(withEnd::add);
            withEnd.add(end);
            count(withEnd, end, collector.total() - withEnd.total());
            withEnd.throwIfAny();
        }
    }

    /** Counts violations that nobody listed; the collector, which is full, keeps none of them. */
    private static void count(Violation.Collector full, Violation violation, long times) {
        for (long i = 0; i < times; i++) {
            full.add(violation);
        }
    }
}
