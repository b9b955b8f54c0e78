/**
 * Two processes that answer from one PostgreSQL database.
 *
 * <p>Start at {@link com.example.twoprocesses.TwoProcesses}; {@link com.example.twoprocesses.Wiki} is what to copy from.
 */
@NullMarked
package com.example.twoprocesses;

import org.jspecify.annotations.NullMarked;
