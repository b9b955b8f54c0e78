package io.rbac.test;

import static io.rbac.test.StoreLedger.assertEqual;
import static io.rbac.test.StoreLedger.assertLoaded;
import static io.rbac.test.StoreLedger.assertTrue;
import static io.rbac.test.StoreLedger.next;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyStore;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.policy.AppliedChanges;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Checks what a store does with the revisions of one account, one call after the other. */
final class StoreHistoryChecks {
    private static final String ACME = "acme";
    private static final int RANDOM_HISTORIES = 8;
    private static final int RANDOM_BATCHES = 6;
    private static final int MANY_COMMITS = 200;
    private static final int LONG_STRING = 200_000;

    private StoreHistoryChecks() {}

    static Map<String, Consumer<PolicyStore>> all() {
        Map<String, Consumer<PolicyStore>> checks = new LinkedHashMap<>();
        checks.put("a created policy is loaded as it was", StoreHistoryChecks::loads);
        checks.put("a policy is created at its own revision", StoreHistoryChecks::keepsFirstRevision);
        checks.put("an existing account is not created again", StoreHistoryChecks::createsOnce);
        checks.put("a commit replaces the policy by the next revision", StoreHistoryChecks::commits);
        checks.put("a commit of another revision than the next is refused", StoreHistoryChecks::refusesOtherRevisions);
        checks.put("of two commits on one revision the second is refused", StoreHistoryChecks::refusesSecond);
        checks.put("commits are listed without gaps, or not at all", StoreHistoryChecks::knowsCommits);
        checks.put("every kind of change and effect is kept", StoreHistoryChecks::keepsEveryKind);
        checks.put("targets are kept in any scope tree, wherever they are moved", StoreHistoryChecks::keepsAnyTree);
        checks.put("random histories are kept", StoreHistoryChecks::keepsRandomHistories);
        checks.put("a long history is kept", StoreHistoryChecks::keepsLongHistory);
        checks.put("a commit may replace the whole policy", StoreHistoryChecks::replaces);
        checks.put("a commit may be under another catalog and other rules", StoreHistoryChecks::changesCatalogAndRules);
        checks.put("actor, reason and ids that need not exist may be any string", StoreHistoryChecks::keepsAnyString);
        checks.put("nothing is remembered of a removed account", StoreHistoryChecks::forgets);
        return checks;
    }

    private static void loads(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        ledger.assertIn(store);
        ledger.assertIn(store);
        assertEqual(Optional.of(List.of()), store.commitsSince(ACME, 1), "the commits since the newest revision");
    }

    private static void keepsFirstRevision(PolicyStore store) {
        for (long revision : new long[] {0, 1, 77, Long.MAX_VALUE}) {
            String account = ACME + revision;
            StoreLedger.create(store, StoreLedger.policy(account).withRevision(revision))
                    .assertIn(store);
        }
    }

    private static void createsOnce(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        Policy other = next(ledger.policy(), Change.addTeam("sales")).result();
        assertTrue(!store.create(other), "an existing account was created");
        assertTrue(!store.create(ledger.policy()), "an existing account was created");
        ledger.assertIn(store);
        ledger.commit(store, Change.addTeam("sales"));
        assertTrue(!store.create(StoreLedger.policy(ACME)), "an existing account was created");
        ledger.assertIn(store);
    }

    private static void commits(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        for (int i = 0; i < 5; i++) {
            ledger.commit(store, Change.addTeam("t-" + i), Change.connect("eve", Target.account()));
            ledger.assertIn(store);
        }
    }

    private static void refusesOtherRevisions(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        for (int i = 0; i < 4; i++) {
            ledger.commit(store, Change.addTeam("t-" + i));
        }
        StoreLedger.Next next = next(ledger.policy(), Change.addTeam("sales"));
        for (long revision : new long[] {Long.MIN_VALUE, -1, 0, 1, 2, 4, 5, 7, 8, Long.MAX_VALUE}) {
            assertTrue(
                    !at(revision, next).commitTo(store),
                    "a commit at revision " + revision + " was accepted after revision 5");
            ledger.assertIn(store);
        }
        ledger.commit(store, next);
        ledger.assertIn(store);
    }

    private static StoreLedger.Next at(long revision, StoreLedger.Next next) {
        Commit commit = next.commit();
        return new StoreLedger.Next(
                Commit.of(
                        commit.account(),
                        revision,
                        commit.actor().orElse(null),
                        commit.time(),
                        commit.reason().orElse(null),
                        commit.changes(),
                        commit.effects()),
                next.result().withRevision(revision));
    }

    private static void refusesSecond(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        StoreLedger.Next late = next(ledger.policy(), Change.addTeam("late"));
        ledger.commit(store, Change.addTeam("early"));
        assertTrue(!late.commitTo(store), "a commit on a revision that is no longer the newest was accepted");
        ledger.assertIn(store);
    }

