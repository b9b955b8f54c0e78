package io.rbac.jakarta;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.Set;

/** A small chat product: in the account acme, Ada moderates everything, and Bob writes in chat c-42. */
final class Chats {

    static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("message", "read", "create", "delete")
            .group("typing", Set.of(Scope.CHAT), "show")
            .build();

    private Chats() {}

    static Policy policy() {
        return Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .build())
                .role(Role.builder("moderator", Scope.ACCOUNT)
                        .name("Moderator")
                        .rights(CATALOG.rights("message:read", "message:delete"))
                        .build())
                .role(Role.builder("writer", Scope.CHAT)
                        .name("Writer")
                        .rights(CATALOG.rights("message:read", "message:create"))
                        .build())
                .chat("c-42")
                .chat("7")
                .assign("ada", "moderator", Target.account())
                .assign("bob", "writer", Target.chat("c-42"))
                .assign("bob", "writer", Target.chat("7"))
                .build();
    }
}
