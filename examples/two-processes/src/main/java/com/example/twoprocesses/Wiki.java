package com.example.twoprocesses;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.rbac.engine.PermissionEngine;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.store.jdbc.JdbcPolicyStore;
import java.time.Duration;
import javax.sql.DataSource;

/** What both processes know: the permissions of a wiki, and how they open the policies. */
final class Wiki {

    static final String ACCOUNT = "acme";
    static final ScopeTree SCOPES = ScopeTree.builder()
            .scope("org")
            .nestingScope("folder")
            .scope("page")
            .build();
    static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .scopes(SCOPES)
            .group("page", "read", "write")
            .build();
    static final Permission READ = CATALOG.permission("page:read");
    static final Target DRAFTS = SCOPES.target("folder/drafts");
    static final Target PLAN = SCOPES.target("page/plan");

    /** What cannot be confirmed for so long is not answered from. */
    static final Duration MAX_STALENESS = Duration.ofSeconds(4);

    private Wiki() {}

    /** A pool of connections, which is the application's. */
    static HikariDataSource database(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }

    static JdbcPolicyStore.Builder store(DataSource database) {
        return JdbcPolicyStore.builder(database).timeout(Duration.ofSeconds(2));
    }

    static PermissionEngine engine(JdbcPolicyStore store) {
        return PermissionEngine.builder()
                .catalog(CATALOG)
                .store(store)
                .refreshEvery(Duration.ofSeconds(1)) // what a lost notification costs at most
                .maxStaleness(MAX_STALENESS)
                .storeTimeout(Duration.ofSeconds(3))
                .build();
    }

    /** Bob reads what lies in the drafts: the plan and the notes, not the minutes. */
    static Policy policy() {
        Scope page = SCOPES.scope("page");
        return Policy.builder()
                .account(ACCOUNT)
                .catalog(CATALOG)
                .role(Role.builder("guest", SCOPES.account())
                        .name("Guest")
                        .defaultRole(true)
                        .build())
                .role(Role.builder("reader", SCOPES.scope("folder"))
                        .name("Reader")
                        .rights(CATALOG.rights("page:read"))
                        .build())
                .target(DRAFTS)
                .target(PLAN, DRAFTS)
                .target(Target.of(page, "notes"), DRAFTS)
                .target(Target.of(page, "minutes"))
                .assign("bob", "reader", DRAFTS)
                .build();
    }
}
