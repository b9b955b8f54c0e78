/**
 * Reviews: why a check is answered as it is, who may do something, where a user may do it, what an edit changes for whom, and
 * what looks wrong in a policy.
 *
 * <pre>{@code
 * PolicyReview review = PolicyReview.of(matrix);
 * Explanation why = review.explain("bob", "user:update", Target.team("support"));
 * String because = why.toString(); // `bob` has `user:update` at `team/support` by `lead` at `team/support`
 * List<String> who = review.whoCan("user:update", Target.team("support")).toList(); // [bob]
 * List<Target> where = review.whereCan("bob", "user:update").toList(); // [team/support]
 * }</pre>
 *
 * <p>Start at {@link io.rbac.review.PolicyReview}. Every answer agrees with {@link
 * io.rbac.matrix.PermissionMatrix#hasPermission}. No parameter accepts {@code null}; passing {@code null} throws a {@link
 * NullPointerException}.
 */
@NullMarked
package io.rbac.review;

import org.jspecify.annotations.NullMarked;
