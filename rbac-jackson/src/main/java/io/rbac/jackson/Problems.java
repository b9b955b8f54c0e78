package io.rbac.jackson;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is wrong with one document, each with its place: the first ones, and how many there are. What ended the
 * reading is always among those that are kept, as the last.
 */
final class Problems {

    /** As many as an exception carries; the others are counted. */
    private static final int MAX_KEPT = 1_000;

    private static final int MAX_SUGGESTIONS = 10;

    private final List<Violation> kept = new ArrayList<>();
    private final Violation.Collector suggestions = new Violation.Collector();
    private long total;
    private @Nullable Violation end;

    void add(Violation violation) {
        total++;
        if (kept.size() < MAX_KEPT) {
            kept.add(violation);
        }
    }

    void add(Code code, String pointer, @Nullable String value, String message, long place) {
        add(Place.at(place, Violation.of(code, pointer, value, message)));
    }

    /** Adds what ends the reading. */
    void addEnd(Violation violation) {
        total++;
        end = violation;
    }

    /** Adds a violation whose path counts what was put into the policy. */
    void addLocated(Violation violation, Locations locations) {
        add(locations.located(violation));
    }

    /** Adds what an exception of the core carries, as far as it passes the filter, each with its place. */
    void addAll(PolicyViolationException exception, Predicate<Violation> filter, Locations locations) {
        long before = total;
        for (Violation violation : exception.violations()) {
            if (filter.test(violation)) {
                addLocated(violation, locations);
            }
        }
        if (total - before == exception.violations().size()) {
            // What the core only counted cannot be filtered, and is counted where nothing was filtered out.
            total = before + exception.total();
        }
    }

    /** The end of a message that names the nearest known name; nothing once there are many problems. */
    String didYouMean(String unknown, Collection<String> known) {
        return total < MAX_SUGGESTIONS ? suggestions.didYouMean(unknown, known) : "";
    }

    long total() {
        return total;
    }

    /** Whether what is added now is counted only. */
    boolean isFull() {
        return kept.size() == MAX_KEPT;
    }

    /**
     * Throws all of it.
     *
     * @throws PolicyViolationException if there is anything
     */
    void throwIfAny() {
        Violation.Collector collector = new Violation.Collector();
        for (Violation violation : end == null ? kept : kept.subList(0, Math.min(kept.size(), MAX_KEPT - 1))) {
            collector.add(violation);
        }
        if (end != null) {
            collector.add(end);
        }
        while (collector.total() < total) {
            collector.add(kept.get(kept.size() - 1));
        }
        collector.throwIfAny();
    }
}
