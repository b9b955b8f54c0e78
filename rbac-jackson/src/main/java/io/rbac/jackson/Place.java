package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonLocation;
import io.rbac.model.Violation;

/** A line and a column, both from one, as one number; zero is no place. */
final class Place {

    static final long NONE = 0;

    private Place() {}

    static long of(int line, int column) {
        return line <= 0 || column <= 0 ? NONE : (long) line << Integer.SIZE | column;
    }

    static long of(JsonLocation location) {
        return of(location.getLineNr(), location.getColumnNr());
    }

    static int line(long place) {
        return (int) (place >>> Integer.SIZE);
    }

    static int column(long place) {
        return (int) place;
    }

    static Violation at(long place, Violation violation) {
        return place == NONE ? violation : violation.at(line(place), column(place));
    }
}
