package io.rbac.jackson;

import io.rbac.engine.PolicyStoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The log of one account: a {@link LogLine} for each commit.
 *
 * <p>A line is written and forced without its end, the line feed, which is written right after. So a line with its end was
 * durable once, and whatever is wrong with it is damage. After the last end there may be a line that was acknowledged,
 * followed by one that never was; of the latter, and of the end between the two, any part may be missing. The first counts
 * if it is whole; everything else is torn.
 */
final class CommitLog {

    private static final byte[] LINE_FEED = {'\n'};
    private static final int BUFFER_BYTES = 1 << 16;

    /** After the last end there may be two lines. */
    private static final int MAX_LINE_BYTES = 2 * (LogLine.MAX_HEAD_BYTES + CommitJson.MAX_BYTES);

    private final FolderNames names;
    private final Folder folder;
    private final String name;

    CommitLog(FolderNames names, String name) {
        this.names = names;
        this.folder = names.folder();
        this.name = name;
    }

    /** Receives the content of each line; the first line has number one. */
    @FunctionalInterface
    interface Lines {
        void take(int number, byte[] content);
    }

    /** Where a log ends. */
    static final class End {

        private final long bytes;
        private final byte @Nullable [] lastLine;
        private final boolean isTorn;

        /**
         * @param bytes the size of all lines that have their end
         * @param lastLine the whole line after them that lacks its end, if there is one
         * @param isTorn whether anything else follows
         */
        private End(long bytes, byte @Nullable [] lastLine, boolean isTorn) {
            this.bytes = bytes;
            this.lastLine = lastLine;
            this.isTorn = isTorn;
        }
    }

    /**
     * Reads all whole lines.
     *
     * @throws PolicyStoreException if one is damaged
     */
    End read(Lines lines) throws IOException {
        if (folder.size(name) < 0) {
            return new End(0, null, false);
        }
        try (InputStream stream = folder.read(name)) {
            return read(stream, lines);
        }
    }

    private End read(InputStream stream, Lines lines) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        long ended = 0;
        int number = 1;
        for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
            int start = 0;
            for (int i = 0; i < count; i++) {
                if (buffer[i] == LINE_FEED[0]) {
                    line.write(buffer, start, i - start);
                    start = i + 1;
                    ended += line.size() + LINE_FEED.length;
                    lines.take(number, content(number, line.toByteArray()));
                    number++;
                    line.reset();
                }
            }
            line.write(buffer, start, count - start);
            if (line.size() > MAX_LINE_BYTES) {
                throw damaged(number, "it is longer than any line that is written", null);
            }
        }
        byte[] rest = line.toByteArray();
        byte[] content = LogLine.firstContent(rest);
        if (content == null) {
            return new End(ended, null, rest.length > 0);
        }
        lines.take(number, content);
        byte[] last = LogLine.of(content);
        return new End(ended, last, last.length < rest.length);
    }

    private byte[] content(int number, byte[] line) {
        byte[] content = LogLine.content(line);
        if (content == null) {
            throw damaged(number, "its content does not match its length and checksum", null);
        }
        return content;
    }

    /** Returns the exception for a line that is not as it was written. */
    PolicyStoreException damaged(int number, String why, @Nullable RuntimeException cause) {
        return new PolicyStoreException(
                "line " + number + " of the file `" + folder.path(name) + "` is damaged: " + why, cause);
    }

    /**
     * Gives the last line its end, and makes all lines durable: what is torn is cut off, and the line before it is written
     * again, because it may never have been forced.
     *
     * @return the size of the log
     */
    long repair(End end) throws IOException {
        byte[] line = end.lastLine;
        if (line == null && !end.isTorn) {
            return end.bytes;
        }
        try (Folder.OpenFile file = folder.open(name)) {
            file.truncate(end.bytes + (line == null ? 0 : line.length));
            if (line == null) {
                return end.bytes;
            }
            writeLine(file, end.bytes, line);
            file.force();
            return endLine(file, end.bytes + line.length);
        }
    }

    /**
     * Appends a commit.
     *
     * @param position the size of the log
     * @return its new size
     * @throws PolicyStoreException if the log cannot be written; nothing was, unless the outcome is unknown
     */
    long append(long position, byte[] content) {
        byte[] line = LogLine.of(content);
        boolean unknown = false;
        try (Folder.OpenFile file = opened(position)) {
            unknown = true;
            IOException undone = writeOrUndo(file, position, line);
            if (undone != null) {
                unknown = false;
                throw undone;
            }
            file.force();
            return endLine(file, position + line.length);
        } catch (IOException e) {
            throw new PolicyStoreException(
                    "the commit could not be written to the file `" + folder.path(name) + "`: " + e, e, unknown);
        }
    }

    /** Writes a line; if that fails, removes what was written of it and returns the reason. */
    private static @Nullable IOException writeOrUndo(Folder.OpenFile file, long position, byte[] line)
            throws IOException {
        try {
            writeLine(file, position, line);
            return null;
        } catch (IOException e) {
            file.truncate(position);
            file.force();
            return e;
        }
    }

    /** Writes a line, and once more the end of the line before it, which was not forced and may be lost. */
    private static void writeLine(Folder.OpenFile file, long position, byte[] line) throws IOException {
        int before = position == 0 ? 0 : LINE_FEED.length;
        byte[] bytes = new byte[before + line.length];
        System.arraycopy(LINE_FEED, 0, bytes, 0, before);
        System.arraycopy(line, 0, bytes, before, line.length);
        file.write(position - before, bytes, 0, bytes.length);
    }

    private static long endLine(Folder.OpenFile file, long position) throws IOException {
        file.write(position, LINE_FEED, 0, LINE_FEED.length);
        return position + LINE_FEED.length;
    }

    private Folder.OpenFile opened(long position) throws IOException {
        Folder.OpenFile file = names.open(name);
        boolean fits = false;
        try {
            fits = file.size() == position;
        } finally {
            if (!fits) {
                file.close();
            }
        }
        if (!fits) {
            throw new IOException("its size is not the one that this store left it with");
        }
        return file;
    }
}
