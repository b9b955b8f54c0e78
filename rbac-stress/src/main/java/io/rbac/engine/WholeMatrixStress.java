package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZZ_Result;

/**
 * A matrix that is put in while it is read is seen whole or not at all. Protected by the {@code volatile} field of the
 * holder, and where that is not read again, by the final fields of matrix and policy.
 */
@JCStressTest
@Outcome(id = "1, true, false", expect = Expect.ACCEPTABLE, desc = "the revision before")
@Outcome(id = "2, false, true", expect = Expect.ACCEPTABLE, desc = "the revision after")
@Outcome(expect = Expect.FORBIDDEN, desc = "null, or a part of one")
@State
public class WholeMatrixStress {

    private final StressedAccount account = StressedAccount.inMemory();

    /** Commits. */
    @Actor
    public void committer() {
        account.commit(2);
    }

    /** Looks at what is there. */
    @Actor
    public void reader(IZZ_Result result) {
        PermissionMatrix matrix = account.holder.matrix();
        result.r1 = StressedAccount.revisionOf(matrix);
        if (matrix != null) {
            result.r2 = matrix.hasPermission(StressedAccount.ADA, StressedAccount.UPDATE, StressedAccount.HERE);
            result.r3 = matrix.hasPermission(StressedAccount.ADA, StressedAccount.DELETE, StressedAccount.HERE);
        }
    }
}
