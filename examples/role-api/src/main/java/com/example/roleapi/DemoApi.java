package com.example.roleapi;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStore;
import io.rbac.jackson.FilePolicyStore;
import io.rbac.model.Policy;
import io.rbac.roleapi.RoleApi;
import io.rbac.roleapi.RoleDialect;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The role API of one product with the engine and the store behind it. */
final class DemoApi implements AutoCloseable {

    /** The most bytes of a request's body; whoever mounts the role API reads one more and no further. */
    static final int MAX_BYTES = 1 << 20;

    private final PermissionEngine engine;
    private final PolicyStore store;
    private final RoleApi api;

    private DemoApi(PermissionEngine engine, PolicyStore store, RoleApi api) {
        this.engine = engine;
        this.store = store;
        this.api = api;
    }

    /** Opens the role API over a store, which is closed with it; creates the account if it is missing there. */
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
        DemoApi opened = new DemoApi(engine, store, api);
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

    RoleApi api() {
        return api;
    }

    @Override
    public void close() {
        engine.close();
        if (store instanceof FilePolicyStore files) {
            files.close();
        }
    }
}
