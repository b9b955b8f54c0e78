package io.rbac.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Finds out who makes a request: by default, {@link Authentication#getName()}.
 *
 * <p>Implementations are thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface UserResolver {

    /**
     * Returns the id of the user.
     *
     * @param authentication the authenticated user, who is not anonymous
     * @return the id, which need not exist; {@code null} if there is none: then everything is denied
     */
    @Nullable
    String user(Authentication authentication);
}
