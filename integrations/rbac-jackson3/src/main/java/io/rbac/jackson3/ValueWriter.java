package io.rbac.jackson3;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;

/** Writes a value for a host's mapper as its tokens alone: settings of the mapper have no effect. */
final class ValueWriter<T> extends ValueSerializer<T> {

    private final Class<T> type;
    private final Content<T> content;

    ValueWriter(Class<T> type, Content<T> content) {
        this.type = type;
        this.content = content;
    }

    /** Writes a value. */
    @FunctionalInterface
    interface Content<T> {
        void write(T value, JsonGenerator json);
    }

    @Override
    public Class<T> handledType() {
        return type;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializationContext context) {
        content.write(value, json);
    }

    @Override
    public void serializeWithType(T value, JsonGenerator json, SerializationContext context, TypeSerializer ignored) {
        content.write(value, json);
    }
}
