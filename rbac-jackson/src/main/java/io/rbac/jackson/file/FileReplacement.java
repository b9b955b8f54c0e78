package io.rbac.jackson.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Replaces the content of a file in one step; its permissions stay.
 *
 * <p>This class has no state and is thread-safe.
 *
 * @since 0.1
 */
public final class FileReplacement {

    private FileReplacement() {}

    /** The new content of a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes the content.
         *
         * @throws IOException if the stream throws it, or the content cannot be made
         */
        void writeTo(OutputStream stream) throws IOException;
    }

    /**
     * Writes a file, or the one that a symbolic link leads to. Whoever reads it sees the whole old content or the whole new one.
     * A pipe or a device is written to, as it cannot be replaced.
     *
     * @throws IOException if the content throws it, or it cannot be written; then a file is as it was
     */
    public static void replace(Path file, Content content) throws IOException {
        boolean exists = Files.exists(file);
        if (exists && !Files.isRegularFile(file)) {
            write(file, content);
            return;
        }
        Path target = exists ? file.toRealPath() : file.toAbsolutePath();
        // Not by the name of the file, which may be as long as a name can be.
        Path aside = target.resolveSibling(".rbac-" + UUID.randomUUID() + ".tmp");
        try {
            create(aside, target);
            try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
                content.writeTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static void write(Path pipe, Content content) throws IOException {
        try (OutputStream stream = Files.newOutputStream(pipe, StandardOpenOption.WRITE)) {
            content.writeTo(stream);
        }
    }

    /** Creates a file for those alone who may use the other one, if there is another one. */
    private static void create(Path file, Path other) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(other, PosixFileAttributeView.class);
        if (view == null || !Files.exists(other)) {
            Files.createFile(file);
        } else {
            Set<PosixFilePermission> permissions = view.readAttributes().permissions();
            Files.createFile(file, PosixFilePermissions.asFileAttribute(permissions));
            Files.setPosixFilePermissions(file, permissions); // those that the umask takes away, too
        }
    }
}
