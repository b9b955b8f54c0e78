/**
 * Files that are replaced as a whole, for policies and for the reports of the command line.
 *
 * @since 0.1
 */
@NullMarked
package io.rbac.jackson.file;

import org.jspecify.annotations.NullMarked;
