package io.rbac.jackson;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A folder of the file system. Files are opened as streams, not as channels: an interrupt of the writing thread closes a
 * channel, and leaves it unknown what was written.
 */
final class DiskFolder implements Folder {

    /** Windows makes names durable by itself, and does not let a folder be opened. */
    private static final boolean CAN_BE_FORCED = File.separatorChar == '/';

    private final Path folder;

    private DiskFolder(Path folder) {
        this.folder = folder;
    }

    /** Returns a folder; if it is missing, it is created durably, with its parents. */
    static DiskFolder of(Path path) throws IOException {
        Path folder = path.toAbsolutePath();
        Path known = folder;
        while (known != null && !Files.exists(known)) {
            known = known.getParent();
        }
        // Not for a folder that exists: before Java 17.0.14, a symbolic link to a folder is refused.
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        for (Path made = folder; made != null && !made.equals(known); made = made.getParent()) {
            Path around = made.getParent();
            if (around != null) {
                force(around);
            }
        }
        return new DiskFolder(folder);
    }

    @Override
    public long size(String name) throws IOException {
        try {
            return Files.size(folder.resolve(name));
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    @Override
    public InputStream read(String name) throws IOException {
        return new FileInputStream(file(name));
    }

    @Override
    public OpenFile open(String name) throws IOException {
        return new DiskFile(new RandomAccessFile(file(name), "rw"));
    }

    private File file(String name) {
        return folder.resolve(name).toFile();
    }

    @Override
    public void move(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void force() throws IOException {
        force(folder);
    }

    private static void force(Path folder) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            boolean forced = !CAN_BE_FORCED;
            while (!forced) {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                    forced = true;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String path(String name) {
        return folder.resolve(name).toString();
    }

    /** Returns the path, human-readable. */
    @Override
    public String toString() {
        return folder.toString();
    }

    private static final class DiskFile implements OpenFile {

        private final RandomAccessFile file;

        DiskFile(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        public void truncate(long size) throws IOException {
            if (file.length() > size) {
                file.setLength(size);
            }
        }

        @Override
        public void write(long position, byte[] bytes, int offset, int length) throws IOException {
            file.seek(position);
            file.write(bytes, offset, length);
        }

        @Override
        public void force() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
