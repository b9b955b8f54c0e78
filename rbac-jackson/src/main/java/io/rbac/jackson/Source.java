package io.rbac.jackson;

import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/**
 * The characters of a document. If the document is too long, is not UTF-8 or starts with a byte order mark, this is
 * thrown as a {@link SourceException} after everything before it was read. Its beginning can be kept, to be read again.
 */
abstract class Source extends Reader {

    static final char BYTE_ORDER_MARK = '\uFEFF';

    /** How many characters can be read again. */
    static final int MAX_KEPT = 1 << 20;

    private static final char[] NOTHING = {};
    private static final int FIRST_CAPACITY = 1 << 10;

    private int line = 1;
    private int column = 1;
    private boolean started;
    private boolean afterReturn;
    private boolean keeps;
    private char[] kept = NOTHING;
    private int keptCount;
    private int keptPosition;

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
        int count = keptPosition < keptCount ? readKept(buffer, offset, length) : fillAndKeep(buffer, offset, length);
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

    /** Keeps what is read from now on, up to {@link #MAX_KEPT} characters in all. */
    final void keep() {
        keeps = true;
    }

    /** Keeps nothing any more. What is read again is still read to its end. */
    final void forget() {
        keeps = false;
        if (keptPosition == keptCount) {
            kept = NOTHING;
            keptCount = 0;
            keptPosition = 0;
        }
    }

    /** Starts again, and returns whether that is possible: everything that was read is kept. */
    final boolean rewind() {
        if (keeps) {
            keptPosition = 0;
            line = 1;
            column = 1;
            started = false;
            afterReturn = false;
        }
        return keeps;
    }

    private int readKept(char[] buffer, int offset, int length) {
        int count = Math.min(length, keptCount - keptPosition);
        System.arraycopy(kept, keptPosition, buffer, offset, count);
        keptPosition += count;
        return count;
    }

    private int fillAndKeep(char[] buffer, int offset, int length) throws IOException {
        int count = fill(buffer, offset, length);
        if (keeps && count > 0) {
            if (keptCount + count > MAX_KEPT) {
                forget();
                return count;
            }
            if (keptCount + count > kept.length) {
                int capacity = Math.max(keptCount + count, Math.max(FIRST_CAPACITY, 2 * kept.length));
                kept = Arrays.copyOf(kept, Math.min(capacity, MAX_KEPT));
            }
            System.arraycopy(buffer, offset, kept, keptCount, count);
            keptCount += count;
            keptPosition = keptCount;
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
