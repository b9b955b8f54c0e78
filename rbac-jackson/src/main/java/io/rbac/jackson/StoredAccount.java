package io.rbac.jackson;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyStoreException;
import io.rbac.model.Permission;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of one account, and what is remembered about them. This class is used by one thread at a time.
 *
 * <p>The document holds the policy at some revision, the log the commits after it. Commits that the document already has
 * are skipped: they are left in the log if the process ends right after it replaced the document. Without a document there
 * is no account, whatever other files there are.
 */
final class StoredAccount {

    private static final String DOCUMENT = ".json";
    private static final String ASIDE = ".tmp";
    private static final String LOG = ".log";

    private static final PolicyJson JSON = PolicyJson.selfContained().withMaxBytes(Long.MAX_VALUE);

    private final FolderNames names;
    private final Folder folder;
    private final String document;
    private final String aside;
    private final String logName;
    private final CommitLog log;
    private final long logBytes;
    private final SharedTerms shared;

    private @Nullable State state;

    /**
     * @param name what the names of its files start with
     * @param logBytes the size up to which a log may outgrow its document
     */
    StoredAccount(FolderNames names, String name, long logBytes, SharedTerms shared) {
        this.names = names;
        this.folder = names.folder();
        this.document = name + DOCUMENT;
        this.aside = name + ASIDE;
        this.logName = name + LOG;
        this.log = new CommitLog(names, logName);
        this.logBytes = logBytes;
        this.shared = shared;
    }

    /** What the files hold, as long as nothing has failed. */
    private record State(
            long documentRevision, long documentBytes, long revision, long logBytes, DocumentTerms terms) {}

    /** Reads or writes files. */
    @FunctionalInterface
    private interface Step<T> {
        T take() throws IOException;
    }

    /** Returns whether anything is remembered. */
    boolean isKnown() {
        return state != null;
    }

    // reading

    Optional<Policy> load(String account) {
        return reading(() -> Optional.ofNullable(read(account)));
    }

    private @Nullable Policy read(String account) throws IOException {
        names.settle();
        state = null;
        long bytes = folder.size(document);
        if (bytes < 0) {
            return null;
        }
        Policy base = readDocument(account);
        DocumentTerms terms = shared.read(new DocumentTerms(base.catalog(), base.rules()));
        Replay replay = new Replay(base);
        CatalogIndex catalog = new CatalogIndex(base.catalog());
        CommitLog.End end = commits(base.revision(), catalog, (line, commit) -> {
            try {
                replay.apply(commit);
            } catch (IllegalArgumentException e) {
                throw log.damaged(line, String.valueOf(e.getMessage()), e);
            }
        });
        Policy policy = replayed(replay);
        long size = log.repair(end);
        state = new State(base.revision(), bytes, policy.revision(), size, terms);
        return policy;
    }

    private Policy readDocument(String account) throws IOException {
        Policy policy;
        try (InputStream stream = folder.read(document)) {
            policy = JSON.read(stream);
        } catch (PolicyViolationException e) {
            throw new PolicyStoreException("the file `" + folder.path(document) + "` is damaged: " + e.getMessage(), e);
        }
        if (!policy.account().equals(account)) {
            throw new PolicyStoreException(
                    "the file `" + folder.path(document) + "` has the policy of account "
                            + Violation.quote(policy.account()) + ": expected that of " + Violation.quote(account),
                    null);
        }
        return policy;
    }

