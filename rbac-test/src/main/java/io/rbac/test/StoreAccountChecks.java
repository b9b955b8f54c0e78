package io.rbac.test;

import static io.rbac.test.StoreLedger.assertEqual;
import static io.rbac.test.StoreLedger.assertTrue;
import static io.rbac.test.StoreLedger.next;

import io.rbac.engine.PolicyStore;
import io.rbac.model.Change;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks that a store tells accounts apart, whatever their ids. */
final class StoreAccountChecks {
    private static final String ACCENT = "\u00E9";
    private static final String FACE = "\uD83D\uDE00";

    /** Ids that are all different, though some file system, database or program takes some of them for the same. */
    private static final List<String> LOOKALIKES = List.of(
            "acme",
            "Acme",
            "ACME",
            "acme.",
            "acme.json",
            "acm",
            "acme x",
            "./acme",
            "../acme",
            "acme/",
            "acme/x",
            "acme\\x",
            "acme%2fx",
            "acme:x",
            "acme$$x",
            "acme|x",
            "acme;x",
            "acme*",
            "acme?",
            "?cme",
            "*",
            ".",
            "..",
            "/",
            "~",
            "-",
            "con",
            "nul",
            "null",
            "%",
            "'; drop table policies; --",
            "${user.home}",
            "1",
            "01",
            "1.0",
            "e\u0301",
            ACCENT,
            "\u0430cme",
            "\u212A",
            "k",
            "K",
            "\u0131",
            "i",
            "\u017F",
            "s",
            FACE,
            FACE.repeat(256),
            "a".repeat(255),
            "a".repeat(256));

    /** Strings that are not ids, some of which a careless store turns into one. */
    private static final List<String> NO_IDS = List.of(
            "",
            " ",
            "acme ",
            " acme",
            "acme\0",
            "\0",
            "acme\n",
            "acm\uD800",
            "\uD800cme",
            "\uDBFFcme",
            "\uD800",
            "\uDC00",
            "acme\u200B",
            "\uFEFFacme",
            "acme\u00A0",
            "a".repeat(257),
            "a".repeat(1_000_000));

    private static final int MANY_ACCOUNTS = 60;

    static final Comparator<String> CODE_POINTS = StoreAccountChecks::compare;

    private StoreAccountChecks() {}

