/**
 * A second, deliberately naive statement of what a policy means, and random policies to compare it with.
 *
 * <p>A {@link io.rbac.test.Sketch} is a policy as plain tuples, {@link io.rbac.test.Validity} says what is wrong with
 * it, {@link io.rbac.test.Oracle} answers from it, and {@link io.rbac.test.RandomSketch} makes sketches and questions.
 * None of them shares code with the library under test except the enum {@link io.rbac.model.Scope}; {@link
 * io.rbac.test.SketchPolicy} alone leads from a sketch to a policy of the library and back. S1 to S17 are the rules of
 * the semantics that each method implements.
 *
 * <p>In the same way {@link io.rbac.test.EditModel} applies edits to a sketch, and {@link io.rbac.test.RandomBatches} makes
 * them. {@link io.rbac.test.PolicyStoreContract} is what every {@link io.rbac.engine.PolicyStore} has to pass.
 *
 * @since 0.1
 */
@NullMarked
package io.rbac.test;

import org.jspecify.annotations.NullMarked;
