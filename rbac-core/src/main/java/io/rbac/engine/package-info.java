/**
 * Live policies: {@link io.rbac.engine.PermissionEngine} answers checks from the current matrix of each account,
 * commits edits, and keeps policies in a {@link io.rbac.engine.PolicyStore}.
 *
 * <pre>{@code
 * PermissionEngine engine = PermissionEngine.builder().catalog(catalog).build(); // in memory by default
 * engine.create(policy); // revision 1
 * PermissionChecker acme = engine.checker("acme"); // always answers from the current policy
 * Commit commit = engine.commit("acme", Change.assign("eve", "lead", Target.team("support"))); // revision 2
 * boolean allowed = acme.hasPermission("eve", "user:update", Target.team("support")); // true
 * }</pre>
 *
 * <p>Start at {@link io.rbac.engine.PermissionEngine} and {@link io.rbac.engine.PolicyEdit}. No parameter accepts
 * {@code null} unless it is marked {@code @Nullable}; passing {@code null} throws a {@link NullPointerException}.
 */
@NullMarked
package io.rbac.engine;

import org.jspecify.annotations.NullMarked;
