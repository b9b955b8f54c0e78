package io.rbac.test;

import static io.rbac.test.StoreLedger.isLoaded;
import static io.rbac.test.StoreLedger.isSame;
import static io.rbac.test.StoreLedger.isTrue;
import static io.rbac.test.StoreLedger.next;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyStore;
import io.rbac.model.AppliedChanges;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a store must do with the revisions of one account, one call after the other. */
final class StoreHistoryChecks {
    private static final String ACME = "acme";
    private static final int RANDOM_HISTORIES = 8;
    private static final int RANDOM_BATCHES = 6;
    private static final int MANY_COMMITS = 200;
    private static final int LONG_TEXT = 200_000;

    private StoreHistoryChecks() {}

    static Map<String, Consumer<PolicyStore>> all() {
        Map<String, Consumer<PolicyStore>> checks = new LinkedHashMap<>();
        checks.put("a policy that was created is loaded as it was", StoreHistoryChecks::loads);
        checks.put("a policy is created at the revision that it states", StoreHistoryChecks::keepsFirstRevision);
        checks.put("an account that exists is not created again", StoreHistoryChecks::createsOnce);
        checks.put("a commit replaces the policy by the next revision", StoreHistoryChecks::commits);
        checks.put("a commit of another revision than the next is refused", StoreHistoryChecks::refusesOtherRevisions);
        checks.put("of two commits on one revision the second is refused", StoreHistoryChecks::refusesSecond);
        checks.put("commits are known without gap, or not at all", StoreHistoryChecks::knowsCommits);
        checks.put("every kind of change and effect is kept", StoreHistoryChecks::keepsEveryKind);
        checks.put("random histories are kept", StoreHistoryChecks::keepsRandomHistories);
        checks.put("a long history is kept", StoreHistoryChecks::keepsLongHistory);
        checks.put("a commit may replace the whole policy", StoreHistoryChecks::replaces);
        checks.put("a commit may come under another catalog and other rules", StoreHistoryChecks::changesTerms);
        checks.put("actor, reason and texts without meaning may be anything", StoreHistoryChecks::keepsAnyText);
        checks.put("nothing is remembered of an account that was removed", StoreHistoryChecks::forgets);
        return checks;
    }

    private static void loads(PolicyStore store) {
        StoreLedger ledger = StoreLedger.created(store, ACME);
        ledger.isIn(store);
        ledger.isIn(store);
        isSame(Optional.of(List.of()), store.commitsSince(ACME, 1), "the commits since the newest revision");
    }

    private static void keepsFirstRevision(PolicyStore store) {
        for (long revision : new long[] {0, 1, 77, Long.MAX_VALUE}) {
            String account = ACME + revision;
            StoreLedger.created(store, StoreLedger.policy(account).withRevision(revision))
                    .isIn(store);
        }
    }

    private static void createsOnce(PolicyStore store) {
        StoreLedger ledger = StoreLedger.created(store, ACME);
        Policy other = next(ledger.policy(), Change.addTeam("sales")).result();
        isTrue(!store.create(other), "an account that exists was created");
        isTrue(!store.create(ledger.policy()), "an account that exists was created");
        ledger.isIn(store);
        ledger.commit(store, Change.addTeam("sales"));
        isTrue(!store.create(StoreLedger.policy(ACME)), "an account that exists was created");
        ledger.isIn(store);
    }

    private static void commits(PolicyStore store) {
        StoreLedger ledger = StoreLedger.created(store, ACME);
        for (int i = 0; i < 5; i++) {
            ledger.commit(store, Change.addTeam("t-" + i), Change.connect("eve", Target.account()));
            ledger.isIn(store);
        }
    }

    private static void refusesOtherRevisions(PolicyStore store) {
        StoreLedger ledger = StoreLedger.created(store, ACME);
        for (int i = 0; i < 4; i++) {
            ledger.commit(store, Change.addTeam("t-" + i));
        }
        StoreLedger.Next next = next(ledger.policy(), Change.addTeam("sales"));
        for (long revision : new long[] {Long.MIN_VALUE, -1, 0, 1, 2, 4, 5, 7, 8, Long.MAX_VALUE}) {
            isTrue(!at(revision, next).in(store), "a commit at revision " + revision + " was taken after revision 5");
            ledger.isIn(store);
        }
        ledger.commit(store, next);
        ledger.isIn(store);
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
        StoreLedger ledger = StoreLedger.created(store, ACME);
        StoreLedger.Next late = next(ledger.policy(), Change.addTeam("late"));
        ledger.commit(store, Change.addTeam("early"));
        isTrue(!late.in(store), "a commit on a revision that is no longer the newest was taken");
        ledger.isIn(store);
    }

    private static void knowsCommits(PolicyStore store) {
        StoreLedger ledger = StoreLedger.created(store, ACME);
        for (int i = 0; i < 60; i++) {
            ledger.commit(store, Change.addTeam("t-" + i));
        }
        ledger.isIn(store);
        isSame(Optional.of(List.of()), store.commitsSince(ACME, 61), "the commits since the newest revision");
        for (long revision : new long[] {Long.MIN_VALUE, -1, 0, 62, 63, Long.MAX_VALUE}) {
            isSame(Optional.empty(), store.commitsSince(ACME, revision), "the commits since revision " + revision);
        }
    }

