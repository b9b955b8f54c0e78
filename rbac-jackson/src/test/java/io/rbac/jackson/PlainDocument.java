package io.rbac.jackson;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.test.PlainGroup;
import io.rbac.test.PlainPolicy;
import io.rbac.test.PlainRole;
import io.rbac.test.PlainRules;
import io.rbac.test.PlainScope;
import io.rbac.test.PlainTarget;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Writes a plain policy, valid or not, as a document with every field, defaults too; shares no code with the writer. */
final class PlainDocument {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final PlainPolicy plain;
    private final Map<String, String[]> permissions = new HashMap<>();

    private PlainDocument(PlainPolicy plain) {
        this.plain = plain;
    }

    static String of(PlainPolicy plain) {
        return new PlainDocument(plain).document().toString();
    }

    private ObjectNode document() {
        ObjectNode document = MAPPER.createObjectNode();
        document.put("format", 2).put("account", plain.account()).put("revision", plain.revision());
        ArrayNode scopes = document.putArray("scopes");
        plain.scopes()
                .forEach(scope -> scopes.addObject().put("scope", scope.name()).put("nests", scope.nests()));
        rules(document.putObject("rules"), plain.rules());
        plain.groups().forEach(group -> group(document.withArray("catalog").addObject(), group));
        document.withArray("catalog");
        plain.roles().forEach(role -> role(document.withArray("roles").addObject(), role));
        plain.targets().forEach(located -> {
            PlainTarget target = located.target();
            document.withArray("targets")
                    .addObject()
                    .put(target.scope().name(), target.id())
                    .put("in", text(located.parent()));
        });
        plain.assignments().forEach(assignment -> {
            ObjectNode node = document.withArray("assignments").addObject();
            node.put("user", assignment.user()).put("role", assignment.role());
            node.put("at", text(assignment.target()));
        });
        return document;
    }

    private static String text(PlainTarget target) {
        return target.isAccount() ? "account" : target.scope().name() + '/' + target.id();
    }

    private static void rules(ObjectNode node, PlainRules rules) {
        node.putObject("name")
                .put("min", rules.name().min())
                .put("max", rules.name().max())
                .put("blank", rules.name().blank())
                .put("unique", rules.name().unique());
        node.putObject("description")
                .put("allowed", rules.description().allowed())
                .put("max", rules.description().max());
        if (rules.scopes() != null) {
            scopes(node, rules.scopes());
        }
        node.put(
                "defaultScope",
                rules.defaultScope() == null ? null : rules.defaultScope().name());
        node.put("rightsRequired", rules.rightsRequired());
        ObjectNode defaults = node.putObject("defaults");
        rules.defaults()
                .forEach((scope, count) ->
                        defaults.putObject(scope.name()).put("min", count.min()).put("max", count.max()));
        node.put("rolesPerTarget", rules.rolesPerTarget());
        node.put("emptyRoles", rules.emptyRoles()).put("deletion", rules.deletion());
        node.putObject("systemRoles")
                .put("name", rules.systemRoles().nameMayChange())
                .put("default", rules.systemRoles().defaultMayChange());
        node.put("unknownTargets", rules.unknownTargets());
        ArrayNode lockout = node.putArray("lockout");
        rules.lockout().forEach(lockout::add);
    }

    private void group(ObjectNode node, PlainGroup group) {
        node.put("group", group.name());
        ArrayNode actions = node.putArray("actions");
        for (PlainGroup.Action action : group.actions()) {
            permissions.put(action.key(), new String[] {group.name(), action.name()});
            scopes(actions.addObject().put("action", action.name()).put("key", action.key()), action.scopes());
        }
    }

    private static void scopes(ObjectNode node, Collection<PlainScope> scopes) {
        ArrayNode array = node.putArray("scopes");
        scopes.forEach(scope -> array.add(scope.name()));
    }

    private void role(ObjectNode node, PlainRole role) {
        node.put("id", role.id());
        if (role.name() != null) {
            node.put("name", role.name());
        }
        if (role.description() != null) {
            node.put("description", role.description());
        }
        node.put("scope", role.scope().name());
        node.put("type", role.system() ? "system" : "custom").put("default", role.isDefault());
        ObjectNode rights = node.putObject("rights");
        for (String key : role.permissions()) {
            String[] names = permissions.getOrDefault(key, new String[] {"unknown", key});
            ObjectNode group =
                    rights.withObject("/" + names[0].replace("~", "~0").replace("/", "~1"));
            group.put(names[1], true);
        }
        instant(node, "createdAt", role.createdAt());
        instant(node, "updatedAt", role.updatedAt());
        instant(node, "discardedAt", role.discardedAt());
    }

    private static void instant(ObjectNode node, String field, Long millis) {
        if (millis != null) {
            node.put(field, Instant.ofEpochMilli(millis).toString());
        }
    }
}
