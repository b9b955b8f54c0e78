package io.rbac.store.jdbc;

import io.rbac.engine.PolicyStoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Connections to a SQLite file. A few that are idle stay open, because opening one costs more than most calls. */
final class SqliteFile implements Connections {

    /** SQLITE_OPEN_READWRITE and SQLITE_OPEN_URI: a file that does not exist is never created by opening it. */
    private static final String OPEN_MODE = Integer.toString(0x02 | 0x40);

    private static final int MAX_IDLE = 16;

    private final Path file;
    private final Properties settings = new Properties();
    private final Deque<Connection> idle = new ArrayDeque<>();

    /** What identifies the file that the idle connections are open on, as far as the file system can say. */
    private @Nullable Object opened;

    private boolean closed;

    SqliteFile(Path file, int busyMillis) {
        this.file = file.toAbsolutePath();
        settings.setProperty("open_mode", OPEN_MODE);
        settings.setProperty("busy_timeout", Integer.toString(busyMillis));
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
    }

    /** Creates an empty file that only its owner can read, unless there is one; that of the log beside it follows suit. */
    void createIfMissing() {
        boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, attributes);
        } catch (FileAlreadyExistsException e) {
            // It is what was asked for.
        } catch (IOException e) {
            throw new PolicyStoreException("the file `" + file + "` cannot be created: " + e, e);
        }
    }

    @Override
    public Connection take() throws SQLException {
        Object present = key();
        Connection connection = idle(present);
        return connection != null ? connection : DriverManager.getConnection("jdbc:sqlite:" + file.toUri(), settings);
    }

    private Object key() throws SQLException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        } catch (IOException e) {
            throw new SQLException("the file `" + file + "` cannot be read: " + e, e);
        }
    }

    /** Returns an idle connection to the file that is there by now; connections to one that was there before are closed. */
    private synchronized @Nullable Connection idle(Object present) throws SQLException {
        if (closed) {
            throw new SQLException("the store is closed");
        }
        if (!Objects.equals(present, opened)) {
            closeIdle();
            opened = present;
        }
        return idle.pollFirst();
    }

    @Override
    public void giveBack(Connection connection, boolean reusable) throws SQLException {
        if (!reusable || !keep(connection, key())) {
            connection.close();
        }
    }

    private synchronized boolean keep(Connection connection, Object present) {
        boolean keeps = !closed && idle.size() < MAX_IDLE && present.equals(opened);
        if (keeps) {
            idle.addFirst(connection);
        }
        return keeps;
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeIdle();
    }

    private void closeIdle() {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It is not used any more.
            }
        }
    }

    @Override
    public String toString() {
        return "SQLite file " + file;
    }
}
