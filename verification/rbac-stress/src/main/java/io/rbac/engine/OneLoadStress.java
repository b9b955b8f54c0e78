package io.rbac.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two threads that find no matrix load it once. Protected by the monitor under which {@link AccountHolder#join} looks
 * for a load under way.
 */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "one load served both")
@Outcome(expect = Expect.FORBIDDEN, desc = "more than one load, or no answer")
@State
public class OneLoadStress {

    private final StressedAccount account = StressedAccount.evicted();

    /** Asks. */
    @Actor
    public void one(III_Result result) {
        result.r1 = account.revision();
    }

    /** Asks as well. */
    @Actor
    public void other(III_Result result) {
        result.r2 = account.revision();
    }

    /** Counts the loads. */
    @Arbiter
    public void end(III_Result result) {
        result.r3 = account.loads.get();
    }
}
