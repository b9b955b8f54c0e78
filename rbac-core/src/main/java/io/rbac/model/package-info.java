/**
 * What a policy says: the catalog of permissions, roles, teams, chats and assignments of one account, as immutable
 * values.
 *
 * <p>Start at {@link io.rbac.model.PermissionCatalog} and {@link io.rbac.model.Policy}. No parameter accepts
 * {@code null} unless it is marked so; a {@code null} gives a {@link NullPointerException}.
 */
@NullMarked
package io.rbac.model;

import org.jspecify.annotations.NullMarked;
