package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import java.io.IOException;

/**
 * One question to a policy: may this user do this, here?
 *
 * @param user the id of the user
 * @param permission the key of the permission
 * @param target the target, with its given parent if there is one
 */
record Question(String user, String permission, Target target) {

    /** Returns a target, with its given parent if there is one, for use in a sentence. */
    static String quoted(Target target) {
        String text = Violation.quote(target.withoutParent().toString());
        return target.parent()
                .map(parent -> text + " in " + Violation.quote(parent.toString()))
                .orElse(text);
    }

    /** Writes the fields that a question has in a file of expected answers. */
    void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("user", user);
        json.writeStringField("permission", permission);
        write(target, json);
    }

    /** Writes a target as the field {@code target}, and its given parent, if there is one, as the field {@code in}. */
    static void write(Target target, JsonGenerator json) throws IOException {
        json.writeStringField("target", target.withoutParent().toString());
        if (target.parent().isPresent()) {
            json.writeStringField("in", target.parent().get().toString());
        }
    }
}
