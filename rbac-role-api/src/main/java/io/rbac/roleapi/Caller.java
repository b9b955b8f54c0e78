package io.rbac.roleapi;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Rights;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request: a user of an account, or the account itself, as by a key of the workspace.
 *
 * <p>What a user changes is judged by the engine's guard. The account itself may change whatever its policy can be
 * changed to, but for what belongs to the host: system roles stay out of its reach.
 *
 * <p>A caller may be {@linkplain #restrictedTo restricted} to rights, as the holder of an API key is that was given a
 * part of its owner's. A restricted user is judged as if he held only what he holds and these rights contain. A restricted
 * account is judged as a user would be who holds exactly these rights, at every place: an edit needs the permission for it
 * among them, and where nobody may give away what he does not hold, it gives away nothing else.
 *
 * <p>Two callers are equal when all their parts are. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Caller {

    private final String account;
    private final @Nullable String user;
    private final @Nullable Rights restriction;

    private Caller(String account, @Nullable String user, @Nullable Rights restriction) {
        this.account = account;
        this.user = user;
        this.restriction = restriction;
    }

    /** Returns the account itself. */
    public static Caller account(String account) {
        return new Caller(requireNonNull(account, "account"), null, null);
    }

    /** Returns a user of an account. */
    public static Caller user(String account, String user) {
        return new Caller(requireNonNull(account, "account"), requireNonNull(user, "user"), null);
    }

    /**
     * Returns this caller restricted to these rights; to those of them that he is restricted to already, if he is.
     * Restrictions are frozen: what the user loses he cannot do, what he gains later is not among them.
     */
    public Caller restrictedTo(Rights rights) {
        requireNonNull(rights, "rights");
        return new Caller(account, user, restriction == null ? rights : rights.intersect(restriction));
    }

    /** Returns the id of the account. */
    public String account() {
        return account;
    }

    /** Returns the id of the user, empty for the account itself. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** Returns what the caller is restricted to, empty if he is not. */
    public Optional<Rights> restriction() {
        return Optional.ofNullable(restriction);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Caller that
                && account.equals(that.account)
                && Objects.equals(user, that.user)
                && Objects.equals(restriction, that.restriction);
    }

    @Override
    public int hashCode() {
        return Objects.hash(account, user, restriction);
    }

    /** Returns account, user and restriction, for people. */
    @Override
    public String toString() {
        return "Caller " + (user == null ? "" : user + " of ") + account
                + (restriction == null ? "" : " restricted to " + restriction);
    }
}
