package io.rbac.test;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A target that is asked about or assigned at: the account, a team or a chat; of a chat, an application may state where
 * it lies (S5). Immutable and safe for use by several threads.
 *
 * @param kind the kind of place
 * @param id the id of the team or chat; empty for the account
 * @param in where the application says that the chat lies, the account or a team; {@code null}: nothing is stated
 * @since 0.1
 */
public record Place(Scope kind, String id, @Nullable Place in) {
    private static final Place ACCOUNT = new Place(Scope.ACCOUNT, "", null);

    /**
     * Makes a place.
     *
     * @param kind the kind of place
     * @param id the id of the team or chat; empty for the account
     * @param in where the chat is stated to lie, or {@code null}
     * @throws IllegalArgumentException if the account has an id, or a place is stated of anything but a chat, or the
     *     stated place is a chat
     */
    public Place {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
        if (kind == Scope.ACCOUNT && !id.isEmpty()) {
            throw new IllegalArgumentException("the account has no id here, but found `" + id + "`");
        }
        if (in != null && (kind != Scope.CHAT || in.kind == Scope.CHAT)) {
            throw new IllegalArgumentException("only a chat is placed, in a team or in the account");
        }
    }

    /**
     * The account.
     *
     * @return the account
     * @since 0.1
     */
    public static Place account() {
        return ACCOUNT;
    }

    /**
     * A team.
     *
     * @param id its id
     * @return the team
     * @since 0.1
     */
    public static Place team(String id) {
        return new Place(Scope.TEAM, id, null);
    }

    /**
     * A chat of which no place is stated.
     *
     * @param id its id
     * @return the chat
     * @since 0.1
     */
    public static Place chat(String id) {
        return new Place(Scope.CHAT, id, null);
    }

    /**
     * This chat, stated to lie in a team.
     *
     * @param team the id of the team
     * @return this chat with that place
     * @throws IllegalArgumentException if this is not a chat
     * @since 0.1
     */
    public Place inTeam(String team) {
        return new Place(kind, id, team(team));
    }

    /**
     * This chat, stated to lie directly in the account.
     *
     * @return this chat with that place
     * @throws IllegalArgumentException if this is not a chat
     * @since 0.1
     */
    public Place inAccount() {
        return new Place(kind, id, account());
    }

    /**
     * This place without what is stated of it.
     *
     * @return this place, nothing stated
     * @since 0.1
     */
    public Place bare() {
        return in == null ? this : new Place(kind, id, null);
    }

    /** The target as text, for example {@code chat/c-77 in team/support}. */
    @Override
    public String toString() {
        String text = switch (kind) {
            case ACCOUNT -> "account";
            case TEAM -> "team/" + SketchText.readable(id);
            case CHAT -> "chat/" + SketchText.readable(id);
        };
        return in == null ? text : text + " in " + in;
    }
}