    private static void knowsCommits(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        for (int i = 0; i < 60; i++) {
            ledger.commit(store, Change.addTeam("t-" + i));
        }
        ledger.assertIn(store);
        assertEqual(Optional.of(List.of()), store.commitsSince(ACME, 61), "the commits since the newest revision");
        for (long revision : new long[] {Long.MIN_VALUE, -1, 0, 62, 63, Long.MAX_VALUE}) {
            assertEqual(Optional.empty(), store.commitsSince(ACME, revision), "the commits since revision " + revision);
        }
    }

    private static void keepsEveryKind(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        RoleUpdate writer = RoleUpdate.builder()
                .name("Writer \"w\"")
                .description("writes\nmuch \u2028 of it")
                .defaultRole(true)
                .rights(StoreLedger.CATALOG.rights("message:read", "message:write"))
                .build();
        Role host = Role.builder("host", Scope.ACCOUNT)
                .name("Host")
                .rights(StoreLedger.CATALOG.allRights())
                .build();
        ledger.commit(store, Change.createRole("writer", Scope.CHAT, writer), Change.putSystemRole(host));
        ledger.commit(store, Change.addTeam("sales"), Change.addChat("c-2"), Change.addChat("c-3", "sales"));
        ledger.assertIn(store);
        ledger.commit(store, Change.connect("eve", Target.chat("c-2")), Change.assign("eve", "host", Target.account()));
        ledger.commit(store, Change.setUsers("lead", Target.team("sales"), List.of("eve", "bob", "zoe")));
        ledger.commit(store, Change.setRoles("zoe", Target.account(), List.of()), Change.assignToAll("host"));
        ledger.assertIn(store);
        ledger.commit(
                store,
                Change.updateRole(
                        "writer", RoleUpdate.builder().description(null).build()));
        ledger.commit(
                store,
                Change.updateRole(
                        "writer", RoleUpdate.builder().defaultRole(false).build()));
        ledger.commit(
                store,
                Change.putSystemRole(host.toBuilder()
                        .rights(StoreLedger.CATALOG.rights("user:read"))
                        .build()));
        ledger.commit(store, Change.moveChat("c-2", "sales"), Change.moveChat("c-3"));
        ledger.assertIn(store);
        ledger.commit(
                store,
                Change.unassign("bob", "lead", Target.team("sales")),
                Change.removeUser("nobody"),
                Change.removeUser("zoe"));
        ledger.commit(store, Change.deleteRole("writer"));
        ledger.commit(store, Change.restoreRole("writer"), Change.removeChat("c-3"));
        ledger.assertIn(store);
        ledger.commit(store, Change.deleteRole("writer"));
        ledger.commit(store, Change.purgeRole("writer"), Change.removeTeam("sales"));
        ledger.assertIn(store);
    }

    private static void keepsAnyTree(PolicyStore store) {
        ScopeTree tree = ScopeTree.builder()
                .scope("org")
                .nestingScope("folder")
                .scope("team")
                .build();
        PermissionCatalog catalog = PermissionCatalog.builder()
                .scopes(tree)
                .group("file", Set.of(tree.scope("folder"), tree.scope("team")), "read")
                .build();
        Role member = Role.builder("member", tree.account())
                .name("Member")
                .defaultRole(true)
                .build();
        Role reader = Role.builder("reader", tree.scope("folder"))
                .name("Reader")
                .rights(catalog.allRights())
                .build();
        Target top = Target.of(tree.scope("folder"), "top");
        Target inner = Target.of(tree.scope("folder"), "inner");
        Target team = Target.of(tree.scope("team"), "inner");
        StoreLedger ledger = StoreLedger.create(
                store,
                Policy.builder()
                        .account(ACME)
                        .catalog(catalog)
                        .revision(1)
                        .role(member)
                        .role(reader)
                        .target(team, inner)
                        .target(inner, top)
                        .target(top)
                        .assign("ada", "reader", inner)
                        .build());
        ledger.assertIn(store);
        ledger.commit(store, Change.moveTarget(inner, Target.account()), Change.moveTarget(top, inner));
        ledger.assertIn(store);
        ledger.commit(store, Change.addTarget(Target.of(tree.scope("folder"), "f/1"), top));
        ledger.commit(store, Change.assign("bob", "reader", Target.of(tree.scope("folder"), "f/1")));
        ledger.assertIn(store);
        ledger.commit(store, Change.removeTarget(inner));
        ledger.assertIn(store);
    }

    private static void keepsRandomHistories(PolicyStore store) {
        int commits = 0;
        for (int seed = 0; seed < RANDOM_HISTORIES; seed++) {
            Choices choices = Choices.seeded(seed);
            PlainPolicy plain = RandomPlainPolicy.valid(choices);
            Policy policy = PolicyConverter.policy(plain).withRevision(1);
            store.remove(policy.account());
            StoreLedger ledger = StoreLedger.create(store, policy);
            for (int i = 0; i < RANDOM_BATCHES; i++) {
                commits += commitRandomly(store, ledger, choices, plain.groups(), plain.retired()) ? 1 : 0;
            }
            ledger.assertIn(store);
        }
        assertTrue(commits > RANDOM_HISTORIES * RANDOM_BATCHES / 4, "only " + commits + " random commits");
    }

