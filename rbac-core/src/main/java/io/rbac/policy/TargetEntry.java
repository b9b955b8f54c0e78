package io.rbac.policy;

import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.table.Ordinals;

/**
 * What a policy knows of one target. There may be half a million of them, so it takes no more than 32 bytes.
 *
 * @param ordinal its number in the table; the account is 0
 * @param team the ordinal of the team that a chat lies in, {@link #NO_TEAM} for a chat that lies in the account, {@link
 *     #NO_CHAT} for every other target
 * @param id the id, the empty string for the account
 * @param users the {@link Ordinals} of the users who hold a role here
 * @param chats the {@link Ordinals} of the chats of a team
 */
record TargetEntry(int ordinal, int team, String id, Object users, Object chats) {

    static final int NO_TEAM = -1;
    static final int NO_CHAT = -2;

    Scope scope() {
        if (team != NO_CHAT) {
            return Scope.CHAT;
        }
        return ordinal == PolicyTable.ACCOUNT ? Scope.ACCOUNT : Scope.TEAM;
    }

    /** Returns the target: a new one for each call. */
    Target target() {
        return switch (scope()) {
            case ACCOUNT -> Target.account();
            case TEAM -> Target.team(id);
            case CHAT -> Target.chat(id);
        };
    }

    TargetEntry withTeam(int newTeam) {
        return new TargetEntry(ordinal, newTeam, id, users, chats);
    }

    TargetEntry withUsers(Object newUsers) {
        return new TargetEntry(ordinal, team, id, newUsers, chats);
    }

    TargetEntry withChats(Object newChats) {
        return new TargetEntry(ordinal, team, id, users, newChats);
    }
}
