package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a check or an assignment is about: the account, a team or a chat.
 *
 * <p>A target need not exist: it may name a team or chat that no policy knows, with any string as its id. A check at
 * such a target is denied.
 *
 * <p>A chat may be given with its <em>parent</em>: {@code Target.chat("c-42").inTeam("support")} says where the
 * application keeps the chat. {@link PolicyRules#placedChats()} decides whether this counts for a chat that the policy
 * does not know. The parent must come from the application's own data, never from the request.
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

    /** Returns the account itself. */
    public static Target account() {
        return ACCOUNT;
    }

    /** Returns the team with this id. */
    public static Target team(String id) {
        return new Target(Scope.TEAM, requireNonNull(id, "id"), Optional.empty());
    }

    /** Returns the chat with this id, which lies where the policy says. */
    public static Target chat(String id) {
        return new Target(Scope.CHAT, requireNonNull(id, "id"), Optional.empty());
    }

    /**
     * Returns the target that a string names: {@code account}, {@code team/ID} or {@code chat/ID}. Everything after the
     * first slash is the id, unchanged.
     *
     * @throws PolicyViolationException ({@link Violation.Code#MALFORMED}) if the string is none of these
     */
    public static Target parse(String text) {
        requireNonNull(text, "text");
        int slash = text.indexOf('/');
        if (slash < 0 && text.equals(Scope.ACCOUNT.word())) {
            return ACCOUNT;
        }
        if (slash > 0 && slash < text.length() - 1) {
            String id = text.substring(slash + 1);
            String word = text.substring(0, slash);
            if (word.equals(Scope.TEAM.word())) {
                return team(id);
            }
            if (word.equals(Scope.CHAT.word())) {
                return chat(id);
            }
        }
        throw PolicyViolationException.of(Violation.of(
                Violation.Code.MALFORMED,
                "",
                text,
                Violation.quote(text) + " is not a target: expected `account`, `team/ID` or `chat/ID`"));
    }

    /**
     * Returns this chat with a team as its parent.
     *
     * @throws IllegalStateException if this target is not a chat
     */
    public Target inTeam(String team) {
        return withParent(team(team));
    }

    /**
     * Returns this chat with the account as its parent.
     *
     * @throws IllegalStateException if this target is not a chat
     */
    public Target inAccount() {
        return withParent(ACCOUNT);
    }

    private Target withParent(Target newParent) {
        if (scope != Scope.CHAT) {
            throw new IllegalStateException(
                    "only a chat can be given with a parent, not " + Violation.quote(toString()));
        }
        return new Target(Scope.CHAT, id, Optional.of(newParent));
    }

    /** Returns this target without a given parent. */
    public Target withoutParent() {
        return parent.isEmpty() ? this : new Target(scope, id, Optional.empty());
    }

    /** Returns the scope. */
    public Scope scope() {
        return scope;
    }

    /** Returns the id of the team or chat, or the empty string for the account. */
    public String id() {
        return id;
    }

    /** Returns the parent given with a chat: a team or the account; empty if none was given. */
    public Optional<Target> parent() {
        return parent;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Target that && scope == that.scope && id.equals(that.id) && parent.equals(that.parent);
    }

    @Override
    public int hashCode() {
        return (id.hashCode() * 31 + scope.word().hashCode()) * 31 + parent.hashCode();
    }

    /** Returns {@code account}, {@code team/ID} or {@code chat/ID}, and then any given parent: {@code (in team/ID)}. */
    @Override
    public String toString() {
        String text = scope == Scope.ACCOUNT ? scope.word() : scope.word() + '/' + id;
        return parent.map(in -> text + " (in " + in + ')').orElse(text);
    }
}
