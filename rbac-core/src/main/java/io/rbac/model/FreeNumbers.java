package io.rbac.model;

import org.jspecify.annotations.Nullable;

/**
 * Numbers that went and are given to the next that come, as a list that older policies share.
 *
 * @param number the next to be given
 * @param rest those after it
 */
record FreeNumbers(int number, @Nullable FreeNumbers rest) {}
