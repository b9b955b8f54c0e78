package io.rbac.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A load that read the store before a commit does not overwrite it, and who committed sees it at once. Protected by {@link
 * Load#committed()}, which {@link AccountHolder#finish} compares under the monitor with what was loaded.
 */
@JCStressTest
@Outcome(id = "1, 2, 2", expect = Expect.ACCEPTABLE, desc = "loaded before the commit")
@Outcome(id = "2, 2, 2", expect = Expect.ACCEPTABLE, desc = "loaded after the commit, or told of it")
@Outcome(expect = Expect.FORBIDDEN, desc = "an old revision after the commit")
@State
public class SlowLoadStress {

    private final StressedAccount account = StressedAccount.evicted();

    /** Loads. */
    @Actor
    public void loader(III_Result result) {
        result.r1 = account.revision();
    }

    /** Commits, and asks. */
    @Actor
    public void committer(III_Result result) {
        account.commit();
        result.r2 = account.revision();
    }

    /** Asks when both are done. */
    @Arbiter
    public void end(III_Result result) {
        result.r3 = account.revision();
    }
}
