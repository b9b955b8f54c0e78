package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.PolicyStoreException;
import io.rbac.policy.Policy;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps policies in a folder of the local file system, for one process at a time.
 *
 * <p><b>Files.</b> An account has a policy document, as {@link PolicyJson} writes it, under the catalog and the rules of the
 * policy, and a log of the commits since then: one line of JSON each, with its length and checksum. The files are named by
 * the SHA-256 of the account's id in UTF-8, in hexadecimal digits, with {@code .json} and {@code .log}. A new document is
 * written, and the log starts again, when the log would outgrow both the document and a configurable size, when a commit
 * comes under another catalog or other rules, and when it cannot be written as a line that reads back the same; {@link
 * #commitsSince} knows nothing from before that.
 *
 * <p><b>Durability.</b> What is acknowledged has been forced to the disk. Whenever the process ends or the power fails, each
 * account is as it was before the call under way, or as it is after it. An incomplete line at the end of the log was never
 * acknowledged, and is dropped. A damaged line is a {@link PolicyStoreException} that names the file and the line, and so is
 * a document that cannot be read: nothing is guessed. After a failed write, the files of the account are read again before
 * the next call is answered. An interrupt does not end a call, and the thread stays interrupted.
 *
 * <p><b>Releases.</b> What was written when documents had format 1, and commits named teams and chats, is read. From the next
 * commit on, lines are written as they are now, and the next document is one of format 2: an older release refuses both.
 *
 * <p><b>One process.</b> Only one store can have a folder open; the operating system releases it when the process ends.
 * Whoever can write to the folder can change policies.
 *
 * <p>Loaded policies have a catalog and rules of their own, not the instances of the application; an engine replaces them by
 * its own. Little is kept in memory, and only for the accounts that were used last.
 *
 * <p>This class is thread-safe.
 *
 * @implNote The log is replayed from the effects of its commits, not from their changes: effects mean the same in every
 *     release, while what a change leads to is decided by the code that applies it.
 * @since 0.1
 */
public final class FilePolicyStore implements PolicyStore, AutoCloseable {

    private static final long DEFAULT_LOG_BYTES = 1 << 20;
    private static final int MOST_IDLE_ACCOUNTS = 4_096;

    /** No account id is longer: it has at most 256 code points. */
    private static final int MAX_ID_CHARS = 512;

    private final Folder folder;
    private final Closeable lock;
    private final StoredAccounts accounts;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    /** Opens a folder that is locked already. */
    FilePolicyStore(Folder folder, Closeable lock, long logBytes) throws IOException {
        this.folder = folder;
        this.lock = lock;
        Set<String> inDoubt = ConcurrentHashMap.newKeySet();
        SharedTerms shared = new SharedTerms();
        this.accounts = new StoredAccounts(
                MOST_IDLE_ACCOUNTS,
                name -> new StoredAccount(new FolderNames(folder, name, inDoubt), name, logBytes, shared));
        folder.force();
    }

    /**
     * Opens the store in a folder, which is created if it is missing.
     *
     * @throws PolicyStoreException if another store, of this process or another one, is open there, or the folder is not
     *     writable
     */
    public static FilePolicyStore open(Path directory) {
        return open(directory, DEFAULT_LOG_BYTES);
    }

    /**
     * Opens the store in a folder, which is created if it is missing.
     *
     * @param directory the folder
     * @param logBytes the size in bytes up to which a log may outgrow its document, 1 MiB by default: a larger one makes
     *     loading slower, a smaller one has whole documents written more often; at 0, a log never outgrows its document
     * @throws IllegalArgumentException if {@code logBytes} is negative
     * @throws PolicyStoreException if another store, of this process or another one, is open there, or the folder is not
     *     writable
     */
    public static FilePolicyStore open(Path directory, long logBytes) {
        requireNonNull(directory, "directory");
        if (logBytes < 0) {
            throw new IllegalArgumentException("the size of a log is `" + logBytes + "`: expected at least 0");
        }
        try {
            Folder folder = DiskFolder.of(directory);
            FolderLock lock = FolderLock.of(directory);
            FilePolicyStore store = null;
            try {
                store = new FilePolicyStore(folder, lock, logBytes);
                return store;
            } finally {
                if (store == null) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw new PolicyStoreException("the folder `" + directory + "` cannot be used: " + e, e);
        }
    }

    @Override
    public Optional<Policy> load(String account) {
        return with(account, Optional.empty(), stored -> stored.load(account));
    }

    @Override
    public boolean create(Policy policy) {
        return with(policy.account(), false, stored -> stored.create(policy));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the result is of another account or revision than the commit
     */
    @Override
    public boolean commit(Commit commit, Policy result) {
        if (!commit.account().equals(result.account()) || commit.revision() != result.revision()) {
            throw new IllegalArgumentException("the result is " + result + ": expected that of `" + commit + "`");
        }
        return with(commit.account(), false, stored -> stored.commit(commit, result));
    }

    @Override
    public Optional<List<Commit>> commitsSince(String account, long revision) {
        return with(account, Optional.empty(), stored -> stored.commitsSince(account, revision));
    }

    @Override
    public boolean remove(String account) {
        return with(account, false, StoredAccount::remove);
    }

    private <T> T with(String account, T nothing, Function<StoredAccount, T> task) {
        String name = name(requireNonNull(account, "account"));
        use.readLock().lock();
        try {
            if (closed) {
                throw new PolicyStoreException("the store is closed", null);
            }
            return name == null ? nothing : accounts.with(name, task);
        } finally {
            use.readLock().unlock();
        }
    }

    /** Returns what the names of an account's files start with, null for a text that is no id. */
    private static @Nullable String name(String account) {
        if (account.length() > MAX_ID_CHARS) {
            return null;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(account));
            digest.update(utf8);
            return HexFormat.of().formatHex(digest.digest());
        } catch (CharacterCodingException e) {
            return null;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Closes the store once the calls under way have ended; later ones are refused. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                lock.close();
            }
        } catch (IOException e) {
            throw new PolicyStoreException("the folder `" + folder + "` could not be unlocked: " + e, e);
        } finally {
            use.writeLock().unlock();
        }
    }

    /** Returns the folder, human-readable. */
    @Override
    public String toString() {
        return "FilePolicyStore in " + folder;
    }
}
