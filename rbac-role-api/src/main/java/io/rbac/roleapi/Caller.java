package io.rbac.roleapi;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Rights;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request: a user of an account, or the account itself, for instance by a key of the workspace.
 *
 * <p>What users change is judged by the engine's guard; what they read needs the permissions {@linkplain
 * RoleDialect#withNeededToRead that the dialect names}. The account itself can read everything and make any edit,
 * except that system roles belong to the host.
 *
 * <p>A caller can be {@linkplain #restrictedTo restricted} to some rights, like the holder of an API key that was given
 * only some of its owner's rights. Restricted users have those of their rights that are among them. A restricted
 * account is judged like a user who holds exactly these rights everywhere: reads and edits need a permission among
 * them, and where privilege escalation is refused, the account can give away nothing else.
 *
 * <p>Two callers are equal if all their parts are. This class is immutable and thread-safe.
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
     * Returns this caller restricted to some rights, in addition to any restriction that there is. Restrictions never
     * grow: a right that the user gains later is not among them.
     */
    public Caller restrictedTo(Rights rights) {
        requireNonNull(rights, "rights");
        return new Caller(account, user, restriction == null ? rights : rights.intersect(restriction));
    }

    /** Returns the id of the account. */
    public String account() {
        return account;
    }

    /** Returns the id of the user, or nothing for the account itself. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** Returns the rights that the caller is restricted to, or nothing if there is no restriction. */
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

    /** Returns the account, user and restriction, human-readable. */
    @Override
    public String toString() {
        return "Caller " + (user == null ? "" : user + " of ") + account
                + (restriction == null ? "" : " restricted to " + restriction);
    }
}
