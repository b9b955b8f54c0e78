/**
 * The command {@code rbac}.
 *
 * <p>Start at {@link io.rbac.cli.Main}. Each subcommand is a class. It prints its result to standard output, as
 * human-readable text or, with {@code --json}, as JSON; notes and errors go to standard error.
 *
 * @since 0.1
 */
@NullMarked
package io.rbac.cli;

import org.jspecify.annotations.NullMarked;
