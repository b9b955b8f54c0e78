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
 * Reads values from a parser, each as one type. A value of another type is reported and skipped, and the answer is
 * {@code null}. A method starts at the first token of a value and ends at its last.
 */
final class Tokens {

    /** The most fields of one object, and the most tokens of a value that is skipped. */
    static final int MAX_FIELDS = 65_536;

    private static final Pattern INSTANT =
            Pattern.compile("(?:[0-9]{4}|-[0-9]{4}|[+-][1-9][0-9]{4,9})-[0-9]{2}-[0-9]{2}"
                    + "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,3})?Z");

    private final JsonParser parser;
    private final DocumentViolations violations;
    private final SourceMap sourceMap;

    Tokens(JsonParser parser, DocumentViolations violations, SourceMap sourceMap) {
        this.parser = parser;
        this.violations = violations;
        this.sourceMap = sourceMap;
    }

    /** Reads the value of one field of an object. */
    @FunctionalInterface
    interface FieldReader {
        void read(String field) throws IOException;
    }

    /** Decides at the name of a field whether its value is read; if not, it reports why, and the value is skipped. */
    @FunctionalInterface
    interface FieldGate {

        /**
         * Returns whether the field is read.
         *
         * @param position its position among the fields that are known, -1 if it is unknown
         */
        boolean admits(String field, int position);
    }

    /** Reads one element of an array. */
    @FunctionalInterface
    interface ElementReader {
        void read() throws IOException;
    }

    DocumentViolations violations() {
        return violations;
    }

    // where

    String pointer() {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    long location() {
        return TextLocation.of(parser.currentTokenLocation());
    }

    /** Puts the value into the source map. */
    void mark() {
        sourceMap.put(pointer(), location());
    }

    // containers

    /**
     * Reads an object whose fields are known; unknown and repeated ones are reported and skipped.
     *
     * @return the bits of the fields that it has, {@link FieldSet#NO_OBJECT} if the value is not an object
     */
    long readObject(FieldSet fields, FieldReader reader) throws IOException {
        return readObject(fields, (field, position) -> admitKnown(fields, field, position), reader);
    }

    /** Returns whether a field is known; if not, this is reported. */
    boolean admitKnown(FieldSet fields, String field, int position) {
        if (position < 0) {
            String message =
                    Violation.quote(field) + " is not a field here" + violations.didYouMean(field, fields.names());
            report(Code.UNKNOWN_FIELD, field, message);
        }
        return position >= 0;
    }

    /**
     * Reads an object; repeated fields are reported and skipped.
     *
     * @param gate asked for each field before it is read
     * @return the bits of the fields that were read, {@link FieldSet#NO_OBJECT} if the value is not an object
     */
    long readObject(FieldSet fields, FieldGate gate, FieldReader reader) throws IOException {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            reportWrongType("an object");
            return FieldSet.NO_OBJECT;
        }
        long seen = 0;
        for (int count = 0; parser.nextToken() == JsonToken.FIELD_NAME; count++) {
            checkFieldCount(count);
            String name = parser.currentName();
            int position = fields.position(name);
            if (!gate.admits(name, position)) {
                skipField();
            } else if ((seen & 1L << position) != 0) {
                reportDuplicateKey(name);
                skipField();
            } else {
                seen |= 1L << position;
                parser.nextToken();
                reader.read(name);
            }
        }
        return seen;
    }

