package io.rbac.model;

/**
 * The kind of place that a role is applied on, from the widest to the narrowest.
 *
 * @since 0.1
 */
public enum Scope {
    /** The whole account. */
    ACCOUNT("account"),
    /** One team of the account, with the chats that lie in it. */
    TEAM("team"),
    /** One chat. */
    CHAT("chat");

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    /** Returns the word for this scope in documents and messages: {@code account}, {@code team} or {@code chat}. */
    public String word() {
        return word;
    }
}