    private Policy replayed(Replay replay) {
        try {
            return replay.policy();
        } catch (PolicyViolationException e) {
            throw new PolicyStoreException(
                    "the commits in the file `" + folder.path(logName) + "` do not lead to a valid policy: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Receives each commit with the number of its line. */
    @FunctionalInterface
    private interface Commits {
        void take(int line, Commit commit);
    }

    /** Reads the commits of the log that come after a revision, under the catalog of the document. */
    private CommitLog.End commits(long revision, CatalogIndex catalog, Commits commits) throws IOException {
        return log.read((line, content) -> {
            try {
                if (CommitJson.revision(content) > revision) {
                    commits.take(line, CommitJson.read(content, catalog));
                }
            } catch (PolicyViolationException e) {
                throw log.damaged(line, String.valueOf(e.getMessage()), e);
            }
        });
    }

    Optional<List<Commit>> commitsSince(String account, long revision) {
        return reading(() -> {
            State now = state(account);
            if (now == null || revision < now.documentRevision || revision > now.revision) {
                return Optional.empty();
            }
            if (revision == now.revision) {
                return Optional.of(List.of());
            }
            List<Commit> since = new ArrayList<>();
            commits(revision, new CatalogIndex(now.terms.catalog()), (line, commit) -> since.add(commit));
            return Optional.of(List.copyOf(since));
        });
    }

    private @Nullable State state(String account) throws IOException {
        names.settle();
        if (state == null) {
            read(account);
        }
        return state;
    }

    private static <T> T reading(Step<T> step) {
        try {
            return step.take();
        } catch (IOException e) {
            throw new PolicyStoreException("the policy could not be read: " + e, e);
        }
    }

    // writing

    boolean create(Policy policy) {
        requireReadable(policy);
        boolean exists = before(() -> {
            names.settle();
            boolean found = folder.size(document) >= 0;
            if (!found && folder.size(logName) >= 0) {
                names.delete(logName);
                names.force();
            }
            return found;
        });
        if (!exists) {
            writeDocument(policy);
        }
        return !exists;
    }

    boolean commit(Commit commit, Policy result) {
        State now = before(() -> Optional.ofNullable(state(commit.account()))).orElse(null);
        if (now == null || commit.revision() <= 0 || commit.revision() - 1 != now.revision) {
            return false;
        }
        byte[] line = null;
        if (now.terms.areThoseOf(result.catalog(), result.rules())) {
            line = CommitJson.write(commit, result.catalog());
        }
        long most = Math.max(logBytes, now.documentBytes);
        if (line == null || now.logBytes + LogLine.MAX_HEAD_BYTES + line.length > most) {
            requireReadable(result);
            writeDocument(result);
        } else {
            append(commit, result, line, now);
        }
        return true;
    }

    private void append(Commit commit, Policy result, byte[] line, State now) {
        state = null;
        long size = log.append(now.logBytes, line);
        DocumentTerms terms = shared.given(new DocumentTerms(result.catalog(), result.rules()));
        state = new State(now.documentRevision, now.documentBytes, commit.revision(), size, terms);
    }

    /** Writes a new document, which makes the log superfluous. */
    private void writeDocument(Policy policy) {
        state = null;
        long bytes = before(() -> written(policy));
        try {
            names.move(aside, document);
            names.force();
        } catch (IOException e) {
            throw unknown("the file `" + folder.path(document) + "` could not be replaced: ", e);
        }
        try {
            names.delete(logName);
        } catch (IOException e) {
            // The commits that are left in the log are skipped, as the document has them too.
            return;
        }
        DocumentTerms terms = shared.given(new DocumentTerms(policy.catalog(), policy.rules()));
        state = new State(policy.revision(), bytes, policy.revision(), 0, terms);
    }

    private long written(Policy policy) throws IOException {
        try {
            return writeAside(policy);
        } catch (IOException | RuntimeException | Error e) {
            deleteAside(e);
            throw e;
        }
    }

    /** Frees space on a disk that may be full; if that fails, the next document overwrites the file. */
    private void deleteAside(Throwable cause) {
        try {
            names.delete(aside);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private long writeAside(Policy policy) throws IOException {
        try (Folder.OpenFile file = folder.open(aside)) {
            file.truncate(0);
            FileOutput output = new FileOutput(file);
            JSON.write(policy, new BufferedOutputStream(output, FileOutput.BUFFER_BYTES));
            file.force();
            return output.position();
        }
    }

    boolean remove() {
        boolean exists = before(() -> {
            names.settle();
            return folder.size(document) >= 0;
        });
        if (exists) {
            state = null;
            try {
                names.delete(document);
                names.force();
                names.delete(logName);
                names.delete(aside);
                names.force();
            } catch (IOException e) {
                throw unknown("the files of the account could not be removed: ", e);
            }
        }
        return exists;
    }

    /** Takes a step before anything is changed. */
    private static <T> T before(Step<T> step) {
        try {
            return step.take();
        } catch (IOException e) {
            throw new PolicyStoreException("nothing was written: " + e, e);
        }
    }

    private static PolicyStoreException unknown(String what, IOException cause) {
        return new PolicyStoreException(what + cause, cause, true);
    }

    // what can be read back

    private static void requireReadable(Policy policy) {
        if (!policy.violations().isEmpty()) {
            throw new PolicyStoreException(
                    "nothing was written: the policy breaks its own catalog or rules: "
                            + policy.violations().get(0).message(),
                    null);
        }
        for (Permission permission : policy.catalog().permissions()) {
            requireReadable("the title of a permission", permission.title().orElse(""));
            requireReadable(
                    "the description of a permission", permission.description().orElse(""));
        }
    }

    private static void requireReadable(String what, String text) {
        if (text.length() > JsonDocument.MAX_STRING_CHARS) {
            throw new PolicyStoreException(
                    "nothing was written: " + what + " has " + text.length() + " characters: at most "
                            + JsonDocument.MAX_STRING_CHARS + " can be read back",
                    null);
        }
    }
}
