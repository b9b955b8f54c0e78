package io.rbac.spring.boot;

/**
 * Published if an account is at a revision or a newer one, and not all commits up to it are published: what is known of the
 * account must be read again.
 *
 * @param account the id of the account
 * @param revision the revision
 * @since 0.1
 */
public record PolicyResynced(String account, long revision) {}
