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
 * One commit as one JSON object in one line of ASCII: {@code {"revision":2,"account":"acme","time":"2025-06-30T15:00:09Z",
 * "actor":"bob","reason":"...","changes":[{"change":"assign","user":"eve","role":"lead","team":"support"}],
 * "effects":[{"effect":"assignmentAdded","user":"eve","role":"lead","team":"support"}]}}.
 *
 * <p>Roles, rights and targets stand as in the policy document. Rights name group and action of the catalog of a document:
 * what is read under this catalog, or one of equal content, equals what was written. It is read as strictly as a document.
 */
final class CommitJson {

    static final String REVISION = "revision";

    /** A larger commit is kept by keeping the policy that it led to. */
    static final int MAX_BYTES = 1 << 26;

    private CommitJson() {}

    /**
     * Returns a commit as JSON, null if it could not be read back: it is too large, has a text that is longer than is read,
     * or names a permission that the catalog lacks or that the scope of a role does not allow.
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
     * Reads the revision of a commit and nothing else, under whatever catalog it was written.
     *
     * @throws PolicyViolationException if it has none
     */
    static long revision(byte[] json) {
        try (JsonParser parser = JsonDocument.FACTORY.createParser(source(json))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean isField = token == JsonToken.FIELD_NAME
                        && parser.getParsingContext().getParent().inRoot();
                if (isField
                        && parser.currentName().equals(REVISION)
                        && parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                    return parser.getLongValue();
                }
            }
        } catch (IOException e) {
            throw noRevision(" that can be read: " + e.getMessage());
        }
        throw noRevision("");
    }

    private static PolicyViolationException noRevision(String why) {
        return PolicyViolationException.of(
                Violation.of(Code.MISSING_FIELD, '/' + REVISION, null, "the commit has no `" + REVISION + '`' + why));
    }

    static Source source(byte[] json) {
        return new Utf8Source(new ByteArrayInputStream(json), Long.MAX_VALUE);
    }
}
