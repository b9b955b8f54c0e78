/** The rules for ids, names and messages, and suggestions for unknown names. Not exported by the module. */
@NullMarked
package io.rbac.text;

import org.jspecify.annotations.NullMarked;
