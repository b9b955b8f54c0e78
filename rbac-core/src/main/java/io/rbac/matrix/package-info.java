/**
 * What a policy means, in bits: {@link io.rbac.matrix.PermissionMatrix} answers whether a user may do something
 * somewhere, in constant time and without allocating.
 *
 * <p>Code that only asks, such as an interceptor, takes a {@link io.rbac.matrix.PermissionChecker}.
 */
@NullMarked
package io.rbac.matrix;

import org.jspecify.annotations.NullMarked;
