package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedDocumentTest {

    private static final byte[] ACME = Documents.ACME.getBytes(StandardCharsets.UTF_8);

    private final PolicyJson json = PolicyJson.selfContained();

    @Test
    @Tag("B14")
    void a_document_cut_at_any_byte_is_malformed_where_it_is_cut() {
        int end = Documents.ACME.stripTrailing().getBytes(StandardCharsets.UTF_8).length;
        for (int length = 0; length < end; length++) {
            byte[] cut = Arrays.copyOf(ACME, length);
            Violation violation = Documents.onlyViolation(() -> json.read(cut));
            assertThat(violation.code()).as("cut at %s", length).isEqualTo(Code.MALFORMED);
            long lines = new String(cut, StandardCharsets.ISO_8859_1)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            assertThat(violation.line()).as("cut at %s", length).isEqualTo((int) lines + 1);
        }
        assertThat(json.read(Arrays.copyOf(ACME, end))).isEqualTo(json.read(ACME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pulse.json", "freya.json", "trillet.json", "documents.json"})
    @Tag("B14")
    void a_larger_document_cut_anywhere_is_malformed(String name) throws IOException {
        byte[] document = Documents.example(name).getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < document.length - 2; length += 97) {
            byte[] cut = Arrays.copyOf(document, length);
            assertThat(Documents.onlyViolation(() -> json.read(cut)).code()).isEqualTo(Code.MALFORMED);
        }
    }

    @Test
    void a_cut_document_is_reported_as_incomplete() {
        Violation violation = Documents.onlyViolation(() -> json.read(Arrays.copyOf(ACME, 40)));
        assertThat(violation.toString())
                .isEqualTo("MALFORMED at /account: the document ends before it is complete (line 4, column 3)");
    }

    @ParameterizedTest
    @CsvSource({
        "lone continuation, 80, 0x80",
        "lone continuation at the end of its range, BF, 0xbf",
        "overlong slash, C0AF, 0xc0",
        "overlong slash in three bytes, E080AF, 0xe0",
        "overlong NUL, C080, 0xc0",
        "first half of a pair in CESU-8, EDA080, 0xed",
        "a pair in CESU-8, EDA0BDEDB880, 0xed",
        "beyond Unicode, F4908080, 0xf4",
        "five bytes, F888808080, 0xf8",
        "cut character, E282, 0xe2",
        "cut character of four bytes, F09F98, 0xf0",
        "FE, FE, 0xfe",
        "FF, FF, 0xff",
        "Latin-1 letter, E9, 0xe9"
    })
    @Tag("B20")
    void bytes_that_are_not_utf_8_are_malformed(String what, String hex, String first) throws IOException {
        byte[] document = around("\"acme\"", HexFormat.of().parseHex(hex));
        for (InputStream stream :
                new InputStream[] {new ByteArrayInputStream(document), new Documents.OneByOne(document)}) {
            Violation violation = Documents.onlyViolation(() -> json.read(stream));
            assertThat(violation.toString())
                    .as(what)
                    .isEqualTo("MALFORMED at /account: the byte `" + first
                            + "` is not part of a UTF-8 character: expected a document in UTF-8 (line 3, column 15)");
        }
        assertThat(Documents.onlyViolation(() -> json.read(document)).code()).isEqualTo(Code.MALFORMED);
    }

    @Test
    void a_carriage_return_ends_a_line_and_so_do_a_line_feed_and_both_together() {
        byte[] text =
                "{\r\n\"format\": 2,\r\"account\":\n\r\n\n\r\r\n \"ac\u00FF".getBytes(StandardCharsets.ISO_8859_1);
        for (InputStream stream : new InputStream[] {new ByteArrayInputStream(text), new Documents.OneByOne(text)}) {
            Violation violation = Documents.onlyViolation(() -> json.read(stream));
            assertThat(violation.line()).isEqualTo(8);
            assertThat(violation.column()).isEqualTo(5);
        }
    }

    @Test
    void what_comes_before_bytes_that_are_not_utf_8_is_checked() throws IOException {
        byte[] document = around("\"member\", \"name\"", new byte[] {(byte) 0xFF});
        byte[] withFault = new String(document, StandardCharsets.ISO_8859_1)
                .replace("\"revision\": 7", "\"revision\": true")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Documents.codesAndPaths(() -> json.read(withFault)))
                .containsExactly("WRONG_TYPE /revision", "MALFORMED /roles/1/id");
    }

    /** The small document with bytes in place of a text. */
    private static byte[] around(String text, byte[] bytes) throws IOException {
        int at = Documents.ACME.indexOf(text);
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        document.write(Documents.ACME.substring(0, at + 1).getBytes(StandardCharsets.UTF_8));
        document.write(bytes);
        document.write(Documents.ACME.substring(at + 1).getBytes(StandardCharsets.UTF_8));
        return document.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE", "UTF-32"})
    @Tag("B20")
    void other_encodings_of_unicode_are_malformed(String charset) {
        byte[] document = Documents.ACME.getBytes(Charset.forName(charset));
        assertThat(Documents.onlyViolation(() -> json.read(document)).code()).isEqualTo(Code.MALFORMED);
    }

    @Test
    @Tag("B21")
    void a_byte_order_mark_is_malformed_from_bytes_and_from_characters() {
        String marked = "\uFEFF" + Documents.ACME;
        String said =
                "MALFORMED: the document starts with a byte order mark: expected UTF-8 without one (line 1, column 1)";
        assertThat(Documents.onlyViolation(() -> json.read(marked)).toString()).isEqualTo(said);
        byte[] bytes = marked.getBytes(StandardCharsets.UTF_8);
        assertThat(Documents.onlyViolation(() -> json.read(bytes)).toString()).isEqualTo(said);
        assertThat(Documents.onlyViolation(() -> json.read(new Documents.OneByOne(bytes)))
                        .toString())
                .isEqualTo(said);
    }

    @Test
    void a_byte_order_mark_after_the_first_character_is_not_white_space() {
        assertThat(Documents.onlyViolation(() -> json.read(" \uFEFF" + Documents.ACME))
                        .code())
                .isEqualTo(Code.MALFORMED);
    }

    @Test
    void a_reader_that_cannot_decode_its_bytes_gives_a_malformed_document() throws IOException {
        byte[] document = around("\"acme\"", new byte[] {(byte) 0xFF});
        Reader strict = new InputStreamReader(
                new ByteArrayInputStream(document),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
        assertThat(Documents.onlyViolation(() -> json.read(strict)).code()).isEqualTo(Code.MALFORMED);
    }

    @Test
    void a_failure_of_the_stream_or_the_reader_is_thrown_as_it_is() {
        IOException failure = new IOException("the disk is gone");
        assertThatThrownBy(() -> json.read(new Failing(failure))).isSameAs(failure);
        assertThatThrownBy(() -> json.read(new InputStreamReader(new Failing(failure), StandardCharsets.UTF_8)))
                .isSameAs(failure);
    }

    @Test
    void a_reader_that_at_times_gives_no_character_is_read_to_its_end() throws IOException {
        Reader halting = new StringReader(Documents.ACME) {
            private boolean halt;

            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                halt = !halt;
                return halt ? 0 : super.read(buffer, offset, Math.min(length, 3));
            }
        };
        assertThat(json.read(halting)).isEqualTo(json.read(Documents.ACME));
    }

    @Test
    void lines_end_with_a_line_feed_a_return_or_both() {
        for (String end : new String[] {"\n", "\r", "\r\n"}) {
            String document = "{" + end + "\"format\": 2," + end + end + "\"x\": 2}";
            Violation violation =
                    Documents.violations(() -> json.read(document)).get(0);
            assertThat(violation.path()).isEqualTo("/x");
            assertThat(violation.line()).isEqualTo(4);
            assertThat(violation.column()).isEqualTo(1);
            String broken = "{" + end + "\"format\": 2," + end + end + " \"x";
            byte[] notText = (broken + "\u00e9").getBytes(StandardCharsets.ISO_8859_1);
            Violation malformed = Documents.onlyViolation(() -> json.read(notText));
            assertThat(malformed.line()).isEqualTo(4);
            assertThat(malformed.column()).isEqualTo(4);
        }
    }

    /** Returns the first bytes of a document, then fails. */
    private static final class Failing extends InputStream {

        private final InputStream stream = new ByteArrayInputStream(Arrays.copyOf(ACME, 200));
        private final IOException failure;

        Failing(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            buffer[offset] = (byte) read();
            return 1;
        }

        @Override
        public int read() throws IOException {
            int next = stream.read();
            if (next < 0) {
                throw failure;
            }
            return next;
        }
    }
}
