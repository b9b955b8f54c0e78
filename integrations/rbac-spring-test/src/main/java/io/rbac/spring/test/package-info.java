/** For tests of applications on Spring that are protected by rbac: see {@link io.rbac.spring.test.WithRbacUser}. */
@NullMarked
package io.rbac.spring.test;

import org.jspecify.annotations.NullMarked;
