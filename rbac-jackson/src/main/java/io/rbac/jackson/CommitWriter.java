package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.engine.Commit;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a commit as {@link CommitJson}, and finds out whether it can be read back. */
final class CommitWriter {

    /** All else is escaped, so that whatever a text is made of comes back, and no line ends within a commit. */
    private static final int LAST_ASCII = 0x7F;

    private final PermissionCatalog catalog;
    private final ByteArrayOutputStream bytes;
    private final JsonGenerator json;
    private boolean readable = true;

    private CommitWriter(PermissionCatalog catalog, ByteArrayOutputStream bytes, JsonGenerator json) {
        this.catalog = catalog;
        this.bytes = bytes;
        this.json = json;
    }

    static byte @Nullable [] write(Commit commit, PermissionCatalog catalog) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonDocument.FACTORY.createGenerator(bytes)) {
            json.setHighestNonEscapedChar(LAST_ASCII);
            CommitWriter writer = new CommitWriter(catalog, bytes, json);
            writer.commit(commit);
            json.flush();
            return writer.isReadable() ? bytes.toByteArray() : null;
        }
    }

    private boolean isReadable() {
        return readable && bytes.size() <= CommitJson.MAX_BYTES;
    }

    private void commit(Commit commit) throws IOException {
        json.writeStartObject();
        json.writeNumberField(CommitJson.REVISION, commit.revision());
        text("account", commit.account());
        text("time", commit.time().toString());
        text("actor", commit.actor().orElse(null));
        text("reason", commit.reason().orElse(null));
        json.writeArrayFieldStart("changes");
        for (Change change : commit.changes()) {
            if (isReadable()) {
                json.writeStartObject();
                change(change);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("effects");
        for (Effect effect : commit.effects()) {
            if (isReadable()) {
                json.writeStartObject();
                effect(effect);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void change(Change change) throws IOException {
        if (change instanceof Change.CreateRole create) {
            text("change", "createRole");
            text("id", create.idOrNull());
            text("scope", create.scope().map(Scope::word).orElse(null));
            attributes(create.attributes());
        } else if (change instanceof Change.UpdateRole update) {
            text("change", "updateRole");
            text("role", update.role());
            attributes(update.update());
        } else if (change instanceof Change.DeleteRole delete) {
            text("change", "deleteRole");
            text("role", delete.role());
        } else if (change instanceof Change.RestoreRole restore) {
            text("change", "restoreRole");
            text("role", restore.role());
        } else if (change instanceof Change.PurgeRole purge) {
            text("change", "purgeRole");
            text("role", purge.role());
        } else if (change instanceof Change.PutSystemRole put) {
            text("change", "putSystemRole");
            role("role", put.role());
        } else {
            changeOfAssignments(change);
        }
    }

    private void changeOfAssignments(Change change) throws IOException {
        if (change instanceof Change.Assign assign) {
            text("change", "assign");
            assignment(assign.user(), assign.role(), assign.target());
        } else if (change instanceof Change.Unassign unassign) {
            text("change", "unassign");
            assignment(unassign.user(), unassign.role(), unassign.target());
        } else if (change instanceof Change.Connect connect) {
            text("change", "connect");
            text("user", connect.user());
            target(connect.target());
        } else if (change instanceof Change.SetRoles set) {
            text("change", "setRoles");
            text("user", set.user());
            target(set.target());
            texts("roles", set.roles());
        } else if (change instanceof Change.SetUsers set) {
            text("change", "setUsers");
            text("role", set.role());
            target(set.target());
            texts("users", set.users());
        } else if (change instanceof Change.AssignToAll assign) {
            text("change", "assignToAll");
            text("role", assign.role());
        } else if (change instanceof Change.RemoveUser remove) {
            text("change", "removeUser");
            text("user", remove.user());
        } else {
            changeOfPlaces(change);
        }
    }

    private void changeOfPlaces(Change change) throws IOException {
        if (change instanceof Change.AddTeam add) {
            text("change", "addTeam");
            text("team", add.team());
        } else if (change instanceof Change.RemoveTeam remove) {
            text("change", "removeTeam");
            text("team", remove.team());
        } else if (change instanceof Change.AddChat add) {
            text("change", "addChat");
            chat(add.chat(), add.teamOrNull());
        } else if (change instanceof Change.MoveChat move) {
            text("change", "moveChat");
            chat(move.chat(), move.teamOrNull());
        } else if (change instanceof Change.RemoveChat remove) {
            text("change", "removeChat");
            text("chat", remove.chat());
        } else {
            throw new IllegalStateException("no way to write " + change);
        }
    }

    private void effect(Effect effect) throws IOException {
        if (effect instanceof Effect.RoleAdded added) {
            text("effect", "roleAdded");
            role("role", added.role());
        } else if (effect instanceof Effect.RoleChanged changed) {
            text("effect", "roleChanged");
            role("before", changed.before());
            role("after", changed.after());
        } else if (effect instanceof Effect.RoleRemoved removed) {
            text("effect", "roleRemoved");
            role("role", removed.role());
        } else if (effect instanceof Effect.AssignmentAdded added) {
            text("effect", "assignmentAdded");
            assignment(
                    added.assignment().user(),
                    added.assignment().role(),
                    added.assignment().target());
        } else if (effect instanceof Effect.AssignmentRemoved removed) {
            text("effect", "assignmentRemoved");
            assignment(
                    removed.assignment().user(),
                    removed.assignment().role(),
                    removed.assignment().target());
        } else {
            effectOnPlaces(effect);
        }
    }

    private void effectOnPlaces(Effect effect) throws IOException {
        if (effect instanceof Effect.TeamAdded added) {
            text("effect", "teamAdded");
            text("team", added.team());
        } else if (effect instanceof Effect.TeamRemoved removed) {
            text("effect", "teamRemoved");
            text("team", removed.team());
        } else if (effect instanceof Effect.ChatAdded added) {
            text("effect", "chatAdded");
            chat(added.chat(), added.teamOrNull());
        } else if (effect instanceof Effect.ChatMoved moved) {
            text("effect", "chatMoved");
            text("chat", moved.chat());
            text("before", moved.beforeOrNull());
            text("after", moved.afterOrNull());
        } else if (effect instanceof Effect.ChatRemoved removed) {
            text("effect", "chatRemoved");
            chat(removed.chat(), removed.teamOrNull());
        } else {
            throw new IllegalStateException("no way to write " + effect);
        }
    }

    private void attributes(RoleUpdate update) throws IOException {
        text("name", update.name().orElse(null));
        if (update.describes() && update.description().isEmpty()) {
            json.writeNullField("description");
        }
        text("description", update.description().orElse(null));
        if (update.defaultRole().isPresent()) {
            json.writeBooleanField("default", update.defaultRole().get());
        }
        if (update.rights().isPresent()) {
            json.writeFieldName("rights");
            RoleWriter.write(inCatalog(update.rights().get()), json);
        }
    }

    private void role(String field, Role role) throws IOException {
        json.writeFieldName(field);
        limit(role.id());
        limit(role.name());
        role.description().ifPresent(this::limit);
        Rights rights = inCatalog(role.rights());
        for (Permission permission : rights) {
            readable &= permission.scopes().contains(role.scope());
        }
        RoleWriter.write(role.toBuilder().rights(rights).build(), json);
    }

    /** The rights as a part of the catalog; none of them if it lacks one. */
    private Rights inCatalog(Rights rights) {
        for (Permission permission : rights) {
            if (catalog.indexOf(permission) < 0) {
                readable = false;
                return Rights.none();
            }
        }
        return rights.in(catalog);
    }

    private void assignment(String user, String role, Target target) throws IOException {
        text("user", user);
        text("role", role);
        target(target);
    }

    private void target(Target target) throws IOException {
        if (target.scope() != Scope.ACCOUNT) {
            text(target.scope().word(), target.id());
        }
    }

    private void chat(String chat, @Nullable String team) throws IOException {
        text("chat", chat);
        text("team", team);
    }

    private void text(String field, @Nullable String value) throws IOException {
        if (value != null && limit(value)) {
            json.writeStringField(field, value);
        }
    }

    private void texts(String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            if (limit(value)) {
                json.writeString(value);
            }
        }
        json.writeEndArray();
    }

    private boolean limit(String text) {
        boolean fits = text.length() <= JsonDocument.MAX_TEXT_CHARS;
        readable &= fits;
        return fits;
    }
}
