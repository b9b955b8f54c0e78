/**
 * Policies, rights and roles as JSON.
 *
 * <p>{@link io.rbac.jackson.PolicyJson} reads and writes whole policies. {@link io.rbac.jackson.CatalogJson} reads a
 * catalog in a file of its own, {@link io.rbac.jackson.InvariantsJson} the invariants that stand beside a policy, and {@link
 * io.rbac.jackson.ExpectedAnswers} the answers that it is tested with. {@link io.rbac.jackson.RbacModule} is for an
 * application's own mapper: it reads and writes rights and roles. {@link io.rbac.jackson.CommitJson} is for stores and audit
 * logs: it reads and writes commits. All reading is strict: what is not understood is refused, with its location, and
 * nothing is ever repaired.
 *
 * @since 0.1
 */
@NullMarked
package io.rbac.jackson;

import org.jspecify.annotations.NullMarked;
