package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.guard.Capabilities;
import io.rbac.matrix.UserRights;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import java.io.IOException;
import java.util.Map;

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

    static void write(UserRights rights, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("account", rights.account());
        json.writeStringField("user", rights.user());
        json.writeStringField("version", rights.version().toString());
        json.writeFieldName("rights");
        RoleWriter.write(rights.rights(), json);
        json.writeObjectFieldStart("targets");
        for (Map.Entry<Target, Rights> target : rights.targets().entrySet()) {
            json.writeFieldName(target.getKey().toString());
            RoleWriter.write(target.getValue(), json);
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
