/**
 * For tests of an application, {@link io.rbac.test.RbacAssertions}; for those of the library and of stores, a second,
 * deliberately naive statement of what a policy means, and random policies to compare it with.
 *
 * <p>A {@link io.rbac.test.PlainPolicy} is a policy as plain tuples, {@link io.rbac.test.Validity} finds what is wrong
 * with it, {@link io.rbac.test.Oracle} answers from it, and {@link io.rbac.test.RandomPlainPolicy} makes policies and
 * questions. None of them shares code with the library under test; only {@link io.rbac.test.PolicyConverter} converts
 * between plain policies and those of the library:
 *
 * <pre>{@code
 * Choices choices = Choices.seeded(42);
 * PlainPolicy plain = RandomPlainPolicy.valid(choices);
 * Oracle oracle = Oracle.of(plain);
 * PermissionMatrix matrix = PermissionMatrix.compile(PolicyConverter.policy(plain));
 * for (Question question : RandomPlainPolicy.questions(choices, plain, 100)) {
 *     Target target = PolicyConverter.target(question.target());
 *     assertThat(matrix.hasPermission(question.user(), question.permission(), target))
 *             .isEqualTo(oracle.hasPermission(question.user(), question.permission(), question.target()));
 * }
 * }</pre>
 *
 * <p>In the same way {@link io.rbac.test.EditModel} applies edits to a plain policy, {@link io.rbac.test.RandomBatches}
 * makes them, and {@link io.rbac.test.EditConverter} turns them into changes of the library. {@link
 * io.rbac.test.PolicyStoreContract} is what every {@link io.rbac.engine.PolicyStore} has to pass. Comments cite the
 * rules of the semantics as S1 to S17.
 *
 * @since 0.1
 */
@NullMarked
package io.rbac.test;

import org.jspecify.annotations.NullMarked;