    /**
     * Reads an object that is a map: the document chooses the names of its fields. Repeated ones are reported and
     * skipped.
     */
    void readMap(FieldReader reader) throws IOException {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            reportWrongType("an object");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int count = 0; parser.nextToken() == JsonToken.FIELD_NAME; count++) {
            checkFieldCount(count);
            String name = parser.currentName();
            if (seen.add(name)) {
                parser.nextToken();
                reader.read(name);
            } else {
                reportDuplicateKey(name);
                skipField();
            }
        }
    }

    private void checkFieldCount(int count) {
        if (count == MAX_FIELDS) {
            // The parser is at the name of a field, but what is too large is the object around it.
            String pointer = pointer();
            throw limitExceeded(
                    pointer.substring(0, pointer.lastIndexOf('/')),
                    "the object has too many fields: expected at most `" + MAX_FIELDS + '`');
        }
    }

    /**
     * Reads an array of at most {@code max} elements.
     *
     * @return whether the value is an array
     */
    boolean readArray(int max, ElementReader reader) throws IOException {
        if (!parser.hasToken(JsonToken.START_ARRAY)) {
            reportWrongType("an array");
            return false;
        }
        String pointer = pointer();
        for (int count = 0; parser.nextToken() != JsonToken.END_ARRAY; count++) {
            if (count == max) {
                throw limitExceeded(pointer, "the array has too many elements: expected at most `" + max + '`');
            }
            reader.read();
        }
        return true;
    }

    private StopReadingException limitExceeded(String pointer, String message) {
        violations.addEnd(TextLocation.at(location(), Violation.of(Code.LIMIT_EXCEEDED, pointer, null, message)));
        return new StopReadingException();
    }

    // scalars

    boolean isNull() {
        return parser.hasToken(JsonToken.VALUE_NULL);
    }

    boolean isObject() {
        return parser.hasToken(JsonToken.START_OBJECT);
    }

    boolean isTrue() {
        return parser.hasToken(JsonToken.VALUE_TRUE);
    }

    boolean isString() {
        return parser.hasToken(JsonToken.VALUE_STRING);
    }

    boolean isNumber() {
        JsonToken token = parser.currentToken();
        return token != null && token.isNumeric();
    }

    /** Returns the value as a message may name it. */
    String describe() throws IOException {
        JsonToken token = parser.currentToken();
        return token == JsonToken.START_OBJECT
                ? "an object"
                : token == JsonToken.START_ARRAY ? "an array" : parser.getText();
    }

    @Nullable
    String readString(String expected) throws IOException {
        if (!isString()) {
            reportWrongType(expected);
            return null;
        }
        return parser.getText();
    }

    /** Returns the buffer that holds the characters of the string; they are not copied. */
    char[] characters() throws IOException {
        return parser.getTextCharacters();
    }

    /** Returns where the string starts in the buffer of {@link #characters}. */
    int characterOffset() throws IOException {
        return parser.getTextOffset();
    }

    /** Returns the number of characters of the string. */
    int characterCount() throws IOException {
        return parser.getTextLength();
    }

    @Nullable
    Boolean readBoolean() throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            reportWrongType("`true` or `false`");
            return null;
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** Reads an integer that is written without fraction and exponent. */
    @Nullable
    Long readInteger(long min, long max) throws IOException {
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
        reportWrongType("an integer from " + min + " to " + max + ", without fraction and exponent");
        return null;
    }

    @Nullable
    Instant readInstant() throws IOException {
        String text = readString("an instant such as `2025-06-30T15:00:09.126Z`");
        if (text == null) {
            return null;
        }
        if (INSTANT.matcher(text).matches()) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                // Not a day of the calendar; reported below.
            }
        }
        report(
                Code.WRONG_TYPE,
                text,
                Violation.quote(text) + " is not an instant: expected one in UTC, with milliseconds at most, such as"
                        + " `2025-06-30T15:00:09.126Z`");
        return null;
    }

    /** Reads one of some words. */
    <T> @Nullable T readWord(Map<String, T> words, String what, Code code) throws IOException {
        String text = readString("one of " + words.keySet());
        if (text == null) {
            return null;
        }
        T meaning = words.get(text);
        if (meaning == null) {
            report(
                    code,
                    text,
                    Violation.quote(text) + " is not " + what + ": expected one of " + words.keySet()
                            + violations.didYouMean(text, words.keySet()));
        }
        return meaning;
    }

    // violations

    /** Reports something about the value. */
    void report(Code code, @Nullable String value, String message) {
        violations.add(code, pointer(), value, message, location());
    }

    /** Reports that the object that was just read, and starts at a location, lacks a field. */
    void reportMissing(Code code, String field, String message, long location) {
        violations.add(code, pointer() + '/' + field, null, message, location);
    }

    /** Reports that the value is not of the expected type, and skips it. */
    void reportWrongType(String expected) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            report(Code.NULL_VALUE, null, "the value is `null`: expected " + expected);
        } else if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            report(Code.WRONG_TYPE, null, "the value is " + describe() + ": expected " + expected);
            skip();
        } else {
            String text = parser.getText();
            String type = isString() ? "the string " : "";
            report(Code.WRONG_TYPE, text, "the value is " + type + Violation.quote(text) + ": expected " + expected);
        }
    }

    private void reportDuplicateKey(String name) {
        String message = "the field " + Violation.quote(name) + " is given twice in one object";
        violations.add(Code.DUPLICATE_KEY, pointer(), name, message, location());
    }

    private void skipField() throws IOException {
        parser.nextToken();
        skip();
    }

    /** Skips the value: all of it is still read, within the limits. */
    void skip() throws IOException {
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
                throw limitExceeded(
                        pointer, "the value is ignored and too large: expected at most `" + MAX_FIELDS + "` tokens");
            }
            parser.nextToken();
        }
    }
}
