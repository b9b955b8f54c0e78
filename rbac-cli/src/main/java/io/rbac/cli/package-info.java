/**
 * The command {@code rbac}.
 *
 * <p>Start at {@link io.rbac.cli.Main}. Each subcommand is a class of its own; what it prints for people goes to one
 * stream as text or, asked for with {@code --json}, as one JSON object, and what went wrong to the other.
 *
 * @since 0.1
 */
@NullMarked
package io.rbac.cli;

import org.jspecify.annotations.NullMarked;
