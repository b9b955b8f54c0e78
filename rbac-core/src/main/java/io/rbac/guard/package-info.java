/**
 * Who may edit policies: {@link io.rbac.guard.AdminGuard} judges edits change by change, with or without an engine;
 * {@link io.rbac.guard.Capabilities} says what an actor can do with a role.
 *
 * <pre>{@code
 * Permission update = catalog.permission("user:update");
 * AdminGuard guard = AdminGuard.builder(catalog)
 *         .needsForRoles(update)
 *         .needsForMemberships(update)
 *         .needsForTargets(update)
 *         .build();
 * Change assign = Change.assign("eve", "lead", Target.team("support"));
 * guard.check(matrix, "bob", List.of(assign)); // throws a PolicyViolationException if bob may not do this
 * }</pre>
 */
@NullMarked
package io.rbac.guard;

import org.jspecify.annotations.NullMarked;
