package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object in a request, read one by one. A value of another type than was asked for is reported and
 * read as {@code null}, like a field that is absent.
 *
 * <p>This class is not thread-safe.
 */
final class RequestFields {

    private final ObjectNode object;
    private final String pointer;
    private final Violation.Collector violations;
    private final Set<String> known = new LinkedHashSet<>();

    private RequestFields(ObjectNode object, String pointer, Violation.Collector violations) {
        this.object = object;
        this.pointer = pointer;
        this.violations = violations;
    }

    /** Returns the fields of a value; if it is not an object, reports that and returns no fields. */
    static RequestFields of(JsonNode value, String pointer, Violation.Collector violations) {
        if (value instanceof ObjectNode object) {
            return new RequestFields(object, pointer, violations);
        }
        reportWrongType(violations, pointer, value, "an object");
        return new RequestFields(Json.object(), pointer, violations);
    }

    /** Returns whether a field is present, even if it is {@code null}. */
    boolean has(String name) {
        known.add(name);
        return object.has(name);
    }

    /** Returns the value of a field, {@code null} if it is absent. */
    @Nullable
    JsonNode value(String name) {
        known.add(name);
        return object.get(name);
    }

    /** Returns the value of a field, {@code null} if it is absent or {@code null}. */
    @Nullable
    JsonNode valueUnlessNull(String name) {
        JsonNode value = value(name);
        return value == null || value.isNull() ? null : value;
    }

    String pointer(String name) {
        return pointer + Violation.pointer(name);
    }

    // typed values, null if the field is absent

    @Nullable
    String string(String name) {
        JsonNode value = value(name);
        if (value == null || value.isTextual()) {
            return value == null ? null : value.textValue();
        }
        reportWrongType(violations, pointer(name), value, "a string");
        return null;
    }

    @Nullable
    Boolean flag(String name) {
        JsonNode value = value(name);
        if (value == null || value.isBoolean()) {
            return value == null ? null : value.booleanValue();
        }
        reportWrongType(violations, pointer(name), value, "`true` or `false`");
        return null;
    }

    /** Returns the strings of an array. Any other element is reported and read as the empty string. */
    @Nullable
    List<String> strings(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray()) {
            reportWrongType(violations, pointer(name), value, "an array");
            return null;
        }
        List<String> strings = new ArrayList<>(value.size());
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                reportWrongType(violations, pointer(name) + '/' + strings.size(), element, "a string");
            }
            strings.add(element.isTextual() ? element.textValue() : "");
        }
        return strings;
    }

    // demands

    /** Reports a field that is absent. */
    void require(String name) {
        if (!has(name)) {
            violations.add(
                    Code.MISSING_FIELD, pointer(name), null, "there is no " + Violation.quote(name) + ": expected one");
        }
    }

    /**
     * Reports fields that a request cannot set.
     *
     * @param current the values that may be sent back unchanged, {@code null} if there are none
     */
    void requireUnchanged(Iterable<String> names, @Nullable ObjectNode current) {
        for (String name : names) {
            JsonNode sent = value(name);
            JsonNode value = current == null ? null : current.get(name);
            if (sent != null && !sent.equals(value) && !(sent.isNull() && value == null)) {
                violations.add(
                        Code.READ_ONLY_ATTRIBUTE,
                        pointer(name),
                        describe(sent),
                        Violation.quote(name) + " cannot be set: expected "
                                + (value == null ? "none" : "none, or its current value"));
            }
        }
    }

    /** Ignores fields, whatever their values. */
    void ignore(Iterable<String> names) {
        names.forEach(known::add);
    }

    /** Reports the fields that were neither read nor ignored. */
    void refuseOthers() {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                violations.add(
                        Code.UNKNOWN_FIELD,
                        pointer(name),
                        name,
                        Violation.quote(name) + " is not a field here" + violations.didYouMean(name, known));
            }
        }
    }

    /** Reports a value of an unexpected type. */
    static void reportWrongType(Violation.Collector violations, String pointer, JsonNode value, String expected) {
        if (value.isNull()) {
            violations.add(Code.NULL_VALUE, pointer, null, "the value is `null`: expected " + expected);
        } else {
            String found = describe(value);
            violations.add(
                    Code.WRONG_TYPE,
                    pointer,
                    found,
                    "the value is " + Violation.quote(found) + ": expected " + expected);
        }
    }

    private static String describe(JsonNode value) {
        return value.isObject() ? "an object" : value.isArray() ? "an array" : value.asText();
    }
}
