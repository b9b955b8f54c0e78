/**
 * The live thing: {@link io.rbac.engine.PermissionEngine} answers from the current matrix of each account, commits
 * edits, and keeps policies in a {@link io.rbac.engine.PolicyStore}.
 *
 * <p>Start at {@link io.rbac.engine.PermissionEngine} and {@link io.rbac.engine.PolicyEdit}. No parameter accepts
 * {@code null} unless it is marked so; a {@code null} gives a {@link NullPointerException}.
 */
@NullMarked
package io.rbac.engine;

import org.jspecify.annotations.NullMarked;
