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

/** A workspace with the role API of Freya Voice, with an owner and a member. */
final class FreyaDemo implements Demo {

    static final String WORKSPACE = "3c90c3cc-0d44-4b50-8888-8dd25736052a";
    static final String OWNER_TOKEN = "demo-freya-owner";
    static final String MEMBER_TOKEN = "demo-freya-member";

    private static final Map<String, Caller> CALLERS = Map.of(
            OWNER_TOKEN, Caller.user(WORKSPACE, "user_owner"), MEMBER_TOKEN, Caller.user(WORKSPACE, "user_member"));

    /** Permissions that somebody always holds, so that the workspace is never without an administrator. */
    private static final List<String> LOCKOUT = List.of("roles:write", "members:role-change");

    private static final PermissionCatalog CATALOG = catalog("""
            agents read write delete sync test
            workflows read write delete sync test
            calls read write delete import export recording-download metrics-read logs-read web-token chat-message cdr-read
            campaign read write delete execute
            feedbacks read write delete comment assign config
            reviews read write delete assign
            insights read write delete assign
            assertions read write delete assign
            personas read write delete
            simulations read write delete execute
            solutions read write delete generate accept
            kb read write delete upload sync articles-write
            phone-numbers read write delete import
            phone-aliases read write delete
            integrations read write delete webhook
            analytics read widgets-write widgets-delete
            api-keys read write delete manage-others
            members read invite remove role-change mfa-reset
            roles read write delete
            billing read manage
            workspace read settings-write delete logs-read
            versions read publish
            models read
            inbound write
            chat read
            custom abbreviations-read abbreviations-write
            speech-filter preview
            """);

    private static PermissionCatalog catalog(String groups) {
        PermissionCatalog.Builder catalog = PermissionCatalog.builder();
        groups.lines().forEach(line -> {
            List<String> words = List.of(line.split(" ", -1));
            catalog.group(
                    words.get(0),
                    Set.of(Scope.ACCOUNT),
                    words.stream().skip(1).map(Action::of).toList());
        });
        return catalog.build();
    }

    @Override
    public RoleDialect dialect() {
        RoleDialect freya = RoleDialect.freya();
        return freya.withRules(freya.rules().toBuilder().lockout(LOCKOUT).build());
    }

    @Override
    public Policy firstPolicy(Instant now) {
        return Policy.builder()
                .account(WORKSPACE)
                .catalog(CATALOG)
                .rules(dialect().rules())
                .role(system("role_owner", "Owner", now)
                        .rights(CATALOG.allRights())
                        .build())
                .role(system("role_member", "Member", now)
                        .defaultRole(true)
                        .rights(CATALOG.rights("agents:read", "calls:read", "members:read", "roles:read"))
                        .build())
                .assign("user_owner", "role_owner", Target.account())
                .assign("user_member", "role_member", Target.account())
                .build();
    }

    private static Role.Builder system(String id, String name, Instant now) {
        return Role.builder(id, Scope.ACCOUNT)
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
        return dialect().basePath() + "/workspaces/" + WORKSPACE + "/roles";
    }

    @Override
    public List<String> credentials() {
        return List.of(
                "Authorization: Bearer " + OWNER_TOKEN + " (the owner)",
                "Authorization: Bearer " + MEMBER_TOKEN + " (a member, who can read roles only)");
    }

    @Override
    public String curl(String url) {
        return """
                curl --request POST \\
                  --url %s \\
                  --header 'Authorization: Bearer %s' \\
                  --header 'Content-Type: application/json' \\
                  --data '{"name": "Listener", "description": null, "permissions": ["calls:read", "calls:export"]}'
                """.formatted(url + roles(), OWNER_TOKEN);
    }
}
