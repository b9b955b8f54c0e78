/** What is asked, of which accounts: the same for all contenders. */
@NullMarked
package io.rbac.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
