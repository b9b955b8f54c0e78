package io.rbac.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A load that read the store before a commit does not overwrite that commit, and the committing thread sees its commit
 * at once. Protected by {@link Load#committed()}, which {@link AccountHolder#finish} compares with what was loaded,
 * under the monitor.
 */
@JCStressTest
@Outcome(id = "1, 2, 2", expect = Expect.ACCEPTABLE, desc = "loaded before the commit")
@Outcome(id = "2, 2, 2", expect = Expect.ACCEPTABLE, desc = "loaded after the commit, or got the published one")
@Outcome(expect = Expect.FORBIDDEN, desc = "an old revision was seen after the commit")
@State
public class SlowLoadStress {

    private final StressedAccount account = StressedAccount.evicted();

    /** Loads. */
    @Actor
    public void loader(III_Result result) {
        result.r1 = account.revision();
    }

    /** Commits, then asks. */
    @Actor
    public void committer(III_Result result) {
        account.commit();
        result.r2 = account.revision();
    }

    /** Asks again. */
    @Arbiter
    public void end(III_Result result) {
        result.r3 = account.revision();
    }
}
