package io.rbac.model;

/**
 * The kind of target that a role is assigned at, from the widest to the narrowest.
 *
 * @since 0.1
 */
public enum Scope {
    /** The whole account. */
    ACCOUNT("account", 0),
    /** One team of the account, including the chats that lie in it. */
    TEAM("team", 1),
    /** One chat. */
    CHAT("chat", 2);

    private final String word;

    private final int depth;

    Scope(String word, int depth) {
        this.word = word;
        this.depth = depth;
    }

    /** Returns how many scopes are wider. */
    int depth() {
        return depth;
    }

    /** Returns the word for this scope in documents and messages: {@code account}, {@code team} or {@code chat}. */
    public String word() {
        return word;
    }
}
