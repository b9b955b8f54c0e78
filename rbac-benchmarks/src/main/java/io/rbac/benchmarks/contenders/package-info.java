/** Ways to answer the same question: this library through each of its entry points, its alternatives, and lower bounds. */
@NullMarked
package io.rbac.benchmarks.contenders;

import org.jspecify.annotations.NullMarked;
