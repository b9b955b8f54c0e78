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
 * The fields of an object in a request, asked for one by one. What is not of the type that is asked for is reported, and
 * then the answer is {@code null}, as for a field that is not there.
 *
 * <p>This class is not thread-safe.
 */
final class Fields {

    private final ObjectNode object;
    private final String pointer;
    private final Violation.Collector faults;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(ObjectNode object, String pointer, Violation.Collector faults) {
        this.object = object;
        this.pointer = pointer;
        this.faults = faults;
    }

    /** The fields of a value; none, and a fault, where it is no object. */
    static Fields of(JsonNode value, String pointer, Violation.Collector faults) {
        if (value instanceof ObjectNode object) {
            return new Fields(object, pointer, faults);
        }
        wrongType(faults, pointer, value, "an object");
        return new Fields(Json.object(), pointer, faults);
    }

    /** Whether a field is there, if only with null. */
    boolean has(String name) {
        known.add(name);
        return object.has(name);
    }

    /** The value of a field, {@code null} where it is not there. */
    @Nullable
    JsonNode value(String name) {
        known.add(name);
        return object.get(name);
    }

    /** The value of a field, {@code null} where it is not there or is null. */
    @Nullable
    JsonNode valueUnlessNull(String name) {
        JsonNode value = value(name);
        return value == null || value.isNull() ? null : value;
    }

    String pointer(String name) {
        return pointer + Violation.pointer(name);
    }

    // typed values; each is absent where the field is

    @Nullable
    String text(String name) {
        JsonNode value = value(name);
        if (value == null || value.isTextual()) {
            return value == null ? null : value.textValue();
        }
        wrongType(name, value, "a text");
        return null;
    }

    @Nullable
    Boolean flag(String name) {
        JsonNode value = value(name);
        if (value == null || value.isBoolean()) {
            return value == null ? null : value.booleanValue();
        }
        wrongType(name, value, "`true` or `false`");
        return null;
    }

    /** The texts of an array. What is none is reported, and an empty text keeps its place. */
    @Nullable
    List<String> texts(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray()) {
            wrongType(name, value, "an array");
            return null;
        }
        List<String> texts = new ArrayList<>(value.size());
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                wrongType(faults, pointer(name) + '/' + texts.size(), element, "a text");
            }
            texts.add(element.isTextual() ? element.textValue() : "");
        }
        return texts;
    }

    // demands

    /** Says that a field has to be there. */
    void require(String name) {
        if (!has(name)) {
            faults.add(
                    Code.MISSING_FIELD, pointer(name), null, "there is no " + Violation.quote(name) + ": expected one");
        }
    }

    /** Looks at fields that cannot be set: what is sent has to be what is there; nothing is when something is created. */
    void readOnly(Iterable<String> names, @Nullable ObjectNode current) {
        for (String name : names) {
            JsonNode sent = value(name);
            JsonNode there = current == null ? null : current.get(name);
            if (sent != null && !sent.equals(there) && !(sent.isNull() && there == null)) {
                faults.add(
                        Code.READ_ONLY_ATTRIBUTE,
                        pointer(name),
                        shown(sent),
                        Violation.quote(name) + " cannot be set: expected "
                                + (there == null ? "none" : "none, or what it is"));
            }
        }
    }

    /** Ignores fields, whatever they hold. */
    void ignore(Iterable<String> names) {
        names.forEach(known::add);
    }

    /** Reports the fields that nobody asked for. */
    void refuseOthers() {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                faults.add(
                        Code.UNKNOWN_FIELD,
                        pointer(name),
                        name,
                        Violation.quote(name) + " is not a field here" + faults.didYouMean(name, known));
            }
        }
    }

    private void wrongType(String name, JsonNode value, String expected) {
        wrongType(faults, pointer(name), value, expected);
    }

    /** Reports that a value is not of the type that was expected. */
    static void wrongType(Violation.Collector faults, String pointer, JsonNode value, String expected) {
        if (value.isNull()) {
            faults.add(Code.NULL_VALUE, pointer, null, "the value is `null`: expected " + expected);
        } else {
            String shown = shown(value);
            faults.add(
                    Code.WRONG_TYPE,
                    pointer,
                    shown,
                    "the value is " + Violation.quote(shown) + ": expected " + expected);
        }
    }

    private static String shown(JsonNode value) {
        return value.isObject() ? "an object" : value.isArray() ? "an array" : value.asText();
    }
}
