/**
 * Simulates what many processes ask of one database. Nothing here looks at a clock, and a seed says what happens. Start at
 * {@link io.rbac.benchmarks.simulation.RefreshSimulation}.
 */
@NullMarked
package io.rbac.benchmarks.simulation;

import org.jspecify.annotations.NullMarked;
