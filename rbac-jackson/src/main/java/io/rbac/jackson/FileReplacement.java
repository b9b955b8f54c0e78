package io.rbac.jackson;

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

/** Replaces the content of a file in one step; its permissions stay. */
final class FileReplacement {

    private FileReplacement() {}

    /** Writes the new content. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream stream) throws IOException;
    }

    static void replace(Path file, Content content) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path aside = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
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
