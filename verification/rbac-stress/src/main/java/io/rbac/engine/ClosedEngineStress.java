package io.rbac.engine;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A commit that meets the end of the engine is either made and reported to the listener before {@link
 * PermissionEngine#close()} returns, or refused without a trace. Protected by {@link CommitGate}, which admits a write
 * or not, and waits for the writes that it has admitted.
 */
@JCStressTest
@Outcome(id = "2, 2, 2", expect = Expect.ACCEPTABLE, desc = "committed, stored and reported")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "refused, neither stored nor reported")
@Outcome(expect = Expect.FORBIDDEN, desc = "half a commit: what was returned, stored and reported differs")
@State
public class ClosedEngineStress {

    private static final int FAILED = -1;

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final AtomicInteger reported = new AtomicInteger();
    private final PermissionEngine engine;

    /** Creates an engine with one account, whose policy has yet to be loaded. */
    public ClosedEngineStress() {
        store.create(StressedAccount.CREATION, StressedAccount.FIRST);
        engine = PermissionEngine.builder()
                .catalog(StressedAccount.CATALOG)
                .rules(StressedAccount.RULES)
                .store(store)
                .executor(Runnable::run)
                .onListenerFailure((listener, thrown) -> reported.set(FAILED))
                .build();
        engine.addListener(commit -> reported.addAndGet((int) commit.revision()));
    }

    /** Commits: the revision, 0 if the engine is closed. */
    @Actor
    public void committer(III_Result result) {
        try {
            result.r1 = (int) engine.commit("acme", StressedAccount.TAKE_UPDATE).revision();
        } catch (IllegalStateException e) {
            result.r1 = 0;
        } catch (RuntimeException e) {
            result.r1 = FAILED;
        }
    }

    /** Closes, then looks at what was reported by then. */
    @Actor
    public void closer(III_Result result) {
        engine.close();
        result.r3 = reported.get();
    }

    /** Looks at what is stored. */
    @Arbiter
    public void end(III_Result result) {
        result.r2 = (int) store.load("acme").orElseThrow().policy().revision();
    }
}
