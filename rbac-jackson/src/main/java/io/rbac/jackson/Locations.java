package io.rbac.jackson;

import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where things stand in the document: gives violations that were found in a finished policy, and count what was put into
 * it, the pointer and the place of the document.
 */
final class Locations {

    private final Map<String, Long> places = new HashMap<>();
    private final Map<String, Elements> arrays = new HashMap<>();

    void put(String pointer, long place) {
        places.put(pointer, place);
    }

    /** The elements of an array at the top of the document. */
    Elements elements(String field) {
        return arrays.computeIfAbsent(field, f -> new Elements());
    }

    /** The violation, with the pointer and the place of the document. */
    Violation located(Violation violation) {
        String pointer = inDocument(violation.path());
        String message = violation.message();
        if (violation.code() == Code.DUPLICATE_ID) {
            message = withFirstInDocument(message);
        }
        return placed(Violation.of(violation.code(), pointer, violation.value().orElse(null), message));
    }

    /** The violation, whose pointer is one of the document, with its place. */
    Violation placed(Violation violation) {
        return Place.at(placeOf(violation.path()), violation);
    }

    /** A message about something stated twice ends with the pointer of the first, in backticks. */
    private String withFirstInDocument(String message) {
        int end = message.length() - 1;
        int start = message.lastIndexOf("`/", end);
        if (start < 0 || message.charAt(end) != '`') {
            return message;
        }
        return message.substring(0, start + 1) + inDocument(message.substring(start + 1, end)) + '`';
    }

    private String inDocument(String pointer) {
        Element element = Element.of(pointer, arrays);
        if (element == null) {
            return pointer;
        }
        return '/' + element.field + '/' + element.elements.position(element.position) + element.rest;
    }

    /** The place of the longest part of a pointer whose place is known. */
    private long placeOf(String pointer) {
        Element element = Element.of(pointer, arrays);
        for (String part = pointer; !part.isEmpty(); part = part.substring(0, part.lastIndexOf('/'))) {
            Long place = places.get(part);
            if (place != null) {
                return place;
            }
            if (element != null && part.length() == pointer.length() - element.rest.length()) {
                return element.elements.place(element.position);
            }
        }
        return places.getOrDefault("", Place.NONE);
    }

    /** A pointer of or into an element of one of the arrays. */
    private static final class Element {

        final String field;
        final Elements elements;
        final int position;
        final String rest;

        private Element(String field, Elements elements, int position, String rest) {
            this.field = field;
            this.elements = elements;
            this.position = position;
            this.rest = rest;
        }

        static @Nullable Element of(String pointer, Map<String, Elements> arrays) {
            int slash = pointer.indexOf('/', 1);
            if (slash < 0) {
                return null;
            }
            String field = pointer.substring(1, slash);
            Elements elements = arrays.get(field);
            if (elements == null) {
                return null;
            }
            int end = pointer.indexOf('/', slash + 1);
            end = end < 0 ? pointer.length() : end;
            int position = Integer.parseInt(pointer, slash + 1, end, 10);
            return new Element(field, elements, position, pointer.substring(end));
        }
    }
}
