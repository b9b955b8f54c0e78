package io.rbac.jackson;

import io.rbac.jackson.ParsedEntry.Form;
import io.rbac.model.Change;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the changes of a commit, as {@link ChangeWriter} writes them. */
final class ChangeReader {

    private static final FieldSet FIELDS = FieldSet.of(
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
    private static final List<String> USER = List.of("user");
    private static final List<String> TEAM = List.of("team");
    private static final List<String> CHAT = List.of("chat");
    private static final List<String> ASSIGNMENT = List.of("user", "role");
    private static final List<String> TARGET = List.of("team", "chat");
    private static final List<String> ATTRIBUTES = List.of("name", "description", "default", "rights");
    private static final List<String> NEW_ROLE = List.of("id", "scope", "name", "description", "default", "rights");

    private static final Map<String, Form<Change>> FORMS = forms();

    private ChangeReader() {}

    static @Nullable Change read(Tokens tokens, RightsLookup lookup) throws IOException {
        return ParsedEntry.read(tokens, lookup, FIELDS, "change", FORMS);
    }

    private static Map<String, Form<Change>> forms() {
        Map<String, Form<Change>> forms = new LinkedHashMap<>();
        for (Change.Kind kind : Change.Kind.values()) {
            forms.put(WireFormat.word(kind), form(kind));
        }
        return forms;
    }

    private static Form<Change> form(Change.Kind kind) {
        return switch (kind) {
            case CREATE_ROLE ->
                new Form<>(
                        NONE,
                        NEW_ROLE,
                        entry -> new Change.CreateRole(entry.stringOrNull("id"), entry.scope(), entry.attributes()));
            case UPDATE_ROLE ->
                new Form<>(ROLE, ATTRIBUTES, entry -> Change.updateRole(entry.string("role"), entry.attributes()));
            case DELETE_ROLE -> new Form<>(ROLE, NONE, entry -> Change.deleteRole(entry.string("role")));
            case RESTORE_ROLE -> new Form<>(ROLE, NONE, entry -> Change.restoreRole(entry.string("role")));
            case PURGE_ROLE -> new Form<>(ROLE, NONE, entry -> Change.purgeRole(entry.string("role")));
            case PUT_SYSTEM_ROLE -> new Form<>(ROLE, NONE, entry -> Change.putSystemRole(entry.role("role")));
            case ASSIGN ->
                new Form<>(
                        ASSIGNMENT,
                        TARGET,
                        entry -> Change.assign(entry.string("user"), entry.string("role"), entry.target()));
            case UNASSIGN ->
                new Form<>(
                        ASSIGNMENT,
                        TARGET,
                        entry -> Change.unassign(entry.string("user"), entry.string("role"), entry.target()));
            case CONNECT -> new Form<>(USER, TARGET, entry -> Change.connect(entry.string("user"), entry.target()));
            case SET_ROLES ->
                new Form<>(
                        List.of("user", "roles"),
                        TARGET,
                        entry -> Change.setRoles(entry.string("user"), entry.target(), entry.list("roles")));
            case SET_USERS ->
                new Form<>(
                        List.of("role", "users"),
                        TARGET,
                        entry -> Change.setUsers(entry.string("role"), entry.target(), entry.list("users")));
            case ASSIGN_TO_ALL -> new Form<>(ROLE, NONE, entry -> Change.assignToAll(entry.string("role")));
            case REMOVE_USER -> new Form<>(USER, NONE, entry -> Change.removeUser(entry.string("user")));
            case ADD_TEAM -> new Form<>(TEAM, NONE, entry -> Change.addTeam(entry.string("team")));
            case REMOVE_TEAM -> new Form<>(TEAM, NONE, entry -> Change.removeTeam(entry.string("team")));
            case ADD_CHAT ->
                new Form<>(CHAT, TEAM, entry -> new Change.AddChat(entry.string("chat"), entry.stringOrNull("team")));
            case MOVE_CHAT ->
                new Form<>(CHAT, TEAM, entry -> new Change.MoveChat(entry.string("chat"), entry.stringOrNull("team")));
            case REMOVE_CHAT -> new Form<>(CHAT, NONE, entry -> Change.removeChat(entry.string("chat")));
        };
    }
}
