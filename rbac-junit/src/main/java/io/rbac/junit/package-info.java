/** Tests of JUnit that a policy answers as it is expected to: see {@link io.rbac.junit.ExpectedAnswerTests}. */
@NullMarked
package io.rbac.junit;

import org.jspecify.annotations.NullMarked;
