package io.rbac.jackson;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields that one kind of object may have. */
final class Fields {

    private final List<String> names;
    private final Map<String, Integer> positions = new HashMap<>();

    private Fields(List<String> names) {
        this.names = names;
        names.forEach(name -> positions.put(name, positions.size()));
    }

    static Fields of(String... names) {
        return new Fields(List.of(names));
    }

    List<String> names() {
        return names;
    }

    /** The bit of a field in a set of fields, zero for an unknown one. */
    long bit(String name) {
        Integer position = positions.get(name);
        return position == null ? 0 : 1L << position;
    }
}
