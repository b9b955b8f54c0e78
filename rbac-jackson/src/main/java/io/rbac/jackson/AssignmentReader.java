package io.rbac.jackson;

import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the {@code assignments} of a document. */
final class AssignmentReader {

    private static final FieldSet FIELDS = FieldSet.of("user", "role", "at", "team", "chat")
            .onlyIn(DocumentForm.FORMAT, "at", "`team` or `chat`")
            .onlyIn(DocumentForm.FIRST_FORMAT, "team", "`at`, such as `team/ID`")
            .onlyIn(DocumentForm.FIRST_FORMAT, "chat", "`at`, such as `chat/ID`");

    private final Policy.Builder builder;
    private @Nullable String user;
    private @Nullable String role;

    /** Null if it could not be read. */
    private @Nullable Target target = Target.account();

    private boolean hasTarget;
    private boolean hasTwoTargets;

    AssignmentReader(Policy.Builder builder) {
        this.builder = builder;
    }

    void read(Tokens tokens, DocumentForm form, ArrayLocations locations) throws IOException {
        Tokens.FieldGate gate = form.gate(tokens, FIELDS);
        Tokens.FieldReader reader = field -> readField(tokens, form, field);
        tokens.readArray(Policy.MAX_ASSIGNMENTS, () -> {
            long location = tokens.location();
            locations.add(location);
            user = null;
            role = null;
            target = Target.account();
            hasTarget = false;
            hasTwoTargets = false;
            reportWhatIsMissing(tokens, tokens.readObject(FIELDS, gate, reader), location);
            if (user == null || role == null || target == null) {
                locations.omitLast();
            } else {
                builder.assign(user, role, target);
            }
        });
    }

    private void readField(Tokens tokens, DocumentForm form, String field) throws IOException {
        switch (field) {
            case "user" -> user = tokens.readString("the id of a user");
            case "role" -> role = tokens.readString("the id of a role");
            case "at" -> target = form.scopes().readTarget(tokens);
            default -> readFirstFormat(tokens, form.scopes(), field);
        }
    }

    private void readFirstFormat(Tokens tokens, DocumentScopes scopes, String field) throws IOException {
        String id = tokens.readString(field.equals("team") ? "the id of a team" : "the id of a chat");
        hasTwoTargets = hasTarget;
        hasTarget = true;
        Scope scope = id == null ? null : scopes.findAtHost(field);
        if (id == null || scope == null || hasTwoTargets) {
            target = null;
        } else {
            target = Target.of(scope, id);
        }
        if (id != null && scope == null && scopes.isKnown()) {
            tokens.report(Code.SCOPE_INVALID, field, scopes.lacksAtHost(field));
        }
    }

    private void reportWhatIsMissing(Tokens tokens, long seen, long location) {
        if (FIELDS.lacks(seen, "user")) {
            tokens.reportMissing(
                    Code.MISSING_FIELD, "user", "the assignment has no `user`: expected the id of one", location);
        }
        if (FIELDS.lacks(seen, "role")) {
            tokens.reportMissing(
                    Code.MISSING_FIELD, "role", "the assignment has no `role`: expected the id of one", location);
        }
        if (hasTwoTargets) {
            String message =
                    "the assignment has a `team` and a `chat`: expected at most one of them, because a role is assigned at"
                            + " one target";
            tokens.violations().add(Code.UNKNOWN_FIELD, tokens.pointer() + "/chat", "chat", message, location);
        }
    }
}
