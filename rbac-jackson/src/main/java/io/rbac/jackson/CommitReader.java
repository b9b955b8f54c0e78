package io.rbac.jackson;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.rbac.engine.Commit;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.ScopeTree;
import io.rbac.model.Version;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.PolicyDigest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a commit, as {@link CommitWriter} writes it. */
final class CommitReader {

    private static final FieldSet FIELDS =
            FieldSet.of("version", "digest", "account", "time", "actor", "reason", "scopes", "changes", "effects");
    private static final List<String> REQUIRED = List.of("version", "digest", "account", "time", "changes", "effects");

    private final SourceMap sourceMap = new SourceMap();
    private final List<Change> changes = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    private @Nullable Version version;
    private @Nullable PolicyDigest digest;
    private @Nullable String account;
    private @Nullable Instant time;
    private @Nullable String actor;
    private @Nullable String reason;
    private ScopeTree tree = ScopeTree.standard();

    /** What changes and effects are read with, null before the first of them. */
    private @Nullable DocumentScopes scopes;

    private StoredRights rights = new StoredRights(tree);

    private CommitReader() {}

    static Commit read(byte[] json) throws IOException {
        DocumentViolations violations = new DocumentViolations();
        CommitReader reader = new CommitReader();
        Source source = new Utf8Source(new ByteArrayInputStream(json), Long.MAX_VALUE);
        JsonDocument.read(source, violations, reader.sourceMap, reader::read);
        violations.throwIfAny();
        return Commit.of(
                requireNonNull(reader.account),
                requireNonNull(reader.version),
                requireNonNull(reader.digest),
                reader.actor,
                requireNonNull(reader.time),
                reader.reason,
                reader.changes,
                reader.effects);
    }

    private void read(Tokens tokens) throws IOException {
        long location = tokens.location();
        long seen = tokens.readObject(FIELDS, field -> readField(tokens, field));
        for (String field : REQUIRED) {
            if (FIELDS.lacks(seen, field)) {
                String message = "the commit has no `" + field + "`: expected one";
                tokens.reportMissing(Code.MISSING_FIELD, field, message, location);
            }
        }
    }

    private void readField(Tokens tokens, String field) throws IOException {
        switch (field) {
            case "version" -> version = readParsed(tokens, "a version", Version::parse);
            case "digest" -> digest = readParsed(tokens, "a digest", PolicyDigest::parse);
            case "account" -> account = tokens.readString("the id of the account");
            case "time" -> time = readTime(tokens);
            case "actor" -> actor = tokens.readString("the id of a user");
            case "reason" -> reason = tokens.readString("a string");
            case "scopes" -> readScopes(tokens);
            case "changes" ->
                tokens.readArray(Integer.MAX_VALUE, () -> {
                    Change change = ChangeReader.read(tokens, rights, scopes());
                    if (change != null) {
                        changes.add(change);
                    }
                });
            default ->
                tokens.readArray(Integer.MAX_VALUE, () -> {
                    Effect effect = EffectReader.read(tokens, rights, scopes());
                    if (effect != null) {
                        effects.add(effect);
                    }
                });
        }
    }

    private void readScopes(Tokens tokens) throws IOException {
        if (scopes != null) {
            tokens.report(
                    Code.MALFORMED, "scopes", "`scopes` comes after what depends on it: expected it before changes");
        }
        tree = requireNonNullElse(ScopesReader.read(tokens, sourceMap), tree);
        rights = new StoredRights(tree);
    }

    private DocumentScopes scopes() {
        DocumentScopes known = scopes;
        if (known == null) {
            known = DocumentScopes.of(tree);
            scopes = known;
        }
        return known;
    }

    private static <T> @Nullable T readParsed(Tokens tokens, String what, Function<String, T> parser)
            throws IOException {
        String text = tokens.readString(what);
        try {
            return text == null ? null : parser.apply(text);
        } catch (IllegalArgumentException e) {
            tokens.report(Code.WRONG_TYPE, text, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Reads an instant exactly as it was written, to the nanosecond: those of roles have milliseconds at most. */
    private static @Nullable Instant readTime(Tokens tokens) throws IOException {
        String text = tokens.readString("an instant");
        if (text == null) {
            return null;
        }
        try {
            Instant instant = Instant.parse(text);
            if (instant.toString().equals(text)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Reported below.
        }
        tokens.report(
                Code.WRONG_TYPE,
                text,
                Violation.quote(text)
                        + " is not an instant: expected one as it is written, such as `2025-06-30T15:00:09Z`");
        return null;
    }
}
