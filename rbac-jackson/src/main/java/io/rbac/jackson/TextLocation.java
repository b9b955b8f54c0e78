package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonLocation;
import io.rbac.model.Violation;

/** A line and a column of a document, both counted from one, packed into one number. */
final class TextLocation {

    /** The location of what stands in no text. */
    static final long NONE = 0;

    private TextLocation() {}

    static long of(int line, int column) {
        return line <= 0 || column <= 0 ? NONE : (long) line << Integer.SIZE | column;
    }

    static long of(JsonLocation location) {
        return of(location.getLineNr(), location.getColumnNr());
    }

    static int line(long location) {
        return (int) (location >>> Integer.SIZE);
    }

    static int column(long location) {
        return (int) location;
    }

    /** Returns a violation with a location, or as it is if there is none. */
    static Violation at(long location, Violation violation) {
        return location == NONE ? violation : violation.at(line(location), column(location));
    }
}
