package io.rbac.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.StoredPolicy;
import io.rbac.model.Change;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that breaks the contract in one way, or in none. */
final class FaultyStore implements PolicyStore, AutoCloseable {

    enum Fault {
        /** No fault. */
        NONE,
        CREATES_OVER_WHAT_EXISTS,
        CREATES_WITHOUT_ASSIGNMENTS,
        CREATES_IN_A_LIFE_OF_ITS_OWN,
        LOADS_THE_FIRST_REVISION,
        LOADS_ANOTHER_DIGEST,
        LOADS_LATE,
        CUTS_LONG_NAMES,
        COMMITS_ANYTHING_NEWER,
        COMMITS_ON_ANY_REVISION,
        COMMITS_IN_ANY_LIFE,
        COMMITS_TO_WHAT_DOES_NOT_EXIST,
        COMMITS_BY_REPLAYING_CHANGES,
        LOCKS_NOTHING,
        VERSIONS_ARE_THE_FIRST,
        VERSIONS_NAME_WHAT_IS_ASKED_FOR,
        LISTS_BY_CHARS,
        LISTS_FROM_THE_LAST_ONE,
        TAKES_ANY_LIMIT,
        HISTORY_IS_INCLUSIVE,
        HISTORY_IS_CUT_OFF,
        HISTORY_KNOWS_NO_LIMIT,
        HISTORY_KNOWS_NO_LIVES,
        HISTORY_FORGETS_EFFECTS,
        HISTORY_REPAIRS_STRINGS,
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
    public Optional<StoredPolicy> load(String account) {
        String key = key(account);
        if (has(Fault.LOADS_LATE)) {
            Policy policy = policies.get(key);
            pause();
            return stored(loads.incrementAndGet() % 3 == 0 ? firsts.get(key) : policy);
        }
        return locked(() -> stored((has(Fault.LOADS_THE_FIRST_REVISION) ? firsts : policies).get(key)));
    }

    private Optional<StoredPolicy> stored(@Nullable Policy policy) {
        if (policy == null) {
            return Optional.empty();
        }
        PolicyDigest digest = has(Fault.LOADS_ANOTHER_DIGEST) ? PolicyDigest.parse("0".repeat(32)) : policy.digest();
        return Optional.of(new StoredPolicy(policy, digest));
    }

    @Override
    public Map<String, Version> versions(Collection<String> accounts) {
        Map<String, Version> versions = new HashMap<>();
        for (String account : accounts) {
            Policy policy = (has(Fault.VERSIONS_ARE_THE_FIRST) ? firsts : policies).get(key(account));
            if (policy != null) {
                versions.put(account, policy.version());
            } else if (has(Fault.VERSIONS_NAME_WHAT_IS_ASKED_FOR)) {
                versions.put(account, Version.UNCOMMITTED);
            }
        }
        return versions;
    }

    @Override
    public List<String> accounts(@Nullable String after, int limit) {
        requireLimit(limit);
        boolean inclusive = has(Fault.LISTS_FROM_THE_LAST_ONE);
        return policies.keySet().stream()
                .sorted(has(Fault.LISTS_BY_CHARS) ? String::compareTo : StoreAccountChecks.CODE_POINTS)
                .filter(id -> after == null || StoreAccountChecks.CODE_POINTS.compare(id, after) > (inclusive ? -1 : 0))
                .limit(Math.max(limit, inclusive ? 0 : 1))
                .toList();
    }

    private void requireLimit(int limit) {
        if (limit < 1 && !has(Fault.TAKES_ANY_LIMIT)) {
            throw new IllegalArgumentException("the limit is `" + limit + "`: expected at least 1");
        }
    }

    @Override
    public boolean create(Commit first, Policy policy) {
        String key = key(has(Fault.TAKES_NULL) ? policy == null ? "" : policy.account() : first.account());
        return locked(() -> {
            boolean exists = policies.containsKey(key);
            if (has(Fault.LOCKS_NOTHING)) {
                pause();
            }
            if (exists && !has(Fault.CREATES_OVER_WHAT_EXISTS)) {
                return false;
            }
            Policy created = created(requireNonNull(policy));
            policies.put(key, created);
            firsts.put(key, created);
            commits.computeIfAbsent(commitKey(key), k -> new ArrayList<>()).add(kept(first));
            return true;
        });
    }

