package io.rbac.jackson;

import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** A document in UTF-8. A byte sequence that is not UTF-8 is refused, never replaced. */
final class Utf8Source extends Source {

    private static final int BUFFER_SIZE = 8 * 1024;

    private final InputStream stream;
    private final long max;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_SIZE).flip();
    private final CharBuffer chars = CharBuffer.allocate(BUFFER_SIZE).flip();
    private long count;
    private boolean ended;
    private boolean tooLong;

    Utf8Source(InputStream stream, long max) {
        this.stream = stream;
        this.max = max;
    }

    @Override
    int fill(char[] buffer, int offset, int length) throws IOException {
        while (!chars.hasRemaining()) {
            chars.clear();
            CoderResult result = decoder.decode(bytes, chars, ended && !tooLong);
            chars.flip();
            if (!chars.hasRemaining()) {
                if (result.isError()) {
                    throw refused(
                            Code.MALFORMED,
                            "the byte `0x" + Integer.toHexString(bytes.get(bytes.position()) & 0xFF)
                                    + "` is not part of a UTF-8 character: expected a document in UTF-8");
                }
                if (tooLong) {
                    throw tooLong(max, "bytes");
                }
                if (ended) {
                    return -1;
                }
                readBytes();
            }
        }
        int filled = Math.min(length, chars.remaining());
        chars.get(buffer, offset, filled);
        return filled;
    }

    private void readBytes() throws IOException {
        bytes.compact();
        int wanted = (int) Math.min(bytes.remaining(), max - count);
        int read = wanted == 0 ? 0 : stream.read(bytes.array(), bytes.position(), wanted);
        if (read == 0) {
            int next = stream.read();
            read = next < 0 ? -1 : 1;
            if (next >= 0 && wanted > 0) {
                bytes.array()[bytes.position()] = (byte) next;
            }
        }
        if (read < 0) {
            ended = true;
        } else if (wanted == 0) {
            ended = true;
            tooLong = true;
        } else {
            count += read;
            bytes.position(bytes.position() + read);
        }
        bytes.flip();
    }
}
