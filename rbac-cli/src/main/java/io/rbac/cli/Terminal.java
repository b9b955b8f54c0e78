package io.rbac.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** The streams of a command: input, results, and a third one for notes and errors. */
final class Terminal {

    private static final String PREFIX = "rbac: ";
    private static final String BUG = "this is a bug in rbac, please report it";

    private final InputStream in;
    private final PrintWriter out;
    private final PrintWriter err;
    private final int width;
    private final boolean json;

    /** Creates a terminal that is so wide and writes errors as text or as JSON. */
    Terminal(InputStream in, PrintWriter out, PrintWriter err, int width, boolean json) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.width = width;
        this.json = json;
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

    /** Returns how wide a table may be. */
    int width() {
        return width;
    }

    /** Returns whether errors are written as JSON. */
    boolean writesJson() {
        return json;
    }

    /** Prints a line of the result. */
    void print(String line) {
        out.println(line);
    }

    /** Prints a JSON object as a line of the result. */
    void print(Json object) {
        write(object, out);
    }

    /** Prints a remark on the result. */
    void note(String line) {
        err.println(PREFIX + "note: " + line);
    }

    /** Reports an error of the user. */
    void error(String message) {
        if (json) {
            write(fields -> fields.writeStringField("error", message), err);
        } else {
            err.println(PREFIX + message);
        }
    }

    /** Reports an error of the user, with the violations behind it. */
    void error(CommandFailure failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure.violations().isEmpty()) {
            error(message);
            return;
        }
        ViolationReport violations = failure.violations().get();
        if (json) {
            write(
                    fields -> {
                        fields.writeStringField("error", message);
                        fields.writeStringField("file", violations.file());
                        violations.writeFields(fields);
                    },
                    err);
        } else {
            violations.lines().forEach(err::println);
            error(message);
        }
    }

    /** Reports an error of this program, with its stack trace. */
    void bug(Throwable bug) {
        StringWriter trace = new StringWriter();
        bug.printStackTrace(new PrintWriter(trace, true));
        if (json) {
            write(
                    fields -> {
                        fields.writeStringField("error", BUG);
                        fields.writeStringField("stackTrace", trace.toString());
                    },
                    err);
        } else {
            error(BUG);
            err.print(trace);
        }
    }

    /** Writes a JSON object on a line of its own, in ASCII: right in every encoding, harmless on every terminal. */
    private static void write(Json object, PrintWriter writer) {
        JsonFactory factory = JsonFactory.builder()
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        try (JsonGenerator json = factory.createGenerator(writer)) {
            json.writeStartObject();
            object.writeFields(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writer.println();
    }

    /** Writes out the result. */
    void flush() {
        out.flush();
    }

    /** Returns whether a part of the result could not be written. */
    boolean hasLostOutput() {
        return out.checkError();
    }

    /** The fields of a JSON object. */
    @FunctionalInterface
    interface Json {
        void writeFields(JsonGenerator json) throws IOException;
    }
}
