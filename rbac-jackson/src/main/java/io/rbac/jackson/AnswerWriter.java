package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.guard.Capabilities;
import io.rbac.model.Violation;
import java.io.IOException;

/** Writes what an application answers its clients with. */
final class AnswerWriter {

    private AnswerWriter() {}

    static void write(Violation violation, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", violation.code().name());
        json.writeStringField("path", violation.path());
        if (violation.value().isPresent()) {
            json.writeStringField("value", violation.value().get());
        }
        json.writeStringField("message", violation.message());
        if (violation.line() > 0) {
            json.writeNumberField("line", violation.line());
            json.writeNumberField("column", violation.column());
        }
        json.writeEndObject();
    }

    static void write(Capabilities capabilities, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("edit", capabilities.mayEdit());
        json.writeBooleanField("delete", capabilities.mayDelete());
        json.writeBooleanField("editRights", capabilities.mayEditRights());
        json.writeBooleanField("assign", capabilities.mayAssign());
        json.writeEndObject();
    }
}
