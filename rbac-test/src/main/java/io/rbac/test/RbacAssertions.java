package io.rbac.test;

import io.rbac.matrix.PermissionMatrix;

/**
 * Assertions of an application's tests about what its policies mean, for AssertJ.
 *
 * <pre>{@code
 * assertThat(matrix)
 *         .allows("bob", "user:update", Target.chat("c-42"))
 *         .denies("ada", "user:update", Target.chat("c-42"))
 *         .hasExactlyRights("bob", Target.team("support"), "user:update")
 *         .isAsIn(Path.of("src/test/resources/matrix.txt"));
 * }</pre>
 *
 * @since 0.1
 */
public final class RbacAssertions {

    private RbacAssertions() {}

    /** Returns assertions about a matrix. */
    public static PermissionMatrixAssert assertThat(PermissionMatrix matrix) {
        return new PermissionMatrixAssert(matrix);
    }
}
