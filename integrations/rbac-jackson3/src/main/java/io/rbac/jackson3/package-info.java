/** Values of rbac for a mapper of Jackson 3: see {@link io.rbac.jackson3.RbacModule}. */
@NullMarked
package io.rbac.jackson3;

import org.jspecify.annotations.NullMarked;
