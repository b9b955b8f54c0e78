/** The accounts and the questions, which are the same for all contenders. */
@NullMarked
package io.rbac.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
