package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rbac.engine.Commit;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A commit as one JSON object in one line of ASCII: {@code
 * {"revision":2,"account":"acme","time":"2025-06-30T15:00:09Z",
 * "actor":"bob","reason":"...","changes":[{"change":"assign","user":"eve","role":"lead","at":"team/support"}],
 * "effects":[{"effect":"assignmentAdded","user":"eve","role":"lead","at":"team/support"}]}}.
 *
 * <p>Roles, rights and targets are written as in the policy document: rights name groups and actions of a catalog. What
 * is read under this catalog, or an equal one, equals what was written. Commits are read as strictly as documents. Those
 * that were written before there were scopes but account, team and chat are still read: they name teams and chats in fields
 * of their own.
 */
final class CommitJson {

    static final String REVISION = "revision";

    /** The most bytes of a commit; instead of a larger one, a store keeps the policy that it led to. */
    static final int MAX_BYTES = 1 << 26;

    private CommitJson() {}

    /**
     * Returns a commit as JSON, null if it could not be read back: it is too large, has too long a string, or names a
     * scope or permission that the catalog lacks, or a permission that it does not allow for the scope of a role.
     */
    static byte @Nullable [] write(Commit commit, PermissionCatalog catalog) {
        try {
            return CommitWriter.write(commit, catalog);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a commit.
     *
     * @throws PolicyViolationException with everything that is wrong
     */
    static Commit read(byte[] json, CatalogIndex catalog) {
        try {
            return CommitReader.read(json, catalog);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads only the revision of a commit, whatever catalog it was written under.
     *
     * @throws PolicyViolationException if it has none
     */
    static long revision(byte[] json) {
        try (JsonParser parser = JsonDocument.FACTORY.createParser(source(json))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean isOwnField = token == JsonToken.FIELD_NAME
                        && parser.getParsingContext().getParent().inRoot();
                if (isOwnField
                        && parser.currentName().equals(REVISION)
                        && parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                    return parser.getLongValue();
                }
            }
        } catch (IOException e) {
            throw noRevision("the commit has no `" + REVISION + "` that can be read: " + e.getMessage());
        }
        throw noRevision("the commit has no `" + REVISION + "`: expected an integer");
    }

    private static PolicyViolationException noRevision(String message) {
        return PolicyViolationException.of(Violation.of(Code.MISSING_FIELD, '/' + REVISION, null, message));
    }

    /** Returns the source that a commit is read from. */
    static Source source(byte[] json) {
        return new Utf8Source(new ByteArrayInputStream(json), Long.MAX_VALUE);
    }
}
