/**
 * Policies: built and checked as a whole, changed in batches, and asked for their parts.
 *
 * <pre>{@code
 * Policy policy = Policy.builder()
 *         .account("acme")
 *         .catalog(catalog)
 *         .role(member)
 *         .team("support")
 *         .build();
 * Change assign = Change.assign("ada", "member", Target.account());
 * Policy changed = policy.apply(List.of(assign), Instant.now()).policy(); // revision 1
 * }</pre>
 *
 * <p>Start at {@link io.rbac.policy.Policy}. {@link io.rbac.policy.PolicyTable} is its dense form, for code that
 * compiles or compares policies. {@link io.rbac.policy.PolicyImport} makes a policy of what another system keeps.
 */
@NullMarked
package io.rbac.policy;

import org.jspecify.annotations.NullMarked;
