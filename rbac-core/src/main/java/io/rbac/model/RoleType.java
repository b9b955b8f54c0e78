package io.rbac.model;

/**
 * Who a role belongs to.
 *
 * @since 0.1
 */
public enum RoleType {
    /** Belongs to the host application: its rights cannot be changed by the users of the account. */
    SYSTEM("system"),
    /** Made by the account itself. */
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
