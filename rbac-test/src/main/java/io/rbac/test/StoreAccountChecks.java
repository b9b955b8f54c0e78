package io.rbac.test;

import static io.rbac.test.StoreLedger.isSame;
import static io.rbac.test.StoreLedger.isTrue;
import static io.rbac.test.StoreLedger.next;

import io.rbac.engine.PolicyStore;
import io.rbac.model.Change;
import io.rbac.model.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** How a store must tell accounts apart, whatever their ids. */
final class StoreAccountChecks {
    private static final String ACCENT = "\u00E9";
    private static final String FACE = "\uD83D\uDE00";

    /** Ids that are all different, though many a file system, database or program takes some for the same. */
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

    /** Texts that cannot be ids, some of which a careless store turns into one of the others. */
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
        checks.put("a text that cannot be an id is an account that does not exist", StoreAccountChecks::knowsNoText);
        checks.put("null is refused", StoreAccountChecks::refusesNull);
        return checks;
    }

    private static void knowsNoOther(PolicyStore store) {
        doesNotExist(store, "acme");
        StoreLedger ledger = StoreLedger.created(store, "acme");
        doesNotExist(store, "other");
        ledger.isIn(store);
    }

    private static void doesNotExist(PolicyStore store, String account) {
        isTrue(store.load(account).isEmpty(), "an account that does not exist was loaded");
        isTrue(!store.remove(account), "an account that does not exist was removed");
        for (long revision : new long[] {-1, 0, 1, 2}) {
            isSame(Optional.empty(), store.commitsSince(account, revision), "the commits of no account");
        }
    }

    private static void tellsApart(PolicyStore store) {
        List<StoreLedger> ledgers = new ArrayList<>();
        for (String account : LOOKALIKES) {
            isTrue(store.load(account).isEmpty(), "the account " + account + " exists before it is created");
            StoreLedger.Next next = next(StoreLedger.policy(account), Change.addTeam("early"));
            isTrue(!next.in(store), "a commit on an account that does not exist was taken");
            ledgers.add(StoreLedger.created(store, account));
        }
        ledgers.forEach(ledger -> ledger.isIn(store));
        for (StoreLedger ledger : ledgers) {
            ledger.commit(store, Change.addTeam("team of " + ledgers.indexOf(ledger)));
        }
        ledgers.forEach(ledger -> ledger.isIn(store));
        for (int i = 0; i < ledgers.size(); i++) {
            isTrue(store.remove(LOOKALIKES.get(i)), "the account " + LOOKALIKES.get(i) + " is gone with another");
            if (i % 8 == 0) {
                ledgers.subList(i + 1, ledgers.size()).forEach(ledger -> ledger.isIn(store));
            }
        }
    }

    private static void knowsNoText(PolicyStore store) {
        StoreLedger acme = StoreLedger.created(store, "acme");
        StoreLedger question = StoreLedger.created(store, "acm?");
        StoreLedger replacement = StoreLedger.created(store, "?cme");
        for (String text : NO_IDS) {
            doesNotExist(store, text);
        }
        List.of(acme, question, replacement).forEach(ledger -> ledger.isIn(store));
    }

    @SuppressWarnings("NullAway") // what a store does with null is the question
    private static void refusesNull(PolicyStore store) {
        Policy policy = StoreLedger.policy("acme");
        StoreLedger.Next next = next(policy, Change.addTeam("sales"));
        isRefused(() -> store.load(null));
        isRefused(() -> store.create(null));
        isRefused(() -> store.commit(null, next.result()));
        isRefused(() -> store.commitsSince(null, 1));
        isRefused(() -> store.remove(null));
        doesNotExist(store, "acme");
        StoreLedger.created(store, policy).isIn(store);
    }

    private static void isRefused(Runnable call) {
        try {
            call.run();
        } catch (NullPointerException e) {
            return;
        }
        throw new AssertionError("null was taken for something");
    }
}
