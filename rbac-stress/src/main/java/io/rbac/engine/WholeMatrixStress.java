package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZZ_Result;

/**
 * A matrix that is put in while others are read is seen whole or not at all, and takes nothing from the one before it.
 * Protected by the copy that {@link PermissionMatrix#updatedTo} makes of a page of bits before it writes to it; and, where
 * processors or compilers reorder more, by final fields and the {@code volatile} field of the holder.
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
        account.commit();
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
