package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values read from a parser, one type at a time. What is not of the type is reported and skipped; then the answer is
 * {@code null}. A method starts at the first token of a value and ends at its last.
 */
final class Tokens {

    /** The most fields of one object, and the most tokens of a value that is skipped. */
    static final int MAX_FIELDS = 65_536;

    /** The answer of {@link #object} for what is no object. */
    static final long NO_OBJECT = -1;

    private static final Pattern INSTANT =
            Pattern.compile("(?:[0-9]{4}|-[0-9]{4}|[+-][1-9][0-9]{4,9})-[0-9]{2}-[0-9]{2}"
                    + "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,3})?Z");

    private final JsonParser parser;
    private final Problems problems;
    private final Locations locations;

    Tokens(JsonParser parser, Problems problems, Locations locations) {
        this.parser = parser;
        this.problems = problems;
        this.locations = locations;
    }

    /** Reads the value of one field of an object. */
    @FunctionalInterface
    interface FieldReader {
        void read(String field) throws IOException;
    }

    /** Reads one element of an array. */
    @FunctionalInterface
    interface ElementReader {
        void read() throws IOException;
    }

    Problems problems() {
        return problems;
    }

    // where

    String pointer() {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    long place() {
        return Place.of(parser.currentTokenLocation());
    }

    /** Remembers where the value stands. */
    void mark() {
        locations.put(pointer(), place());
    }

    // containers

    /**
     * Reads an object whose fields are known; unknown and repeated ones are reported and skipped.
     *
     * @return the bits of the fields that it has, {@link #NO_OBJECT} where the value is no object
     */
    long object(Fields fields, FieldReader reader) throws IOException {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            wrongType("an object");
            return NO_OBJECT;
        }
        long seen = 0;
        for (int count = 0; parser.nextToken() == JsonToken.FIELD_NAME; count++) {
            limitFields(count);
            String name = parser.currentName();
            long bit = fields.bit(name);
            if (bit == 0) {
                String message =
                        Violation.quote(name) + " is not a field here" + problems.didYouMean(name, fields.names());
                problems.add(Code.UNKNOWN_FIELD, pointer(), name, message, place());
                skipField();
            } else if ((seen & bit) != 0) {
                duplicateKey(name);
            } else {
                seen |= bit;
                parser.nextToken();
                reader.read(name);
            }
        }
        return seen;
    }

