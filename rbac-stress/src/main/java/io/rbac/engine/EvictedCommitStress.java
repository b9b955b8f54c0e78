package io.rbac.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * An eviction takes out the matrix that it evicts, and not the newer one that a commit put in meanwhile: what the cache
 * counts and what the holder has are the same. Protected by the compare-and-set of {@link AccountHolder#evict}.
 */
@JCStressTest
@Outcome(id = "2, 1, 2", expect = Expect.ACCEPTABLE, desc = "the old one was evicted, or the new one put back")
@Outcome(id = "0, 0, 2", expect = Expect.ACCEPTABLE, desc = "the new one was evicted")
@Outcome(expect = Expect.FORBIDDEN, desc = "the cache counts what is not there, or not what is")
@State
public class EvictedCommitStress {

    private final StressedAccount account = StressedAccount.inMemory();

    /** Evicts. */
    @Actor
    public void evictor() {
        account.cache.evict("acme");
    }

    /** Commits. */
    @Actor
    public void committer() {
        account.commit();
    }

    /** Compares, and asks. */
    @Arbiter
    public void end(III_Result result) {
        result.r1 = StressedAccount.revisionOf(account.holder.matrix());
        result.r2 = (int) account.cache.accounts();
        result.r3 = account.revision();
    }
}
