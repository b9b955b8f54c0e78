package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.engine.Commit;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.engine.Preview;
import io.rbac.model.Change;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import io.rbac.test.EditModel.Applied;
import io.rbac.test.EditModel.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Steps of a live engine. Each must do what the model says, and leave nothing behind if it is refused. */
final class EngineSteps {
    private final LiveEngine live;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<Object> transcript = new ArrayList<>();
    private PermissionEngine engine;
    private String idPrefix = "";
    private long at;
    private int writes;
    private int received;

    EngineSteps(LiveEngine live) {
        this.live = live;
        this.engine = live.engines().get(0);
    }

    /** Returns how often each outcome was reached. */
    Map<String, Integer> outcomes() {
        return outcomes;
    }

    /** Returns the outcome and result of each step, in order. */
    List<Object> transcript() {
        return transcript;
    }

    /** Begins a step through an engine; its number gives the time. */
    void begin(PermissionEngine through, int step) {
        engine = through;
        at = EditedPolicy.time(step);
        idPrefix = "made" + step + "-";
        live.setTime(at);
        writes = live.writes();
        received = live.replay().received().size();
    }

    private void count(String outcome, Object result) {
        outcomes.merge(outcome, 1, Integer::sum);
        transcript.add(List.of(outcome, result));
    }

    /** A commit without its version and digest: each life of an account has a random id. */
    private static List<Object> said(Commit commit) {
        return List.of(
                commit.account(),
                commit.revision(),
                commit.time(),
                commit.actor(),
                commit.reason(),
                commit.changes(),
                commit.effects());
    }

    /** Commits a batch on the current revision, or on an expected one. */
    void commit(LiveAccount account, List<Edit> edits, @Nullable Long expected, boolean previewed) {
        if (!account.exists()) {
            PolicyEdit edit = PolicyEdit.of(account.id()).changes(Change.addTeam("team1"));
            assertAbsent(account, () -> engine.commit(edit));
            assertAbsent(account, () -> engine.preview(edit));
            return;
        }
        PlainPolicy plain = account.plain();
        List<Change> changes = EditConverter.changes(edits, plain, live.catalog());
        PolicyEdit edit = PolicyEdit.of(account.id()).changes(changes);
        Version version = engine.policy(account.id()).version();
        edit = expected == null ? edit : edit.expecting(version.at(expected));
        Preview preview = previewed ? preview(account, edit) : null;
        makeIds(plain);
        List<Edit> resolved = resolved(plain, edits);
        if (expected != null && expected != plain.revision()) {
            assertConflict(account, edit, version, preview);
        } else if (EditModel.apply(plain, resolved, at) instanceof Applied applied) {
            assertApplied(account, edit, resolved, applied, preview);
        } else if (EditModel.apply(plain, resolved, at) instanceof Refused refused) {
            assertRefused(account, edit, resolved, refused.violations(), preview);
        }
    }

    private Preview preview(LiveAccount account, PolicyEdit edit) {
        makeIds(account.plain());
        Preview preview = engine.preview(edit);
        assertShownAs(account, preview.base());
        assertNothingHappened(account);
        return preview;
    }

    private void assertConflict(LiveAccount account, PolicyEdit edit, Version version, @Nullable Preview preview) {
        Version expected = edit.expected().orElseThrow();
        PolicyViolationException refusal = refusal(() -> engine.commit(edit));
        assertThat(refusal)
                .hasMessage("CONFLICT: account `" + account.id() + "` is at version `" + version + "`: expected `"
                        + expected + "`");
        assertLeftNothing(account, refusal, preview);
        count("in conflict", expected.revision());
    }

    private void assertRefused(
            LiveAccount account,
            PolicyEdit edit,
            List<Edit> resolved,
            Set<PlainViolation> violations,
            @Nullable Preview preview) {
        PolicyViolationException refusal = refusal(() -> engine.commit(edit));
        assertThat(PolicyConverter.violations(refusal))
                .as("violations of %s on\n%s", resolved, account.plain())
                .containsExactlyInAnyOrderElementsOf(violations);
        // The message is that of a policy which knows of no other account.
        List<Change> changes = EditConverter.changes(resolved, account.plain(), live.catalog());
        Policy shown = account.shown();
        assertThat(refusal)
                .hasMessage(refusal(() -> shown.apply(changes, Instant.ofEpochMilli(at)))
                        .getMessage());
        assertLeftNothing(account, refusal, preview);
        count("refused", refusal.violations());
    }

