package io.rbac.store.jdbc;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.rbac.test.PolicyStoreContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class StoreContractTest {

    @TempDir
    private Path folder;

    @TestFactory
    @Tag("P65")
    @Tag("B122")
    Stream<DynamicTest> a_store_in_a_file_keeps_the_contract() {
        AtomicInteger files = new AtomicInteger();
        return PolicyStoreContract.of(
                        () -> JdbcPolicyStore.sqlite(folder.resolve("acme? 100% #" + files.incrementAndGet() + ".db"))
                                .createSchema()
                                .build())
                .stream()
                .map(check -> dynamicTest(check.name(), check::run));
    }

    @TestFactory
    @Tag("P65")
    @Tag("B118")
    @Tag("B122")
    Stream<DynamicTest> a_store_in_postgresql_keeps_the_contract() {
        PostgresServer.server();
        return PolicyStoreContract.of(() -> JdbcPolicyStore.builder(PostgresServer.newDatabase())
                        .createSchema()
                        .build())
                .stream()
                .map(check -> dynamicTest(check.name(), check::run));
    }
}
