package com.example.roleapi;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.PolicyStoreException;
import io.rbac.policy.Policy;
import io.rbac.roleapi.RoleApi;
import io.rbac.roleapi.RoleDialect;
import io.rbac.roleapi.RoleRequest;
import io.rbac.roleapi.RoleResponse;
import io.rbac.store.jdbc.JdbcPolicyStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The role API of one product, with its engine and its store. */
final class DemoApi implements AutoCloseable {

    /** The maximum size of a body. One byte more is read, and nothing after that. */
    static final int MAX_BYTES = 1 << 20;

    private final Demo demo;
    private final PermissionEngine engine;
    private final PolicyStore store;
    private final RoleApi api;

    private DemoApi(Demo demo, PermissionEngine engine, PolicyStore store, RoleApi api) {
        this.demo = demo;
        this.engine = engine;
        this.store = store;
        this.api = api;
    }

    /**
     * Opens the store of a product in a folder: a SQLite file, which is created if it is missing.
     *
     * @throws PolicyStoreException if it cannot be opened
     */
    static PolicyStore store(Path folder, Demo demo) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new PolicyStoreException("the folder `" + folder + "` cannot be created", e);
        }
        return JdbcPolicyStore.sqlite(folder.resolve(demo.dialect().name() + ".db"))
                .createSchema()
                .build();
    }

    /** Opens the role API over a store, which is closed with it; creates the account if the store does not have it. */
    static DemoApi open(Demo demo, PolicyStore store) {
        RoleDialect dialect = demo.dialect();
        Policy policy = demo.firstPolicy(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        PermissionEngine engine = PermissionEngine.builder()
                .catalog(policy.catalog())
                .rules(dialect.rules())
                .guard(dialect.guard(policy.catalog()))
                .ids(dialect.ids())
                .store(store)
                .build();
        RoleApi api = RoleApi.builder(engine, dialect)
                .authentication(demo::caller)
                .maxBytes(MAX_BYTES)
                .build();
        DemoApi opened = new DemoApi(demo, engine, store, api);
        boolean isReady = false;
        try {
            if (store.load(policy.account()).isEmpty()) {
                engine.create(policy);
            }
            isReady = true;
            return opened;
        } finally {
            if (!isReady) {
                opened.close();
            }
        }
    }

    /**
     * Handles a request. Its body is read only if the caller is known.
     *
     * @param head the request without its body
     * @param body the body
     * @throws IOException if the body cannot be read
     */
    RoleResponse handle(RoleRequest head, InputStream body) throws IOException {
        boolean isKnown = demo.caller(head).isPresent();
        return api.handle(isKnown ? head.body(body.readNBytes(MAX_BYTES + 1)) : head);
    }

    @Override
    public void close() {
        engine.close();
        if (store instanceof JdbcPolicyStore file) {
            file.close();
        }
    }
}
