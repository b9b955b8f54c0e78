package io.rbac.jackson;

import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maps what was read back to the document. A violation that is found in the finished policy counts what was put into
 * the policy: here it gets the pointer and the location that it has in the document.
 */
final class SourceMap {

    private final Map<String, Long> locations = new HashMap<>();
    private final Map<String, ArrayLocations> arrays = new HashMap<>();
    private Translation translation = (pointer, message) -> pointer;

    /** Turns a pointer into a policy, found with a message, into one of a document of another form. */
    @FunctionalInterface
    interface Translation {
        String pointer(String pointer, String message);
    }

    /** Translates all pointers into the finished policy. */
    void translate(Translation newTranslation) {
        translation = newTranslation;
    }

    void put(String pointer, long location) {
        locations.put(pointer, location);
    }

    /** Returns the elements of an array at the top of the document. */
    ArrayLocations array(String field) {
        return arrays.computeIfAbsent(field, f -> new ArrayLocations());
    }

    /** Returns a violation of the finished policy with the pointer and the location that it has in the document. */
    Violation toDocument(Violation violation) {
        String message = violation.message();
        String pointer = pointerInDocument(translation.pointer(violation.path(), message));
        if (violation.code() == Code.DUPLICATE_ID) {
            message = withFirstInDocument(message);
        }
        return locate(Violation.of(violation.code(), pointer, violation.value().orElse(null), message));
    }

    /** Returns a violation of the document, which has the right pointer, with its location. */
    Violation locate(Violation violation) {
        return TextLocation.at(location(violation.path()), violation);
    }

    /** The message about a duplicate ends with the pointer of the first, in backticks. */
    private String withFirstInDocument(String message) {
        int end = message.length() - 1;
        int start = message.lastIndexOf("`/", end);
        if (start < 0 || message.charAt(end) != '`') {
            return message;
        }
        String first = message.substring(start + 1, end);
        return message.substring(0, start + 1) + pointerInDocument(translation.pointer(first, "")) + '`';
    }

    private String pointerInDocument(String pointer) {
        Element element = Element.of(pointer, arrays);
        if (element == null) {
            return pointer;
        }
        return '/' + element.field + '/' + element.array.position(element.position) + element.rest;
    }

    /** Returns the location of the longest part of a pointer that has a known one. */
    private long location(String pointer) {
        Element element = Element.of(pointer, arrays);
        for (String part = pointer; !part.isEmpty(); part = part.substring(0, part.lastIndexOf('/'))) {
            Long location = locations.get(part);
            if (location != null) {
                return location;
            }
            if (element != null && part.length() == pointer.length() - element.rest.length()) {
                return element.array.location(element.position);
            }
        }
        return locations.getOrDefault("", TextLocation.NONE);
    }

    /** A pointer to or into an element of one of the arrays. */
    private static final class Element {

        final String field;
        final ArrayLocations array;
        final int position;
        final String rest;

        private Element(String field, ArrayLocations array, int position, String rest) {
            this.field = field;
            this.array = array;
            this.position = position;
            this.rest = rest;
        }

        /** Returns the element that a pointer names, null if it names none. */
        static @Nullable Element of(String pointer, Map<String, ArrayLocations> arrays) {
            int slash = pointer.indexOf('/', 1);
            if (slash < 0) {
                return null;
            }
            String field = pointer.substring(1, slash);
            ArrayLocations array = arrays.get(field);
            if (array == null) {
                return null;
            }
            int end = pointer.indexOf('/', slash + 1);
            end = end < 0 ? pointer.length() : end;
            int position = Integer.parseInt(pointer, slash + 1, end, 10);
            return new Element(field, array, position, pointer.substring(end));
        }
    }
}
