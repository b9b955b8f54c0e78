package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Permission;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Why a policy answers as it does: the roles that a user holds on the path of a target, and the names it does not know. */
final class Explanation {

    private static final int MAX_SHOWN = 5;

    private final Policy policy;
    private final Permission permission;
    private final Question question;
    private final UnknownNames unknownNames;

    Explanation(Policy policy, Permission permission, Question question, UnknownNames unknownNames) {
        this.policy = policy;
        this.permission = permission;
        this.question = question;
        this.unknownNames = unknownNames;
    }

    /** Returns the end of a sentence that begins with the answer; empty if the {@linkplain #notes() notes} explain it. */
    String text(boolean allowed) {
        if (allowed) {
            return " by role " + listed(held().stream().filter(this::grants).toList());
        }
        if (!notes().isEmpty()) {
            return "";
        }
        List<Held> held = held();
        return held.isEmpty() ? ": holds no role there" : ": not granted by role " + listed(held);
    }

    /** Returns a sentence for each part of the question that the policy does not know; usually none. */
    List<String> notes() {
        return unknownNames.in(question);
    }

    /** Writes all roles that the user holds on the path of the target, and the notes, as the field {@code reason}. */
    void writeField(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("reason");
        json.writeArrayFieldStart("roles");
        for (Held held : held()) {
            json.writeStartObject();
            json.writeStringField("role", held.role.id());
            json.writeStringField("target", held.target.toString());
            json.writeBooleanField("active", held.role.isActive());
            json.writeBooleanField("grants", grants(held));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (String note : notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private boolean grants(Held held) {
        return policy.catalog().grantedBy(held.role).contains(permission);
    }

    /** Returns what the user holds on the path of the target, from the account down. */
    private List<Held> held() {
        List<Held> held = new ArrayList<>();
        for (Target target : TargetPath.of(policy, question.target())) {
            for (Role role : policy.rolesOf(question.user(), target)) {
                held.add(new Held(role, target));
            }
        }
        return held;
    }

    private static String listed(List<Held> held) {
        int shown = Math.min(held.size(), MAX_SHOWN);
        String text = String.join(
                ", ", held.subList(0, shown).stream().map(Held::toString).toList());
        return shown == held.size() ? text : text + " and " + (held.size() - shown) + " more";
    }

    private record Held(Role role, Target target) {

        @Override
        public String toString() {
            return Violation.quote(role.id()) + " at " + Violation.quote(target.toString())
                    + (role.isActive() ? "" : " (discarded)");
        }
    }
}
