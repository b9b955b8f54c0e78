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
            "at",
            "target",
            "in",
            "roles",
            "users");

    private static final List<String> NONE = List.of();
    private static final List<String> ROLE = List.of("role");
    private static final List<String> USER = List.of("user");
    private static final List<String> TARGET = List.of("target");
    private static final List<String> PARENT = List.of("in");
    private static final List<String> ASSIGNMENT = List.of("user", "role");
    private static final List<String> PLACE = List.of("at");
    private static final List<String> ATTRIBUTES = List.of("name", "description", "default", "rights");
    private static final List<String> NEW_ROLE = List.of("id", "scope", "name", "description", "default", "rights");

    private static final Map<String, Form<Change>> FORMS = forms();

    private ChangeReader() {}

    static @Nullable Change read(Tokens tokens, StoredRights storedRights, DocumentScopes scopes) throws IOException {
        return ParsedEntry.read(tokens, storedRights, scopes, FIELDS, "change", FORMS);
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
                        PLACE,
                        entry -> Change.assign(entry.string("user"), entry.string("role"), entry.place()));
            case UNASSIGN ->
                new Form<>(
                        ASSIGNMENT,
                        PLACE,
                        entry -> Change.unassign(entry.string("user"), entry.string("role"), entry.place()));
            case CONNECT -> new Form<>(USER, PLACE, entry -> Change.connect(entry.string("user"), entry.place()));
            case SET_ROLES ->
                new Form<>(
                        List.of("user", "roles"),
                        PLACE,
                        entry -> Change.setRoles(entry.string("user"), entry.place(), entry.list("roles")));
            case SET_USERS ->
                new Form<>(
                        List.of("role", "users"),
                        PLACE,
                        entry -> Change.setUsers(entry.string("role"), entry.place(), entry.list("users")));
            case ASSIGN_TO_ALL -> new Form<>(ROLE, NONE, entry -> Change.assignToAll(entry.string("role")));
            case REMOVE_USER -> new Form<>(USER, NONE, entry -> Change.removeUser(entry.string("user")));
            case ADD_TARGET -> new Form<>(TARGET, PARENT, entry -> Change.addTarget(entry.target(), entry.parent()));
            case MOVE_TARGET -> new Form<>(TARGET, PARENT, entry -> Change.moveTarget(entry.target(), entry.parent()));
            case REMOVE_TARGET -> new Form<>(TARGET, NONE, entry -> Change.removeTarget(entry.target()));
        };
    }
}
