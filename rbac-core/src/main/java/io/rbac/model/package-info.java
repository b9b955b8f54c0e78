/**
 * The immutable values that a policy is made of: the catalog of permissions, roles, targets and assignments; and the
 * rules, changes, effects and violations of policies.
 *
 * <pre>{@code
 * PermissionCatalog catalog = PermissionCatalog.builder()
 *         .group("user", "create", "read", "update", "delete")
 *         .build();
 * Role lead = Role.builder("lead", Scope.TEAM)
 *         .name("Team lead")
 *         .rights(catalog.rights("user:read", "user:update"))
 *         .build();
 * boolean granted = lead.rights().contains("user:update"); // true
 * }</pre>
 *
 * <p>Start at {@link io.rbac.model.PermissionCatalog} and {@link io.rbac.model.Role}. No parameter accepts {@code null}
 * unless it is marked {@code @Nullable}; passing {@code null} throws a {@link NullPointerException}.
 */
@NullMarked
package io.rbac.model;

import org.jspecify.annotations.NullMarked;
