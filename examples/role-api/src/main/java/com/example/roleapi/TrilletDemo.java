package com.example.roleapi;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.Role;
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

/**
 * A workspace with the role API of Trillet. Its key is the workspace itself and needs no role, so that nobody can be
 * locked out.
 */
final class TrilletDemo implements Demo {

    static final String WORKSPACE = "64f0c29e7a1b2c3d4e5f6071";
    static final String KEY = "demo-trillet-key";

    private static final Map<String, Caller> CALLERS = Map.of(KEY, Caller.account(WORKSPACE));

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group(
                    "agents",
                    Set.of(Scope.ACCOUNT),
                    List.of(
                            action("agent_view", "View Agents", "View agent configurations and details"),
                            action("agent_create", "Create Agents", "Create new agents"),
                            action("agent_edit", "Edit Agents", "Change agent configurations"),
                            action("agent_delete", "Delete Agents", "Delete agents")))
            .group(
                    "calls",
                    Set.of(Scope.ACCOUNT),
                    List.of(
                            action(
                                    "call_history_view",
                                    "View Call History",
                                    "View call history records and transcripts"),
                            action("call_history_export", "Export Call History", "Export call history records")))
            .build();

    private static Action action(String key, String title, String description) {
        return Action.of(key).withKey(key).withTitle(title).withDescription(description);
    }

    @Override
    public RoleDialect dialect() {
        return RoleDialect.trillet();
    }

    @Override
    public Policy firstPolicy(Instant now) {
        return Policy.builder()
                .account(WORKSPACE)
                .catalog(CATALOG)
                .rules(dialect().rules())
                .role(Role.builder("64f0c2a19b3d7e5f8a6b4c21", Scope.ACCOUNT)
                        .name("Viewer")
                        .description("Read-only role")
                        .rights(CATALOG.rights("agent_view", "call_history_view"))
                        .createdAt(now)
                        .updatedAt(now)
                        .build())
                .assign("user_001", "64f0c2a19b3d7e5f8a6b4c21", Target.account())
                .build();
    }

    @Override
    public Optional<Caller> caller(RoleRequest request) {
        return request.header("x-api-key").flatMap(key -> Demo.find(key, CALLERS));
    }

    @Override
    public String roles() {
        return dialect().basePath() + "/roles";
    }

    @Override
    public List<String> credentials() {
        return List.of("x-api-key: " + KEY + ", x-workspace-id: " + WORKSPACE + " (the workspace itself)");
    }

    @Override
    public String curl(String url) {
        return """
                curl --request POST \\
                  --url %s \\
                  --header 'x-api-key: %s' \\
                  --header 'x-workspace-id: %s' \\
                  --header 'Content-Type: application/json' \\
                  --data '{"name": "Manager", "permissions": ["agent_view", "agent_edit"], "userIds": ["user_002"]}'
                """.formatted(url + roles(), KEY, WORKSPACE);
    }
}
