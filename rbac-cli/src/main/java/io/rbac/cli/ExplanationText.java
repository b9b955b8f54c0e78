package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Permission;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.review.Explanation;
import io.rbac.review.Explanation.HeldRole;
import io.rbac.review.Explanation.NearestRole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An explanation, with the names in the question that the policy does not know, as text and as JSON. */
final class ExplanationText {

    private static final int MAX_SHOWN = 5;
    private static final int MAX_NEAREST = 10;

    private final Explanation explanation;
    private final List<String> notes;

    ExplanationText(Explanation explanation, List<String> notes) {
        this.explanation = explanation;
        this.notes = notes;
    }

    /** Returns a sentence for each part of the question that the policy does not know; usually none. */
    List<String> notes() {
        return notes;
    }

    /** Returns the end of a sentence that begins with the answer; empty if the {@linkplain #notes() notes} explain it. */
    String text() {
        if (explanation.isGranted()) {
            return " by role " + listed(explanation.grants(), ExplanationText::place);
        }
        if (!notes.isEmpty()) {
            return "";
        }
        List<HeldRole> held = explanation.held();
        return held.isEmpty()
                ? ": holds no role there"
                : ": not granted by role " + listed(held, ExplanationText::place);
    }

    /** Returns everything that is behind the answer, line by line: what is held and where, and what would grant it. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        add(lines, "granted by", explanation.grants());
        List<HeldRole> others = new ArrayList<>(explanation.held());
        others.removeAll(explanation.grants());
        add(lines, "held there, without granting it", others);
        List<NearestRole> nearest = explanation.nearest();
        if (!nearest.isEmpty()) {
            lines.add("would grant it, those that add least first");
            nearest.stream().limit(MAX_NEAREST).map(ExplanationText::line).forEach(lines::add);
            int more = nearest.size() - MAX_NEAREST;
            if (more > 0) {
                lines.add("  and " + Counted.of(more, "more role"));
            }
        } else if (!explanation.isGranted() && notes.isEmpty()) {
            lines.add("no active role would grant it there");
        }
        return lines;
    }

    /** Returns the reason of a denial as the end of a sentence; empty if the permission is granted. */
    String reason() {
        return explanation
                .reason()
                .map(reason -> switch (reason) {
                    case UNKNOWN_USER -> ": the user is unknown";
                    case UNKNOWN_PERMISSION -> ": the permission is unknown";
                    case UNKNOWN_TARGET -> ": the target is unknown";
                    case NOTHING_HELD -> ": holds no role there";
                    case NOT_IN_RIGHTS -> ": no role that is held there has it";
                    case DISCARDED -> ": only discarded roles that are held there have it";
                })
                .orElse("");
    }

    private static void add(List<String> lines, String heading, List<HeldRole> roles) {
        if (!roles.isEmpty()) {
            lines.add(heading);
            for (HeldRole held : roles) {
                String way = held.path().stream()
                        .map(Target::toString)
                        .map(Violation::quote)
                        .collect(Collectors.joining(" in "));
                lines.add("  role " + place(held) + (held.path().size() > 1 ? ": " + way : ""));
            }
        }
    }

    private static String line(NearestRole nearest) {
        List<Permission> adds = nearest.adds().stream().toList();
        return "  role " + Violation.quote(nearest.role().id()) + " at "
                + Violation.quote(nearest.target().toString())
                + (adds.isEmpty()
                        ? ", adding nothing else"
                        : ", adding " + listed(adds, permission -> Violation.quote(permission.key())));
    }

    private static String place(HeldRole held) {
        return Violation.quote(held.role().id()) + " at "
                + Violation.quote(held.assignment().target().toString())
                + (held.role().isActive() ? "" : " (discarded)");
    }

    private static <T> String listed(List<T> items, Function<T, String> text) {
        int shown = Math.min(items.size(), MAX_SHOWN);
        String list = items.stream().limit(shown).map(text).collect(Collectors.joining(", "));
        return shown == items.size() ? list : list + " and " + (items.size() - shown) + " more";
    }

    // JSON

    /** Writes all roles that the user holds on the path of the target, and the notes, as the field {@code reason}. */
    void writeReason(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("reason");
        writeRoles(json, false);
        JsonStrings.write("notes", notes, json);
        json.writeEndObject();
    }

    /** Writes everything that is behind the answer as the field {@code reason}; it has all that the shorter one has. */
    void writeWholeReason(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("reason");
        json.writeStringField("code", explanation.reason().map(Enum::name).orElse("GRANTED"));
        writeRoles(json, true);
        json.writeArrayFieldStart("nearest");
        for (NearestRole nearest : explanation.nearest()) {
            json.writeStartObject();
            json.writeStringField("role", nearest.role().id());
            json.writeStringField("target", nearest.target().toString());
            JsonStrings.write("adds", nearest.adds(), Permission::key, json);
            json.writeEndObject();
        }
        json.writeEndArray();
        JsonStrings.write("notes", notes, json);
        json.writeEndObject();
    }

    private void writeRoles(JsonGenerator json, boolean withPath) throws IOException {
        json.writeArrayFieldStart("roles");
        for (HeldRole held : explanation.held()) {
            json.writeStartObject();
            json.writeStringField("role", held.role().id());
            json.writeStringField("target", held.assignment().target().toString());
            json.writeBooleanField("active", held.role().isActive());
            json.writeBooleanField("grants", explanation.grants().contains(held));
            if (withPath) {
                JsonStrings.write("path", held.path(), Target::toString, json);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