    private static int compare(String a, String b) {
        for (int i = 0; i < a.length() && i < b.length(); i += Character.charCount(a.codePointAt(i))) {
            int order = Integer.compare(a.codePointAt(i), b.codePointAt(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    static Map<String, Consumer<PolicyStore>> all() {
        Map<String, Consumer<PolicyStore>> checks = new LinkedHashMap<>();
        checks.put("an account that was never created does not exist", StoreAccountChecks::knowsNoOther);
        checks.put("accounts whose ids look alike have nothing in common", StoreAccountChecks::tellsApart);
        checks.put("the versions of many accounts are known at once", StoreAccountChecks::knowsVersions);
        checks.put("accounts are listed by the code points of their ids, in pages", StoreAccountChecks::listsAccounts);
        checks.put("a limit is at least 1", StoreAccountChecks::refusesLimits);
        checks.put("a string that is not an id names no account", StoreAccountChecks::knowsNoInvalidId);
        checks.put("null is refused", StoreAccountChecks::refusesNull);
        return checks;
    }

    private static void knowsNoOther(PolicyStore store) {
        assertAbsent(store, "acme");
        StoreLedger ledger = StoreLedger.create(store, "acme");
        assertAbsent(store, "other");
        ledger.assertIn(store);
    }

    private static void assertAbsent(PolicyStore store, String account) {
        assertTrue(store.load(account).isEmpty(), "an account that does not exist was loaded");
        assertTrue(!store.remove(account), "an account that does not exist was removed");
        assertEqual(Map.of(), store.versions(List.of(account)), "the versions of no account");
        Version any = Version.first();
        for (long revision : new long[] {0, 1, 2}) {
            assertEqual(Optional.empty(), store.history(account, any.at(revision), 9), "the commits of no account");
        }
    }

    private static void tellsApart(PolicyStore store) {
        List<StoreLedger> ledgers = new ArrayList<>();
        for (String account : LOOKALIKES) {
            assertTrue(store.load(account).isEmpty(), "the account " + account + " exists before it was created");
            StoreLedger.Next next = next(StoreLedger.policy(account), Change.addTeam("early"));
            assertTrue(!next.commitTo(store), "a commit on an account that does not exist was accepted");
            ledgers.add(StoreLedger.create(store, account));
        }
        ledgers.forEach(ledger -> ledger.assertIn(store));
        for (StoreLedger ledger : ledgers) {
            ledger.commit(store, Change.addTeam("team of " + ledgers.indexOf(ledger)));
        }
        ledgers.forEach(ledger -> ledger.assertIn(store));
        for (int i = 0; i < ledgers.size(); i++) {
            assertTrue(
                    store.remove(LOOKALIKES.get(i)), "the account " + LOOKALIKES.get(i) + " was removed with another");
            if (i % 8 == 0) {
                ledgers.subList(i + 1, ledgers.size()).forEach(ledger -> ledger.assertIn(store));
            }
        }
    }

    private static void knowsVersions(PolicyStore store) {
        Map<String, Version> expected = new HashMap<>();
        List<String> asked = new ArrayList<>(NO_IDS);
        for (int i = 0; i < MANY_ACCOUNTS; i++) {
            String account = "account-" + i;
            asked.add(account);
            if (i % 3 > 0) {
                StoreLedger ledger = StoreLedger.create(store, account);
                if (i % 3 == 2) {
                    ledger.commit(store, Change.addTeam("t"));
                }
                expected.put(account, ledger.policy().version());
            }
        }
        assertEqual(expected, store.versions(asked), "the versions");
        asked.addAll(List.copyOf(asked));
        assertEqual(expected, store.versions(asked), "the versions of accounts that are named twice");
        assertEqual(Map.of(), store.versions(List.of()), "the versions of no accounts");
        assertTrue(store.remove("account-1"), "an existing account could not be removed");
        expected.remove("account-1");
        assertEqual(expected, store.versions(asked), "the versions after a removal");
    }

    private static void listsAccounts(PolicyStore store) {
        assertEqual(List.of(), store.accounts(null, 9), "the accounts of an empty store");
        List<String> expected = new ArrayList<>(LOOKALIKES);
        expected.add("\uFFFC");
        expected.forEach(account -> StoreLedger.create(store, account));
        expected.sort(CODE_POINTS);
        assertEqual(expected, store.accounts(null, Integer.MAX_VALUE), "all accounts");
        for (int limit : new int[] {1, 7, expected.size(), expected.size() + 1}) {
            List<String> found = new ArrayList<>();
            String last = null;
            List<String> page = store.accounts(null, limit);
            while (!page.isEmpty()) {
                assertTrue(page.size() <= limit, "a page has more than " + limit + " accounts");
                found.addAll(page);
                assertTrue(found.size() <= expected.size(), "an account is in two pages of " + limit);
                last = page.get(page.size() - 1);
                page = store.accounts(last, limit);
            }
            assertEqual(expected, found, "the accounts in pages of " + limit);
        }
        for (String after : NO_IDS) {
            List<String> found = store.accounts(after, Integer.MAX_VALUE);
            if (after.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                continue;
            }
            List<String> following = expected.stream()
                    .filter(account -> CODE_POINTS.compare(account, after) > 0)
                    .toList();
            assertEqual(following, found, "the accounts after what is not an id");
        }
    }

    private static void refusesLimits(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, "acme");
        for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertLimitRefused(() -> store.accounts(null, limit));
            assertLimitRefused(() -> store.history("acme", ledger.policy().version(), limit));
        }
    }

    private static void assertLimitRefused(Runnable call) {
        try {
            call.run();
        } catch (IllegalArgumentException e) {
            return;
        }
        throw new AssertionError("a limit below 1 was accepted");
    }

    private static void knowsNoInvalidId(PolicyStore store) {
        StoreLedger acme = StoreLedger.create(store, "acme");
        StoreLedger question = StoreLedger.create(store, "acm?");
        StoreLedger replacement = StoreLedger.create(store, "?cme");
        for (String string : NO_IDS) {
            assertAbsent(store, string);
        }
        List.of(acme, question, replacement).forEach(ledger -> ledger.assertIn(store));
    }

    @SuppressWarnings("NullAway") // what a store does with null is the question
    private static void refusesNull(PolicyStore store) {
        Policy policy = StoreLedger.policy("acme");
        StoreLedger.Next next = next(policy, Change.addTeam("sales"));
        assertNullRefused(() -> store.load(null));
        StoreLedger.Next first = StoreLedger.first(policy);
        assertNullRefused(() -> store.create(null, policy));
        assertNullRefused(() -> store.create(first.commit(), null));
        assertNullRefused(() -> store.commit(null, next.result()));
        assertNullRefused(() -> store.commit(next.commit(), null));
        assertNullRefused(() -> store.history(null, Version.first(), 1));
        assertNullRefused(() -> store.history("acme", null, 1));
        assertNullRefused(() -> store.versions(null));
        assertNullRefused(() -> store.versions(Arrays.asList("acme", null)));
        assertNullRefused(() -> store.remove(null));
        assertAbsent(store, "acme");
        StoreLedger.create(store, policy).assertIn(store);
    }

    private static void assertNullRefused(Runnable call) {
        try {
            call.run();
        } catch (NullPointerException e) {
            return;
        }
        throw new AssertionError("null was accepted");
    }
}
