package io.rbac.test;

import static io.rbac.test.StoreLedger.assertEqual;
import static io.rbac.test.StoreLedger.assertLoaded;
import static io.rbac.test.StoreLedger.assertTrue;
import static io.rbac.test.StoreLedger.next;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyStore;
import io.rbac.model.Change;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks what a store does with the revisions of one account, one call after the other. */
final class StoreHistoryChecks {
    private static final String ACME = "acme";
    private static final int MANY_COMMITS = 200;

    private StoreHistoryChecks() {}

    static Map<String, Consumer<PolicyStore>> all() {
        Map<String, Consumer<PolicyStore>> checks = new LinkedHashMap<>();
        checks.put("a created policy is loaded as it was", StoreHistoryChecks::loads);
        checks.put("an existing account is not created again", StoreHistoryChecks::createsOnce);
        checks.put("a commit replaces the policy by the next revision", StoreHistoryChecks::commits);
        checks.put("a commit of another revision than the next is refused", StoreHistoryChecks::refusesOtherRevisions);
        checks.put("of two commits on one revision the second is refused", StoreHistoryChecks::refusesSecond);
        checks.put("commits are listed without gaps, or not at all", StoreHistoryChecks::knowsCommits);
        checks.put(
                "what is loaded is led on by the commits that follow", StoreHistoryChecks::leadsFromVersionToVersion);
        checks.put("a commit of another life is refused", StoreHistoryChecks::tellsLivesApart);
        checks.put("a long history is kept", StoreHistoryChecks::keepsLongHistory);
        checks.put("nothing is remembered of a removed account", StoreHistoryChecks::forgets);
        return checks;
    }

    private static void loads(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        ledger.assertIn(store);
        ledger.assertIn(store);
        assertEqual(
                Optional.of(List.of()),
                store.history(ACME, ledger.policy().version(), 1),
                "the commits since the newest version");
    }

    private static void createsOnce(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        Policy other = next(ledger.policy(), Change.addTeam("sales")).result();
        assertTrue(!StoreLedger.first(other.withRevision(1)).createIn(store), "an existing account was created");
        assertTrue(!StoreLedger.first(ledger.policy()).createIn(store), "an existing account was created");
        ledger.assertIn(store);
        ledger.commit(store, Change.addTeam("sales"));
        assertTrue(!StoreLedger.first(StoreLedger.policy(ACME)).createIn(store), "an existing account was created");
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
        for (long revision : new long[] {0, 1, 2, 4, 5, 7, 8, Long.MAX_VALUE}) {
            assertTrue(
                    !next.at(next.commit().version().at(revision)).commitTo(store),
                    "a commit at revision " + revision + " was accepted after revision 5");
            ledger.assertIn(store);
        }
        ledger.commit(store, next);
        ledger.assertIn(store);
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
        Version newest = ledger.policy().version();
        assertEqual(Optional.of(List.of()), store.history(ACME, newest, 5), "the commits since the newest version");
        for (long revision : new long[] {62, 63, Long.MAX_VALUE}) {
            assertEqual(
                    Optional.empty(),
                    store.history(ACME, newest.at(revision), 5),
                    "the commits since revision " + revision);
        }
        for (long revision : new long[] {0, 1, 60, 61, 62}) {
            Version other = Version.first().at(revision);
            assertEqual(Optional.empty(), store.history(ACME, other, 5), "the commits of another life");
        }
    }

    private static void keepsLongHistory(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        for (int i = 0; i < MANY_COMMITS; i++) {
            ledger.commit(store, i % 2 == 0 ? Change.addTeam("t") : Change.removeTeam("t"));
            assertLoaded(ledger.policy(), store);
        }
        ledger.assertIn(store);
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
        assertNoHistory(store, old.policy().version(), "a removed account");
        StoreLedger young = StoreLedger.create(store, ACME);
        young.assertIn(store);
        assertNoHistory(store, old.policy().version(), "the removed account of the same id");
        assertTrue(!late.commitTo(store), "a commit on the removed account of the same id was accepted");
        young.commit(store, Change.addTeam("young"));
        young.assertIn(store);
    }

    private static void assertNoHistory(PolicyStore store, Version version, String what) {
        for (long revision = 0; revision < 8; revision++) {
            assertEqual(Optional.empty(), store.history(ACME, version.at(revision), 9), "the commits of " + what);
        }
    }

    private static void tellsLivesApart(PolicyStore store) {
        StoreLedger old = StoreLedger.create(store, ACME);
        StoreLedger.Next second = next(old.policy(), Change.addTeam("old"));
        assertTrue(store.remove(ACME), "an existing account could not be removed");
        StoreLedger young = StoreLedger.create(store, ACME);
        assertTrue(!second.commitTo(store), "a commit of another life was accepted");
        young.assertIn(store);
        young.commit(store, Change.addTeam("young"));
        StoreLedger.Next third = next(second.result(), Change.addTeam("older"));
        assertTrue(!third.commitTo(store), "a commit of another life was accepted");
        young.assertIn(store);
    }

    private static void leadsFromVersionToVersion(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        Policy policy = store.load(ACME).orElseThrow().policy();
        for (int i = 0; i < 4; i++) {
            ledger.commit(store, Change.addTeam("t-" + i), Change.assign("bob", "lead", Target.team("t-" + i)));
        }
        ledger.commit(store, Change.removeTeam("t-0"), Change.deleteRole("lead"));
        List<Commit> commits = store.history(ACME, policy.version(), 9).orElse(List.of());
        if (commits.isEmpty()) {
            return;
        }
        for (Commit commit : commits) {
            policy = policy.after(commit.effects());
            assertEqual(commit.version(), policy.version(), "the version that the effects lead to");
            assertEqual(commit.digest(), policy.digest(), "the digest of what the effects lead to");
        }
        Policy last =
                policy.reboundTo(ledger.policy().catalog(), ledger.policy().rules());
        assertEqual(ledger.policy(), last, "what the commits lead to");
    }
}
