package io.rbac.jackson;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.rbac.engine.PolicyStore;
import io.rbac.test.PolicyStoreContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class FilePolicyStoreContractTest {

    @TempDir
    Path folder;

    private final AtomicInteger stores = new AtomicInteger();

    private PolicyStore store(long logBytes) {
        return FilePolicyStore.open(folder.resolve("store-" + stores.incrementAndGet()), logBytes);
    }

    /** With no more log than document, with a log now and then, and with nothing but a log. */
    @TestFactory
    Stream<DynamicContainer> a_file_store_keeps_the_contract() {
        return Stream.of(0L, 4_096L, Long.MAX_VALUE)
                .map(logBytes -> dynamicContainer(
                        "with a log of " + logBytes + " bytes",
                        PolicyStoreContract.of(() -> store(logBytes)).stream()
                                .map(check -> dynamicTest(check.name(), check::run))));
    }
}
