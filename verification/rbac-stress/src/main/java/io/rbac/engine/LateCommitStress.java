package io.rbac.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A commit that is published late does not overwrite a newer revision that another process committed and a reader has
 * loaded: revisions never go back. Protected by the revision that {@link AccountHolder#publish} compares under the
 * monitor.
 */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "loaded before both commits")
@Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "loaded between the commits, or got the published one")
@Outcome(id = "3, 3", expect = Expect.ACCEPTABLE, desc = "loaded after both commits")
@Outcome(expect = Expect.FORBIDDEN, desc = "went back behind a revision that was seen")
@State
public class LateCommitStress {

    private final StressedAccount account = StressedAccount.evicted();

    /** Commits; another process makes the next commit before this one is published. */
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
