package io.rbac.model;

/**
 * Whether a role belongs to the host application or to the account.
 *
 * @since 0.1
 */
public enum RoleType {
    /** Belongs to the host application: users of the account cannot change its rights. */
    SYSTEM("system"),
    /** Belongs to the account itself. */
    CUSTOM("custom");

    private final String word;

    RoleType(String word) {
        this.word = word;
    }

    /** Returns the word for this type in documents and messages: {@code system} or {@code custom}. */
    public String word() {
        return word;
    }
}
