package io.rbac.test;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The account, a team or a chat, as a question names it; a chat may be given with its parent (S5).
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param scope whether it is the account, a team or a chat
 * @param id the id of the team or chat; empty for the account
 * @param parent the parent that a chat is given with, a team or the account; {@code null}: none is given
 * @since 0.1
 */
public record PlainTarget(Scope scope, String id, @Nullable PlainTarget parent) {
    private static final PlainTarget ACCOUNT = new PlainTarget(Scope.ACCOUNT, "", null);

    public PlainTarget {
        requireNonNull(scope, "scope");
        requireNonNull(id, "id");
        if (scope == Scope.ACCOUNT && !id.isEmpty()) {
            throw new IllegalArgumentException("expected the account without an id, but found `" + id + "`");
        }
        if (parent != null && (scope != Scope.CHAT || parent.scope == Scope.CHAT)) {
            throw new IllegalArgumentException("only a chat is given with a parent, a team or the account");
        }
    }

    /** Returns the account. */
    public static PlainTarget account() {
        return ACCOUNT;
    }

    /** Returns the team of this id. */
    public static PlainTarget team(String id) {
        return new PlainTarget(Scope.TEAM, id, null);
    }

    /** Returns the chat of this id, without a given parent. */
    public static PlainTarget chat(String id) {
        return new PlainTarget(Scope.CHAT, id, null);
    }

    /**
     * Returns this chat with a team as its given parent.
     *
     * @throws IllegalArgumentException if this is not a chat
     */
    public PlainTarget inTeam(String team) {
        return new PlainTarget(scope, id, team(team));
    }

    /**
     * Returns this chat with the account as its given parent.
     *
     * @throws IllegalArgumentException if this is not a chat
     */
    public PlainTarget inAccount() {
        return new PlainTarget(scope, id, account());
    }

    /** Returns this target without a given parent. */
    public PlainTarget withoutParent() {
        return parent == null ? this : new PlainTarget(scope, id, null);
    }

    /** Returns the target as a readable string, for example {@code chat/c-77 in team/support}. */
    @Override
    public String toString() {
        String text = switch (scope) {
            case ACCOUNT -> "account";
            case TEAM -> "team/" + PlainPolicyText.readable(id);
            case CHAT -> "chat/" + PlainPolicyText.readable(id);
        };
        return parent == null ? text : text + " in " + parent;
    }
}
