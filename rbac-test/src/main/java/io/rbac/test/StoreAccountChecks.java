package io.rbac.test;

import static io.rbac.test.StoreLedger.assertEqual;
import static io.rbac.test.StoreLedger.assertTrue;
import static io.rbac.test.StoreLedger.next;

import io.rbac.engine.PolicyStore;
import io.rbac.model.Change;
import io.rbac.policy.Policy;
import java.util.ArrayList;
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

    private StoreAccountChecks() {}

    static Map<String, Consumer<PolicyStore>> all() {
        Map<String, Consumer<PolicyStore>> checks = new LinkedHashMap<>();
        checks.put("an account that was never created does not exist", StoreAccountChecks::knowsNoOther);
        checks.put("accounts whose ids look alike have nothing in common", StoreAccountChecks::tellsApart);
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
        for (long revision : new long[] {-1, 0, 1, 2}) {
            assertEqual(Optional.empty(), store.commitsSince(account, revision), "the commits of no account");
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
        assertNullRefused(() -> store.create(null));
        assertNullRefused(() -> store.commit(null, next.result()));
        assertNullRefused(() -> store.commitsSince(null, 1));
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
