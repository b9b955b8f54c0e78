package io.rbac.test;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.StoredPolicy;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.policy.AppliedChanges;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One account as a store must have it: its policy, and the commits that led there. Not thread-safe. */
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

    /** Creates an account with a small policy in a store. */
    static StoreLedger create(PolicyStore store, String account) {
        return create(store, policy(account));
    }

    /** Creates an account in a store. */
    static StoreLedger create(PolicyStore store, Policy policy) {
        StoreLedger ledger = new StoreLedger(policy);
        Next first = first(policy);
        assertTrue(first.createIn(store), "an account that does not exist could not be created");
        ledger.commits.add(first.commit());
        return ledger;
    }

    /** Returns the commit that creates an account with a policy. */
    static Next first(Policy policy) {
        Commit commit = Commit.of(
                policy.account(), policy.version(), policy.digest(), null, START, null, List.of(), policy.asEffects());
        return new Next(commit, policy);
    }

    /** Returns a small policy at revision 1 of a new life. */
    static Policy policy(String account) {
        return Policy.builder()
                .account(account)
                .catalog(CATALOG)
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
                .build()
                .withVersion(Version.first());
    }

    /**
     * A commit that has not been made.
     *
     * @param commit the commit
     * @param result the policy that it would lead to
     */
    record Next(Commit commit, Policy result) {
        boolean commitTo(PolicyStore store) {
            return store.commit(commit, result);
        }

        boolean createIn(PolicyStore store) {
            return store.create(commit, result);
        }

        /** Returns the same under another version. */
        Next at(Version version) {
            Commit other = Commit.of(
                    commit.account(),
                    version,
                    commit.digest(),
                    commit.actor().orElse(null),
                    commit.time(),
                    commit.reason().orElse(null),
                    commit.changes(),
                    commit.effects());
            return new Next(other, result.withVersion(version));
        }
    }

    /** Returns the commit of some changes to a policy. */
    static Next next(Policy policy, Change... changes) {
        return next(policy, "ada", "it was asked for", changes);
    }

    static Next next(Policy policy, @Nullable String actor, @Nullable String reason, Change... changes) {
        Instant time = START.plusMillis(policy.revision());
        AppliedChanges applied = policy.apply(List.of(changes), time);
        return next(applied, actor, time, reason, List.of(changes));
    }

    static Next next(
            AppliedChanges applied,
            @Nullable String actor,
            Instant time,
            @Nullable String reason,
            List<Change> changes) {
        Policy result = applied.policy();
        Commit commit = Commit.of(
                result.account(), result.version(), result.digest(), actor, time, reason, changes, applied.effects());
        return new Next(commit, result);
    }

    Policy policy() {
        return policy;
    }

    List<Commit> commits() {
        return commits;
    }

    /** Commits some changes, which the store must accept. */
    void commit(PolicyStore store, Change... changes) {
        commit(store, next(policy, changes));
    }

    void commit(PolicyStore store, Next next) {
        assertTrue(next.commitTo(store), "the commit of the next revision was refused: " + next.commit());
        add(next);
    }

    /** Goes on as a release with another catalog does, whatever the policy breaks under it. */
    void rebind(PermissionCatalog catalog) {
        policy = policy.reboundTo(catalog, policy.rules());
    }

    /** Records a commit that the store accepted. */
    void add(Next next) {
        commits.add(next.commit());
        policy = next.result();
    }

    /** Asserts that the store has this policy and, as far as it knows commits, just those made. */
    void assertIn(PolicyStore store) {
        assertLoaded(policy, store);
        String account = policy.account();
        assertEqual(Map.of(account, policy.version()), store.versions(List.of(account)), "the version");
        for (int i = 0; i <= commits.size(); i++) {
            List<Commit> following = commits.subList(i, commits.size());
            for (int limit : new int[] {1, 3, Integer.MAX_VALUE}) {
                List<Commit> found =
                        store.history(account, policy.version().at(i), limit).orElse(null);
                if (found != null) {
                    List<Commit> expected = following.subList(0, Math.min(limit, following.size()));
                    assertEqual(expected, found, "the first " + limit + " commits since revision " + i);
                }
            }
        }
    }

    /** Asserts that the store has a policy, under whichever catalog and rules. */
    static void assertLoaded(Policy policy, PolicyStore store) {
        StoredPolicy stored = store.load(policy.account()).orElse(null);
        if (stored == null) {
            throw new AssertionError("account `" + policy.account() + "` is not loaded");
        }
        Policy loaded = stored.policy();
        assertEqual(policy, loaded.reboundTo(policy.catalog(), policy.rules()), "what is loaded");
        assertEqual(policy.version(), loaded.version(), "the version of what is loaded");
        assertEqual(policy.digest(), stored.digest(), "the digest that was stored");
        assertEqual(policy.digest(), loaded.digest(), "the digest of what is loaded");
    }

    static void assertTrue(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }

    static void assertEqual(Object expected, @Nullable Object found, String what) {
        assertTrue(Objects.equals(expected, found), what + " should be:\n" + expected + "\nbut is:\n" + found);
    }
}
