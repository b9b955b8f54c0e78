package io.rbac.jackson;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyStore;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.AppliedChanges;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls that write to one account, and what the account is after each of them. */
final class StoreScript {

    static final String ACCOUNT = "acme";
    static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "create", "read", "update", "delete")
            .group("message", "read", "write")
            .build();
    static final PermissionCatalog OTHER_CATALOG = PermissionCatalog.builder()
            .group("user", "invite", "create", "read", "update", "delete")
            .group("message", "read", "write")
            .build();

    private static final Instant START = Instant.parse("2025-06-30T15:00:09.126Z");

    /** A call, and what is stored once it was acknowledged; empty for nothing. */
    record Call(Write write, Optional<Policy> after) {
        boolean in(PolicyStore store) {
            return write.in(store);
        }
    }

    /** Writes to a store, and returns what the store says. */
    @FunctionalInterface
    interface Write {
        boolean in(PolicyStore store);
    }

    private final List<Call> calls = new ArrayList<>();
    private @Nullable Policy policy;

    static Policy first() {
        return Policy.builder()
                .account(ACCOUNT)
                .catalog(CATALOG)
                .revision(1)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .rights(CATALOG.rights("user:read"))
                        .build())
                .role(Role.builder("lead", Scope.TEAM)
                        .name("Lead")
                        .rights(CATALOG.rights("user:update", "message:write"))
                        .build())
                .team("support")
                .assign("ada", "member", Target.account())
                .assign("bob", "lead", Target.team("support"))
                .build();
    }

    /** A commit of some changes, and the policy that it leads to. */
    record Next(Commit commit, Policy result) {
        boolean in(PolicyStore store) {
            return store.commit(commit, result);
        }
    }

    static Next next(Policy policy, Change... changes) {
        Instant time = START.plusMillis(policy.revision());
        AppliedChanges applied = policy.apply(List.of(changes), time);
        Policy result = applied.policy();
        Commit commit = Commit.of(
                policy.account(), result.revision(), "ada", time, "asked for", List.of(changes), applied.effects());
        return new Next(commit, result);
    }

    /** All kinds of calls: with a small log, a new document is written now and then. */
    static List<Call> all() {
        StoreScript script = new StoreScript();
        script.create();
        for (int i = 0; i < 4; i++) {
            script.commit(Change.addTeam("t-" + i), Change.connect("eve-" + i, Target.account()));
        }
        script.commit(Change.updateRole("lead", rights("user:read")), Change.removeTeam("t-1"));
        script.policy = script.current().withCatalog(OTHER_CATALOG);
        script.commit(Change.updateRole(
                "lead",
                RoleUpdate.builder().rights(OTHER_CATALOG.rights("user:invite")).build()));
        script.commit(Change.addTeam("t-1"));
        script.commit(Change.addChat("c-1", "t-1"));
        script.remove();
        script.create();
        script.commit(Change.addTeam("young"));
        script.commit(Change.removeTeam("young"));
        script.remove();
        return script.calls;
    }

    private static RoleUpdate rights(String... keys) {
        return RoleUpdate.builder().rights(CATALOG.rights(keys)).build();
    }

    private Policy current() {
        return Optional.ofNullable(policy).orElseThrow();
    }

    private void create() {
        Policy created = first();
        policy = created;
        calls.add(new Call(store -> store.create(created), Optional.of(created)));
    }

    private void commit(Change... changes) {
        Next next = next(current(), changes);
        policy = next.result();
        calls.add(new Call(next::in, Optional.of(next.result())));
    }

    private void remove() {
        policy = null;
        calls.add(new Call(store -> store.remove(ACCOUNT), Optional.empty()));
    }
}
