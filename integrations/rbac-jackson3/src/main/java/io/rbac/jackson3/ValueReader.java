package io.rbac.jackson3;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;

/**
 * Reads a value for a host's mapper from its tokens alone. They are handed, as text, to the one reader that there is: what is
 * refused cannot differ between the two lines of Jackson.
 */
final class ValueReader<T> extends ValueDeserializer<T> {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Class<T> type;
    private final ObjectMapper strict;

    ValueReader(Class<T> type, ObjectMapper strict) {
        this.type = type;
        this.strict = strict;
    }

    @Override
    public Class<T> handledType() {
        return type;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
        String pointer = parser.streamReadContext().pathAsPointer().toString();
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            copy.copyCurrentStructure(parser);
        }
        try {
            return strict.readValue(text.toString(), type);
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof PolicyViolationException refusal) {
                throw new RefusedValueException(parser, below(pointer, refusal));
            }
            throw new IllegalStateException("the value cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a refusal with the paths of what the mapper reads, without places in the copy. */
    private static PolicyViolationException below(String pointer, PolicyViolationException refusal) {
        Violation.Collector violations = new Violation.Collector();
        refusal.violations().stream()
                .map(violation -> violation.withPath(pointer + violation.path()).at(0, 0))
                .forEach(violations::add);
        try {
            violations.throwIfAny();
        } catch (PolicyViolationException e) {
            return e;
        }
        throw new IllegalStateException("a refusal has no violation", refusal);
    }

    @Override
    public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer ignored) {
        return deserialize(parser, context);
    }

    /** Reports to a host's mapper what is wrong with a value. */
    private static final class RefusedValueException extends DatabindException {

        private static final long serialVersionUID = 1L;

        RefusedValueException(JsonParser parser, PolicyViolationException cause) {
            super(parser, cause.getMessage(), cause);
        }
    }
}
