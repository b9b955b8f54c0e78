package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One account as an engine keeps it, over a store that holds one policy. The user {@code ada} may update at revisions 1
 * and 3, and delete at revision 2.
 */
final class StressedAccount {

    static final PermissionCatalog CATALOG =
            PermissionCatalog.builder().group("user", "update", "delete").build();
    static final Permission UPDATE = CATALOG.permission("user:update");
    static final Permission DELETE = CATALOG.permission("user:delete");
    static final Rights BOTH = CATALOG.allRights();
    static final String ADA = "ada";
    static final Target HERE = Target.account();

    static final PolicyRules RULES = PolicyRules.standard();
    static final Policy FIRST = Policy.builder()
            .account("acme")
            .catalog(CATALOG)
            .rules(RULES)
            .revision(1)
            .role(Role.builder("member", Scope.ACCOUNT)
                    .name("Member")
                    .defaultRole(true)
                    .rights(CATALOG.rights(UPDATE.key()))
                    .build())
            .assign(ADA, "member", HERE)
            .build()
            .withVersion(Version.of("0123456789abcdef", 1));
    static final Commit CREATION =
            Commit.of("acme", FIRST.version(), FIRST.digest(), null, Instant.EPOCH, null, List.of(), FIRST.asEffects());
    static final Change TAKE_UPDATE = replaceRights(DELETE);
    private static final Policy SECOND = applied(FIRST, TAKE_UPDATE);
    private static final Policy THIRD = applied(SECOND, replaceRights(UPDATE));

    private final PermissionMatrix first = PermissionMatrix.compile(FIRST);
    final MatrixCache cache = new MatrixCache(1 << 20);
    private final ListenerDispatcher dispatcher = new ListenerDispatcher(Runnable::run, (listener, thrown) -> {}, 16);
    final AccountHolder holder = new AccountHolder("acme", cache, dispatcher);
    final AtomicInteger loads = new AtomicInteger();
    volatile @Nullable Policy stored = FIRST;
    final AccountLoader loader = new AccountLoader(new OnePolicy(), CATALOG, RULES, cache, dispatcher);
    private final Refusals refusals = new Refusals(List.of());
    final AccountChecker checker = new AccountChecker(holder, lookup(), refusals);

    /** Without refreshes, whose threads no state of a test needs. */
    private MatrixLookup lookup() {
        AccountRegistry registry = new AccountRegistry(cache, dispatcher);
        Refresher refresher = new Refresher(new OnePolicy(), loader, cache, dispatcher);
        return new MatrixLookup(cache, registry, loader, refresher, refusals, null, Duration.ZERO);
    }

    private static Change replaceRights(Permission granted) {
        return Change.updateRole(
                "member",
                RoleUpdate.builder().rights(CATALOG.rights(granted.key())).build());
    }

    private static Policy applied(Policy policy, Change change) {
        return policy.apply(List.of(change), Instant.EPOCH).policy();
    }

    /** Returns an account whose first revision is in memory. */
    static StressedAccount inMemory() {
        StressedAccount account = new StressedAccount();
        account.holder.publish(account.first, System.nanoTime());
        return account;
    }

    /** Returns an account that was in memory and has been evicted. */
    static StressedAccount evicted() {
        StressedAccount account = inMemory();
        account.cache.evict("acme");
        return account;
    }

    /** Stores the second revision and publishes it, as a commit does. */
    void commit() {
        PermissionMatrix second = first.updatedTo(SECOND);
        stored = SECOND;
        holder.publish(second, System.nanoTime());
    }

    /** Does the same, but another process stores the third revision before the second is published. */
    void commitAndBeOvertaken() {
        PermissionMatrix second = first.updatedTo(SECOND);
        stored = SECOND;
        stored = THIRD;
        holder.publish(second, System.nanoTime());
    }

    /** Returns the revision to answer from, 0 if there is no account. */
    int revision() {
        return revisionOf(loader.matrix(holder));
    }

    static int revisionOf(@Nullable PermissionMatrix matrix) {
        return matrix == null ? 0 : (int) matrix.policy().revision();
    }

    private final class OnePolicy implements PolicyStore {

        @Override
        public Optional<StoredPolicy> load(String account) {
            loads.incrementAndGet();
            return Optional.ofNullable(stored).map(policy -> new StoredPolicy(policy, policy.digest()));
        }

        @Override
        public Map<String, Version> versions(Collection<String> accounts) {
            throw new AssertionError(accounts);
        }

        @Override
        public List<String> accounts(@Nullable String after, int limit) {
            throw new AssertionError(after);
        }

        @Override
        public boolean create(Commit first, Policy policy) {
            throw new AssertionError(policy);
        }

        @Override
        public boolean commit(Commit commit, Policy result) {
            throw new AssertionError(commit);
        }

        @Override
        public Optional<List<Commit>> history(String account, Version after, int limit) {
            return Optional.empty();
        }

        @Override
        public boolean remove(String account) {
            throw new AssertionError(account);
        }
    }
}
