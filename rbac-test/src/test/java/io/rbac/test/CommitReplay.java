package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyListener;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leads a copy of every policy along by what a listener is told: by the effects alone, and by the changes where there
 * are some. What it finds wrong it throws; the engine hands that to its handler of failures.
 */
final class CommitReplay implements PolicyListener {
    private final Sketch empty;
    private final PermissionCatalog catalog;
    private final Map<String, Sketch> sketches = new HashMap<>();
    private final Map<String, Policy> policies = new HashMap<>();
    private final List<Commit> told = new ArrayList<>();

    CommitReplay(Sketch like, PermissionCatalog catalog) {
        this.empty = like.withRevision(0)
                .withRoles(List.of())
                .withTeams(List.of())
                .withChats(List.of())
                .withAssignments(List.of());
        this.catalog = catalog;
    }

    @Override
    public synchronized void committed(Commit commit) {
        told.add(commit);
        String account = commit.account();
        Sketch before = sketches.getOrDefault(account, empty.withAccount(account));
        assertThat(commit.revision()).as("revision of %s", commit).isEqualTo(before.revision() + 1);
        Sketch after = EffectReplay.apply(before, EditChange.effects(commit.effects()));
        Sketch listed = EditedPolicy.listed(after.withRevision(commit.revision()));
        Policy policy = policies.get(account);
        Policy next = policy == null || commit.changes().isEmpty()
                ? SketchPolicy.policy(listed, catalog)
                : policy.apply(commit.changes(), commit.time()).policy();
        assertThat(SketchPolicy.sketch(next))
                .as("changes of %s, beside its effects", commit)
                .isEqualTo(listed);
        sketches.put(account, listed);
        policies.put(account, next);
    }

    @Override
    public synchronized void resync(String account, long revision) {
        throw new AssertionError("told to read account `" + account + "` again, at revision `" + revision + "`");
    }

    @Override
    public synchronized void removed(String account) {
        assertThat(sketches.remove(account)).as("account `%s`", account).isNotNull();
        policies.remove(account);
    }

    /** The policy of an account, {@code null} if there is none. */
    synchronized @Nullable Sketch sketch(String account) {
        return sketches.get(account);
    }

    synchronized List<Commit> told() {
        return List.copyOf(told);
    }
}
