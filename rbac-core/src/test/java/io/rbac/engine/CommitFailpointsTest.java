package io.rbac.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever method on the way fails, in whichever way, nothing is left half done. */
@Tag("deep")
class CommitFailpointsTest {

    private static final List<String> WOVEN = List.of(
            "io.rbac.engine.Account",
            "io.rbac.engine.ChangeResolver",
            "io.rbac.engine.Commit",
            "io.rbac.engine.EditPlanner",
            "io.rbac.engine.InMemoryPolicyStore",
            "io.rbac.engine.InvariantRule",
            "io.rbac.engine.ListenerDispatcher",
            "io.rbac.engine.ListenerQueue",
            "io.rbac.engine.Load",
            "io.rbac.engine.MatrixCache",
            "io.rbac.engine.MatrixLookup",
            "io.rbac.engine.Notice",
            "io.rbac.engine.PermissionEngine",
            "io.rbac.engine.UnresolvedWrite",
            "io.rbac.matrix.PermissionMatrix",
            "io.rbac.matrix.RoleSetRows",
            "io.rbac.policy.ChangeBatch",
            "io.rbac.policy.EffectDiff",
            "io.rbac.policy.MembershipEditor",
            "io.rbac.policy.TableEditor");

    private static final List<Supplier<Throwable>> FAILURES = List.of(
            () -> new IllegalStateException("failpoint"),
            () -> new StackOverflowError("failpoint"),
            () -> new OutOfMemoryError("failpoint"));

    private final List<String> wrong = new ArrayList<>();

    @Test
    void what_is_woven_exists() {
        assertThat(WOVEN)
                .allMatch(prefix -> ArchitectureTest.CORE.stream()
                        .anyMatch(type -> type.getName().startsWith(prefix)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "commit evicted", "create", "remove", "check evicted"})
    @Tag("P40")
    @Tag("B110")
    void what_fails_anywhere_leaves_nothing_half_done(String what) throws Exception {
        Constructor<?> scenario = Class.forName(FailingCommit.class.getName(), true, WovenLibrary.withFailpoints(WOVEN))
                .getConstructor();
        Failpoint.plan(null, 0, AssertionError::new);
        assertThat(run(scenario, what)).isNull();
        Map<String, Integer> points = Failpoint.passed();
        assertThat(points).hasSizeGreaterThan(50);
        points.forEach((point, passes) -> {
            FAILURES.forEach(failure -> fail(scenario, what, point, 1, failure));
            if (passes > 1) {
                fail(scenario, what, point, passes, FAILURES.get(1));
            }
        });
        assertThat(wrong).isEmpty();
    }

    private void fail(Constructor<?> scenario, String what, String point, int pass, Supplier<Throwable> failure) {
        Failpoint.plan(point, pass, failure);
        try {
            run(scenario, what);
        } catch (AssertionError | Exception e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            wrong.add(failure.get() + " " + point + ", pass " + pass + ": " + cause.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private static Throwable run(Constructor<?> scenario, String what) throws Exception {
        return ((Function<String, Throwable>) scenario.newInstance()).apply(what);
    }
}
