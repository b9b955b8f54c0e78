package io.rbac.jackson;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a file from its start. */
final class FileOutput extends OutputStream {

    static final int BUFFER_BYTES = 1 << 16;

    private final Folder.OpenFile file;
    private long position;

    FileOutput(Folder.OpenFile file) {
        this.file = file;
    }

    /** Returns how many bytes were written. */
    long position() {
        return position;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        file.write(position, bytes, offset, length);
        position += length;
    }
}
