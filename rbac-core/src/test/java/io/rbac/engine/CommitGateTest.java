package io.rbac.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who shuts an engine down, and after which write. */
class CommitGateTest {

    private final CommitGate gate = new CommitGate();
    private final AtomicInteger shutdowns = new AtomicInteger();

    @Test
    void nothing_is_admitted_once_the_gate_is_closed() {
        gate.enter();
        assertThat(gate.close()).isTrue();
        assertThat(gate.close()).isFalse();
        assertThatIllegalStateException().isThrownBy(gate::enter);
    }

    @Test
    void without_a_write_under_way_the_shutdown_is_done_at_once() {
        gate.enter();
        gate.leave();
        gate.awaitNone(Duration.ofMinutes(1));
        gate.runOnceNoneIsUnderWay(shutdowns::incrementAndGet);
        assertThat(shutdowns).hasValue(1);
    }

    @Test
    void the_last_write_does_the_shutdown_that_did_not_wait_for_it() {
        gate.enter();
        gate.enter();
        gate.awaitNone(Duration.ofMillis(1));
        gate.runOnceNoneIsUnderWay(shutdowns::incrementAndGet);
        gate.leave();
        assertThat(shutdowns).hasValue(0);
        gate.leave();
        assertThat(shutdowns).hasValue(1);
        gate.enter();
        gate.leave();
        assertThat(shutdowns).hasValue(1);
    }

    @Test
    void an_interrupted_thread_waits_no_longer_and_stays_interrupted() {
        gate.enter();
        Thread.currentThread().interrupt();
        gate.awaitNone(Duration.ofMinutes(1));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_write_that_ends_wakes_whoever_waits_for_none() throws InterruptedException {
        gate.enter();
        Thread waiting = new Thread(() -> {
            gate.awaitNone(Duration.ofMinutes(5));
            shutdowns.incrementAndGet();
        });
        waiting.start();
        gate.leave();
        waiting.join();
        assertThat(shutdowns).hasValue(1);
    }
}
