package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.rbac.model.PolicyRules;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Parses JSON documents, strictly and within limits, and reports what is not JSON. */
final class JsonDocument {

    /** The most objects and arrays around a value. */
    static final int MAX_DEPTH = 32;

    static final int MAX_DIGITS = 1_000;

    /** Enough for every name and description: a code point beyond the basic plane takes two chars. */
    static final int MAX_STRING_CHARS = 2 * PolicyRules.MAX_CODE_POINTS;

    static final int MAX_FIELD_NAME_CHARS = 4_096;

    /*
     * Field names are not canonicalized: the table for that is shared between documents, and colliding names would slow
     * it down. NaN and the infinities are tokens, which every reader refuses as values of the wrong type: so the
     * violation has a location, and the rest is still read. The length of a document is limited by its source.
     */
    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_DIGITS)
                    .maxStringLength(MAX_STRING_CHARS)
                    .maxNameLength(MAX_FIELD_NAME_CHARS)
                    .maxDocumentLength(-1)
                    .maxTokenCount(-1)
                    .build())
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, true)
            .configure(StreamReadFeature.AUTO_CLOSE_SOURCE, false)
            .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, false)
            .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
            .configure(StreamWriteFeature.AUTO_CLOSE_TARGET, false)
            .configure(StreamWriteFeature.AUTO_CLOSE_CONTENT, false)
            .build();

    private static final Pattern LIMIT_ORIGIN = Pattern.compile(", from `[^`]*`");
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^ -~]");

    private JsonDocument() {}

    /** Reads the one value of a document. */
    @FunctionalInterface
    interface Body {
        void read(Tokens tokens) throws IOException;
    }

    /**
     * Reads a document. What keeps it from being read to its end is reported.
     *
     * @return whether it was read to its end
     */
    static boolean read(Source source, DocumentViolations violations, SourceMap sourceMap, Body body)
            throws IOException {
        try (JsonParser parser = FACTORY.createParser(source)) {
            try {
                if (parser.nextToken() == null) {
                    String message = "the document is empty: expected a JSON object";
                    violations.add(Code.MALFORMED, "", null, message, TextLocation.of(1, 1));
                    return false;
                }
                Tokens tokens = new Tokens(parser, violations, sourceMap);
                tokens.mark();
                body.read(tokens);
                checkEnd(parser, violations);
                return true;
            } catch (StopReadingException e) {
                return false;
            } catch (SourceException e) {
                violations.addEnd(e.violation().withPath(pointer(parser)));
                return false;
            } catch (JsonProcessingException e) {
                report(e, parser, violations);
                return false;
            }
        }
    }

    private static void checkEnd(JsonParser parser, DocumentViolations violations) throws IOException {
        long location;
        try {
            if (parser.nextToken() == null) {
                return;
            }
            location = TextLocation.of(parser.currentTokenLocation());
        } catch (StreamConstraintsException e) {
            throw e;
        } catch (JsonProcessingException e) {
            location = TextLocation.of(e.getLocation());
        }
        violations.add(
                Code.TRAILING_CONTENT, "", null, "something follows the document: expected only white space", location);
    }

    private static void report(JsonProcessingException e, JsonParser parser, DocumentViolations violations) {
        long location = TextLocation.of(e.getLocation() == null ? parser.currentLocation() : e.getLocation());
        String reason = firstLower(NOT_PRINTABLE.matcher(e.getOriginalMessage()).replaceAll("?"));
        Code code = Code.MALFORMED;
        String message;
        if (e instanceof StreamConstraintsException) {
            code = Code.LIMIT_EXCEEDED;
            message = LIMIT_ORIGIN.matcher(reason).replaceAll("");
        } else if (e instanceof JsonEOFException || reason.startsWith("unexpected end-of-input")) {
            message = "the document ends before it is complete";
        } else {
            message = "not JSON: " + reason;
        }
        violations.addEnd(TextLocation.at(location, Violation.of(code, pointer(parser), null, message)));
    }

    private static String pointer(JsonParser parser) {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    private static String firstLower(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
