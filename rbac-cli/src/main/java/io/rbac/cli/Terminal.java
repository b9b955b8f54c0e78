package io.rbac.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** What a command reads from and writes to: results to one stream; notes and errors to the other. */
final class Terminal {

    private static final String PREFIX = "rbac: ";

    private final InputStream in;
    private final PrintWriter out;
    private final PrintWriter err;

    Terminal(InputStream in, PrintWriter out, PrintWriter err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    InputStream in() {
        return in;
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    void print(String line) {
        out.println(line);
    }

    void note(String line) {
        err.println(PREFIX + "note: " + line);
    }

    void error(String line) {
        err.println(PREFIX + line);
    }

    /** Reports a fault of this program, with all that helps to find it. */
    void fault(Throwable fault) {
        error("a fault of rbac itself, please report it");
        fault.printStackTrace(err);
    }

    /** Prints one JSON object on a line of its own. Pure ASCII: right in every encoding, harmless on every terminal. */
    void print(Json object) {
        JsonFactory factory = JsonFactory.builder()
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.writeStartObject();
            object.writeFields(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
    }

    /** Writes out what was printed, and tells whether all of it could be written. */
    boolean isFlushed() {
        return !out.checkError();
    }

    /** The fields of a JSON object. */
    @FunctionalInterface
    interface Json {
        void writeFields(JsonGenerator json) throws IOException;
    }
}
