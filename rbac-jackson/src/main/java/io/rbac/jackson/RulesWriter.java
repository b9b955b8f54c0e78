package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.PolicyRules;
import io.rbac.model.Scope;
import java.io.IOException;
import java.util.Collection;
import java.util.OptionalInt;

/** Writes what of a policy's rules differs from the standard. */
final class RulesWriter {

    private static final PolicyRules STANDARD = PolicyRules.standard();

    private final PolicyRules rules;
    private final JsonGenerator json;

    RulesWriter(PolicyRules rules, JsonGenerator json) {
        this.rules = rules;
        this.json = json;
    }

    void write() throws IOException {
        json.writeStartObject();
        name();
        description();
        if (!rules.scopes().equals(STANDARD.scopes())) {
            texts("scopes", rules.scopes().stream().map(Scope::word).toList());
        }
        if (rules.defaultScope().isPresent()) {
            json.writeStringField("defaultScope", rules.defaultScope().get().word());
        }
        flag("rightsRequired", rules.rightsRequired(), STANDARD.rightsRequired());
        defaults();
        limit("rolesPerTarget", rules.rolesPerTarget(), STANDARD.rolesPerTarget());
        word("emptyRoles", rules.emptyRoles().word(), STANDARD.emptyRoles().word());
        word("deletion", rules.deletion().word(), STANDARD.deletion().word());
        systemRoles();
        word("placedChats", rules.placedChats().word(), STANDARD.placedChats().word());
        if (!rules.lockout().isEmpty()) {
            texts("lockout", rules.lockout());
        }
        json.writeEndObject();
    }

    private void name() throws IOException {
        if (rules.nameMin() != STANDARD.nameMin()
                || !rules.nameMax().equals(STANDARD.nameMax())
                || rules.blankNames() != STANDARD.blankNames()
                || rules.uniqueNames() != STANDARD.uniqueNames()) {
            json.writeObjectFieldStart("name");
            number("min", rules.nameMin(), STANDARD.nameMin());
            limit("max", rules.nameMax(), STANDARD.nameMax());
            flag("blank", rules.blankNames(), STANDARD.blankNames());
            flag("unique", rules.uniqueNames(), STANDARD.uniqueNames());
            json.writeEndObject();
        }
    }

    private void description() throws IOException {
        if (rules.descriptions() != STANDARD.descriptions()
                || !rules.descriptionMax().equals(STANDARD.descriptionMax())) {
            json.writeObjectFieldStart("description");
            flag("allowed", rules.descriptions(), STANDARD.descriptions());
            limit("max", rules.descriptionMax(), STANDARD.descriptionMax());
            json.writeEndObject();
        }
    }

    private void defaults() throws IOException {
        boolean started = false;
        for (Scope scope : Scope.values()) {
            if (rules.minDefaults(scope) != STANDARD.minDefaults(scope)
                    || !rules.maxDefaults(scope).equals(STANDARD.maxDefaults(scope))) {
                if (!started) {
                    json.writeObjectFieldStart("defaults");
                    started = true;
                }
                json.writeObjectFieldStart(scope.word());
                number("min", rules.minDefaults(scope), STANDARD.minDefaults(scope));
                limit("max", rules.maxDefaults(scope), STANDARD.maxDefaults(scope));
                json.writeEndObject();
            }
        }
        if (started) {
            json.writeEndObject();
        }
    }

    private void systemRoles() throws IOException {
        if (rules.systemRoleNames() != STANDARD.systemRoleNames()
                || rules.systemRoleDefaults() != STANDARD.systemRoleDefaults()) {
            json.writeObjectFieldStart("systemRoles");
            flag("name", rules.systemRoleNames(), STANDARD.systemRoleNames());
            flag("default", rules.systemRoleDefaults(), STANDARD.systemRoleDefaults());
            json.writeEndObject();
        }
    }

    private void number(String field, int value, int standard) throws IOException {
        if (value != standard) {
            json.writeNumberField(field, value);
        }
    }

    private void limit(String field, OptionalInt value, OptionalInt standard) throws IOException {
        if (value.equals(standard)) {
            return;
        }
        if (value.isPresent()) {
            json.writeNumberField(field, value.getAsInt());
        } else {
            json.writeNullField(field);
        }
    }

    private void flag(String field, boolean value, boolean standard) throws IOException {
        if (value != standard) {
            json.writeBooleanField(field, value);
        }
    }

    private void word(String field, String value, String standard) throws IOException {
        if (!value.equals(standard)) {
            json.writeStringField(field, value);
        }
    }

    private void texts(String field, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
