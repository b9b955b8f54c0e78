package io.rbac.jackson;

import java.util.ArrayList;
import java.util.List;

/** The fields that one kind of object may have, each with a bit of its own. */
final class FieldSet {

    /** Stands for the fields of something that is not an object: it lacks none, because it was reported as a whole. */
    static final long NO_OBJECT = -1;

    /** The format of a field that every format has. */
    static final int ANY_FORMAT = 0;

    private final List<String> names;
    private final List<Only> only;

    private FieldSet(List<String> names, List<Only> only) {
        this.names = List.copyOf(names);
        this.only = List.copyOf(only);
    }

    /** That a field belongs to one format of documents, and what others have instead. */
    private record Only(int format, String instead) {}

    static FieldSet of(String... names) {
        return of(List.of(names));
    }

    static FieldSet of(List<String> names) {
        return new FieldSet(
                names, names.stream().map(name -> new Only(ANY_FORMAT, "")).toList());
    }

    /** Returns these fields, of which one belongs to one format of documents only; others have something else instead. */
    FieldSet onlyIn(int format, String name, String instead) {
        List<Only> newOnly = new ArrayList<>(only);
        newOnly.set(names.indexOf(name), new Only(format, instead));
        return new FieldSet(names, newOnly);
    }

    List<String> names() {
        return names;
    }

    /** Returns the position of a field, -1 for an unknown one. They are few: linear search is faster than a map. */
    int position(String name) {
        return names.indexOf(name);
    }

    /** Returns the only format that has the field at a position, {@link #ANY_FORMAT} if all have it. */
    int formatAt(int position) {
        return only.get(position).format();
    }

    /** Returns what other formats have instead of the field at a position, which belongs to one only. */
    String insteadOf(int position) {
        return only.get(position).instead();
    }

    /** Returns whether an object that has the fields of these bits lacks a field. */
    boolean lacks(long seen, String name) {
        return (seen & 1L << names.indexOf(name)) == 0;
    }
}
