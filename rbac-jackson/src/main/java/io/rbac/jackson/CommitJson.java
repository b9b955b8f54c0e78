package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.Commit;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.ScopeTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A commit as one JSON object in one line of ASCII: how a store or an audit log keeps it, for this release and others to read.
 *
 * <pre>{@code
 * {"version":"0f3a5c7e9b1d2468.2","digest":"4b1f0c6d2a9e83575d7c1e0b9a3f6842","account":"acme",
 *  "time":"2025-06-30T15:00:09Z","actor":"bob","reason":"...",
 *  "changes":[{"change":"assign","user":"eve","role":"lead","at":"team/support"}],
 *  "effects":[{"effect":"assignmentAdded","user":"eve","role":"lead","at":"team/support"}]}
 * }</pre>
 *
 * <p>Roles, rights and targets are written as in a policy document, and {@code scopes} states the scope tree in the same
 * way, before changes and effects, unless it is the standard one. A permission is named by its group and action; if its key
 * is not {@code group:action}, this key stands where {@code true} stands otherwise. So a commit is read without any catalog,
 * and what is read equals what was written, whatever permissions and scopes an application has given up since then.
 *
 * <p>Reading is as strict as that of policy documents. This class is stateless and thread-safe.
 *
 * @since 0.1
 */
public final class CommitJson {

    /** The most bytes of a commit that is written. */
    public static final int MAX_BYTES = 1 << 26;

    private CommitJson() {}

    /**
     * Returns a commit as JSON.
     *
     * @param commit the commit
     * @param scopes the scope tree of the policy that it led to
     * @return empty if it would be larger than {@link #MAX_BYTES}, or could not be read back because it has a string of more
     *     than twice {@link io.rbac.model.PolicyRules#MAX_CODE_POINTS} UTF-16 code units or a scope that the tree lacks
     */
    public static Optional<byte[]> write(Commit commit, ScopeTree scopes) {
        try {
            return Optional.ofNullable(
                    CommitWriter.write(requireNonNull(commit, "commit"), requireNonNull(scopes, "scopes")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a commit. Each of its {@link io.rbac.model.Rights} has a catalog of its own, with just these permissions.
     *
     * @throws PolicyViolationException with everything that is wrong
     */
    public static Commit read(byte[] json) {
        try {
            return CommitReader.read(requireNonNull(json, "json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
