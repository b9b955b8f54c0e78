/**
 * Measures this library beside what would be used instead. {@code Main} runs everything and writes what
 * came out; the classes named {@code ...Benchmark} are what JMH measures.
 */
@NullMarked
package io.rbac.benchmarks;

import org.jspecify.annotations.NullMarked;
