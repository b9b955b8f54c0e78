package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.test.PolicyStoreContract.Check;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyStoreContractTest {

    @TestFactory
    Stream<DynamicTest> the_store_in_memory_keeps_the_contract() {
        return PolicyStoreContract.of(InMemoryPolicyStore::new).stream()
                .map(check -> dynamicTest(check.name(), check::run));
    }

    private static boolean fails(Check check) {
        try {
            check.run();
            return false;
        } catch (AssertionError | RuntimeException e) {
            return true;
        }
    }

    private static Stream<Check> brokenChecks(FaultyStore.Fault fault) {
        return PolicyStoreContract.of(() -> new FaultyStore(fault)).stream().filter(PolicyStoreContractTest::fails);
    }

    @ParameterizedTest
    @EnumSource(FaultyStore.Fault.class)
    void a_store_breaks_the_contract_if_it_has_a_fault(FaultyStore.Fault fault) {
        assertThat(brokenChecks(fault).findFirst().isPresent()).isEqualTo(fault != FaultyStore.Fault.NONE);
    }

    @Test
    @Tag("deep")
    void every_check_finds_some_fault() {
        assertThat(Stream.of(FaultyStore.Fault.values())
                        .flatMap(PolicyStoreContractTest::brokenChecks)
                        .map(Check::name)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(PolicyStoreContract.of(InMemoryPolicyStore::new).stream()
                        .map(Check::name)
                        .toList());
    }

    @Test
    void a_store_that_can_be_closed_is_closed_after_each_check() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Check> checks = PolicyStoreContract.of(() -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            return new FaultyStore(FaultyStore.Fault.NONE, open::decrementAndGet);
        });
        assertThat(open).hasValue(0);
        checks.stream().limit(5).forEach(Check::run);
        assertThat(open).hasValue(0);
        assertThat(most).hasValue(1);
    }
}
