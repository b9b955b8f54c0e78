/**
 * Policies compiled to bits: {@link io.rbac.matrix.PermissionMatrix} answers whether a user has a permission at a
 * target, without allocating or locking.
 *
 * <pre>{@code
 * PermissionMatrix matrix = PermissionMatrix.compile(policy);
 * boolean allowed = matrix.hasPermission("bob", "user:update", Target.team("support")); // true
 * Rights rights = matrix.rightsOf("bob", Target.team("support")); // [user:read, user:update]
 * PermissionChecker readOnly = matrix.restrictedTo(catalog.rights("user:read"));
 * boolean stillAllowed = readOnly.hasPermission("bob", "user:update", Target.team("support")); // false
 * UserPermissions bob = matrix.user("bob"); // looked up once, for many questions
 * List<Target> kept = bob.filter("user:update", List.of(Target.team("support"))); // [team/support]
 * }</pre>
 *
 * <p>Code that only asks, such as an interceptor, should depend on {@link io.rbac.matrix.PermissionChecker}. No
 * parameter accepts {@code null}; passing {@code null} throws a {@link NullPointerException}.
 */
@NullMarked
package io.rbac.matrix;

import org.jspecify.annotations.NullMarked;
