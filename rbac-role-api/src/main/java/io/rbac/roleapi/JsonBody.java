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
 * Reads the body of a request into a tree. It must be strict JSON in UTF-8 without a byte order mark: a single value,
 * and no key twice in an object.
 */
final class JsonBody {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_VALUES = 250_000;
    private static final int MAX_NUMBER_LENGTH = 100;

    /** Names of rights groups and actions have at most 256 code points. */
    private static final int MAX_NAME_LENGTH = 1_000;

    /** Reading stops here: each duplicate key costs a pointer, whose length depends on all names around it. */
    private static final int MAX_DUPLICATES = 100;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /* Names are neither kept nor interned, because clients can make up any number of them. */
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
    private final Violation.Collector violations = new Violation.Collector();
    private int values;

    private JsonBody(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Returns the tree.
     *
     * @throws PolicyViolationException ({@link Code#MALFORMED}) if the body is not JSON; ({@link
     *     Code#TRAILING_CONTENT}) if something follows the value; with the first 100 {@link Code#DUPLICATE_KEY}s;
     *     ({@link Code#LIMIT_EXCEEDED}) if values are too many or too deep, or names or numbers too long
     */
    static JsonNode read(byte[] bytes) {
        String text = decode(bytes);
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new JsonBody(parser).document();
        } catch (StreamConstraintsException e) {
            throw refused(Code.LIMIT_EXCEEDED, "the body is nested too deeply, or a name or number in it is too long");
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            throw refused(
                    Code.MALFORMED,
                    "the body is not JSON"
                            + (location == null
                                    ? ""
                                    : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")"));
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
        if (hasMore()) {
            violations.add(Code.TRAILING_CONTENT, "", null, "the body goes on after its JSON value: expected its end");
        }
        violations.throwIfAny();
        return document;
    }

    private boolean hasMore() throws IOException {
        try {
            return parser.nextToken() != null;
        } catch (JsonProcessingException e) {
            return true;
        }
    }

    /** Reads the value that begins with the current token, up to its last token. */
    private JsonNode value() throws IOException {
        if (++values > MAX_VALUES) {
            throw refused(Code.LIMIT_EXCEEDED, "the body has more than " + MAX_VALUES + " values");
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
                reportDuplicate(name);
            }
            parser.nextToken();
            JsonNode value = value();
            if (isFirst) {
                object.set(name, value);
            }
        }
        return object;
    }

    private void reportDuplicate(String name) {
        violations.add(
                Code.DUPLICATE_KEY,
                parser.getParsingContext().pathAsPointer().toString(),
                name,
                "the field " + Violation.quote(name) + " is given twice in one object");
        if (violations.total() == MAX_DUPLICATES) {
            violations.throwIfAny();
        }
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
