package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import io.rbac.model.PolicyViolationException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value for a host's mapper from its tokens alone: whatever the mapper is set to do with types, names, unknown
 * and absent fields does not reach it.
 */
final class ValueReader<T> extends JsonDeserializer<T> {

    private final Class<T> type;
    private final Content<T> content;

    ValueReader(Class<T> type, Content<T> content) {
        this.type = type;
        this.content = content;
    }

    /** Reads a value; what is returned is used only if no problem was reported. */
    @FunctionalInterface
    interface Content<T> {
        T read(Tokens tokens) throws IOException;
    }

    @Override
    public Class<T> handledType() {
        return type;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        Problems problems = new Problems();
        try {
            T value = read(new Tokens(parser, problems, new Locations()));
            problems.throwIfAny();
            return requireNonNull(value);
        } catch (PolicyViolationException e) {
            throw new RefusedValueException(parser, e);
        }
    }

    private @Nullable T read(Tokens tokens) throws IOException {
        try {
            return content.read(tokens);
        } catch (StopReading e) {
            return null;
        }
    }

    @Override
    public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer ignored)
            throws IOException {
        return deserialize(parser, context);
    }
}
