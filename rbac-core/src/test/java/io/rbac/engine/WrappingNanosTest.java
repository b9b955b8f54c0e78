package io.rbac.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is decided by how the time of day or of the processor runs. */
class WrappingNanosTest {

    /** The scenario itself asserts every answer. */
    @ParameterizedTest
    @ValueSource(strings = {"commit", "commit evicted", "create", "remove", "check evicted"})
    @Tag("B108")
    void a_nano_time_that_wraps_changes_no_decision(String what) throws Exception {
        Constructor<?> scenario = Class.forName(FailingCommit.class.getName(), true, WovenLibrary.withWrappingNanos())
                .getConstructor();
        Failpoint.plan(null, 0, AssertionError::new);
        int calls = 0;
        for (int before = 0; before <= calls; before++) {
            WrappingNanos.wrapAfter(before);
            assertThat(run(scenario, what)).as("wrapped after %d calls", before).isNull();
            calls = WrappingNanos.calls();
        }
        assertThat(calls).as("how often the time was taken").isGreaterThan(1);
    }

    @SuppressWarnings("unchecked") // the same type, in either class loader
    private static Object run(Constructor<?> scenario, String what) throws Exception {
        return ((Function<String, Throwable>) scenario.newInstance()).apply(what);
    }
}
