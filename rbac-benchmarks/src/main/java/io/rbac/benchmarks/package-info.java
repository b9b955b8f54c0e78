/**
 * Compares this library with what would be used instead. {@code Main} runs everything and writes the results; JMH runs the
 * classes named {@code ...Benchmark}.
 */
@NullMarked
package io.rbac.benchmarks;

import org.jspecify.annotations.NullMarked;