    private static void keepsEveryKind(PolicyStore store) {
        StoreLedger ledger = StoreLedger.created(store, ACME);
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
        ledger.isIn(store);
        ledger.commit(store, Change.connect("eve", Target.chat("c-2")), Change.assign("eve", "host", Target.account()));
        ledger.commit(store, Change.setUsers("lead", Target.team("sales"), List.of("eve", "bob", "zoe")));
        ledger.commit(store, Change.setRoles("zoe", Target.account(), List.of()), Change.assignToAll("host"));
        ledger.isIn(store);
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
        ledger.isIn(store);
        ledger.commit(
                store,
                Change.unassign("bob", "lead", Target.team("sales")),
                Change.removeUser("nobody"),
                Change.removeUser("zoe"));
        ledger.commit(store, Change.deleteRole("writer"));
        ledger.commit(store, Change.restoreRole("writer"), Change.removeChat("c-3"));
        ledger.isIn(store);
        ledger.commit(store, Change.deleteRole("writer"));
        ledger.commit(store, Change.purgeRole("writer"), Change.removeTeam("sales"));
        ledger.isIn(store);
    }

    private static void keepsRandomHistories(PolicyStore store) {
        int commits = 0;
        for (int seed = 0; seed < RANDOM_HISTORIES; seed++) {
            Choices choices = Choices.seeded(seed);
            Sketch sketch = RandomSketch.valid(choices);
            Policy policy = SketchPolicy.policy(sketch).withRevision(1);
            store.remove(policy.account());
            StoreLedger ledger = StoreLedger.created(store, policy);
            for (int i = 0; i < RANDOM_BATCHES; i++) {
                commits += commitRandomly(store, ledger, choices, sketch.groups(), sketch.retired()) ? 1 : 0;
            }
            ledger.isIn(store);
        }
        isTrue(commits > RANDOM_HISTORIES * RANDOM_BATCHES / 4, "only " + commits + " random commits");
    }

    private static boolean commitRandomly(
            PolicyStore store, StoreLedger ledger, Choices choices, List<SketchGroup> groups, List<String> retired) {
        Policy policy = ledger.policy();
        Sketch sketch = SketchPolicy.sketch(policy).withCatalog(groups, retired);
        List<Change> changes = EditChange.changes(RandomBatches.next(choices, sketch), sketch, policy.catalog());
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
        StoreLedger ledger = StoreLedger.created(store, ACME);
        for (int i = 0; i < MANY_COMMITS; i++) {
            ledger.commit(store, i % 2 == 0 ? Change.addTeam("t") : Change.removeTeam("t"));
            isLoaded(ledger.policy(), store);
        }
        ledger.isIn(store);
    }

    private static void replaces(PolicyStore store) {
        StoreLedger ledger = StoreLedger.created(store, ACME);
        Policy before = ledger.policy();
        Policy result = next(before, Change.addTeam("sales"), Change.addChat("c-9", "sales"))
                .result();
        List<Effect> effects = List.of(new Effect.TeamAdded("sales"), new Effect.ChatAdded("c-9", "sales"));
        Commit commit = Commit.of(ACME, 2, null, Instant.EPOCH, null, List.of(), effects);
        ledger.commit(store, new StoreLedger.Next(commit, result));
        ledger.isIn(store);
        ledger.commit(store, Change.removeTeam("sales"));
        ledger.isIn(store);
    }

    private static void changesTerms(PolicyStore store) {
        StoreLedger ledger = StoreLedger.created(store, ACME);
        ledger.commit(store, Change.addTeam("sales"));
        PermissionCatalog newer = PermissionCatalog.builder()
                .group("message", "write", "read", "pin")
                .group("user", "read", "update", "delete", "create", "invite")
                .build();
        PolicyRules rules = PolicyRules.standard().toBuilder().nameMax(70).build();
        Policy adopted = ledger.policy().withCatalog(newer).withRules(rules);
        RoleUpdate wider = RoleUpdate.builder()
                .rights(newer.rights("user:invite", "message:pin"))
                .build();
        ledger.commit(store, next(adopted, Change.updateRole("lead", wider)));
        isLoaded(ledger.policy(), store);
        ledger.commit(store, Change.addTeam("more"));
        isLoaded(ledger.policy(), store);
        ledger.isIn(store);
    }

    private static void keepsAnyText(PolicyStore store) {
        StoreLedger ledger = StoreLedger.created(store, ACME);
        List<String> texts = List.of(
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
                "x".repeat(LONG_TEXT));
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            Change change = i % 2 == 0 ? Change.addTeam("t") : Change.removeTeam("t");
            ledger.commit(store, next(ledger.policy(), text, text, change, Change.removeUser(text)));
            ledger.isIn(store);
        }
    }

    private static void forgets(PolicyStore store) {
        StoreLedger old = StoreLedger.created(store, ACME);
        for (int i = 0; i < 5; i++) {
            old.commit(store, Change.addTeam("t-" + i), Change.assign("ada", "lead", Target.team("t-" + i)));
        }
        StoreLedger.Next late = next(old.policy(), Change.addTeam("late"));
        isTrue(store.remove(ACME), "an account that exists could not be removed");
        isTrue(store.load(ACME).isEmpty(), "an account that was removed was loaded");
        isTrue(!late.in(store), "a commit on an account that was removed was taken");
        isTrue(store.load(ACME).isEmpty(), "an account that was removed was loaded");
        isTrue(!store.remove(ACME), "an account was removed twice");
        for (long revision = 0; revision < 8; revision++) {
            isSame(Optional.empty(), store.commitsSince(ACME, revision), "the commits of an account that was removed");
        }
        StoreLedger young = StoreLedger.created(store, ACME);
        young.isIn(store);
        for (long revision = 2; revision < 8; revision++) {
            isSame(Optional.empty(), store.commitsSince(ACME, revision), "the commits of the account that was before");
        }
        isTrue(!late.in(store), "a commit on the account that was before was taken");
        young.commit(store, Change.addTeam("young"));
        young.isIn(store);
    }
}
