package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import io.rbac.policy.Policy;
import io.rbac.policy.PolicyDigest;

/**
 * A policy as a store has read it, with the digest that was stored with it. If the policy's own digest is another one, it
 * is damaged, and an engine does not answer from it.
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param policy the policy, at its stored version; its catalog and rules may be any, an engine rebinds it to its own
 * @param digest the digest of the newest {@linkplain Commit#digest() commit}
 * @since 0.1
 */
public record StoredPolicy(Policy policy, PolicyDigest digest) {

    public StoredPolicy {
        requireNonNull(policy, "policy");
        requireNonNull(digest, "digest");
    }
}
