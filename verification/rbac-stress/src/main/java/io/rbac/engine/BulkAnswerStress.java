package io.rbac.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A question about several permissions is answered from one revision: each revision grants exactly one of the two.
 * Protected by reading the current matrix once for each question.
 */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "every revision grants exactly one of the two")
@Outcome(expect = Expect.FORBIDDEN, desc = "one answer mixes two revisions")
@State
public class BulkAnswerStress {

    private final StressedAccount account = StressedAccount.inMemory();

    /** Commits. */
    @Actor
    public void committer() {
        account.commit();
    }

    /** Asks for any of the two permissions, then for both. */
    @Actor
    public void reader(ZZ_Result result) {
        result.r1 = account.checker.hasAny(StressedAccount.ADA, StressedAccount.BOTH, StressedAccount.HERE);
        result.r2 = account.checker.hasAll(StressedAccount.ADA, StressedAccount.BOTH, StressedAccount.HERE);
    }
}
