package io.rbac.jakarta;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who makes the current request, in which account. An application with CDI has a bean of this type, in the request scope as a
 * rule; where it also has JAX-RS, one of the type {@link AccountResolver} is enough.
 *
 * <p>Implementations are thread-safe as far as the request is.
 *
 * @since 0.1
 */
public interface Caller {

    /** Returns the id of the account, empty if there is none: then everything is denied. */
    Optional<String> account();

    /** Returns the id of the user, empty if they are not authenticated: then everything is denied. */
    Optional<String> user();

    /** Returns a user of an account, or nobody if one of the two is {@code null}. */
    static Caller of(@Nullable String account, @Nullable String user) {
        return new Caller() {
            @Override
            public Optional<String> account() {
                return Optional.ofNullable(account);
            }

            @Override
            public Optional<String> user() {
                return Optional.ofNullable(user);
            }

            @Override
            public String toString() {
                return "Caller " + user + " of " + account;
            }
        };
    }
}
