package io.rbac.jackson;

import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.io.Reader;

/**
 * The characters of a document. If the document is too long, is not UTF-8 or starts with a byte order mark, this is
 * thrown as a {@link SourceException} after everything before it was read.
 */
abstract class Source extends Reader {

    static final char BYTE_ORDER_MARK = '\uFEFF';

    private int line = 1;
    private int column = 1;
    private boolean started;
    private boolean afterReturn;

    /**
     * Reads at least one character into a buffer.
     *
     * @return how many were read, -1 at the end
     */
    abstract int fill(char[] buffer, int offset, int length) throws IOException;

    @Override
    public final int read(char[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = fill(buffer, offset, length);
        if (count > 0 && !started) {
            started = true;
            if (buffer[offset] == BYTE_ORDER_MARK) {
                throw refused(Code.MALFORMED, "the document starts with a byte order mark: expected UTF-8 without one");
            }
        }
        for (int i = 0; i < count; i++) {
            advance(buffer[offset + i]);
        }
        return count;
    }

    private void advance(char c) {
        if (c == '\n' && afterReturn) {
            afterReturn = false;
            return;
        }
        afterReturn = c == '\r';
        if (c == '\n' || c == '\r') {
            line++;
            column = 1;
        } else {
            column++;
        }
    }

    /** Returns the exception for something that is wrong right after what was read. */
    final SourceException refused(Code code, String message) {
        return new SourceException(Violation.of(code, "", null, message).at(line, column));
    }

    final SourceException tooLong(long max, String unit) {
        return refused(Code.LIMIT_EXCEEDED, "the document is too long: expected at most `" + max + "` " + unit);
    }

    /** Does nothing: a source is closed by whoever opened it. */
    @Override
    public final void close() {}
}
