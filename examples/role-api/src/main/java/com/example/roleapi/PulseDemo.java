package com.example.roleapi;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.roleapi.Caller;
import io.rbac.roleapi.RoleDialect;
import io.rbac.roleapi.RoleRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An account with the role API of Papershift Pulse, with a team, a chat, an administrator and a member. */
final class PulseDemo implements Demo {

    static final String ACCOUNT = "1d5d0f3c-6c1e-4f4e-9d0a-3f1f5d1f0a01";
    static final String ADMIN_TOKEN = "demo-pulse-admin";
    static final String MEMBER_TOKEN = "demo-pulse-member";

    static final String ADMIN = "5e0c7b0e-2f5a-4a43-8a55-0c2d6f1b9e01";
    private static final String MEMBER = "5e0c7b0e-2f5a-4a43-8a55-0c2d6f1b9e02";
    private static final String TEAM = "8a1f6f44-93b7-4d63-b0ce-6a7c3fd2e101";
    private static final String CHAT = "c9d2b5e8-1c34-4b8f-a2a6-b1e0f7d3c201";

    private static final String ACCOUNT_ADMIN = "b7f1c2d0-54a8-4a8e-9b53-2d90e1a4f301";
    private static final String ACCOUNT_MEMBER = "b7f1c2d0-54a8-4a8e-9b53-2d90e1a4f302";
    private static final String TEAM_ADMIN = "b7f1c2d0-54a8-4a8e-9b53-2d90e1a4f303";
    private static final String TEAM_MEMBER = "b7f1c2d0-54a8-4a8e-9b53-2d90e1a4f304";
    private static final String CHAT_ADMIN = "b7f1c2d0-54a8-4a8e-9b53-2d90e1a4f305";

    private static final Map<String, Caller> CALLERS =
            Map.of(ADMIN_TOKEN, Caller.user(ACCOUNT, ADMIN), MEMBER_TOKEN, Caller.user(ACCOUNT, MEMBER));

    /** Permissions that somebody at the account always holds, so that its roles and users can be managed. */
    private static final List<String> LOCKOUT = List.of("role:update", "user:update");

    private static final Set<Scope> ACCOUNT_ONLY = Set.of(Scope.ACCOUNT);
    private static final Set<Scope> ACCOUNT_AND_TEAM = Set.of(Scope.ACCOUNT, Scope.TEAM);
    private static final Set<Scope> CHAT_ONLY = Set.of(Scope.CHAT);

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group(
                    "user",
                    ACCOUNT_ONLY,
                    List.of(
                            Action.of("create"),
                            Action.of("read").withScopes(ACCOUNT_AND_TEAM),
                            Action.of("update").withScopes(ACCOUNT_AND_TEAM),
                            Action.of("delete")))
            .group("role", ACCOUNT_ONLY, "create", "read", "update", "delete")
            .group("team", ACCOUNT_ONLY, "create", "read", "update", "delete")
            .group("team_membership", ACCOUNT_AND_TEAM, "create", "read", "update", "delete", "manage")
            .group("message", CHAT_ONLY, "create", "read")
            .group("chat_membership", CHAT_ONLY, "manage")
            .build();

    @Override
    public RoleDialect dialect() {
        RoleDialect pulse = RoleDialect.pulse();
        return pulse.withRules(pulse.rules().toBuilder().lockout(LOCKOUT).build());
    }

    @Override
    public Policy firstPolicy(Instant now) {
        return Policy.builder()
                .account(ACCOUNT)
                .catalog(CATALOG)
                .rules(dialect().rules())
                .role(system(ACCOUNT_ADMIN, "Account Admin", Scope.ACCOUNT, now)
                        .rights(CATALOG.rightsOfScope(Scope.ACCOUNT))
                        .build())
                .role(system(ACCOUNT_MEMBER, "Account Member", Scope.ACCOUNT, now)
                        .defaultRole(true)
                        .rights(CATALOG.rights("user:read", "role:read"))
                        .build())
                .role(system(TEAM_ADMIN, "Team Admin", Scope.TEAM, now)
                        .rights(CATALOG.rightsOfScope(Scope.TEAM))
                        .build())
                .role(system(TEAM_MEMBER, "Team Member", Scope.TEAM, now)
                        .defaultRole(true)
                        .rights(CATALOG.rights("user:read"))
                        .build())
                .role(system(CHAT_ADMIN, "Chat Admin", Scope.CHAT, now)
                        .rights(CATALOG.rightsOfScope(Scope.CHAT))
                        .build())
                .team(TEAM)
                .chat(CHAT, TEAM)
                .assign(ADMIN, ACCOUNT_ADMIN, Target.account())
                .assign(ADMIN, ACCOUNT_MEMBER, Target.account())
                .assign(MEMBER, ACCOUNT_MEMBER, Target.account())
                .assign(MEMBER, TEAM_MEMBER, Target.team(TEAM))
                .assign(MEMBER, CHAT_ADMIN, Target.chat(CHAT))
                .build();
    }

    private static Role.Builder system(String id, String name, Scope scope, Instant now) {
        return Role.builder(id, scope)
                .name(name)
                .type(RoleType.SYSTEM)
                .createdAt(now)
                .updatedAt(now);
    }

    @Override
    public Optional<Caller> caller(RoleRequest request) {
        return Demo.bearer(request, CALLERS);
    }

    @Override
    public String roles() {
        return dialect().basePath() + "/roles";
    }

    @Override
    public List<String> credentials() {
        return List.of(
                "Authorization: Bearer " + ADMIN_TOKEN + " (an administrator)",
                "Authorization: Bearer " + MEMBER_TOKEN + " (a member, who can read roles only)");
    }

    @Override
    public String curl(String url) {
        return """
                curl --request POST \\
                  --url %s \\
                  --header 'Authorization: Bearer %s' \\
                  --header 'Content-Type: application/vnd.api+json' \\
                  --data '{"data": {"type": "role", "attributes": {"name": "Team lead", "rights": {"user": {"update": true}}}}}'
                """.formatted(url + roles(), ADMIN_TOKEN);
    }
}
