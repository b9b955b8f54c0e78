package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.function.Function;

/** Lists of strings in JSON. */
final class JsonStrings {

    private JsonStrings() {}

    /** Writes strings as the field of an object. */
    static void write(String field, Iterable<String> strings, JsonGenerator json) throws IOException {
        write(field, strings, string -> string, json);
    }

    /** Writes the texts of some items as the field of an object. */
    static <T> void write(String field, Iterable<T> items, Function<T, String> text, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (T item : items) {
            json.writeString(text.apply(item));
        }
        json.writeEndArray();
    }
}
