package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a written document: a line for each field of the document and for each element of its arrays, everything
 * deeper within that line.
 */
final class CanonicalLayout implements PrettyPrinter {

    private int depth;
    private int spacedArray;

    /** Says that the next array holds objects, and has spaces inside its brackets. */
    void spaceNextArray() {
        spacedArray = depth + 1;
    }

    @Override
    public void writeRootValueSeparator(JsonGenerator json) {
        throw new IllegalStateException("a document is one value");
    }

    @Override
    public void writeStartObject(JsonGenerator json) throws IOException {
        depth++;
        json.writeRaw('{');
    }

    @Override
    public void beforeObjectEntries(JsonGenerator json) throws IOException {
        json.writeRaw(depth == 1 ? "\n  " : " ");
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
        json.writeRaw(": ");
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
        json.writeRaw(depth == 1 ? ",\n  " : ", ");
    }

    @Override
    public void writeEndObject(JsonGenerator json, int fields) throws IOException {
        depth--;
        json.writeRaw(fields == 0 ? "}" : depth == 0 ? "\n}" : " }");
    }

    @Override
    public void writeStartArray(JsonGenerator json) throws IOException {
        depth++;
        json.writeRaw('[');
    }

    @Override
    public void beforeArrayValues(JsonGenerator json) throws IOException {
        if (depth == 2) {
            json.writeRaw("\n    ");
        } else if (depth == spacedArray) {
            json.writeRaw(' ');
        }
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
        json.writeRaw(depth == 2 ? ",\n    " : ", ");
    }

    @Override
    public void writeEndArray(JsonGenerator json, int elements) throws IOException {
        if (elements > 0 && depth == 2) {
            json.writeRaw("\n  ");
        } else if (elements > 0 && depth == spacedArray) {
            json.writeRaw(' ');
            spacedArray = 0;
        }
        depth--;
        json.writeRaw(']');
    }

    /** Escapes every control character and the line separators of Unicode; all else is written as it is. */
    static final class Escapes extends CharacterEscapes {

        private static final long serialVersionUID = 1L;
        private static final int DELETE = 0x7F;
        private static final int LAST_CONTROL = 0x9F;

        private final int[] ascii = standardAsciiEscapesForJSON();

        Escapes() {
            ascii[DELETE] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            if (c > DELETE && c <= LAST_CONTROL) {
                return new SerializedString("\\u00" + Integer.toHexString(c).toUpperCase(Locale.ROOT));
            }
            return c == 0x2028 || c == 0x2029 ? new SerializedString("\\u" + Integer.toHexString(c)) : null;
        }
    }
}
