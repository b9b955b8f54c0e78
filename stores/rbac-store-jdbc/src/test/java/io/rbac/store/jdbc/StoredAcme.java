package io.rbac.store.jdbc;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStore;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.List;

/** A small account, and engines that answer from it. */
final class StoredAcme {
    static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "read", "update")
            .group("message", List.of(Action.of("read").withKey("message.read"), Action.of("write")))
            .build();

    private StoredAcme() {}

    static Policy policy(String account) {
        Instant time = Instant.ofEpochMilli(1_750_000_000_126L);
        return Policy.builder()
                .account(account)
                .catalog(CATALOG)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .description("Everybody")
                        .type(RoleType.SYSTEM)
                        .defaultRole(true)
                        .rights(CATALOG.rights("user:read"))
                        .createdAt(time)
                        .build())
                .role(Role.builder("lead", Scope.TEAM)
                        .name("Lead")
                        .rights(CATALOG.rights("user:update", "message.read"))
                        .build())
                .role(Role.builder("old", Scope.CHAT)
                        .name("Old")
                        .rights(CATALOG.rights("message:write"))
                        .createdAt(time)
                        .updatedAt(time)
                        .discardedAt(time)
                        .build())
                .team("s1")
                .team("s2")
                .chat("c1", "s1")
                .assign("ada", "member", Target.account())
                .assign("bob", "lead", Target.team("s1"))
                .assign("eve", "old", Target.chat("c1"))
                .build();
    }

    static PermissionEngine engine(PolicyStore store) {
        return PermissionEngine.builder().catalog(CATALOG).store(store).build();
    }

    /** Creates the account, and makes two commits. */
    static void create(PolicyStore store, String account) {
        PermissionEngine engine = engine(store);
        engine.create(policy(account));
        engine.commit(account, Change.assign("bob", "lead", Target.team("s2")));
        engine.commit(account, Change.unassign("bob", "lead", Target.team("s2")), Change.addTeam("s3"));
    }
}
