package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The violations in one file, to be shown as text or as JSON.
 *
 * @param file the name of the file, as it was given
 * @param violations the violations that are listed
 * @param total the number of all violations
 */
record ViolationReport(String file, List<Violation> violations, long total) {

    ViolationReport {
        violations = List.copyOf(violations);
    }

    static ViolationReport of(String file, PolicyViolationException refusal) {
        return new ViolationReport(file, refusal.violations(), refusal.total());
    }

    /** Returns a line for each listed violation. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Violation violation : violations) {
            String path = violation.path().isEmpty() ? "" : " at " + SafeText.of(violation.path());
            lines.add(Documents.location(file, violation.line(), violation.column()) + ": " + violation.code() + path
                    + ": " + violation.message());
        }
        return lines;
    }

    /** Returns the number of violations and, if only some are listed, how many. */
    String count() {
        int listed = violations.size();
        return Counted.of(total, "violation") + (listed < total ? ", the first " + listed + " are listed" : "");
    }

    /** Writes the total and the listed violations. */
    void writeFields(JsonGenerator json) throws IOException {
        json.writeNumberField("total", total);
        json.writeArrayFieldStart("violations");
        for (Violation violation : violations) {
            json.writeStartObject();
            json.writeStringField("code", violation.code().name());
            json.writeStringField("path", violation.path());
            json.writeNumberField("line", violation.line());
            json.writeNumberField("column", violation.column());
            json.writeStringField("message", violation.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
