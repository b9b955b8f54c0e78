package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a check or an assignment is about: the account, or a target of another scope, such as a team or a chat.
 *
 * <p>A target need not exist: it may name one that no policy knows, with any string as its id. A check at such a target
 * is denied.
 *
 * <p>A target may be given with its <em>parent</em>: {@code Target.chat("c-42").in(Target.team("support"))} says where
 * the application keeps the chat. {@link PolicyRules#unknownTargets()} decides whether this counts for a target that
 * the policy does not know. The parent must come from the application's own data, never from the request.
 *
 * <p>Two targets are equal if their scopes, ids and given parents are equal. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Target {

    private static final Target ACCOUNT = new Target(Scope.ACCOUNT, "", Optional.empty());

    private final Scope scope;
    private final String id;

    /** As it is asked for, since no check may allocate. */
    private final Optional<Target> parent;

    private Target(Scope scope, String id, Optional<Target> parent) {
        this.scope = scope;
        this.id = id;
        this.parent = parent;
    }

    /** Returns the account itself, whatever its scope is called. */
    public static Target account() {
        return ACCOUNT;
    }

    /**
     * Returns the target of a scope with this id, which lies where the policy says.
     *
     * @throws IllegalArgumentException if the scope is the account's own: see {@link #account()}
     */
    public static Target of(Scope scope, String id) {
        requireNonNull(id, "id");
        if (scope.isAccount()) {
            throw new IllegalArgumentException("the scope is the account's own: expected `Target.account()`");
        }
        return new Target(scope, id, Optional.empty());
    }

    /** Returns the team with this id, which lies where the policy says. */
    public static Target team(String id) {
        return new Target(Scope.TEAM, requireNonNull(id, "id"), Optional.empty());
    }

    /** Returns the chat with this id, which lies where the policy says. */
    public static Target chat(String id) {
        return new Target(Scope.CHAT, requireNonNull(id, "id"), Optional.empty());
    }

    /**
     * Returns the target of the standard tree that a string names: {@code account}, {@code team/ID} or {@code chat/ID}.
     * Everything after the first slash is the id, unchanged. For other trees see {@link ScopeTree#target}.
     *
     * @throws PolicyViolationException ({@link Violation.Code#MALFORMED}) if the string is none of these
     */
    public static Target parse(String text) {
        return ScopeTree.standard().target(text);
    }

    /**
     * Returns this target with a given parent. Whether it can lie there is decided when it is used; the parent's own
     * given parent is dropped.
     *
     * @throws IllegalStateException if this target is the account
     */
    public Target in(Target newParent) {
        requireNonNull(newParent, "parent");
        if (isAccount()) {
            throw new IllegalStateException("the account has no parent");
        }
        return new Target(scope, id, Optional.of(newParent.withoutParent()));
    }

    /**
     * Returns this target with a team as its given parent.
     *
     * @throws IllegalStateException if this target is the account
     */
    public Target inTeam(String team) {
        return in(team(team));
    }

    /**
     * Returns this target with the account as its given parent.
     *
     * @throws IllegalStateException if this target is the account
     */
    public Target inAccount() {
        return in(ACCOUNT);
    }

    /** Returns this target without a given parent. */
    public Target withoutParent() {
        return parent.isEmpty() ? this : new Target(scope, id, Optional.empty());
    }

    /** Returns whether this is the account itself. */
    @SuppressWarnings("ReferenceEquality") // there is one instance only
    public boolean isAccount() {
        return this == ACCOUNT;
    }

    /** Returns the scope; for the account {@link Scope#ACCOUNT}. */
    public Scope scope() {
        return scope;
    }

    /** Returns the id, or the empty string for the account. */
    public String id() {
        return id;
    }

    /** Returns the given parent; empty if none was given. */
    public Optional<Target> parent() {
        return parent;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Target that
                && scope.equals(that.scope)
                && id.equals(that.id)
                && parent.equals(that.parent);
    }

    @Override
    public int hashCode() {
        return (id.hashCode() * 31 + scope.hashCode()) * 31 + parent.hashCode();
    }

    /** Returns {@code account} or {@code SCOPE/ID}, and then any given parent: {@code (in team/support)}. */
    @Override
    public String toString() {
        String text = isAccount() ? scope.name() : scope.name() + '/' + id;
        return parent.map(in -> text + " (in " + in + ')').orElse(text);
    }
}
