package io.rbac.spring.boot;

/**
 * Published after an account was removed.
 *
 * @param account the id of the account
 * @since 0.1
 */
public record AccountRemoved(String account) {}