    private void assertLeftNothing(LiveAccount account, PolicyViolationException refusal, @Nullable Preview preview) {
        assertNothingHappened(account);
        if (preview != null) {
            assertThat(preview.isAccepted()).isFalse();
            assertThat(preview.violations()).isEqualTo(refusal.violations());
            assertThat(preview.policy()).isSameAs(preview.base());
            assertThat(preview.effects()).isEmpty();
        }
    }

    private void assertApplied(
            LiveAccount account, PolicyEdit edit, List<Edit> resolved, Applied applied, @Nullable Preview preview) {
        Commit commit = engine.commit(edit);
        PlainPolicy result = EditedPolicy.listed(applied.result());
        assertThat(EditConverter.effects(commit.effects()))
                .as("effects of %s on\n%s", resolved, account.plain())
                .isEqualTo(applied.effects());
        assertThat(commit.changes()).isEqualTo(EditConverter.changes(resolved, account.plain(), live.catalog()));
        assertThat(commit.time()).isEqualTo(Instant.ofEpochMilli(at));
        assertThat(commit.account()).isEqualTo(account.id());
        assertThat(commit.revision()).isEqualTo(result.revision());
        if (preview != null) {
            assertThat(preview.isAccepted()).isTrue();
            assertThat(preview.effects()).isEqualTo(commit.effects());
            assertThat(preview.policy()).isEqualTo(engine.policy(account.id()));
        }
        if (applied.effects().isEmpty()) {
            assertNothingHappened(account);
            if (preview != null) {
                assertThat(preview.policy()).isSameAs(preview.base());
            }
        } else {
            assertWrittenAndNotified(commit);
            update(account, result);
        }
        count(applied.effects().isEmpty() ? "without effect" : "applied", said(commit));
    }

    private void update(LiveAccount account, PlainPolicy result) {
        account.update(result);
        Policy policy = engine.policy(account.id());
        assertThat(PolicyConverter.plain(policy)).isEqualTo(result);
        PolicyInvariants.check(policy);
        account.show(policy);
    }

    /** Commits an edit that names an actor, to an engine without a guard. */
    void commitAs(LiveAccount account, String actor, List<Edit> edits) {
        if (account.exists()) {
            List<Change> changes = EditConverter.changes(edits, account.plain(), live.catalog());
            makeIds(account.plain());
            PolicyViolationException refusal = refusal(
                    () -> engine.commit(PolicyEdit.of(account.id()).by(actor).changes(changes)));
            assertThat(PolicyConverter.violations(refusal)).containsExactly(new PlainViolation("FORBIDDEN", ""));
            assertNothingHappened(account);
            count("forbidden", refusal.violations());
        }
    }

    void replace(LiveAccount account, PlainPolicy replacement) {
        Policy policy = live.policy(replacement.withRules(EngineHistory.LENIENT));
        Set<PlainViolation> violations = new LinkedHashSet<>(Validity.violations(EditedPolicy.listed(replacement)));
        if (account.exists() && violations.isEmpty()) {
            violations.addAll(lockouts(account.plain(), replacement));
        }
        if (!violations.isEmpty()) {
            assertRefusedAsWhole(account, refusal(() -> engine.replace(policy)), violations);
        } else if (!account.exists()) {
            assertAbsent(account, () -> engine.replace(policy));
        } else {
            Commit commit = engine.replace(policy);
            long revision = account.plain().revision() + 1;
            assertThat(commit.revision()).isEqualTo(revision);
            assertThat(commit.changes()).isEmpty();
            assertWrittenAndNotified(commit);
            update(account, EditedPolicy.listed(replacement.withRevision(revision)));
            count("replaced", said(commit));
        }
    }

    /** S17: a lockout permission that had a holder keeps one. */
    private static List<PlainViolation> lockouts(PlainPolicy before, PlainPolicy after) {
        return before.rules().lockout().stream()
                .filter(key -> !Oracle.of(before)
                                .whoCan(key, PlainTarget.account())
                                .isEmpty()
                        && Oracle.of(after).whoCan(key, PlainTarget.account()).isEmpty())
                .map(key -> new PlainViolation("LAST_HOLDER", "/assignments"))
                .toList();
    }