    /**
     * Reads an object whose fields are names of the document's own.
     *
     * @return whether the value is an object
     */
    boolean names(FieldReader reader) throws IOException {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            wrongType("an object");
            return false;
        }
        Set<String> seen = new HashSet<>();
        for (int count = 0; parser.nextToken() == JsonToken.FIELD_NAME; count++) {
            limitFields(count);
            String name = parser.currentName();
            if (seen.add(name)) {
                parser.nextToken();
                reader.read(name);
            } else {
                duplicateKey(name);
            }
        }
        return true;
    }

    private void limitFields(int count) {
        if (count == MAX_FIELDS) {
            // The parser stands at the name of a field: what is too large is the object around it.
            String pointer = pointer();
            throw limit(
                    pointer.substring(0, pointer.lastIndexOf('/')),
                    "the object has more than " + MAX_FIELDS + " fields, the most that is read");
        }
    }

    private void duplicateKey(String name) throws IOException {
        String message = "the field " + Violation.quote(name) + " is stated twice in one object";
        problems.add(Code.DUPLICATE_KEY, pointer(), name, message, place());
        skipField();
    }

    /**
     * Reads an array of at most {@code max} elements.
     *
     * @return whether the value is an array
     */
    boolean array(int max, ElementReader reader) throws IOException {
        if (!parser.hasToken(JsonToken.START_ARRAY)) {
            wrongType("an array");
            return false;
        }
        String pointer = pointer();
        for (int count = 0; parser.nextToken() != JsonToken.END_ARRAY; count++) {
            if (count == max) {
                throw limit(pointer, "the array has more than " + max + " elements, the most that is read");
            }
            reader.read();
        }
        return true;
    }

    private StopReading limit(String pointer, String message) {
        problems.addEnd(Place.at(place(), Violation.of(Code.LIMIT_EXCEEDED, pointer, null, message)));
        return new StopReading();
    }

    // scalars

    boolean isNull() {
        return parser.hasToken(JsonToken.VALUE_NULL);
    }

    boolean isObject() {
        return parser.hasToken(JsonToken.START_OBJECT);
    }

    boolean isText() {
        return parser.hasToken(JsonToken.VALUE_STRING);
    }

    boolean isNumber() {
        JsonToken token = parser.currentToken();
        return token != null && token.isNumeric();
    }

    /** The value as a message may name it. */
    String shown() throws IOException {
        JsonToken token = parser.currentToken();
        return token == JsonToken.START_OBJECT
                ? "an object"
                : token == JsonToken.START_ARRAY ? "an array" : parser.getText();
    }

    @Nullable
    String text(String expected) throws IOException {
        if (!isText()) {
            wrongType(expected);
            return null;
        }
        return parser.getText();
    }

    @Nullable
    Boolean flag() throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            wrongType("`true` or `false`");
            return null;
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** A number written without fraction and exponent that fits in a {@code long}. */
    @Nullable
    Long integer(long min, long max) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
            String text = parser.getText();
            try {
                long value = Long.parseLong(text);
                if (value >= min && value <= max && !text.equals("-0")) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Too large for a long; reported below.
            }
        }
        wrongType("a whole number from " + min + " to " + max + ", without fraction and exponent");
        return null;
    }

    @Nullable
    Instant instant() throws IOException {
        String text = text("an instant such as `2025-06-30T15:00:09.126Z`");
        if (text == null) {
            return null;
        }
        if (INSTANT.matcher(text).matches()) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                // No day of the calendar; reported below.
            }
        }
        problem(
                Code.WRONG_TYPE,
                text,
                Violation.quote(text) + " is not an instant: expected one in UTC, to the millisecond at most, such as"
                        + " `2025-06-30T15:00:09.126Z`");
        return null;
    }

    /** One of some words. */
    <T> @Nullable T word(Map<String, T> words, String what, Code code) throws IOException {
        String text = text("one of " + words.keySet());
        if (text == null) {
            return null;
        }
        T meaning = words.get(text);
        if (meaning == null) {
            problem(
                    code,
                    text,
                    Violation.quote(text) + " is not " + what + ": expected one of " + words.keySet()
                            + problems.didYouMean(text, words.keySet()));
        }
        return meaning;
    }

    // what is wrong

    /** Reports something about the value. */
    void problem(Code code, @Nullable String value, String message) {
        problems.add(code, pointer(), value, message, place());
    }

    /** Reports that the object which was just read lacks a field. */
    void missing(Code code, String field, String message, long place) {
        problems.add(code, pointer() + '/' + field, null, message, place);
    }

    /** Reports that the value is not of the type that was expected, and skips it. */
    void wrongType(String expected) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            problem(Code.NULL_VALUE, null, "the value is null: expected " + expected);
        } else if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            problem(Code.WRONG_TYPE, null, "the value is " + shown() + ": expected " + expected);
            skip();
        } else {
            String text = parser.getText();
            String type = isText() ? "text " : "value ";
            problem(Code.WRONG_TYPE, text, "found the " + type + Violation.quote(text) + ": expected " + expected);
        }
    }

    private void skipField() throws IOException {
        parser.nextToken();
        skip();
    }

    /** Passes over a value: all of it is still read, and held to the limits. */
    private void skip() throws IOException {
        String pointer = pointer();
        int depth = 0;
        for (int count = 0; ; count++) {
            JsonToken token = parser.currentToken();
            if (token == null) {
                return;
            }
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING) {
                parser.getTextLength();
            }
            if (depth == 0) {
                return;
            }
            if (count == MAX_FIELDS) {
                throw limit(pointer, "the value is not needed, and too large to be passed over");
            }
            parser.nextToken();
        }
    }
}
