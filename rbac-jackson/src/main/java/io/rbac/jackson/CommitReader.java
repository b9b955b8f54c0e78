package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.Commit;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a commit, as {@link CommitWriter} writes it. */
final class CommitReader {

    private static final FieldSet FIELDS =
            FieldSet.of(CommitJson.REVISION, "account", "time", "actor", "reason", "changes", "effects");
    private static final List<String> REQUIRED = List.of(CommitJson.REVISION, "account", "time", "changes", "effects");

    private final RightsLookup lookup;
    private final DocumentScopes scopes;
    private final List<Change> changes = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    private @Nullable Long revision;
    private @Nullable String account;
    private @Nullable Instant time;
    private @Nullable String actor;
    private @Nullable String reason;

    private CommitReader(RightsLookup lookup, DocumentScopes scopes) {
        this.lookup = lookup;
        this.scopes = scopes;
    }

    static Commit read(byte[] json, CatalogIndex catalog) throws IOException {
        DocumentViolations violations = new DocumentViolations();
        CommitReader reader = new CommitReader(
                new RightsLookup(catalog, catalog.catalog(), violations),
                DocumentScopes.of(catalog.catalog().scopes()));
        JsonDocument.read(CommitJson.source(json), violations, new SourceMap(), reader::read);
        violations.throwIfAny();
        return Commit.of(
                requireNonNull(reader.account),
                requireNonNull(reader.revision),
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
            case CommitJson.REVISION -> revision = tokens.readInteger(Long.MIN_VALUE, Long.MAX_VALUE);
            case "account" -> account = tokens.readString("the id of the account");
            case "time" -> time = readTime(tokens);
            case "actor" -> actor = tokens.readString("the id of a user");
            case "reason" -> reason = tokens.readString("a string");
            case "changes" ->
                tokens.readArray(Integer.MAX_VALUE, () -> {
                    Change change = ChangeReader.read(tokens, lookup, scopes);
                    if (change != null) {
                        changes.add(change);
                    }
                });
            default ->
                tokens.readArray(Integer.MAX_VALUE, () -> {
                    Effect effect = EffectReader.read(tokens, lookup, scopes);
                    if (effect != null) {
                        effects.add(effect);
                    }
                });
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
