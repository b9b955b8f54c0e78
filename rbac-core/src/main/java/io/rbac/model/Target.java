package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One place that permissions are asked for: the account, a team, or a chat.
 *
 * <p>A target is a question, not a statement: it may name a team or chat that no policy knows, with any text for an id.
 * A check on such a target is denied.
 *
 * <p>A chat may be <em>placed</em>: {@code Target.chat("c-42").inTeam("support")} states where the application keeps the
 * chat. What that is worth is decided by {@link PolicyRules#placedChats()}. The place must come from the application's
 * own data, never from the request.
 *
 * <p>Two targets are equal when scope, id and stated place are. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Target {

    private static final Target ACCOUNT = new Target(Scope.ACCOUNT, "", null);

    private final Scope scope;
    private final String id;
    private final @Nullable Target place;

    private Target(Scope scope, String id, @Nullable Target place) {
        this.scope = scope;
        this.id = id;
        this.place = place;
    }

    /** Returns the account itself. */
    public static Target account() {
        return ACCOUNT;
    }

    /** Returns the team of this id. */
    public static Target team(String id) {
        return new Target(Scope.TEAM, requireNonNull(id, "id"), null);
    }

    /** Returns the chat of this id, where the policy says it lies. */
    public static Target chat(String id) {
        return new Target(Scope.CHAT, requireNonNull(id, "id"), null);
    }

    /**
     * Returns the target that a text names: {@code account}, {@code team/ID} or {@code chat/ID}. All after the first
     * slash is the id, as it stands.
     *
     * @throws PolicyViolationException ({@link Violation.Code#MALFORMED}) if the text is none of these
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
     * Returns this chat with the statement that it lies in a team.
     *
     * @throws IllegalStateException if this target is not a chat
     */
    public Target inTeam(String team) {
        return placed(team(team));
    }

    /**
     * Returns this chat with the statement that it lies directly in the account.
     *
     * @throws IllegalStateException if this target is not a chat
     */
    public Target inAccount() {
        return placed(ACCOUNT);
    }

    private Target placed(Target stated) {
        if (scope != Scope.CHAT) {
            throw new IllegalStateException("only a chat can be placed, not " + Violation.quote(toString()));
        }
        return new Target(Scope.CHAT, id, stated);
    }

    /** Returns this target without a stated place. */
    public Target unplaced() {
        return place == null ? this : new Target(scope, id, null);
    }

    /** Returns the kind of place. */
    public Scope scope() {
        return scope;
    }

    /** Returns the id of the team or chat, the empty text for the account. */
    public String id() {
        return id;
    }

    /** Returns the stated place of a chat: a team or the account, empty where none was stated. */
    public Optional<Target> place() {
        return Optional.ofNullable(place);
    }

    /** The stated place without an {@code Optional}, for the check path. */
    @Nullable
    Target statedPlace() {
        return place;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Target that
                && scope == that.scope
                && id.equals(that.id)
                && (place == null ? that.place == null : place.equals(that.place));
    }

    @Override
    public int hashCode() {
        return (id.hashCode() * 31 + scope.word().hashCode()) * 31 + (place == null ? 0 : place.hashCode());
    }

    /** Returns {@code account}, {@code team/ID} or {@code chat/ID}, and a stated place behind it: {@code (in team/ID)}. */
    @Override
    public String toString() {
        String text = scope == Scope.ACCOUNT ? scope.word() : scope.word() + '/' + id;
        return place == null ? text : text + " (in " + place + ')';
    }
}
