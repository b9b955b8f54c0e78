package io.rbac.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.guard.AdminGuard;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.policy.AppliedChanges;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A small account that the tests of this package share. */
final class Acme {

    static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "read", "update", "delete")
            .group("message", "create", "read")
            .build();
    static final Permission READ = CATALOG.permission("user:read");
    static final Permission UPDATE = CATALOG.permission("user:update");
    static final Target ACCOUNT = Target.account();
    static final Target SUPPORT = Target.team("support");
    static final Target C42 = Target.chat("c-42");

    private Acme() {}

    /** Ada is a member; Bob is a member and leads the team of chat c-42. */
    static Policy policy() {
        return builder("acme").build();
    }

    static Policy policy(String account) {
        return builder(account).build();
    }

    static Policy.Builder builder(String account) {
        return Policy.builder()
                .account(account)
                .catalog(CATALOG)
                .role(member())
                .role(Role.builder("lead", Scope.TEAM)
                        .name("Team lead")
                        .rights(CATALOG.rights("user:update"))
                        .build())
                .role(Role.builder("teammate", Scope.TEAM)
                        .name("Team member")
                        .defaultRole(true)
                        .rights(CATALOG.rights("message:read"))
                        .build())
                .team("support")
                .chat("c-42", "support")
                .assign("ada", "member", ACCOUNT)
                .assign("bob", "member", ACCOUNT)
                .assign("bob", "lead", SUPPORT);
    }

    static Role member() {
        return Role.builder("member", Scope.ACCOUNT)
                .name("Member")
                .defaultRole(true)
                .rights(CATALOG.rights("user:read"))
                .build();
    }

    /** A version of a life that no engine made. */
    static Version version(long revision) {
        return Version.of("0123456789abcdef", revision);
    }

    /** Returns a commit that leads to a policy. */
    static Commit commit(Policy result, @Nullable String actor, List<Change> changes, List<Effect> effects) {
        return Commit.of(
                result.account(), result.version(), result.digest(), actor, Instant.EPOCH, null, changes, effects);
    }

    /** Stores a first policy, as an engine does. */
    static boolean create(PolicyStore store, Policy policy) {
        return store.create(commit(policy, null, List.of(), policy.asEffects()), policy);
    }

    /** Applies changes to what is stored, as another process does. */
    static Commit commitElsewhere(PolicyStore store, String account, Change... changes) {
        Policy base = store.load(account).orElseThrow().policy();
        AppliedChanges applied = base.apply(List.of(changes), Instant.EPOCH);
        Commit commit = commit(applied.policy(), "zoe", List.of(changes), applied.effects());
        assertThat(store.commit(commit, applied.policy())).isTrue();
        return commit;
    }

    static PermissionEngine.Builder engine() {
        return PermissionEngine.builder().catalog(CATALOG);
    }

    static PermissionEngine.Builder engine(PolicyStore store) {
        return engine().store(store);
    }

    /** Returns a guard that needs one permission for every change. */
    static AdminGuard guardNeeding(Permission permission) {
        return AdminGuard.builder(CATALOG)
                .needsForRoles(permission)
                .needsForMemberships(permission)
                .needsForTargets(permission)
                .build();
    }

    /** Gives the lead these rights instead of what they have. */
    static Change leadGets(String... permissions) {
        return Change.updateRole(
                "lead", RoleUpdate.builder().rights(CATALOG.rights(permissions)).build());
    }

    static Change rename(String name) {
        return Change.updateRole("lead", RoleUpdate.builder().name(name).build());
    }
}
