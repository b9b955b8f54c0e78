package io.rbac.test;

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
import io.rbac.model.Version;
import io.rbac.policy.AppliedChanges;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Checks that a store keeps whatever a policy may say. */
final class StoreContentChecks {
    private static final String ACME = "acme";
    private static final int RANDOM_HISTORIES = 8;
    private static final int RANDOM_BATCHES = 6;
    private static final int LONG_STRING = 200_000;

    private StoreContentChecks() {}

    static Map<String, Consumer<PolicyStore>> all() {
        Map<String, Consumer<PolicyStore>> checks = new LinkedHashMap<>();
        checks.put("every kind of change and effect is kept", StoreContentChecks::keepsEveryKind);
        checks.put("targets are kept in any scope tree, wherever they are moved", StoreContentChecks::keepsAnyTree);
        checks.put("random histories are kept", StoreContentChecks::keepsRandomHistories);
        checks.put("a commit may replace the whole policy", StoreContentChecks::replaces);
        checks.put("a commit may be under another catalog and other rules", StoreContentChecks::changesCatalogAndRules);
        checks.put("actor, reason and ids that need not exist may be any string", StoreContentChecks::keepsAnyString);
        checks.put("a later release may know fewer permissions", StoreContentChecks::narrowsCatalog);
        checks.put("names may be as long as any, and ids beyond the basic plane", StoreContentChecks::keepsLongNames);
        return checks;
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
                        .role(member)
                        .role(reader)
                        .target(team, inner)
                        .target(inner, top)
                        .target(top)
                        .assign("ada", "reader", inner)
                        .build()
                        .withVersion(Version.first()));
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
            Policy policy = PolicyConverter.policy(plain).withVersion(Version.first());
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
        ledger.commit(store, next(applied, null, time, null, changes));
        return true;
    }

    private static void replaces(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        Policy before = ledger.policy();
        Policy result = next(before, Change.addTeam("sales"), Change.addChat("c-9", "sales"))
                .result();
        List<Effect> effects = List.of(
                new Effect.TargetAdded(Target.team("sales"), Target.account()),
                new Effect.TargetAdded(Target.chat("c-9"), Target.team("sales")));
        Commit commit =
                Commit.of(ACME, result.version(), result.digest(), null, Instant.EPOCH, null, List.of(), effects);
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

    private static void narrowsCatalog(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        RoleUpdate wide = RoleUpdate.builder()
                .rights(StoreLedger.CATALOG.rights("user:delete", "message:write"))
                .build();
        ledger.commit(store, Change.updateRole("lead", wide));
        Version wideVersion = ledger.policy().version();
        PermissionCatalog narrow =
                PermissionCatalog.builder().group("user", "read", "update").build();
        ledger.rebind(narrow);
        ledger.commit(store, Change.addTeam("sales"));
        ledger.assertIn(store);
        RoleUpdate less =
                RoleUpdate.builder().rights(narrow.rights("user:update")).build();
        ledger.commit(store, Change.updateRole("lead", less), Change.assign("eve", "lead", Target.team("sales")));
        ledger.assertIn(store);
        PermissionCatalog narrower =
                PermissionCatalog.builder().group("people", "read").build();
        ledger.rebind(narrower);
        ledger.commit(store, Change.removeTeam("sales"));
        ledger.assertIn(store);
        assertTrue(
                store.history(ACME, wideVersion, 9).map(List::size).orElse(3) == 3,
                "the commits under catalogs that were given up are not all there");
    }

    private static void keepsLongNames(PolicyStore store) {
        String longest = "\uD83D\uDE00".repeat(PolicyRules.MAX_CODE_POINTS);
        String id = "\uD83D\uDE00".repeat(256);
        PolicyRules rules =
                PolicyRules.builder().nameMax(null).descriptionMax(null).build();
        Role role = Role.builder(id, Scope.TEAM)
                .name(longest)
                .description(longest)
                .rights(StoreLedger.CATALOG.allRights())
                .build();
        Policy policy = StoreLedger.policy(ACME);
        Policy.Builder builder = Policy.builder()
                .account(ACME)
                .catalog(policy.catalog())
                .rules(rules)
                .role(role);
        policy.roles().forEach(builder::role);
        List<String> ids = List.of("AaAa", "BBBB", "AaBB", "BBAa", id);
        ids.forEach(team -> builder.team(team).assign(team, id, Target.team(team)));
        StoreLedger ledger = StoreLedger.create(store, builder.build().withVersion(Version.first()));
        ledger.assertIn(store);
        RoleUpdate shorter =
                RoleUpdate.builder().name("\uD83D\uDE00").description(null).build();
        ledger.commit(store, Change.updateRole(id, shorter), Change.removeTeam("BBBB"), Change.removeUser("AaBB"));
        ledger.assertIn(store);
    }
}
