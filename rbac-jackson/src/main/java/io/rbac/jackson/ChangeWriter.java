package io.rbac.jackson;

import io.rbac.model.Change;
import java.io.IOException;

/** Writes the fields of a change. */
final class ChangeWriter {

    private final EntryWriter out;

    ChangeWriter(EntryWriter out) {
        this.out = out;
    }

    void write(Change change) throws IOException {
        out.string("change", WireFormat.word(change.kind()));
        switch (change.kind()) {
            case CREATE_ROLE -> createRole((Change.CreateRole) change);
            case UPDATE_ROLE -> updateRole((Change.UpdateRole) change);
            case DELETE_ROLE -> out.string("role", ((Change.DeleteRole) change).role());
            case RESTORE_ROLE -> out.string("role", ((Change.RestoreRole) change).role());
            case PURGE_ROLE -> out.string("role", ((Change.PurgeRole) change).role());
            case PUT_SYSTEM_ROLE -> out.role("role", ((Change.PutSystemRole) change).role());
            case ASSIGN -> assign((Change.Assign) change);
            case UNASSIGN -> unassign((Change.Unassign) change);
            case CONNECT -> connect((Change.Connect) change);
            case SET_ROLES -> setRoles((Change.SetRoles) change);
            case SET_USERS -> setUsers((Change.SetUsers) change);
            case ASSIGN_TO_ALL -> out.string("role", ((Change.AssignToAll) change).role());
            case REMOVE_USER -> out.string("user", ((Change.RemoveUser) change).user());
            case ADD_TARGET -> addTarget((Change.AddTarget) change);
            case MOVE_TARGET -> moveTarget((Change.MoveTarget) change);
            case REMOVE_TARGET -> out.targetBelowAccount(((Change.RemoveTarget) change).target());
        }
    }

    private void createRole(Change.CreateRole create) throws IOException {
        out.string("id", create.idOrNull());
        out.scope(create.scopeOrNull());
        out.attributes(create.attributes());
    }

    private void updateRole(Change.UpdateRole update) throws IOException {
        out.string("role", update.role());
        out.attributes(update.update());
    }

    private void assign(Change.Assign assign) throws IOException {
        out.assignment(assign.user(), assign.role(), assign.target());
    }

    private void unassign(Change.Unassign unassign) throws IOException {
        out.assignment(unassign.user(), unassign.role(), unassign.target());
    }

    private void connect(Change.Connect connect) throws IOException {
        out.string("user", connect.user());
        out.targetUnlessAccount("at", connect.target());
    }

    private void setRoles(Change.SetRoles set) throws IOException {
        out.string("user", set.user());
        out.targetUnlessAccount("at", set.target());
        out.strings("roles", set.roles());
    }

    private void setUsers(Change.SetUsers set) throws IOException {
        out.string("role", set.role());
        out.targetUnlessAccount("at", set.target());
        out.strings("users", set.users());
    }

    private void addTarget(Change.AddTarget add) throws IOException {
        out.target(add.target(), add.parent());
    }

    private void moveTarget(Change.MoveTarget move) throws IOException {
        out.target(move.target(), move.parent());
    }
}
