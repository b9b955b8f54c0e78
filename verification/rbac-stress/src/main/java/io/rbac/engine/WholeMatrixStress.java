package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import org.junit.jupiter.api.Tag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZZ_Result;

/**
 * A matrix that is published while another one is read is seen as a whole or not at all, and leaves the older one as it
 * was. Protected by {@link PermissionMatrix#updatedTo}, which copies a page of bits before it writes to it, and, where
 * processors or compilers reorder more, by final fields and the {@code volatile} field of the holder.
 */
@Tag("P49")
@JCStressTest
@Outcome(id = "1, true, false", expect = Expect.ACCEPTABLE, desc = "the revision before the commit")
@Outcome(id = "2, false, true", expect = Expect.ACCEPTABLE, desc = "the revision after the commit")
@Outcome(expect = Expect.FORBIDDEN, desc = "no matrix, or a part of one")
@State
public class WholeMatrixStress {

    private final StressedAccount account = StressedAccount.inMemory();

    /** Commits. */
    @Actor
    public void committer() {
        account.commit();
    }

    /** Reads the current matrix. */
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
