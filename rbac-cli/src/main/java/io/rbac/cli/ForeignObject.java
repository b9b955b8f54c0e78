package io.rbac.cli;

import io.rbac.model.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An object in the file of another system. What is not as it must be is an error that says where. */
final class ForeignObject {

    private final Map<?, ?> fields;
    private final String place;

    private ForeignObject(Map<?, ?> fields, String place) {
        this.fields = fields;
        this.place = place;
    }

    /**
     * Returns a value that must be an object.
     *
     * @param place where it stands, for messages
     * @throws CommandFailure if it is none
     */
    static ForeignObject of(@Nullable Object value, String place) {
        if (value instanceof Map<?, ?> fields) {
            return new ForeignObject(fields, place);
        }
        throw new CommandFailure(place + " is not an object");
    }

    /** Returns strings for use in a message. */
    static String quoted(Collection<String> texts) {
        return texts.stream().map(Violation::quote).collect(Collectors.joining(", "));
    }

    /** Returns where this stands, for messages. */
    String place() {
        return place;
    }

    /** Returns whether a field is there and not empty. */
    boolean has(String field) {
        Object value = fields.get(field);
        return value instanceof Map<?, ?> map
                ? !map.isEmpty()
                : value instanceof List<?> list ? !list.isEmpty() : value != null;
    }

    String requiredText(String field) {
        return text(field).orElseThrow(() -> new CommandFailure(place + " has no " + Violation.quote(field)));
    }

    Optional<String> text(String field) {
        Object value = fields.get(field);
        return value == null ? Optional.empty() : Optional.of(text(value, place(field)));
    }

    /** Returns whether a field is true; one that is missing is not. */
    boolean isTrue(String field) {
        Object value = fields.get(field);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new CommandFailure(place(field) + " is neither true nor false");
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (Object item : items(field)) {
            texts.add(text(item, place(field)));
        }
        return texts;
    }

    Optional<ForeignObject> object(String field) {
        Object value = fields.get(field);
        return value == null ? Optional.empty() : Optional.of(of(value, place(field)));
    }

    List<ForeignObject> objects(String field) {
        List<ForeignObject> objects = new ArrayList<>();
        for (Object item : items(field)) {
            objects.add(of(item, place(field) + " item " + (objects.size() + 1)));
        }
        return objects;
    }

    /** Returns the strings that this object has under any name. */
    Map<String, String> textByName() {
        Map<String, String> all = new LinkedHashMap<>();
        names().forEach(name -> all.put(name, requiredText(name)));
        return all;
    }

    /** Returns the lists of strings that this object has under any name. */
    Map<String, List<String>> textsByName() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        names().forEach(name -> all.put(name, texts(name)));
        return all;
    }

    /** Returns the lists of objects that this object has under any name. */
    Map<String, List<ForeignObject>> objectsByName() {
        Map<String, List<ForeignObject>> all = new LinkedHashMap<>();
        names().forEach(name -> all.put(name, objects(name)));
        return all;
    }

    private List<String> names() {
        return fields.keySet().stream().map(name -> text(name, place)).toList();
    }

    private List<?> items(String field) {
        Object value = fields.get(field);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new CommandFailure(place(field) + " is not a list");
    }

    private static String text(@Nullable Object value, String place) {
        if (value instanceof String text) {
            return text;
        }
        throw new CommandFailure(place + " is not a string");
    }

    private String place(String field) {
        return place + ", " + Violation.quote(field);
    }
}
