package io.rbac.model;

/**
 * What a policy knows of one target.
 *
 * @param ordinal its number in the table; the account is 0
 * @param team the ordinal of the team that a chat lies in, -1 for every other target
 * @param target the target itself
 * @param users the {@link Ordinals} of the users who hold a role here
 * @param chats the {@link Ordinals} of the chats of a team
 */
record TargetEntry(int ordinal, int team, Target target, Object users, Object chats) {

    TargetEntry withTeam(int newTeam) {
        return new TargetEntry(ordinal, newTeam, target, users, chats);
    }

    TargetEntry withUsers(Object newUsers) {
        return new TargetEntry(ordinal, team, target, newUsers, chats);
    }

    TargetEntry withChats(Object newChats) {
        return new TargetEntry(ordinal, team, target, users, newChats);
    }
}
