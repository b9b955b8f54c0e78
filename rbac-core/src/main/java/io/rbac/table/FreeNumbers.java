package io.rbac.table;

import org.jspecify.annotations.Nullable;

/**
 * Numbers that are free to be reused, as a linked list whose tail older versions share.
 *
 * @param number the next number to reuse
 * @param rest the numbers after it, null if there are none
 */
public record FreeNumbers(int number, @Nullable FreeNumbers rest) {}