    private Policy created(Policy policy) {
        return switch (fault) {
            case CREATES_IN_A_LIFE_OF_ITS_OWN -> policy.withVersion(Version.first());
            case CREATES_WITHOUT_ASSIGNMENTS ->
                policy.apply(policy.users().stream().map(Change::removeUser).toList(), Instant.EPOCH)
                        .policy()
                        .withRevision(policy.revision());
            case CUTS_LONG_NAMES ->
                policy.apply(
                                policy.roles().stream()
                                        .filter(role -> role.name()
                                                        .codePointCount(
                                                                0, role.name().length())
                                                > 1_000)
                                        .map(FaultyStore::cutName)
                                        .toList(),
                                Instant.EPOCH)
                        .policy()
                        .withRevision(policy.revision());
            default -> policy;
        };
    }

    private static Change cutName(Role role) {
        return Change.updateRole(
                role.id(),
                RoleUpdate.builder().name("\uD83D\uDE00".repeat(1_000)).build());
    }

    private String commitKey(String key) {
        return has(Fault.SHARES_ALL_COMMITS) ? "" : key;
    }

    @Override
    public boolean commit(Commit commit, Policy result) {
        String key = key(commit.account());
        requireNonNull(result);
        return locked(() -> {
            Policy stored = policies.get(key);
            if (has(Fault.LOCKS_NOTHING)) {
                pause();
            }
            if (stored == null && !has(Fault.COMMITS_TO_WHAT_DOES_NOT_EXIST)) {
                return false;
            }
            boolean fits = stored == null || fits(stored.version(), commit.version());
            if (fits) {
                policies.put(key, kept(stored, commit, result));
                commits.computeIfAbsent(commitKey(key), k -> new ArrayList<>()).add(kept(commit));
            }
            return fits;
        });
    }

    private boolean fits(Version stored, Version next) {
        if (!stored.isOfSameLife(next) && !has(Fault.COMMITS_IN_ANY_LIFE)) {
            return false;
        }
        return has(Fault.COMMITS_ON_ANY_REVISION)
                || (has(Fault.COMMITS_ANYTHING_NEWER)
                        ? next.revision() > stored.revision()
                        : next.revision() - 1 == stored.revision());
    }

    private Policy kept(Policy stored, Commit commit, Policy result) {
        if (has(Fault.COMMITS_BY_REPLAYING_CHANGES)) {
            return stored.apply(commit.changes(), commit.time()).policy();
        }
        return result;
    }

    private Commit kept(Commit commit) {
        boolean repairs = has(Fault.HISTORY_REPAIRS_STRINGS);
        return Commit.of(
                commit.account(),
                commit.version(),
                commit.digest(),
                commit.actor().map(actor -> repairs ? actor.strip() : actor).orElse(null),
                commit.time(),
                commit.reason().orElse(null),
                commit.changes(),
                has(Fault.HISTORY_FORGETS_EFFECTS) ? List.of() : commit.effects());
    }

    @Override
    public Optional<List<Commit>> history(String account, Version after, int limit) {
        requireLimit(limit);
        String key = key(account);
        return locked(() -> {
            List<Commit> all = commits.get(commitKey(key));
            Policy stored = policies.get(key);
            requireNonNull(after);
            if (all == null || (stored == null && !has(Fault.REMOVES_THE_POLICY_ALONE))) {
                return Optional.empty();
            }
            Version newest = stored == null ? all.get(all.size() - 1).version() : stored.version();
            if (!newest.isAtLeast(after)
                    && !(has(Fault.HISTORY_KNOWS_NO_LIVES) && newest.revision() >= after.revision())) {
                return Optional.empty();
            }
            int most = has(Fault.HISTORY_IS_CUT_OFF) ? 2 : Integer.MAX_VALUE;
            return Optional.of(List.copyOf(all).stream()
                    .filter(commit -> commit.revision() > after.revision()
                            || (has(Fault.HISTORY_IS_INCLUSIVE) && commit.revision() == after.revision()))
                    .skip(Math.max(0, newest.revision() - after.revision() - most))
                    .limit(has(Fault.HISTORY_KNOWS_NO_LIMIT) ? Integer.MAX_VALUE : Math.max(limit, 0))
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
