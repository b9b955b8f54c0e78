/** The ways to answer the same question: this library through each of its doors, what would be used instead, and limits. */
@NullMarked
package io.rbac.benchmarks.contenders;

import org.jspecify.annotations.NullMarked;
