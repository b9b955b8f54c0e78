package io.rbac.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A commit that is slow to be put in does not overwrite what somebody else committed on it and a reader has loaded: nobody
 * goes back. Protected by the revision that {@link AccountHolder#publish} compares under the monitor.
 */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "loaded before both")
@Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "loaded between them, or told of the one")
@Outcome(id = "3, 3", expect = Expect.ACCEPTABLE, desc = "loaded after both")
@Outcome(expect = Expect.FORBIDDEN, desc = "back from a revision that was seen")
@State
public class LateCommitStress {

    private final StressedAccount account = StressedAccount.evicted();

    /** Commits; another process commits on it before it is put in. */
    @Actor
    public void committer() {
        account.commitAndBeOvertaken();
    }

    /** Loads. */
    @Actor
    public void reader(II_Result result) {
        result.r1 = account.revision();
    }

    /** Asks again. */
    @Arbiter
    public void end(II_Result result) {
        result.r2 = account.revision();
    }
}