    private static boolean commitRandomly(
            PolicyStore store, StoreLedger ledger, Choices choices, List<PlainGroup> groups, List<String> retired) {
        Policy policy = ledger.policy();
        PlainPolicy plain = PolicyConverter.plain(policy).withCatalog(groups, retired);
        List<Change> changes = EditConverter.changes(RandomBatches.next(choices, plain), plain, policy.catalog());
        AppliedChanges applied;
        Instant time = Instant.ofEpochMilli(choices.below(Integer.MAX_VALUE));
        try {
            applied = policy.apply(changes, time);
        } catch (PolicyViolationException e) {
            return false;
        }
        if (applied.effects().isEmpty()) {
            return false;
        }
        long revision = applied.policy().revision();
        Commit commit = Commit.of(policy.account(), revision, null, time, null, changes, applied.effects());
        ledger.commit(store, new StoreLedger.Next(commit, applied.policy()));
        return true;
    }

    private static void keepsLongHistory(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        for (int i = 0; i < MANY_COMMITS; i++) {
            ledger.commit(store, i % 2 == 0 ? Change.addTeam("t") : Change.removeTeam("t"));
            assertLoaded(ledger.policy(), store);
        }
        ledger.assertIn(store);
    }

    private static void replaces(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        Policy before = ledger.policy();
        Policy result = next(before, Change.addTeam("sales"), Change.addChat("c-9", "sales"))
                .result();
        List<Effect> effects = List.of(
                new Effect.TargetAdded(Target.team("sales"), Target.account()),
                new Effect.TargetAdded(Target.chat("c-9"), Target.team("sales")));
        Commit commit = Commit.of(ACME, 2, null, Instant.EPOCH, null, List.of(), effects);
        ledger.commit(store, new StoreLedger.Next(commit, result));
        ledger.assertIn(store);
        ledger.commit(store, Change.removeTeam("sales"));
        ledger.assertIn(store);
    }

    private static void changesCatalogAndRules(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        ledger.commit(store, Change.addTeam("sales"));
        PermissionCatalog newer = PermissionCatalog.builder()
                .group("message", "write", "read", "pin")
                .group("user", "read", "update", "delete", "create", "invite")
                .build();
        PolicyRules rules = PolicyRules.standard().toBuilder().nameMax(70).build();
        Policy rebound = ledger.policy().withCatalog(newer).withRules(rules);
        RoleUpdate wider = RoleUpdate.builder()
                .rights(newer.rights("user:invite", "message:pin"))
                .build();
        ledger.commit(store, next(rebound, Change.updateRole("lead", wider)));
        assertLoaded(ledger.policy(), store);
        ledger.commit(store, Change.addTeam("more"));
        assertLoaded(ledger.policy(), store);
        ledger.assertIn(store);
    }

    private static void keepsAnyString(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        List<String> strings = List.of(
                "",
                " ",
                "\0",
                "\n",
                "\r\n",
                "\"\\/",
                "\u2028",
                "\uFEFF",
                "\uD800",
                "\uDC00\uD800",
                "\uD83D\uDE00",
                "x".repeat(LONG_STRING));
        for (int i = 0; i < strings.size(); i++) {
            String string = strings.get(i);
            Change change = i % 2 == 0 ? Change.addTeam("t") : Change.removeTeam("t");
            ledger.commit(store, next(ledger.policy(), string, string, change, Change.removeUser(string)));
            ledger.assertIn(store);
        }
    }

    private static void forgets(PolicyStore store) {
        StoreLedger old = StoreLedger.create(store, ACME);
        for (int i = 0; i < 5; i++) {
            old.commit(store, Change.addTeam("t-" + i), Change.assign("ada", "lead", Target.team("t-" + i)));
        }
        StoreLedger.Next late = next(old.policy(), Change.addTeam("late"));
        assertTrue(store.remove(ACME), "an existing account could not be removed");
        assertTrue(store.load(ACME).isEmpty(), "a removed account was loaded");
        assertTrue(!late.commitTo(store), "a commit on a removed account was accepted");
        assertTrue(store.load(ACME).isEmpty(), "a removed account was loaded");
        assertTrue(!store.remove(ACME), "an account was removed twice");
        for (long revision = 0; revision < 8; revision++) {
            assertEqual(Optional.empty(), store.commitsSince(ACME, revision), "the commits of a removed account");
        }
        StoreLedger young = StoreLedger.create(store, ACME);
        young.assertIn(store);
        for (long revision = 2; revision < 8; revision++) {
            assertEqual(
                    Optional.empty(),
                    store.commitsSince(ACME, revision),
                    "the commits of the removed account of the same id");
        }
        assertTrue(!late.commitTo(store), "a commit on the removed account of the same id was accepted");
        young.commit(store, Change.addTeam("young"));
        young.assertIn(store);
    }
}
