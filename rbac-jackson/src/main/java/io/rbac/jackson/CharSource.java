package io.rbac.jackson;

import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;

/** A document that comes as characters. */
final class CharSource extends Source {

    private final Reader reader;
    private final long max;
    private long count;

    CharSource(Reader reader, long max) {
        this.reader = reader;
        this.max = max;
    }

    @Override
    int fill(char[] buffer, int offset, int length) throws IOException {
        try {
            if (count == max) {
                if (reader.read() >= 0) {
                    throw tooLong(max, "characters");
                }
                return -1;
            }
            int filled = readSome(buffer, offset, (int) Math.min(length, max - count));
            count += Math.max(filled, 0);
            return filled;
        } catch (CharacterCodingException e) {
            throw undecodable(e);
        }
    }

    private int readSome(char[] buffer, int offset, int length) throws IOException {
        int filled = reader.read(buffer, offset, length);
        if (filled != 0) {
            return filled;
        }
        int c = reader.read();
        if (c < 0) {
            return -1;
        }
        buffer[offset] = (char) c;
        return 1;
    }

    private SourceException undecodable(CharacterCodingException cause) {
        SourceException exception =
                refused(Code.MALFORMED, "the reader cannot decode the bytes from here on: expected characters");
        exception.initCause(cause);
        return exception;
    }
}
