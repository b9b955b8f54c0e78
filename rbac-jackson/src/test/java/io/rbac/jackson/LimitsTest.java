package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    private static final String HEADER = "{ \"format\": 2, \"account\": \"a\", \"catalog\": [], ";
    private static final long MILLION = 1_000_000;
    private static final long BUFFERS = 64 * 1024;

    private final PolicyJson json = PolicyJson.selfContained();

    /** A document of any length, which counts how much of it is read. */
    private static final class LongText extends InputStream {

        private final byte[] start;
        private final byte[] middle;
        private final long middleLength;
        private final byte[] end;
        private long position;

        LongText(String start, String middle, long times, String end) {
            this.start = start.getBytes(StandardCharsets.UTF_8);
            this.middle = middle.getBytes(StandardCharsets.UTF_8);
            this.middleLength = this.middle.length * times;
            this.end = end.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            for (int i = 0; i < length; i++) {
                int next = read();
                if (next < 0) {
                    return i == 0 ? -1 : i;
                }
                buffer[offset + i] = (byte) next;
            }
            return length;
        }

        @Override
        public int read() {
            long rest = position++;
            if (rest < start.length) {
                return start[(int) rest] & 0xFF;
            }
            rest -= start.length;
            if (rest < middleLength) {
                return middle[(int) (rest % middle.length)] & 0xFF;
            }
            rest -= middleLength;
            return rest < end.length ? end[(int) rest] & 0xFF : -1;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "number               | `\"revision\": `                         | 9          | /revision",
                "number nobody needs  | `\"x\": `                                | 9          | /x",
                "text                 | `\"revision\": \"`                       | x          | /revision",
                "text nobody needs    | `\"x\": \"`                              | x          | /x",
                "text of a user       | `\"assignments\": [{\"user\": \"`        | \\u00e9    | /assignments/0/user",
                "name of a field      | `\"`                                     | x          | /catalog",
                "depth                | `\"x\": `                                | [          | ",
                "depth of objects     | `\"roles\": [{\"rights\": `              | {\"a\":    | ",
                "fields               | `\"x\": 0`                               | ,\"y\":0   | ",
                "repeated fields      | `\"account\": 0`                         | ,\"account\":0 | ",
                "groups of rights     | `\"roles\": [{\"rights\": {\"x\": 0`     | ,\"x\": 0  | /roles/0/rights",
                "roles                | `\"roles\": [{}`                         | ,{}        | /roles",
                "roles of a word      | `\"roles\": [1`                          | ,1         | /roles",
                "tokens nobody needs  | `\"x\": [0`                              | ,0         | /x",
                "scopes of a tree     | `\"scopes\": [{}`                        | ,{}        | /scopes",
                "targets of a number  | `\"targets\": [{\"team\": 1`            | ,\"team\":1 | ",
                "scopes               | `\"rules\": {\"scopes\": [\"team\"`      | ,\"team\"  | /rules/scopes"
            })
    @Tag("B10")
    @Tag("B15")
    @Tag("B17")
    @Tag("B18")
    void what_is_too_long_or_too_many_is_refused_early(String what, String start, String more, String path) {
        LongText document = new LongText(HEADER + start, more.replace("\\u00e9", "\u00e9"), 20 * MILLION, "");
        List<Violation> violations = Documents.violations(() -> json.read(document));
        Violation last = violations.get(violations.size() - 1);
        assertThat(last.code()).isEqualTo(Code.LIMIT_EXCEEDED);
        if (path != null) {
            assertThat(last.path()).isEqualTo(path);
        }
        assertThat(last.line()).isEqualTo(1);
        assertThat(document.position).isLessThan(70_000L * more.length() + 200_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 1000, 1_000_000})
    @Tag("B15")
    void depth_is_limited(int depth) {
        String document = HEADER + "\"x\": " + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
        assertThat(Documents.codesAndPaths(() -> json.read(document)))
                .startsWith("UNKNOWN_FIELD /x")
                .last()
                .asString()
                .startsWith("LIMIT_EXCEEDED /x/0/0");
    }

    @Test
    void what_is_as_deep_as_allowed_is_read() {
        String document = HEADER + "\"x\": " + "[".repeat(31) + "]".repeat(31) + "}";
        assertThat(Documents.codesAndPaths(() -> json.read(document)))
                .containsExactly("UNKNOWN_FIELD /x", "LAST_DEFAULT_ROLE /roles");
    }

    @Test
    @Tag("B18")
    void a_string_of_200_000_chars_is_read_and_one_more_is_not() {
        assertThat(Documents.codesAndPaths(() -> json.read(withDescription(200_000))))
                .containsExactly("DESCRIPTION_TOO_LONG /roles/1/description");
        assertThat(Documents.codesAndPaths(() -> json.read(withDescription(200_001))))
                .containsExactly("LIMIT_EXCEEDED /roles/1/description");
        assertThat(Documents.onlyViolation(() -> json.read(withDescription(200_001)))
                        .message())
                .isEqualTo("string value length (200001) exceeds the maximum allowed (200000)");
    }

    private static String withDescription(int length) {
        return Documents.acme("\"Everybody\"", "\"" + "x".repeat(length) + "\"");
    }

    @Test
    @Tag("B18")
    void a_name_of_a_field_has_4096_characters_at_most() {
        assertThat(Documents.codesAndPaths(() -> json.read(withField(4_096))))
                .containsExactly("UNKNOWN_FIELD /" + "x".repeat(4_096));
        assertThat(Documents.codesAndPaths(() -> json.read(withField(4_097))))
                .containsExactly("LIMIT_EXCEEDED /format");
    }

    private static String withField(int length) {
        return Documents.acme("\"format\": 2,", "\"format\": 2, \"" + "x".repeat(length) + "\": 0,");
    }

    @Test
    @Tag("B10")
    void a_number_has_1000_digits_at_most() {
        assertThat(Documents.codesAndPaths(
                        () -> json.read(Documents.acme("\"revision\": 7", "\"revision\": " + "7".repeat(1_000)))))
                .containsExactly("WRONG_TYPE /revision");
        assertThat(Documents.codesAndPaths(
                        () -> json.read(Documents.acme("\"revision\": 7", "\"revision\": " + "7".repeat(1_001)))))
                .containsExactly("LIMIT_EXCEEDED /revision");
    }

    @Test
    void what_follows_a_document_is_limited_too() throws IOException {
        assertThat(Documents.codesAndPaths(() -> json.read(Documents.ACME + "7".repeat(1_001))))
                .containsExactly("LIMIT_EXCEEDED");
        LongText document = new LongText(Documents.ACME, " ", Long.MAX_VALUE / 100, "");
        assertThat(Documents.codesAndPaths(() -> json.withMaxBytes(1 << 20).read(document)))
                .containsExactly("LIMIT_EXCEEDED");
    }

    @Test
    @Tag("B17")
    void an_object_has_65_536_fields_at_most() {
        assertThat(codes(fields(65_536 - 3))).doesNotContain(Code.LIMIT_EXCEEDED);
        assertThat(codes(fields(65_536 - 2))).contains(Code.LIMIT_EXCEEDED);
    }

    private List<Code> codes(InputStream document) {
        return Documents.violations(() -> json.read(document)).stream()
                .map(Violation::code)
                .distinct()
                .toList();
    }

    private static InputStream fields(int more) {
        return new LongText(HEADER.stripTrailing().replaceAll(",$", ""), ", \"x\": 0", more, "}");
    }

    @Test
    @Tag("B17")
    void a_policy_has_65_536_roles_at_most() {
        assertThat(codes(new LongText(HEADER + "\"roles\": [{}", ", {}", 65_535, "]}")))
                .doesNotContain(Code.LIMIT_EXCEEDED);
        assertThat(codes(new LongText(HEADER + "\"roles\": [{}", ", {}", 65_536, "]}")))
                .contains(Code.LIMIT_EXCEEDED);
    }

    @Test
    void violations_beyond_those_that_are_kept_are_counted() {
        PolicyViolationException refusal =
                Documents.refusal(() -> json.read(new LongText(HEADER + "\"targets\": [1", ", 1", 4_999, "]}")));
        assertThat(refusal.violations()).hasSize(1_000);
        assertThat(refusal.total()).isEqualTo(5_001);
        PolicyViolationException ended =
                Documents.refusal(() -> json.read(new LongText(HEADER + "\"targets\": [1", ", 1", 4_999, "")));
        assertThat(ended.total()).isEqualTo(5_001);
        assertThat(ended.violations()).hasSize(1_000);
        assertThat(ended.violations().get(999).code()).isEqualTo(Code.MALFORMED);
        assertThat(ended.violations().get(998).path()).isEqualTo("/targets/998");
    }

    @Test
    void violations_that_the_core_only_counts_are_counted() {
        String start = Documents.ACME.substring(0, Documents.ACME.lastIndexOf("\n  ]"));
        PolicyViolationException refusal = Documents.refusal(
                () -> json.read(new LongText(start, ", { \"user\": \"ada\", \"role\": \"none\" }", 2_000, "]}")));
        assertThat(refusal.violations()).hasSize(1_000);
        assertThat(refusal.total()).isGreaterThanOrEqualTo(2_000);
    }

    @Test
    @Tag("B16")
    void an_endless_document_is_read_to_the_limit_and_little_more() throws IOException {
        long limit = 1 << 20;
        for (String endless : List.of(" ", "\n", "{\"id\": \"a\", \"name\": \"b\", \"scope\": \"chat\"},")) {
            LongText document =
                    new LongText(HEADER + (endless.isBlank() ? "" : "\"roles\": ["), endless, Long.MAX_VALUE / 100, "");
            Violation violation =
                    last(Documents.violations(() -> json.withMaxBytes(limit).read(document)));
            assertThat(violation.code()).isEqualTo(Code.LIMIT_EXCEEDED);
            assertThat(violation.message()).isEqualTo("the document is too long: expected at most `1048576` bytes");
            assertThat(document.position).isBetween(limit, limit + BUFFERS);
        }
        LongText document = new LongText(HEADER, " ", Long.MAX_VALUE / 100, "");
        InputStreamReader reader = new InputStreamReader(document, StandardCharsets.UTF_8);
        assertThat(Documents.onlyViolation(() -> json.withMaxBytes(limit).read(reader))
                        .message())
                .isEqualTo("the document is too long: expected at most `1048576` characters");
        assertThat(document.position).isBetween(limit, limit + BUFFERS);
    }

    private static Violation last(List<Violation> violations) {
        return violations.get(violations.size() - 1);
    }

    @Test
    void the_limit_is_in_bytes_of_a_stream_and_in_characters_of_a_string() throws IOException {
        byte[] document = Documents.ACME.getBytes(StandardCharsets.UTF_8);
        int characters = Documents.ACME.length();
        assertThat(document.length).isGreaterThan(characters);
        assertThat(json.withMaxBytes(document.length).read(document).account()).isEqualTo("acme");
        assertThat(json.withMaxBytes(characters).read(Documents.ACME).account()).isEqualTo("acme");
        assertThat(Documents.codesAndPaths(
                        () -> json.withMaxBytes(document.length - 1).read(document)))
                .containsExactly("LIMIT_EXCEEDED");
        assertThat(Documents.codesAndPaths(
                        () -> json.withMaxBytes(characters - 1).read(Documents.ACME)))
                .containsExactly("LIMIT_EXCEEDED");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void a_limit_is_positive(long limit) {
        assertThatThrownBy(() -> json.withMaxBytes(limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the limit is `" + limit + "`: expected at least 1");
    }

    @Test
    void a_catalog_has_65_536_permissions_at_most() {
        String start = "{ \"format\": 2, \"account\": \"a\", \"catalog\": [{ \"group\": \"g\", \"actions\": [\"a\"";
        assertThat(codes(new LongText(start, ", 1", 65_535, "]}]}"))).doesNotContain(Code.LIMIT_EXCEEDED);
        assertThat(codes(new LongText(start, ", 1", 65_536, "]}]}"))).contains(Code.LIMIT_EXCEEDED);
        String two = start + "]}, { \"group\": \"h\", \"actions\": [1";
        assertThat(codes(new LongText(two, ", 1", 65_534, "]}]}"))).doesNotContain(Code.LIMIT_EXCEEDED);
        assertThat(codes(new LongText(two, ", 1", 65_535, "]}]}"))).contains(Code.LIMIT_EXCEEDED);
    }
}
