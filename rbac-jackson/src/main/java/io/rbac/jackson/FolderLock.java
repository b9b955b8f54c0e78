package io.rbac.jackson;

import io.rbac.engine.PolicyStoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The exclusive use of a folder; the operating system takes it from a process that dies. */
final class FolderLock implements Closeable {

    static final String NAME = ".lock";

    /**
     * The folders that this process has locked. A process that closes a file gives up all its locks on it, however it got
     * them: so a second attempt must be refused before it opens the file, or it would end the first lock.
     */
    private static final Set<Object> LOCKED_HERE = ConcurrentHashMap.newKeySet();

    private final Object folder;
    private final FileChannel channel;

    private FolderLock(Object folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Locks an existing folder.
     *
     * @throws PolicyStoreException if it is locked
     */
    static FolderLock of(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        Object folder = Objects.requireNonNullElseGet(key, path.toRealPath()::toString);
        if (!LOCKED_HERE.add(folder)) {
            throw inUse(path, "another store of this process");
        }
        FolderLock lock = null;
        try {
            lock = ofOtherProcesses(folder, path);
            return lock;
        } finally {
            if (lock == null) {
                LOCKED_HERE.remove(folder);
            }
        }
    }

    private static FolderLock ofOtherProcesses(Object folder, Path path) throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            throw inUse(path, "another store of this process");
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw inUse(path, "another process");
        }
        return new FolderLock(folder, channel);
    }

    private static PolicyStoreException inUse(Path path, String by) {
        return new PolicyStoreException(
                "the folder `" + path + "` is in use by " + by + ": expected to be the only one", null);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            LOCKED_HERE.remove(folder);
        }
    }
}
