package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One run of the command: its exit code and what it printed. */
record Rbac(int exitCode, String out, String err) {

    static Rbac run(String... args) {
        return runReading("", args);
    }

    static Rbac runReading(String input, String... args) {
        return runReading(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), args);
    }

    static Rbac runReading(InputStream input, String... args) {
        return runReading(input, TextColumns.WIDTH, args);
    }

    /** Runs the command on a terminal that is so wide. */
    static Rbac runReading(String input, int width, String... args) {
        return runReading(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), width, args);
    }

    private static Rbac runReading(InputStream input, int width, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(args, input, new PrintWriter(out), new PrintWriter(err), width);
        return new Rbac(exitCode, withPlainLines(out), withPlainLines(err));
    }

    /** Returns the one JSON object that was printed, on one line. */
    JsonNode json() {
        assertThat(out).matches(".+\n");
        return parse(out);
    }

    /** Returns a field of the one JSON object that an error printed. */
    String error(String field) {
        assertThat(exitCode).isEqualTo(2);
        assertThat(out).isEmpty();
        assertThat(err).matches("[ -~]+\n");
        return parse(err).get(field).textValue();
    }

    static JsonNode parse(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withPlainLines(StringWriter writer) {
        return writer.toString().replace(System.lineSeparator(), "\n");
    }
}
