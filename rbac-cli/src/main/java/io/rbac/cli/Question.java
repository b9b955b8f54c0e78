package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import java.io.IOException;

/**
 * One question to a policy, in words and as JSON.
 *
 * @param user who
 * @param permission the key of what
 * @param target where
 */
record Question(String user, String permission, Target target) {

    /** Returns who may, or may not, do what where. */
    String answered(boolean allowed) {
        return Violation.quote(user) + (allowed ? " may " : " may not ") + Violation.quote(permission) + " at "
                + place(target);
    }

    /** Returns a target in backticks, and its stated place. */
    static String place(Target target) {
        String text = Violation.quote(target.unplaced().toString());
        return target.place()
                .map(place -> text + " in " + Violation.quote(place.toString()))
                .orElse(text);
    }

    /** Writes the fields that a question has in a document of expected answers. */
    void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("user", user);
        json.writeStringField("permission", permission);
        json.writeStringField("target", target.unplaced().toString());
        if (target.place().isPresent()) {
            json.writeStringField("in", target.place().get().toString());
        }
    }
}
