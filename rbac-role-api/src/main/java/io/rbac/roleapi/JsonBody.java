package io.rbac.roleapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request into a tree, as strictly as JSON is defined: UTF-8 without a byte order mark, one value, no
 * key twice.
 */
final class JsonBody {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_VALUES = 250_000;
    private static final int MAX_NUMBER_LENGTH = 100;

    /** The longest name of a rights group or action has 256 code points. */
    private static final int MAX_NAME_LENGTH = 1_000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /* Names are neither kept nor interned: a client invents them. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private final Violation.Collector faults = new Violation.Collector();
    private int values;

    private JsonBody(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Returns the tree.
     *
     * @throws PolicyViolationException for {@link Code#MALFORMED} text, {@link Code#TRAILING_CONTENT}, every {@link
     *     Code#DUPLICATE_KEY}, and {@link Code#LIMIT_EXCEEDED} for too deep or too many values, too long names or numbers
     */
    static JsonNode read(byte[] bytes) {
        String text = decode(bytes);
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new JsonBody(parser).document();
        } catch (StreamConstraintsException e) {
            throw refused(Code.LIMIT_EXCEEDED, "the body is deeper, or has longer names or numbers, than is read");
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw refused(
                    Code.MALFORMED,
                    "the body is not JSON"
                            + (place == null
                                    ? ""
                                    : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
                throw refused(Code.MALFORMED, "the body starts with a byte order mark: expected UTF-8 without one");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw refused(Code.MALFORMED, "the body is not UTF-8");
        }
    }

    private JsonNode document() throws IOException {
        if (parser.nextToken() == null) {
            throw refused(Code.MALFORMED, "the body is empty: expected JSON");
        }
        JsonNode document = value();
        if (isMore()) {
            faults.add(Code.TRAILING_CONTENT, "", null, "something follows the JSON of the body: expected its end");
        }
        faults.throwIfAny();
        return document;
    }

    private boolean isMore() throws IOException {
        try {
            return parser.nextToken() != null;
        } catch (JsonProcessingException e) {
            return true;
        }
    }

    /** Reads the value that begins with the current token, and stops at its last. */
    private JsonNode value() throws IOException {
        if (++values > MAX_VALUES) {
            throw refused(
                    Code.LIMIT_EXCEEDED, "the body has more than " + MAX_VALUES + " values, the most that is read");
        }
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        @Nullable JsonToken token = parser.currentToken();
        return switch (token == null ? JsonToken.NOT_AVAILABLE : token) {
            case START_OBJECT -> objectValue();
            case START_ARRAY -> arrayValue();
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
            default -> throw refused(Code.MALFORMED, "the body is not JSON");
        };
    }

    private JsonNode integer() throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.getNumberType()) {
            case INT -> nodes.numberNode(parser.getIntValue());
            case LONG -> nodes.numberNode(parser.getLongValue());
            default -> nodes.numberNode(parser.getBigIntegerValue());
        };
    }

    private JsonNode objectValue() throws IOException {
        ObjectNode object = Json.object();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean isFirst = !object.has(name);
            if (!isFirst) {
                faults.add(
                        Code.DUPLICATE_KEY,
                        parser.getParsingContext().pathAsPointer().toString(),
                        name,
                        "the field " + Violation.quote(name) + " is stated twice in one object");
            }
            parser.nextToken();
            JsonNode value = value();
            if (isFirst) {
                object.set(name, value);
            }
        }
        return object;
    }

    private JsonNode arrayValue() throws IOException {
        ArrayNode array = Json.array();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array;
    }

    private static PolicyViolationException refused(Code code, String message) {
        return PolicyViolationException.of(Violation.of(code, "", null, message));
    }
}
