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

/** Reads a commit that was written as {@link CommitJson}. */
final class CommitReader {

    private static final Fields FIELDS =
            Fields.of(CommitJson.REVISION, "account", "time", "actor", "reason", "changes", "effects");
    private static final List<String> REQUIRED = List.of(CommitJson.REVISION, "account", "time", "changes", "effects");

    private final RightsLookup lookup;
    private final List<Change> changes = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    private @Nullable Long revision;
    private @Nullable String account;
    private @Nullable Instant time;
    private @Nullable String actor;
    private @Nullable String reason;

    private CommitReader(RightsLookup lookup) {
        this.lookup = lookup;
    }

    static Commit read(byte[] json, CatalogIndex catalog) throws IOException {
        Problems problems = new Problems();
        CommitReader reader = new CommitReader(new RightsLookup(catalog, catalog.catalog(), problems));
        JsonDocument.read(CommitJson.source(json), problems, new Locations(), reader::read);
        problems.throwIfAny();
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
        long place = tokens.place();
        long seen = tokens.object(FIELDS, field -> field(tokens, field));
        for (String field : REQUIRED) {
            if (seen != Tokens.NO_OBJECT && (seen & FIELDS.bit(field)) == 0) {
                tokens.missing(Code.MISSING_FIELD, field, "the commit has no `" + field + '`', place);
            }
        }
    }

    private void field(Tokens tokens, String field) throws IOException {
        switch (field) {
            case CommitJson.REVISION -> revision = tokens.integer(Long.MIN_VALUE, Long.MAX_VALUE);
            case "account" -> account = tokens.text("the id of the account");
            case "time" -> time = time(tokens);
            case "actor" -> actor = tokens.text("the id of a user");
            case "reason" -> reason = tokens.text("a text");
            case "changes" ->
                tokens.array(Integer.MAX_VALUE, () -> {
                    Change change = ChangeReader.read(tokens, lookup);
                    if (change != null) {
                        changes.add(change);
                    }
                });
            default ->
                tokens.array(Integer.MAX_VALUE, () -> {
                    Effect effect = EffectReader.read(tokens, lookup);
                    if (effect != null) {
                        effects.add(effect);
                    }
                });
        }
    }

    /** An instant just as it prints itself; a commit may have one that is finer than those of roles. */
    private static @Nullable Instant time(Tokens tokens) throws IOException {
        String text = tokens.text("an instant");
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
        tokens.problem(Code.WRONG_TYPE, text, Violation.quote(text) + " is not an instant as it is written");
        return null;
    }
}
