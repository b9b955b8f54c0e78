package io.rbac.jackson;

import io.rbac.jackson.CommitPart.Kind;
import io.rbac.jackson.CommitPart.Maker;
import io.rbac.model.Change;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the changes of a commit. */
final class ChangeReader {

    private static final Fields FIELDS = Fields.of(
            "change",
            "id",
            "scope",
            "name",
            "description",
            "default",
            "rights",
            "role",
            "user",
            "team",
            "chat",
            "roles",
            "users");

    private static final List<String> NONE = List.of();
    private static final List<String> ROLE = List.of("role");
    private static final List<String> TEAM = List.of("team");
    private static final List<String> CHAT = List.of("chat");
    private static final List<String> ASSIGNMENT = List.of("user", "role");
    private static final List<String> TARGET = List.of("team", "chat");
    private static final List<String> ATTRIBUTES = List.of("name", "description", "default", "rights");
    private static final List<String> NEW_ROLE = List.of("id", "scope", "name", "description", "default", "rights");

    private static final Map<String, Kind<Change>> KINDS = kinds();

    private ChangeReader() {}

    static @Nullable Change read(Tokens tokens, RightsLookup lookup) throws IOException {
        return CommitPart.read(tokens, lookup, FIELDS, "change", KINDS);
    }

    private static Map<String, Kind<Change>> kinds() {
        Map<String, Kind<Change>> kinds = new LinkedHashMap<>();
        kinds.put(
                "createRole",
                kind(
                        NONE,
                        NEW_ROLE,
                        part -> new Change.CreateRole(part.textOrNull("id"), part.scope(), part.attributes())));
        kinds.put(
                "updateRole", kind(ROLE, ATTRIBUTES, part -> Change.updateRole(part.text("role"), part.attributes())));
        kinds.put("deleteRole", kind(ROLE, NONE, part -> Change.deleteRole(part.text("role"))));
        kinds.put("restoreRole", kind(ROLE, NONE, part -> Change.restoreRole(part.text("role"))));
        kinds.put("purgeRole", kind(ROLE, NONE, part -> Change.purgeRole(part.text("role"))));
        kinds.put("putSystemRole", kind(ROLE, NONE, part -> Change.putSystemRole(part.role("role"))));
        kinds.put(
                "assign",
                kind(ASSIGNMENT, TARGET, part -> Change.assign(part.text("user"), part.text("role"), part.target())));
        kinds.put(
                "unassign",
                kind(ASSIGNMENT, TARGET, part -> Change.unassign(part.text("user"), part.text("role"), part.target())));
        kinds.put("connect", kind(List.of("user"), TARGET, part -> Change.connect(part.text("user"), part.target())));
        kinds.put(
                "setRoles",
                kind(
                        List.of("user", "roles"),
                        TARGET,
                        part -> Change.setRoles(part.text("user"), part.target(), part.list("roles"))));
        kinds.put(
                "setUsers",
                kind(
                        List.of("role", "users"),
                        TARGET,
                        part -> Change.setUsers(part.text("role"), part.target(), part.list("users"))));
        kinds.put("assignToAll", kind(ROLE, NONE, part -> Change.assignToAll(part.text("role"))));
        kinds.put("removeUser", kind(List.of("user"), NONE, part -> Change.removeUser(part.text("user"))));
        kinds.put("addTeam", kind(TEAM, NONE, part -> Change.addTeam(part.text("team"))));
        kinds.put("removeTeam", kind(TEAM, NONE, part -> Change.removeTeam(part.text("team"))));
        kinds.put("addChat", kind(CHAT, TEAM, part -> new Change.AddChat(part.text("chat"), part.textOrNull("team"))));
        kinds.put(
                "moveChat", kind(CHAT, TEAM, part -> new Change.MoveChat(part.text("chat"), part.textOrNull("team"))));
        kinds.put("removeChat", kind(CHAT, NONE, part -> Change.removeChat(part.text("chat"))));
        return kinds;
    }

    private static Kind<Change> kind(List<String> required, List<String> optional, Maker<Change> maker) {
        return new Kind<>(required, optional, maker);
    }
}
