package io.rbac.spring;

import io.rbac.matrix.PermissionDeniedException;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.UserPermissions;
import io.rbac.review.Explanation;
import io.rbac.review.PolicyReview;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and from what they are answered.
 *
 * @param matrix that of the account; one that denies everything if there is nobody to ask about
 */
record CurrentUser(@Nullable String account, @Nullable String user, PermissionMatrix matrix) {

    UserPermissions permissions() {
        return matrix.user(user == null ? "" : user);
    }

    /** Returns why a denial that the application asked for is one; empty if it is about somebody else, or not known. */
    Optional<Explanation> explanation(PermissionDeniedException denial) {
        if (account == null || !denial.user().equals(user) || !denial.account().equals(Optional.of(account))) {
            return Optional.empty();
        }
        Explanation explanation = PolicyReview.of(matrix).explain(denial.user(), denial.permission(), denial.target());
        return explanation.isGranted() ? Optional.empty() : Optional.of(explanation);
    }
}
