package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.engine.Commit;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.ScopeTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes a commit as {@link CommitJson}, unless it could not be read back. */
final class CommitWriter {

    /** All other characters are escaped: so any string comes back as it was, and a commit stays in one line. */
    private static final int LAST_ASCII = 0x7F;

    private final ByteArrayOutputStream bytes;
    private final JsonGenerator json;
    private final ScopeTree scopes;
    private final EntryWriter out;

    private CommitWriter(ByteArrayOutputStream bytes, JsonGenerator json, ScopeTree scopes) {
        this.bytes = bytes;
        this.json = json;
        this.scopes = scopes;
        this.out = new EntryWriter(scopes, json);
    }

    static byte @Nullable [] write(Commit commit, ScopeTree scopes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonDocument.FACTORY.createGenerator(bytes)) {
            json.setHighestNonEscapedChar(LAST_ASCII);
            CommitWriter writer = new CommitWriter(bytes, json, scopes);
            writer.write(commit);
            json.flush();
            return writer.isReadable() ? bytes.toByteArray() : null;
        }
    }

    private boolean isReadable() {
        return out.isReadable() && bytes.size() <= CommitJson.MAX_BYTES;
    }

    private void write(Commit commit) throws IOException {
        json.writeStartObject();
        out.string("version", commit.version().toString());
        out.string("digest", commit.digest().toString());
        out.string("account", commit.account());
        out.string("time", commit.time().toString());
        out.string("actor", commit.actor().orElse(null));
        out.string("reason", commit.reason().orElse(null));
        if (!scopes.equals(ScopeTree.standard())) {
            json.writeFieldName("scopes");
            PolicyWriter.writeScopes(scopes, json);
        }
        ChangeWriter changes = new ChangeWriter(out);
        json.writeArrayFieldStart("changes");
        for (Change change : commit.changes()) {
            if (isReadable()) {
                json.writeStartObject();
                changes.write(change);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        EffectWriter effects = new EffectWriter(out);
        json.writeArrayFieldStart("effects");
        for (Effect effect : commit.effects()) {
            if (isReadable()) {
                json.writeStartObject();
                effects.write(effect);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
