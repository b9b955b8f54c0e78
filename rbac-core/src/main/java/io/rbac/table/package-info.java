/**
 * Persistent data structures: tables from ids to values, paged lists, sorted numbers, rows. They know neither roles nor
 * policies. Each is immutable: {@code edit()} returns an editor of a copy, and the editor's {@code seal()} the edited
 * copy. Not exported by the module.
 */
@NullMarked
package io.rbac.table;

import org.jspecify.annotations.NullMarked;
