package io.rbac.jackson;

import java.util.List;

/** The fields that one kind of object may have. */
final class Fields {

    private final List<String> names;

    private Fields(List<String> names) {
        this.names = names;
    }

    static Fields of(String... names) {
        return new Fields(List.of(names));
    }

    List<String> names() {
        return names;
    }

    /** The bit of a field in a set of fields, zero for an unknown one. They are few: a search is faster than a map. */
    long bit(String name) {
        int position = names.indexOf(name);
        return position < 0 ? 0 : 1L << position;
    }
}
