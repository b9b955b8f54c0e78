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
 * Reads a value for a host's mapper from its tokens alone: settings of the mapper for types, names, unknown and absent
 * fields have no effect.
 */
final class ValueReader<T> extends JsonDeserializer<T> {

    private final Class<T> type;
    private final Content<T> content;

    ValueReader(Class<T> type, Content<T> content) {
        this.type = type;
        this.content = content;
    }

    /** Reads a value, which is used only if no violation was reported. */
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
        DocumentViolations violations = new DocumentViolations();
        try {
            T value = read(new Tokens(parser, violations, new SourceMap()));
            violations.throwIfAny();
            return requireNonNull(value);
        } catch (PolicyViolationException e) {
            throw new RefusedValueException(parser, e);
        }
    }

    private @Nullable T read(Tokens tokens) throws IOException {
        try {
            return content.read(tokens);
        } catch (StopReadingException e) {
            return null;
        }
    }

    @Override
    public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer ignored)
            throws IOException {
        return deserialize(parser, context);
    }
}
