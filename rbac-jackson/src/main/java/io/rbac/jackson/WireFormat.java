package io.rbac.jackson;

import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.PolicyRules.EmptyRoles;
import io.rbac.model.PolicyRules.PlacedChats;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The words of documents and commits, and what they stand for. */
final class WireFormat {

    static final Map<String, Scope> SCOPES = byWord(Scope.values(), Scope::word);
    static final Map<String, RoleType> ROLE_TYPES = byWord(RoleType.values(), RoleType::word);
    static final Map<String, EmptyRoles> EMPTY_ROLES = byWord(EmptyRoles.values(), EmptyRoles::word);
    static final Map<String, Deletion> DELETIONS = byWord(Deletion.values(), Deletion::word);
    static final Map<String, PlacedChats> PLACED_CHATS = byWord(PlacedChats.values(), PlacedChats::word);

    private WireFormat() {}

    /** Returns values by their words, in the given order. */
    static <T> Map<String, T> byWord(T[] values, Function<T, String> word) {
        Map<String, T> byWord = new LinkedHashMap<>();
        for (T value : values) {
            byWord.put(word.apply(value), value);
        }
        return Collections.unmodifiableMap(byWord);
    }

    /** Reads a scope; null if it cannot be read, which is reported. */
    @Nullable
    static Scope readScope(Tokens tokens) throws IOException {
        return tokens.readWord(SCOPES, "a scope", Code.SCOPE_INVALID);
    }

    /** Reads an array of scopes; null if one of them cannot be read, which is reported. */
    @Nullable
    static Set<Scope> readScopes(Tokens tokens) throws IOException {
        tokens.mark();
        long before = tokens.violations().total();
        EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
        tokens.readArray(Tokens.MAX_FIELDS, () -> {
            Scope scope = readScope(tokens);
            if (scope != null && !scopes.add(scope)) {
                String message = "the scope " + Violation.quote(scope.word()) + " is given twice";
                tokens.report(Code.DUPLICATE_ID, scope.word(), message);
            }
        });
        return tokens.violations().total() == before ? scopes : null;
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
            case ADD_TEAM -> "addTeam";
            case REMOVE_TEAM -> "removeTeam";
            case ADD_CHAT -> "addChat";
            case MOVE_CHAT -> "moveChat";
            case REMOVE_CHAT -> "removeChat";
        };
    }

    /** Returns the word of a kind of effect. */
    static String word(Effect.Kind kind) {
        return switch (kind) {
            case ROLE_ADDED -> "roleAdded";
            case ROLE_CHANGED -> "roleChanged";
            case ROLE_REMOVED -> "roleRemoved";
            case TEAM_ADDED -> "teamAdded";
            case TEAM_REMOVED -> "teamRemoved";
            case CHAT_ADDED -> "chatAdded";
            case CHAT_MOVED -> "chatMoved";
            case CHAT_REMOVED -> "chatRemoved";
            case ASSIGNMENT_ADDED -> "assignmentAdded";
            case ASSIGNMENT_REMOVED -> "assignmentRemoved";
        };
    }
}
