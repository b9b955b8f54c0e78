package io.rbac.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * An eviction removes only the matrix that it evicts, not a newer one that a commit has put in meanwhile: the cache
 * counts what the holder has. Protected by the compare-and-set in {@link AccountHolder#evict}.
 */
@JCStressTest
@Outcome(id = "2, 1, 2", expect = Expect.ACCEPTABLE, desc = "the old matrix was evicted, or the new one was put back")
@Outcome(id = "0, 0, 2", expect = Expect.ACCEPTABLE, desc = "the new matrix was evicted")
@Outcome(expect = Expect.FORBIDDEN, desc = "the cache and the holder disagree")
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

    /** Compares the holder with the cache, then asks. */
    @Arbiter
    public void end(III_Result result) {
        result.r1 = StressedAccount.revisionOf(account.holder.matrix());
        result.r2 = (int) account.cache.accounts();
        result.r3 = account.revision();
    }
}
