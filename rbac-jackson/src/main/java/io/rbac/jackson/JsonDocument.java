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
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

/** One JSON document: the settings of its parser, and what is wrong with it before anything is understood of it. */
final class JsonDocument {

    /** The most objects and arrays around a value. */
    static final int MAX_DEPTH = 32;

    static final int MAX_DIGITS = 1_000;
    static final int MAX_TEXT_CHARS = 100_000;
    static final int MAX_FIELD_NAME_CHARS = 4_096;

    /*
     * Field names are not canonicalized: the table for that is shared between documents and is made slow by names that
     * collide. NaN and the infinities are tokens, which every reader refuses as a value of the wrong type; so the fault
     * has a place and the rest is still read. The length of the text is limited by its source.
     */
    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_DIGITS)
                    .maxStringLength(MAX_TEXT_CHARS)
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
     * Reads a document.
     *
     * @return whether it was read to its end
     */
    static boolean read(Source source, Problems problems, Locations locations, Body body) throws IOException {
        try (JsonParser parser = FACTORY.createParser(source)) {
            try {
                if (parser.nextToken() == null) {
                    problems.add(Code.MALFORMED, "", null, "the text is empty: expected a JSON object", Place.of(1, 1));
                    return false;
                }
                Tokens tokens = new Tokens(parser, problems, locations);
                tokens.mark();
                body.read(tokens);
                checkEnd(parser, problems);
                return true;
            } catch (StopReading e) {
                return false;
            } catch (SourceException e) {
                problems.addEnd(e.violation().withPath(pointer(parser)));
                return false;
            } catch (JsonProcessingException e) {
                report(e, parser, problems);
                return false;
            }
        }
    }

    private static void checkEnd(JsonParser parser, Problems problems) throws IOException {
        long place;
        try {
            if (parser.nextToken() == null) {
                return;
            }
            place = Place.of(parser.currentTokenLocation());
        } catch (StreamConstraintsException e) {
            throw e;
        } catch (JsonProcessingException e) {
            place = Place.of(e.getLocation());
        }
        problems.add(
                Code.TRAILING_CONTENT,
                "",
                null,
                "something follows the document: expected nothing but white space",
                place);
    }

    private static void report(JsonProcessingException e, JsonParser parser, Problems problems) {
        long place = Place.of(e.getLocation() == null ? parser.currentLocation() : e.getLocation());
        String said = firstLower(NOT_PRINTABLE.matcher(e.getOriginalMessage()).replaceAll("?"));
        Code code = Code.MALFORMED;
        String message;
        if (e instanceof StreamConstraintsException) {
            code = Code.LIMIT_EXCEEDED;
            message = LIMIT_ORIGIN.matcher(said).replaceAll("");
        } else if (e instanceof JsonEOFException || said.startsWith("unexpected end-of-input")) {
            message = "the text ends before the document does";
        } else {
            message = "not JSON: " + said;
        }
        problems.addEnd(Place.at(place, Violation.of(code, pointer(parser), null, message)));
    }

    private static String pointer(JsonParser parser) {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    private static String firstLower(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
