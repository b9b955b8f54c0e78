package io.rbac.jackson;

import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.PolicyRules.EmptyRoles;
import io.rbac.model.PolicyRules.UnknownTargets;
import io.rbac.model.RoleType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The words of documents and commits, and what they stand for. */
final class WireFormat {

    static final Map<String, RoleType> ROLE_TYPES = byWord(RoleType.values(), RoleType::word);
    static final Map<String, EmptyRoles> EMPTY_ROLES = byWord(EmptyRoles.values(), EmptyRoles::word);
    static final Map<String, Deletion> DELETIONS = byWord(Deletion.values(), Deletion::word);
    static final Map<String, UnknownTargets> UNKNOWN_TARGETS = byWord(UnknownTargets.values(), UnknownTargets::word);

    private WireFormat() {}

    /** Returns values by their words, in the given order. */
    static <T> Map<String, T> byWord(T[] values, Function<T, String> word) {
        Map<String, T> byWord = new LinkedHashMap<>();
        for (T value : values) {
            byWord.put(word.apply(value), value);
        }
        return Collections.unmodifiableMap(byWord);
    }

    /** Returns the word of a kind of change. */
    static String word(Change.Kind kind) {
        return switch (kind) {
            case CREATE_ROLE -> "createRole";
            case UPDATE_ROLE -> "updateRole";
            case DELETE_ROLE -> "deleteRole";
            case RESTORE_ROLE -> "restoreRole";
            case PURGE_ROLE -> "purgeRole";
            case PUT_SYSTEM_ROLE -> "putSystemRole";
            case ASSIGN -> "assign";
            case UNASSIGN -> "unassign";
            case CONNECT -> "connect";
            case SET_ROLES -> "setRoles";
            case SET_USERS -> "setUsers";
            case ASSIGN_TO_ALL -> "assignToAll";
            case REMOVE_USER -> "removeUser";
            case ADD_TARGET -> "addTarget";
            case MOVE_TARGET -> "moveTarget";
            case REMOVE_TARGET -> "removeTarget";
        };
    }

    /** Returns the word of a kind of effect. */
    static String word(Effect.Kind kind) {
        return switch (kind) {
            case ROLE_ADDED -> "roleAdded";
            case ROLE_CHANGED -> "roleChanged";
            case ROLE_REMOVED -> "roleRemoved";
            case TARGET_ADDED -> "targetAdded";
            case TARGET_MOVED -> "targetMoved";
            case TARGET_REMOVED -> "targetRemoved";
            case ASSIGNMENT_ADDED -> "assignmentAdded";
            case ASSIGNMENT_REMOVED -> "assignmentRemoved";
        };
    }
}
