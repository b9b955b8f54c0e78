package io.rbac.benchmarks.contenders;

import io.rbac.benchmarks.workload.Questions;

/** One way to tell who may do what. */
@FunctionalInterface
public interface Contender {

    /** Answers a question by its number. */
    boolean isAllowed(Questions questions, int i);
}
