package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyRules.Range;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;

/** Writes those rules of a policy that differ from the standard ones. */
final class RulesWriter {

    private static final PolicyRules STANDARD = PolicyRules.standard();

    private final PolicyRules rules;
    private final ScopeTree tree;
    private final JsonGenerator json;

    /** @param tree the scopes that the rules name */
    RulesWriter(PolicyRules rules, ScopeTree tree, JsonGenerator json) {
        this.rules = rules;
        this.tree = tree;
        this.json = json;
    }

    void write() throws IOException {
        json.writeStartObject();
        name();
        description();
        if (rules.scopes().isPresent()) {
            strings("scopes", rules.scopes().get().stream().map(this::name).toList());
        }
        if (rules.defaultScope().isPresent()) {
            json.writeStringField("defaultScope", name(rules.defaultScope().get()));
        }
        flag("rightsRequired", rules.requiresRights(), STANDARD.requiresRights());
        defaults();
        limit("rolesPerTarget", rules.rolesPerTarget(), STANDARD.rolesPerTarget());
        word("emptyRoles", rules.emptyRoles().word(), STANDARD.emptyRoles().word());
        word("deletion", rules.deletion().word(), STANDARD.deletion().word());
        systemRoles();
        word(
                "unknownTargets",
                rules.unknownTargets().word(),
                STANDARD.unknownTargets().word());
        if (!rules.lockout().isEmpty()) {
            strings("lockout", rules.lockout());
        }
        json.writeEndObject();
    }

    private String name(Scope scope) {
        return DocumentScopes.name(scope, tree);
    }

    private void name() throws IOException {
        if (!rules.nameLength().equals(STANDARD.nameLength())
                || rules.allowsBlankNames() != STANDARD.allowsBlankNames()
                || rules.requiresUniqueNames() != STANDARD.requiresUniqueNames()) {
            json.writeObjectFieldStart("name");
            range(rules.nameLength(), STANDARD.nameLength());
            flag("blank", rules.allowsBlankNames(), STANDARD.allowsBlankNames());
            flag("unique", rules.requiresUniqueNames(), STANDARD.requiresUniqueNames());
            json.writeEndObject();
        }
    }

    private void description() throws IOException {
        if (rules.allowsDescriptions() != STANDARD.allowsDescriptions()
                || !rules.descriptionLength().equals(STANDARD.descriptionLength())) {
            json.writeObjectFieldStart("description");
            flag("allowed", rules.allowsDescriptions(), STANDARD.allowsDescriptions());
            limit(
                    "max",
                    rules.descriptionLength().max(),
                    STANDARD.descriptionLength().max());
            json.writeEndObject();
        }
    }

    private void defaults() throws IOException {
        if (!rules.defaults().isEmpty()) {
            json.writeObjectFieldStart("defaults");
            for (Map.Entry<Scope, Range> count : rules.defaults().entrySet()) {
                json.writeObjectFieldStart(name(count.getKey()));
                range(count.getValue(), STANDARD.defaults(count.getKey()));
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    }

    private void systemRoles() throws IOException {
        if (rules.allowsSystemRoleNames() != STANDARD.allowsSystemRoleNames()
                || rules.allowsSystemRoleDefaults() != STANDARD.allowsSystemRoleDefaults()) {
            json.writeObjectFieldStart("systemRoles");
            flag("name", rules.allowsSystemRoleNames(), STANDARD.allowsSystemRoleNames());
            flag("default", rules.allowsSystemRoleDefaults(), STANDARD.allowsSystemRoleDefaults());
            json.writeEndObject();
        }
    }

    private void range(Range range, Range standard) throws IOException {
        if (range.min() != standard.min()) {
            json.writeNumberField("min", range.min());
        }
        limit("max", range.max(), standard.max());
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

    private void strings(String field, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
