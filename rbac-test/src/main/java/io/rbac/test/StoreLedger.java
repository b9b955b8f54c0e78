package io.rbac.test;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyStore;
import io.rbac.model.AppliedChanges;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One account as it must be in a store: its policy, and the commits that led there. */
final class StoreLedger {
    static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "create", "read", "update", "delete")
            .group("message", "read", "write")
            .build();

    private static final Instant START = Instant.parse("2025-06-30T15:00:09.126Z");

    private final List<Commit> commits = new ArrayList<>();
    private Policy policy;

    private StoreLedger(Policy policy) {
        this.policy = policy;
    }

    /** An account that a store just created. */
    static StoreLedger created(PolicyStore store, String account) {
        return created(store, policy(account));
    }

    /** An account that a store just created. */
    static StoreLedger created(PolicyStore store, Policy policy) {
        isTrue(store.create(policy), "an account that does not exist could not be created");
        return new StoreLedger(policy);
    }

    /** A small policy at revision 1. */
    static Policy policy(String account) {
        return Policy.builder(account, CATALOG)
                .revision(1)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .description("Is known to " + account)
                        .defaultRole(true)
                        .rights(CATALOG.rights("user:read"))
                        .build())
                .role(Role.builder("lead", Scope.TEAM)
                        .name("Lead")
                        .rights(CATALOG.rights("user:update", "message:write"))
                        .build())
                .team("support")
                .chat("c-1", "support")
                .assign("ada", "member", Target.account())
                .assign("bob", "lead", Target.team("support"))
                .build();
    }

    /** A commit that has not been made, and the policy that it would lead to. */
    record Next(Commit commit, Policy result) {
        boolean in(PolicyStore store) {
            return store.commit(commit, result);
        }
    }

    /** The commit of some changes on a policy. */
    static Next next(Policy policy, Change... changes) {
        return next(policy, "ada", "it was asked for", changes);
    }

    static Next next(Policy policy, @Nullable String actor, @Nullable String reason, Change... changes) {
        Instant time = START.plusMillis(policy.revision());
        AppliedChanges applied = policy.apply(List.of(changes), time);
        long revision = applied.policy().revision();
        Commit commit = Commit.of(policy.account(), revision, actor, time, reason, List.of(changes), applied.effects());
        return new Next(commit, applied.policy());
    }

    Policy policy() {
        return policy;
    }

    List<Commit> commits() {
        return commits;
    }

    /** Commits some changes, which the store must take. */
    void commit(PolicyStore store, Change... changes) {
        commit(store, next(policy, changes));
    }

    void commit(PolicyStore store, Next next) {
        isTrue(next.in(store), "the commit of the next revision was refused: " + next.commit());
        add(next);
    }

    /** Notes a commit that the store took. */
    void add(Next next) {
        commits.add(next.commit());
        policy = next.result();
    }

    /** The store must have this policy, and know of the commits none or just what was committed. */
    void isIn(PolicyStore store) {
        isLoaded(policy, store);
        long first = policy.revision() - commits.size();
        for (int i = 0; i <= commits.size(); i++) {
            List<Commit> since = store.commitsSince(policy.account(), first + i).orElse(null);
            if (since != null) {
                isSame(commits.subList(i, commits.size()), since, "the commits since revision " + (first + i));
            }
        }
    }

    /** The store must have this policy; under which catalog and rules is its own affair. */
    static void isLoaded(Policy policy, PolicyStore store) {
        Policy loaded = store.load(policy.account()).orElse(null);
        Policy adopted = loaded == null ? null : loaded.under(policy.catalog(), policy.rules());
        isSame(policy, adopted, "what is loaded");
    }

    static void isTrue(boolean fact, String otherwise) {
        if (!fact) {
            throw new AssertionError(otherwise);
        }
    }

    static void isSame(Object expected, @Nullable Object found, String what) {
        isTrue(Objects.equals(expected, found), what + " should be:\n" + expected + "\nbut is:\n" + found);
    }
}
