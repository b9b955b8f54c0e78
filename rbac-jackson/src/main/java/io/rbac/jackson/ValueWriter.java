package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;

/** Writes a value for a host's mapper as its tokens alone: settings of the mapper have no effect. */
final class ValueWriter<T> extends JsonSerializer<T> {

    private final Class<T> type;
    private final Content<T> content;

    ValueWriter(Class<T> type, Content<T> content) {
        this.type = type;
        this.content = content;
    }

    /** Writes a value. */
    @FunctionalInterface
    interface Content<T> {
        void write(T value, JsonGenerator json) throws IOException;
    }

    @Override
    public Class<T> handledType() {
        return type;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
        content.write(value, json);
    }

    @Override
    public void serializeWithType(T value, JsonGenerator json, SerializerProvider provider, TypeSerializer ignored)
            throws IOException {
        content.write(value, json);
    }
}
