package io.rbac.spring;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.PermissionRequirement;
import io.rbac.model.Target;
import io.rbac.review.Explanation;
import io.rbac.review.PolicyReview;
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

    /** What a denial came from, for whoever asks why; null for what was allowed, and where nothing could be asked. */
    private final transient @Nullable Denial denial;

    private PermissionDecision(
            boolean granted,
            @Nullable String account,
            @Nullable String user,
            List<String> permissions,
            @Nullable Target target,
            @Nullable Denial denial) {
        super(granted);
        this.account = account;
        this.user = user;
        this.permissions = permissions.toArray(String[]::new);
        this.target = target;
        this.denial = denial;
    }

    /** Returns the decision that what a matrix of an account says about a user is. */
    static PermissionDecision of(
            PermissionMatrix matrix, String account, String user, PermissionRequirement requirement, Target target) {
        boolean granted = requirement.isMet(matrix, user, target);
        return new PermissionDecision(
                granted,
                account,
                user,
                requirement.permissions(),
                target,
                granted ? null : new Denial(matrix, requirement));
    }

    /** Returns the denial of a question that cannot be asked, because something of it is unknown. */
    static PermissionDecision denied(
            @Nullable String account,
            @Nullable String user,
            PermissionRequirement requirement,
            @Nullable Target target) {
        return new PermissionDecision(false, account, user, requirement.permissions(), target, null);
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

    /**
     * Returns why it is denied: the explanation of the first of the permissions that the user lacks, from the policy that the
     * decision was made from. It is found out when it is asked for, so a decision that nobody asks about costs nothing more.
     * It names roles and targets, and is not meant for the user.
     *
     * @return empty if it is allowed, if the account, the user or the target was not found, and after serialization
     */
    public Optional<Explanation> explanation() {
        if (denial == null || user == null || target == null) {
            return Optional.empty();
        }
        return Optional.of(PolicyReview.of(denial.matrix).explain(user, lacking(denial, user, target), target));
    }

    /** Returns the first of the permissions that a user lacks. */
    private static String lacking(Denial denial, String user, Target target) {
        return denial.requirement
                .firstLacking(denial.matrix, user, target)
                .orElse(denial.requirement.permissions().get(0));
    }

    /** Returns who was denied, and from what they were answered; empty where nothing could be asked. */
    Optional<CurrentUser> denied() {
        return denial == null ? Optional.empty() : Optional.of(new CurrentUser(account, user, denial.matrix));
    }

    /** Returns the first of the permissions that the user lacks, empty where there is no {@link #explanation()}. */
    Optional<String> lacking() {
        return denial == null || user == null || target == null
                ? Optional.empty()
                : Optional.of(lacking(denial, user, target));
    }

    /** Returns answer and question, human-readable. */
    @Override
    public String toString() {
        return "PermissionDecision[" + (isGranted() ? "allowed" : "denied") + ", account=" + account + ", user=" + user
                + ", permissions=" + permissions() + ", target=" + target + "]";
    }

    private record Denial(PermissionMatrix matrix, PermissionRequirement requirement) {}
}
