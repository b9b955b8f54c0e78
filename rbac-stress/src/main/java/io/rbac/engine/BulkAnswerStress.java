package io.rbac.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A question about several permissions is answered from one revision: at each of them exactly one of the two is held.
 * Protected by the one read of the current matrix for each question.
 */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "one of both at every revision")
@Outcome(expect = Expect.FORBIDDEN, desc = "answers of two revisions in one")
@State
public class BulkAnswerStress {

    private final StressedAccount account = StressedAccount.inMemory();

    /** Commits. */
    @Actor
    public void committer() {
        account.commit();
    }

    /** Asks for one of both, then for both. */
    @Actor
    public void reader(ZZ_Result result) {
        result.r1 = account.checker.hasAny(StressedAccount.ADA, StressedAccount.BOTH, StressedAccount.HERE);
        result.r2 = account.checker.hasAll(StressedAccount.ADA, StressedAccount.BOTH, StressedAccount.HERE);
    }
}
