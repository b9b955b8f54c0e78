package io.rbac.spring.test;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.test.context.support.WithSecurityContextFactory;

/** Gives the user of a test what its annotation says, and authenticates them. */
final class WithRbacUserFactory implements WithSecurityContextFactory<WithRbacUser> {

    private final PermissionEngine engine;

    WithRbacUserFactory(PermissionEngine engine) {
        this.engine = engine;
    }

    @Override
    public SecurityContext createSecurityContext(WithRbacUser given) {
        PermissionCatalog catalog = engine.catalog();
        Target target = catalog.scopes().target(given.at());
        Policy policy = policy(given.account());
        List<Change> changes = new ArrayList<>();
        changes.add(Change.removeUser(given.user()));
        if (!policy.hasTarget(target)) {
            changes.add(Change.addTarget(target, Target.account()));
        }
        if (given.permissions().length > 0) {
            changes.add(Change.assign(given.user(), role(policy, target, given, changes), target));
        }
        for (String role : given.roles()) {
            changes.add(Change.assign(given.user(), role, target));
        }
        engine.commit(given.account(), changes.toArray(Change[]::new));
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        UsernamePasswordAuthenticationToken authentication =
                UsernamePasswordAuthenticationToken.authenticated(given.user(), "", List.of());
        authentication.setDetails(new TestUser(given.account(), given.user()));
        context.setAuthentication(authentication);
        return context;
    }

    /** Returns a role of these permissions at this scope, and creates it if the account lacks it. */
    private String role(Policy policy, Target target, WithRbacUser given, List<Change> changes) {
        String id = "test " + target.scope().name() + ' ' + String.join(" ", given.permissions());
        if (policy.role(id).isEmpty()) {
            RoleUpdate attributes = RoleUpdate.builder()
                    .name("Test " + policy.roles().size())
                    .rights(engine.catalog().rights(given.permissions()))
                    .build();
            changes.add(Change.createRole(id, target.scope(), attributes));
        }
        return id;
    }

    private Policy policy(String account) {
        try {
            return engine.policy(account);
        } catch (PolicyViolationException e) {
            if (e.violations().get(0).code() != Code.ACCOUNT_NOT_FOUND) {
                throw e;
            }
            engine.create(Policy.builder()
                    .account(account)
                    .catalog(engine.catalog())
                    .role(Role.builder("member", Scope.ACCOUNT)
                            .name("Member")
                            .defaultRole(true)
                            .build())
                    .build());
            return engine.policy(account);
        }
    }
}
