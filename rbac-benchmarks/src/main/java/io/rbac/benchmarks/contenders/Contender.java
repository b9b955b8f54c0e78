package io.rbac.benchmarks.contenders;

import io.rbac.benchmarks.workload.Questions;

/** One way to decide who may do what. */
@FunctionalInterface
public interface Contender {

    /** Answers the question with a number. */
    boolean isAllowed(Questions questions, int i);
}
