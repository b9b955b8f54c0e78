package io.rbac.jackson;

import java.util.List;

/** The fields that one kind of object may have, each with a bit of its own. */
final class FieldSet {

    /** Stands for the fields of something that is not an object: it lacks none, because it was reported as a whole. */
    static final long NO_OBJECT = -1;

    private final List<String> names;

    private FieldSet(List<String> names) {
        this.names = names;
    }

    static FieldSet of(String... names) {
        return new FieldSet(List.of(names));
    }

    List<String> names() {
        return names;
    }

    /** Returns the bit of a field, zero for an unknown one. They are few: linear search is faster than a map. */
    long bit(String name) {
        int position = names.indexOf(name);
        return position < 0 ? 0 : 1L << position;
    }

    /** Returns whether an object that has the fields of these bits lacks a field. */
    boolean lacks(long seen, String name) {
        return (seen & bit(name)) == 0;
    }
}
