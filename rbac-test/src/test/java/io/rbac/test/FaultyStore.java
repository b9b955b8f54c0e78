package io.rbac.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyStore;
import io.rbac.model.Change;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A store that breaks the contract in one way, or in none. */
final class FaultyStore implements PolicyStore, AutoCloseable {

    enum Fault {
        /** No fault. */
        NONE,
        CREATES_AT_REVISION_ONE,
        CREATES_OVER_WHAT_EXISTS,
        CREATES_WITHOUT_ASSIGNMENTS,
        LOADS_THE_FIRST_REVISION,
        LOADS_LATE,
        COMMITS_ANYTHING_NEWER,
        COMMITS_ON_ANY_REVISION,
        COMMITS_TO_WHAT_DOES_NOT_EXIST,
        COMMITS_BY_REPLAYING_CHANGES,
        LOCKS_NOTHING,
        SINCE_IS_INCLUSIVE,
        SINCE_IS_CUT_OFF,
        SINCE_KNOWS_THE_FUTURE,
        SINCE_FORGETS_EFFECTS,
        SINCE_REPAIRS_STRINGS,
        REMOVES_THE_POLICY_ALONE,
        REMOVES_WHAT_DOES_NOT_EXIST,
        FOLDS_CASE,
        TRIMS,
        ENCODES_LOSSILY,
        CUTS_LONG_IDS,
        SHARES_ALL_COMMITS,
        TAKES_NULL
    }

    private final Fault fault;
    private final Runnable onClose;
    private final Map<String, Policy> policies = new ConcurrentHashMap<>();
    private final Map<String, Policy> firsts = new ConcurrentHashMap<>();
    private final Map<String, List<Commit>> commits = new ConcurrentHashMap<>();

    private final AtomicInteger loads = new AtomicInteger();

    FaultyStore(Fault fault) {
        this(fault, () -> {});
    }

    FaultyStore(Fault fault, Runnable onClose) {
        this.fault = fault;
        this.onClose = onClose;
    }

    @Override
    public void close() {
        onClose.run();
    }

    private boolean has(Fault one) {
        return fault == one;
    }

    private String key(String account) {
        return switch (fault) {
            case FOLDS_CASE -> account.toLowerCase(Locale.ROOT);
            case TRIMS -> account.strip();
            case ENCODES_LOSSILY -> new String(account.getBytes(UTF_8), UTF_8);
            case CUTS_LONG_IDS -> account.substring(0, Math.min(255, account.length()));
            case TAKES_NULL -> account == null ? "" : account;
            default -> requireNonNull(account);
        };
    }

    private <T> T locked(Supplier<T> call) {
        if (has(Fault.LOCKS_NOTHING)) {
            return call.get();
        }
        synchronized (this) {
            return call.get();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<Policy> load(String account) {
        String key = key(account);
        if (has(Fault.LOADS_LATE)) {
            Policy policy = policies.get(key);
            pause();
            return Optional.ofNullable(loads.incrementAndGet() % 3 == 0 ? firsts.get(key) : policy);
        }
        return locked(() -> Optional.ofNullable((has(Fault.LOADS_THE_FIRST_REVISION) ? firsts : policies).get(key)));
    }

    @Override
    public boolean create(Policy policy) {
        String key = key(policy.account());
        return locked(() -> {
            boolean exists = policies.containsKey(key);
            if (has(Fault.LOCKS_NOTHING)) {
                pause();
            }
            if (exists && !has(Fault.CREATES_OVER_WHAT_EXISTS)) {
                return false;
            }
            Policy created = created(policy);
            policies.put(key, created);
            firsts.put(key, created);
            commits.computeIfAbsent(commitKey(key), k -> new ArrayList<>());
            return true;
        });
    }

    private Policy created(Policy policy) {
        return switch (fault) {
            case CREATES_AT_REVISION_ONE -> policy.withRevision(1);
            case CREATES_WITHOUT_ASSIGNMENTS ->
                policy.apply(policy.users().stream().map(Change::removeUser).toList(), Instant.EPOCH)
                        .policy()
                        .withRevision(policy.revision());
            default -> policy;
        };
    }

    private String commitKey(String key) {
        return has(Fault.SHARES_ALL_COMMITS) ? "" : key;
    }

    @Override
    public boolean commit(Commit commit, Policy result) {
        String key = key(commit.account());
        return locked(() -> {
            Policy stored = policies.get(key);
            if (has(Fault.LOCKS_NOTHING)) {
                pause();
            }
            if (stored == null && !has(Fault.COMMITS_TO_WHAT_DOES_NOT_EXIST)) {
                return false;
            }
            long revision = stored == null ? commit.revision() - 1 : stored.revision();
            boolean fits = has(Fault.COMMITS_ON_ANY_REVISION)
                    || (has(Fault.COMMITS_ANYTHING_NEWER)
                            ? commit.revision() > revision
                            : commit.revision() - 1 == revision);
            if (fits) {
                policies.put(key, kept(stored, commit, result));
                commits.computeIfAbsent(commitKey(key), k -> new ArrayList<>()).add(kept(commit));
            }
            return fits;
        });
    }

    private Policy kept(Policy stored, Commit commit, Policy result) {
        if (has(Fault.COMMITS_BY_REPLAYING_CHANGES)) {
            return stored.apply(commit.changes(), commit.time()).policy();
        }
        return result;
    }

    private Commit kept(Commit commit) {
        boolean repairs = has(Fault.SINCE_REPAIRS_STRINGS);
        return Commit.of(
                commit.account(),
                commit.revision(),
                commit.actor().map(actor -> repairs ? actor.strip() : actor).orElse(null),
                commit.time(),
                commit.reason().orElse(null),
                commit.changes(),
                has(Fault.SINCE_FORGETS_EFFECTS) ? List.of() : commit.effects());
    }

    @Override
    public Optional<List<Commit>> commitsSince(String account, long revision) {
        String key = key(account);
        return locked(() -> {
            List<Commit> all = commits.get(commitKey(key));
            Policy stored = policies.get(key);
            if (all == null || (stored == null && !has(Fault.REMOVES_THE_POLICY_ALONE))) {
                return Optional.empty();
            }
            long newest = stored == null ? Long.MAX_VALUE : stored.revision();
            if (revision > newest && !has(Fault.SINCE_KNOWS_THE_FUTURE)) {
                return Optional.empty();
            }
            long first = newest - all.size();
            if (revision < first && !has(Fault.SINCE_IS_CUT_OFF)) {
                return Optional.empty();
            }
            return Optional.of(List.copyOf(all).stream()
                    .filter(commit -> commit.revision() > revision
                            || (has(Fault.SINCE_IS_INCLUSIVE) && commit.revision() == revision))
                    .toList());
        });
    }

    @Override
    public boolean remove(String account) {
        String key = key(account);
        return locked(() -> {
            boolean exists = policies.containsKey(key);
            if (has(Fault.LOCKS_NOTHING)) {
                pause();
            }
            policies.remove(key);
            if (!has(Fault.REMOVES_THE_POLICY_ALONE)) {
                commits.remove(commitKey(key));
            }
            return exists || has(Fault.REMOVES_WHAT_DOES_NOT_EXIST);
        });
    }
}
