package io.rbac.matrix;

import io.rbac.model.Rights;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All rights of one user at the account and at some targets, at one revision: what a front end needs to know in order to show
 * what can be done where, and nothing else. {@link UserPermissions#rightsAt(Collection)} returns it; the modules for Jackson
 * write it as
 *
 * <pre>{@code
 * {"account": "acme", "user": "bob", "version": "0f1e2d3c4b5a6978.7",
 *  "rights": {"user": {"read": true}},
 *  "targets": {"chat/c-42": {"message": {"read": true, "create": true}}, "chat/c-1": {}}}
 * }</pre>
 *
 * <p>Two of them are equal if account, user, version and rights are. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class UserRights {

    private final String account;
    private final String user;
    private final Version version;
    private final Rights rights;
    private final Map<Target, Rights> targets;

    private UserRights(Policy policy, String user, Rights rights, Map<Target, Rights> targets) {
        this.account = policy.account();
        this.version = policy.version();
        this.user = user;
        this.rights = rights;
        this.targets = targets;
    }

    static UserRights of(Policy policy, UserPermissions user, Collection<Target> targets) {
        Map<Target, Rights> rights = new LinkedHashMap<>();
        for (Target target : targets) {
            if (!target.isAccount()) {
                rights.computeIfAbsent(target.withoutParent(), first -> user.rightsAt(target));
            }
        }
        return new UserRights(policy, user.id(), user.rightsAt(Target.account()), Collections.unmodifiableMap(rights));
    }

    /** Returns the id of the account. */
    public String account() {
        return account;
    }

    /** Returns the id of the user, known to the policy or not. */
    public String user() {
        return user;
    }

    /** Returns the version of the account at which the user has these rights. */
    public Version version() {
        return version;
    }

    /** Returns the rights at the account. */
    public Rights rights() {
        return rights;
    }

    /** Returns the rights at each target, without its given parent, in the order in which the targets were given. */
    public Map<Target, Rights> targets() {
        return targets;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UserRights that
                && account.equals(that.account)
                && user.equals(that.user)
                && version.equals(that.version)
                && rights.equals(that.rights)
                && targets.equals(that.targets);
    }

    @Override
    public int hashCode() {
        return Objects.hash(account, user, version, rights, targets);
    }

    /** Returns everything, human-readable. */
    @Override
    public String toString() {
        return "UserRights of " + user + " in " + account + " at " + version + ": " + rights + ", at targets "
                + targets;
    }
}