    void create(LiveAccount account, PlainPolicy first) {
        Policy policy = live.policy(first.withRules(EngineHistory.LENIENT));
        Set<PlainViolation> violations = new LinkedHashSet<>(Validity.violations(EditedPolicy.listed(first)));
        if (!violations.isEmpty()) {
            assertRefusedAsWhole(account, refusal(() -> engine.create(policy)), violations);
        } else if (account.exists()) {
            PolicyViolationException refusal = refusal(() -> engine.create(policy));
            assertThat(refusal).hasMessage("ACCOUNT_EXISTS at /account: account `" + account.id() + "` exists already");
            assertNotNotified(account);
            count("exists", account.id());
        } else {
            Commit commit = engine.create(policy);
            assertThat(commit.revision()).isEqualTo(1);
            assertThat(commit.changes()).isEmpty();
            assertWrittenAndNotified(commit);
            update(account, EditedPolicy.listed(first.withRevision(1)));
            count("created", said(commit));
        }
    }

    private void assertRefusedAsWhole(
            LiveAccount account, PolicyViolationException refusal, Set<PlainViolation> violations) {
        assertThat(PolicyConverter.violations(refusal)).containsExactlyInAnyOrderElementsOf(violations);
        if (account.exists()) {
            assertNothingHappened(account);
        }
        count("refused as a whole", refusal.violations());
    }

    void remove(LiveAccount account) {
        assertThat(engine.remove(account.id())).isEqualTo(account.exists());
        if (account.exists()) {
            account.remove();
            count("removed", account.id());
        }
    }

    private void assertAbsent(LiveAccount account, ThrowingCallable call) {
        assertThat(refusal(call)).hasMessage("ACCOUNT_NOT_FOUND: there is no account `" + account.id() + "`");
        assertThat(live.writes()).isEqualTo(writes);
        assertThat(live.stored(account.id())).isEmpty();
        count("absent", account.id());
    }

    /** The policy is the very same object, nothing was written, and no listener was called. */
    private void assertNothingHappened(LiveAccount account) {
        assertShownAs(account, engine.policy(account.id()));
        assertThat(live.writes()).isEqualTo(writes);
        assertNotNotified(account);
    }

    private void assertNotNotified(LiveAccount account) {
        assertShownAs(account, live.stored(account.id()).orElseThrow());
        if (live.isNotified()) {
            assertThat(live.replay().received()).hasSize(received);
        }
    }

    private void assertShownAs(LiveAccount account, Policy policy) {
        if (live.keepsObjects()) {
            assertThat(policy).isSameAs(account.shown());
        } else {
            assertThat(policy).isEqualTo(account.shown());
        }
    }

    private void assertWrittenAndNotified(Commit commit) {
        assertThat(live.writes()).isEqualTo(writes + (live.countsWrites() ? 1 : 0));
        assertThat(live.stored(commit.account()))
                .hasValueSatisfying(stored -> assertThat(stored.revision()).isEqualTo(commit.revision()));
        if (live.isNotified()) {
            assertThat(live.replay().received()).hasSize(received + 1).endsWith(commit);
        }
    }

    private static PolicyViolationException refusal(ThrowingCallable call) {
        PolicyViolationException refusal = catchThrowableOfType(PolicyViolationException.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }

    private void makeIds(PlainPolicy plain) {
        live.makeIds(plain.roles().isEmpty() ? null : plain.roles().get(0).id(), idPrefix);
    }

    /** Returns the edits with the ids that the engine must take: those that neither the account nor the batch has. */
    private List<Edit> resolved(PlainPolicy plain, List<Edit> edits) {
        Set<String> taken = new HashSet<>();
        plain.roles().forEach(role -> taken.add(role.id()));
        for (Edit edit : edits) {
            if (edit instanceof Edit.CreateRole create && create.id() != null) {
                taken.add(create.id());
            } else if (edit instanceof Edit.PutSystemRole put) {
                taken.add(put.role().id());
            }
        }
        List<Edit> resolved = new ArrayList<>();
        for (Edit edit : edits) {
            if (edit instanceof Edit.CreateRole create && create.id() == null) {
                int number = 0;
                while (!taken.add(idPrefix + number)) {
                    number++;
                }
                resolved.add(new Edit.CreateRole(idPrefix + number, create.scope(), create.attributes()));
            } else {
                resolved.add(edit);
            }
        }
        return resolved;
    }
}
