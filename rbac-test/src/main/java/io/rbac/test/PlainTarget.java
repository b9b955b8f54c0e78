package io.rbac.test;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The account or a target of another scope, as a question names it; it may be given with its parent (S5).
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param scope its scope
 * @param id its id; empty for the account
 * @param parent the parent that it is given with, itself without one; {@code null}: none is given
 * @since 0.1
 */
public record PlainTarget(
        PlainScope scope, String id, @Nullable PlainTarget parent) {
    private static final PlainTarget ACCOUNT = new PlainTarget(PlainScope.ACCOUNT, "", null);

    public PlainTarget {
        requireNonNull(scope, "scope");
        requireNonNull(id, "id");
        if (scope.isAccount() && (!id.isEmpty() || parent != null)) {
            throw new IllegalArgumentException(
                    "expected the account without an id and a parent, but found `" + id + "` in `" + parent + "`");
        }
        parent = parent == null ? null : parent.withoutParent();
    }

    /** Returns the account. */
    public static PlainTarget account() {
        return ACCOUNT;
    }

    /**
     * Returns the target of a scope with this id, without a given parent.
     *
     * @throws IllegalArgumentException if the scope is the account's own
     */
    public static PlainTarget of(PlainScope scope, String id) {
        if (scope.isAccount()) {
            throw new IllegalArgumentException("expected another scope than that of the account");
        }
        return new PlainTarget(scope, id, null);
    }

    /** Returns the team of this id, in the standard tree. */
    public static PlainTarget team(String id) {
        return of(PlainScope.TEAM, id);
    }

    /** Returns the chat of this id, in the standard tree, without a given parent. */
    public static PlainTarget chat(String id) {
        return of(PlainScope.CHAT, id);
    }

    /**
     * Returns this target with a given parent, whose own given parent is dropped.
     *
     * @throws IllegalArgumentException if this is the account
     */
    public PlainTarget in(PlainTarget newParent) {
        return new PlainTarget(scope, id, requireNonNull(newParent, "newParent"));
    }

    /**
     * Returns this target with a team as its given parent.
     *
     * @throws IllegalArgumentException if this is the account
     */
    public PlainTarget inTeam(String team) {
        return in(team(team));
    }

    /**
     * Returns this target with the account as its given parent.
     *
     * @throws IllegalArgumentException if this is the account
     */
    public PlainTarget inAccount() {
        return in(account());
    }

    /** Returns this target without a given parent. */
    public PlainTarget withoutParent() {
        return parent == null ? this : new PlainTarget(scope, id, null);
    }

    /** Returns whether this is the account. */
    public boolean isAccount() {
        return scope.isAccount();
    }

    /** Returns the target as a readable string, for example {@code chat/c-77 in team/support}. */
    @Override
    public String toString() {
        String text = isAccount() ? "account" : scope + "/" + PlainPolicyText.readable(id);
        return parent == null ? text : text + " in " + parent;
    }
}
