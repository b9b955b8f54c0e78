package io.rbac.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * A checker of a removed account answers false forever, even if the account was being loaded at the time. Protected by
 * the flag that {@link AccountHolder#finish} and {@link AccountHolder#publish} check under the monitor.
 */
@JCStressTest
@Outcome(id = "true, false, 0", expect = Expect.ACCEPTABLE, desc = "asked before the removal")
@Outcome(id = "false, false, 0", expect = Expect.ACCEPTABLE, desc = "asked after the removal")
@Outcome(expect = Expect.FORBIDDEN, desc = "the removed account grants something, or is still counted")
@State
public class RemovedAccountStress {

    private final StressedAccount account = StressedAccount.evicted();

    /** Asks. */
    @Actor
    public void reader(ZZI_Result result) {
        result.r1 = ask();
    }

    /** Removes the account; what stays stored stands for another account with the same id. */
    @Actor
    public void remover() {
        account.holder.die(true);
    }

    /** Asks again. */
    @Arbiter
    public void end(ZZI_Result result) {
        result.r2 = ask();
        result.r3 = (int) account.cache.accounts();
    }

    private boolean ask() {
        return account.checker.hasPermission(StressedAccount.ADA, StressedAccount.UPDATE, StressedAccount.HERE);
    }
}
