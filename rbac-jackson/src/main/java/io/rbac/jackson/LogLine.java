package io.rbac.jackson;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A line of a log without its end: the size of the content, its checksum in eight hexadecimal digits, and the content. */
final class LogLine {

    private static final int CHECKSUM_DIGITS = 8;
    private static final int MAX_LENGTH_DIGITS = 9;

    /** The most bytes before the content. */
    static final int MAX_HEAD_BYTES = MAX_LENGTH_DIGITS + CHECKSUM_DIGITS + 2;

    private LogLine() {}

    static byte[] of(byte[] content) {
        byte[] head = head(content);
        byte[] line = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, line, head.length, content.length);
        return line;
    }

    private static byte[] head(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        return (content.length + " " + HexFormat.of().toHexDigits(checksum.getValue(), CHECKSUM_DIGITS) + ' ')
                .getBytes(US_ASCII);
    }

    /** Returns the content of a line, null if the line is not as it was written. */
    static byte @Nullable [] content(byte[] line) {
        return content(line, true);
    }

    /** Returns the content of the line at the start of some bytes, null if none there is as it was written. */
    static byte @Nullable [] firstContent(byte[] bytes) {
        return content(bytes, false);
    }

    private static byte @Nullable [] content(byte[] bytes, boolean isAll) {
        int length = 0;
        int space = 0;
        while (space < bytes.length && space < MAX_LENGTH_DIGITS && bytes[space] >= '0' && bytes[space] <= '9') {
            length = 10 * length + bytes[space] - '0';
            space++;
        }
        int start = space + CHECKSUM_DIGITS + 2;
        int rest = bytes.length - start;
        if (isAll ? length != rest : length > rest) {
            return null;
        }
        byte[] content = Arrays.copyOfRange(bytes, start, start + length);
        byte[] head = head(content);
        return Arrays.equals(bytes, 0, start, head, 0, head.length) ? content : null;
    }
}
