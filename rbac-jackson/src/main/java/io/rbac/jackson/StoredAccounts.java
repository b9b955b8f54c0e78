package io.rbac.jackson;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The accounts in use, each by one thread at a time, and those that were used last. Nothing is kept of an account that does
 * not exist.
 */
final class StoredAccounts {

    private final int mostIdle;
    private final Function<String, StoredAccount> maker;
    private final Map<String, Entry> inUse = new HashMap<>();
    private final Map<String, Entry> idle = new LinkedHashMap<>();

    StoredAccounts(int mostIdle, Function<String, StoredAccount> maker) {
        this.mostIdle = mostIdle;
        this.maker = maker;
    }

    private static final class Entry {
        final StoredAccount account;
        final ReentrantLock lock = new ReentrantLock();
        int users;

        Entry(StoredAccount account) {
            this.account = account;
        }
    }

    /** Runs a task on an account while no other thread uses it. */
    <T> T with(String name, Function<StoredAccount, T> task) {
        Entry entry = enter(name);
        entry.lock.lock();
        try {
            return task.apply(entry.account);
        } finally {
            leave(name, entry, entry.account.isKnown());
        }
    }

    private synchronized Entry enter(String name) {
        Entry entry = inUse.get(name);
        if (entry == null) {
            Entry known = idle.remove(name);
            entry = known == null ? new Entry(maker.apply(name)) : known;
            inUse.put(name, entry);
        }
        entry.users++;
        return entry;
    }

    private synchronized void leave(String name, Entry entry, boolean isKnown) {
        entry.lock.unlock();
        entry.users--;
        if (entry.users > 0) {
            return;
        }
        inUse.remove(name);
        if (isKnown) {
            idle.put(name, entry);
        }
        if (idle.size() > mostIdle) {
            Iterator<Entry> eldest = idle.values().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** Returns how many accounts are remembered or in use. */
    synchronized int size() {
        return inUse.size() + idle.size();
    }
}
