package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Assignment;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.RightsGroup;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;

/** Writes a policy as its canonical document. */
final class PolicyWriter {

    private final Policy policy;
    private final ScopeTree tree;
    private final JsonGenerator json;
    private final CanonicalLayout layout = new CanonicalLayout();

    private PolicyWriter(Policy policy, JsonGenerator json) {
        this.policy = policy;
        this.tree = policy.catalog().scopes();
        this.json = json;
    }

    /** Writes the document and flushes the writer. */
    static void write(Policy policy, Writer out) throws IOException {
        try (JsonGenerator json = JsonDocument.FACTORY.createGenerator(out)) {
            json.setCharacterEscapes(new CanonicalLayout.Escapes());
            PolicyWriter writer = new PolicyWriter(policy, json);
            json.setPrettyPrinter(writer.layout);
            writer.document();
            json.writeRaw('\n');
        }
    }

    private void document() throws IOException {
        json.writeStartObject();
        json.writeNumberField("format", DocumentForm.FORMAT);
        json.writeStringField("account", policy.account());
        if (policy.revision() != 0) {
            json.writeNumberField("revision", policy.revision());
        }
        if (!tree.equals(ScopeTree.standard())) {
            json.writeFieldName("scopes");
            writeScopes(tree, json);
        }
        if (!policy.rules().equals(PolicyRules.standard())) {
            json.writeFieldName("rules");
            new RulesWriter(policy.rules(), tree, json).write();
        }
        catalog(policy.catalog());
        roles();
        targets();
        assignments();
        json.writeEndObject();
    }

    static void writeScopes(ScopeTree tree, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Scope scope : tree.scopes()) {
            json.writeStartObject();
            json.writeStringField("scope", scope.name());
            if (scope.nests()) {
                json.writeBooleanField("nests", true);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void catalog(PermissionCatalog catalog) throws IOException {
        json.writeArrayFieldStart("catalog");
        for (RightsGroup group : catalog.groups()) {
            json.writeStartObject();
            json.writeStringField("group", group.name());
            json.writeFieldName("actions");
            if (group.permissions().stream().anyMatch(permission -> isDetailed(permission, group))) {
                layout.spaceNextArray();
            }
            json.writeStartArray();
            for (Permission permission : group.permissions()) {
                action(permission, group);
            }
            json.writeEndArray();
            if (group.scopes().size() < tree.scopes().size()) {
                scopes(group.scopes());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static boolean isDetailed(Permission permission, RightsGroup group) {
        return RoleWriter.hasOwnKey(permission)
                || !permission.scopes().equals(group.scopes())
                || permission.title().isPresent()
                || permission.description().isPresent();
    }

    private void action(Permission permission, RightsGroup group) throws IOException {
        if (!isDetailed(permission, group)) {
            json.writeString(permission.action());
            return;
        }
        json.writeStartObject();
        json.writeStringField("action", permission.action());
        if (RoleWriter.hasOwnKey(permission)) {
            json.writeStringField("key", permission.key());
        }
        if (!permission.scopes().equals(group.scopes())) {
            scopes(permission.scopes());
        }
        if (permission.title().isPresent()) {
            json.writeStringField("title", permission.title().get());
        }
        if (permission.description().isPresent()) {
            json.writeStringField("description", permission.description().get());
        }
        json.writeEndObject();
    }

    private void scopes(Set<Scope> scopes) throws IOException {
        json.writeArrayFieldStart("scopes");
        for (Scope scope : scopes) {
            json.writeString(DocumentScopes.name(scope, tree));
        }
        json.writeEndArray();
    }

    private void roles() throws IOException {
        List<Role> roles = policy.roles();
        if (!roles.isEmpty()) {
            json.writeArrayFieldStart("roles");
            for (Role role : roles) {
                RoleWriter.write(role, tree, json);
            }
            json.writeEndArray();
        }
    }

    private void targets() throws IOException {
        List<Target> targets = policy.targets();
        if (!targets.isEmpty()) {
            json.writeArrayFieldStart("targets");
            for (Target target : targets) {
                json.writeStartObject();
                json.writeStringField(target.scope().name(), target.id());
                Target parent = policy.parentOf(target).orElse(Target.account());
                if (!parent.isAccount()) {
                    json.writeStringField(TargetReader.PARENT, parent.toString());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private void assignments() throws IOException {
        List<String> users = policy.users();
        if (!users.isEmpty()) {
            json.writeArrayFieldStart("assignments");
            for (String user : users) {
                for (Assignment assignment : policy.rolesOf(user)) {
                    assignment(assignment);
                }
            }
            json.writeEndArray();
        }
    }

    private void assignment(Assignment assignment) throws IOException {
        json.writeStartObject();
        json.writeStringField("user", assignment.user());
        json.writeStringField("role", assignment.role());
        if (!assignment.target().isAccount()) {
            json.writeStringField("at", assignment.target().toString());
        }
        json.writeEndObject();
    }
}
