package io.rbac.engine;

import static io.rbac.engine.Acme.C42;
import static io.rbac.engine.Acme.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Rights;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class EngineAllocationTest {

    private static final int CHECKS = 20_000;

    private static final Rights BOTH = Acme.CATALOG.rights("user:update", "user:delete");

    /** What asking for the number of allocated bytes itself takes. */
    private static final long MEASURING_BYTES = 1_024;

    private final AllocatedBytes allocated = new AllocatedBytes();

    /** Asks until some round of checks allocates nothing: the first rounds pay for what is compiled meanwhile. */
    private void assertAllocatesNothing(BooleanSupplier check, boolean answer) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20 && least > 0; round++) {
            long before = allocated.bytes();
            int wrong = 0;
            for (int i = 0; i < CHECKS; i++) {
                wrong += check.getAsBoolean() == answer ? 0 : 1;
            }
            least = Math.min(least, allocated.bytes() - before);
            assertThat(wrong).isZero();
        }
        assertThat(least).isLessThanOrEqualTo(MEASURING_BYTES);
    }

    @Test
    void a_check_of_an_account_in_memory_allocates_nothing() {
        long accounts = 20;
        long bytes = (PermissionMatrix.compile(Acme.policy()).retainedBytes() + 1_024) * accounts;
        try (PermissionEngine engine = Acme.engine().cacheBytes(bytes).build()) {
            engine.create(Acme.policy());
            for (int i = 1; i < accounts; i++) {
                engine.create(Acme.policy("other-" + i));
            }
            PermissionChecker checker = engine.checker("acme");
            assertAllocatesNothing(() -> checker.hasPermission("bob", UPDATE, C42), true);
            assertAllocatesNothing(() -> checker.hasPermission("bob", "user:update", C42), true);
            assertAllocatesNothing(() -> checker.hasPermission("ghost", UPDATE, C42), false);
            assertAllocatesNothing(() -> checker.hasAny("bob", BOTH, C42), true);
            assertAllocatesNothing(() -> checker.hasAll("bob", BOTH, C42), false);
            assertAllocatesNothing(() -> engine.hasPermission("acme", "bob", UPDATE, C42), true);
            assertAllocatesNothing(() -> engine.hasPermission("acme", "bob", "user:update", C42), true);
            assertAllocatesNothing(() -> engine.hasPermission("acme", "ghost", "user:update", C42), false);
            engine.remove("acme");
            assertAllocatesNothing(() -> checker.hasPermission("bob", UPDATE, C42), false);
            assertAllocatesNothing(() -> checker.hasAny("bob", BOTH, C42), false);
        }
    }
}
