package com.example.chats;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.List;
import org.springframework.boot.CommandLineRunner;
import org.springframework.stereotype.Component;

/** Creates three accounts with the same roles, as a sign-up would. */
@Component
class Accounts implements CommandLineRunner {

    /** Ada owns acme, where Bob writes in the chat news; Eve owns globex; Zoe owns initech. */
    static final List<String> USERS = List.of("ada", "bob", "eve", "zoe");

    private final PermissionEngine engine;

    Accounts(PermissionEngine engine) {
        this.engine = engine;
    }

    @Override
    public void run(String... arguments) {
        engine.create(account("acme", "ada")
                .chat("news")
                .chat("secret")
                .assign("bob", "writer", Target.chat("news"))
                .build());
        engine.create(account("globex", "eve").chat("news").build());
        engine.create(account("initech", "zoe").build());
    }

    private Policy.Builder account(String id, String owner) {
        PermissionCatalog catalog = engine.catalog();
        return Policy.builder()
                .account(id)
                .catalog(catalog)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .build())
                .role(Role.builder("owner", Scope.ACCOUNT)
                        .name("Owner")
                        .rights(catalog.allRights())
                        .build())
                .role(Role.builder("writer", Scope.CHAT)
                        .name("Writer")
                        .rights(catalog.rights("message:read", "message:create"))
                        .build())
                .assign(owner, "owner", Target.account());
    }
}
