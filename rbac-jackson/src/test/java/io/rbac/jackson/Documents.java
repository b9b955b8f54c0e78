package io.rbac.jackson;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** Documents to read, the ways to read them, and the violations that are reported. */
final class Documents {

    /** Marks the location of a violation in a document of a test; removed before reading. */
    static final String MARK = "§";

    /** A small document with something of every kind, in canonical form. */
    static final String ACME = resource("acme.json");

    /** The same in the first format. */
    static final String ACME_1 = resource("format-1/acme.json");

    /** A small document with scopes of its own, in canonical form. */
    static final String TREE = resource("tree.json");

    private Documents() {}

    static String resource(String name) {
        try (InputStream stream = Documents.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String example(String name) throws IOException {
        return Files.readString(examples().resolve(name));
    }

    static Path examples() {
        return Path.of("..", "examples", "policies");
    }

    /** The small document with another text in place of one that it has exactly once. */
    static String acme(String text, String replacement) {
        return replace(ACME, text, replacement);
    }

    static String replace(String document, String text, String replacement) {
        int at = document.indexOf(text);
        if (at < 0 || document.indexOf(text, at + 1) >= 0) {
            throw new IllegalArgumentException("expected exactly once in the document: " + text);
        }
        return document.substring(0, at) + replacement + document.substring(at + text.length());
    }

    /** Returns the location of each mark of a document, as {@code line:column}. */
    static List<String> marks(String document) {
        List<String> marks = new ArrayList<>();
        int line = 1;
        int column = 1;
        for (int i = 0; i < document.length(); i++) {
            char c = document.charAt(i);
            if (c == MARK.charAt(0)) {
                marks.add(line + ":" + column);
            } else if (c == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return marks;
    }

    /** The ways into the reader. */
    enum Entry {
        BYTES {
            @Override
            Policy read(PolicyJson json, byte[] document) {
                return json.read(document);
            }
        },
        STRING {
            @Override
            Policy read(PolicyJson json, byte[] document) {
                return json.read(new String(document, StandardCharsets.UTF_8));
            }
        },
        READER {
            @Override
            Policy read(PolicyJson json, byte[] document) throws IOException {
                return json.read(new StringReader(new String(document, StandardCharsets.UTF_8)));
            }
        },
        STREAM {
            @Override
            Policy read(PolicyJson json, byte[] document) throws IOException {
                return json.read(new OneByOne(document));
            }
        },
        FILE {
            @Override
            Policy read(PolicyJson json, byte[] document) throws IOException {
                Path file = Files.createTempFile("rbac", ".json");
                try {
                    Files.write(file, document);
                    return json.read(file);
                } finally {
                    Files.delete(file);
                }
            }
        };

        abstract Policy read(PolicyJson json, byte[] document) throws IOException;

        Policy read(PolicyJson json, String document) throws IOException {
            return read(json, document.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Returns one byte at a time, and none every other time. */
    static final class OneByOne extends FilterInputStream {

        private boolean halt;

        OneByOne(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            halt = !halt;
            return halt ? 0 : super.read(buffer, offset, Math.min(length, 1));
        }
    }

    /** Reads something that must be refused. */
    @FunctionalInterface
    interface Reading {
        Object read() throws IOException;
    }

    static List<Violation> violations(Reading reading) {
        return refusal(reading).violations();
    }

    static PolicyViolationException refusal(Reading reading) {
        return Assertions.assertThrows(PolicyViolationException.class, reading::read);
    }

    static Violation onlyViolation(Reading reading) {
        List<Violation> violations = violations(reading);
        Assertions.assertEquals(1, violations.size(), violations::toString);
        return violations.get(0);
    }

    /** Returns code and path of each violation. */
    static List<String> codesAndPaths(Reading reading) {
        return violations(reading).stream()
                .map(v -> v.code() + (v.path().isEmpty() ? "" : " " + v.path()))
                .toList();
    }

    static List<String> locations(List<Violation> violations) {
        return violations.stream().map(v -> v.line() + ":" + v.column()).toList();
    }
}
