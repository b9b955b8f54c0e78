package io.rbac.spring;

import io.rbac.model.Target;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;

/**
 * Whether a request or a call is allowed, and the question that this is the answer to. A denied one is found in the {@link
 * org.springframework.security.authorization.AuthorizationDeniedException} and in the events of Spring Security.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PermissionDecision extends AuthorizationDecision {

    private static final long serialVersionUID = 1L;

    private final @Nullable String account;
    private final @Nullable String user;
    private final String[] permissions;
    private final transient @Nullable Target target;

    PermissionDecision(
            boolean granted,
            @Nullable String account,
            @Nullable String user,
            List<String> permissions,
            @Nullable Target target) {
        super(granted);
        this.account = account;
        this.user = user;
        this.permissions = permissions.toArray(String[]::new);
        this.target = target;
    }

    /** Returns the id of the account, empty if none was found. */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    /** Returns the id of the user, empty for an anonymous one. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** Returns the keys of the permissions that were asked for. */
    public List<String> permissions() {
        return List.of(permissions);
    }

    /** Returns the target that they were asked for at, empty if its placeholder had no value. */
    public Optional<Target> target() {
        return Optional.ofNullable(target);
    }

    /** Returns answer and question, human-readable. */
    @Override
    public String toString() {
        return "PermissionDecision[" + (isGranted() ? "allowed" : "denied") + ", account=" + account + ", user=" + user
                + ", permissions=" + permissions() + ", target=" + target + "]";
    }
}
