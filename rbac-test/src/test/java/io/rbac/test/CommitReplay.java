package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyListener;
import io.rbac.model.PermissionCatalog;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Updates a copy of every policy by what a listener receives: by the effects alone and, where there are some, by the
 * changes. It throws if these differ; the engine hands that to its failure handler.
 */
final class CommitReplay implements PolicyListener {
    private final PlainPolicy empty;
    private final PermissionCatalog catalog;
    private final Map<String, PlainPolicy> plains = new HashMap<>();
    private final Map<String, Policy> policies = new HashMap<>();
    private final List<Commit> received = new ArrayList<>();

    CommitReplay(PlainPolicy like, PermissionCatalog catalog) {
        this.empty =
                like.withRevision(0).withRoles(List.of()).withTargets(List.of()).withAssignments(List.of());
        this.catalog = catalog;
    }

    @Override
    public synchronized void committed(Commit commit) {
        received.add(commit);
        String account = commit.account();
        PlainPolicy before = plains.getOrDefault(account, empty.withAccount(account));
        assertThat(commit.revision()).as("revision of %s", commit).isEqualTo(before.revision() + 1);
        PlainPolicy after = EffectReplay.apply(before, commit.effects());
        PlainPolicy listed = EditedPolicy.listed(after.withRevision(commit.revision()));
        Policy policy = policies.get(account);
        Policy next = policy == null || commit.changes().isEmpty()
                ? PolicyConverter.policy(listed, catalog)
                : policy.apply(commit.changes(), commit.time()).policy();
        assertThat(PolicyConverter.plain(next))
                .as("changes of %s, compared with its effects", commit)
                .isEqualTo(listed);
        plains.put(account, listed);
        policies.put(account, next);
    }

    @Override
    public synchronized void resync(String account, long revision) {
        throw new AssertionError("asked to read account `" + account + "` again, at revision `" + revision + "`");
    }

    @Override
    public synchronized void removed(String account) {
        assertThat(plains.remove(account)).as("account `%s`", account).isNotNull();
        policies.remove(account);
    }

    /** Returns the policy of an account, {@code null} if there is none. */
    synchronized @Nullable PlainPolicy plain(String account) {
        return plains.get(account);
    }

    synchronized List<Commit> received() {
        return List.copyOf(received);
    }
}
