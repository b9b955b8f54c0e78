package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.engine.Commit;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.engine.Preview;
import io.rbac.model.Change;
import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
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

/** Steps of a live engine, each of which has to do what the model says, and to leave nothing behind if it is refused. */
final class EngineSteps {
    private final LiveEngine live;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<Object> transcript = new ArrayList<>();
    private PermissionEngine engine;
    private String idPrefix = "";
    private long at;
    private int writes;
    private int told;

    EngineSteps(LiveEngine live) {
        this.live = live;
        this.engine = live.engines().get(0);
    }

    /** How often something came out how. */
    Map<String, Integer> outcomes() {
        return outcomes;
    }

    /** What came out of each step, in order. */
    List<Object> transcript() {
        return transcript;
    }

    /** Begins a step: through which engine, and at which time. */
    void begin(PermissionEngine through, int step) {
        engine = through;
        at = EditedPolicy.time(step);
        idPrefix = "made" + step + "-";
        live.setTime(at);
        writes = live.writes();
        told = live.replay().told().size();
    }

    private void count(String outcome, Object result) {
        outcomes.merge(outcome, 1, Integer::sum);
        transcript.add(List.of(outcome, result));
    }

    /** P38, P46, P47: a batch on whichever revision there is, or on an expected one. */
    void commit(LiveAccount account, List<Edit> edits, @Nullable Long expected, boolean previewed) {
        if (!account.exists()) {
            PolicyEdit edit = PolicyEdit.of(account.id()).changes(Change.addTeam("team1"));
            assertAbsent(account, () -> engine.commit(edit));
            assertAbsent(account, () -> engine.preview(edit));
            return;
        }
        Sketch sketch = account.sketch();
        List<Change> changes = EditChange.changes(edits, sketch, live.catalog());
        PolicyEdit edit = PolicyEdit.of(account.id()).changes(changes);
        edit = expected == null ? edit : edit.expecting(expected);
        Preview preview = previewed ? preview(account, edit) : null;
        makeIds(sketch);
        List<Edit> resolved = resolved(sketch, edits);
        if (expected != null && expected != sketch.revision()) {
            conflict(account, edit, expected, preview);
        } else if (EditModel.apply(sketch, resolved, at) instanceof Applied applied) {
            applied(account, edit, resolved, applied, preview);
        } else if (EditModel.apply(sketch, resolved, at) instanceof Refused refused) {
            refused(account, edit, resolved, refused.problems(), preview);
        }
    }

    private Preview preview(LiveAccount account, PolicyEdit edit) {
        makeIds(account.sketch());
        Preview preview = engine.preview(edit);
        assertShownAs(account, preview.base());
        assertNothingHappened(account);
        return preview;
    }

    private void conflict(LiveAccount account, PolicyEdit edit, long expected, @Nullable Preview preview) {
        PolicyViolationException refusal = refusal(() -> engine.commit(edit));
        assertThat(refusal)
                .hasMessage("CONFLICT: account `" + account.id() + "` is at revision `"
                        + account.sketch().revision() + "`: expected `" + expected + "`");
        assertRefused(account, refusal, preview);
        count("in conflict", expected);
    }

    private void refused(
            LiveAccount account,
            PolicyEdit edit,
            List<Edit> resolved,
            Set<Problem> problems,
            @Nullable Preview preview) {
        PolicyViolationException refusal = refusal(() -> engine.commit(edit));
        assertThat(problems(refusal))
                .as("problems of %s on\n%s", resolved, account.sketch())
                .containsExactlyInAnyOrderElementsOf(problems);
        // P20: it says what a policy says that knows of no other account
        List<Change> changes = EditChange.changes(resolved, account.sketch(), live.catalog());
        Policy shown = account.shown();
        assertThat(refusal)
                .hasMessage(refusal(() -> shown.apply(changes, Instant.ofEpochMilli(at)))
                        .getMessage());
        assertRefused(account, refusal, preview);
        count("refused", refusal.violations());
    }

    private void assertRefused(LiveAccount account, PolicyViolationException refusal, @Nullable Preview preview) {
        assertNothingHappened(account);
        if (preview != null) {
            assertThat(preview.isAccepted()).isFalse();
            assertThat(preview.violations()).isEqualTo(refusal.violations());
            assertThat(preview.policy()).isSameAs(preview.base());
            assertThat(preview.effects()).isEmpty();
        }
    }

    private void applied(
            LiveAccount account, PolicyEdit edit, List<Edit> resolved, Applied applied, @Nullable Preview preview) {
        Commit commit = engine.commit(edit);
        Sketch result = EditedPolicy.listed(applied.result());
        assertThat(EditChange.effects(commit.effects()))
                .as("effects of %s on\n%s", resolved, account.sketch())
                .isEqualTo(applied.effects());
        assertThat(commit.changes()).isEqualTo(EditChange.changes(resolved, account.sketch(), live.catalog()));
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
            assertWrittenAndTold(commit);
            becomes(account, result);
        }
        count(applied.effects().isEmpty() ? "without effect" : "applied", commit);
    }

    private void becomes(LiveAccount account, Sketch result) {
        account.becomes(result);
        Policy policy = engine.policy(account.id());
        assertThat(SketchPolicy.sketch(policy)).isEqualTo(result);
        PolicyInvariants.check(policy);
        account.shows(policy);
    }

    /** An edit in the name of somebody, where nobody judges such edits. */
    void commitAs(LiveAccount account, String actor, List<Edit> edits) {
        if (account.exists()) {
            List<Change> changes = EditChange.changes(edits, account.sketch(), live.catalog());
            makeIds(account.sketch());
            PolicyViolationException refusal = refusal(
                    () -> engine.commit(PolicyEdit.of(account.id()).by(actor).changes(changes)));
            assertThat(problems(refusal)).containsExactly(new Problem("FORBIDDEN", ""));
            assertNothingHappened(account);
            count("forbidden", refusal.violations());
        }
    }

    void replace(LiveAccount account, Sketch replacement) {
        Policy policy = live.policy(replacement.withRules(EngineHistory.LENIENT));
        Set<Problem> problems = new LinkedHashSet<>(Validity.problems(EditedPolicy.listed(replacement)));
        if (account.exists() && problems.isEmpty()) {
            problems.addAll(lockedOut(account.sketch(), replacement));
        }
        if (!problems.isEmpty()) {
            refusedWhole(account, refusal(() -> engine.replace(policy)), problems);
        } else if (!account.exists()) {
            assertAbsent(account, () -> engine.replace(policy));
        } else {
            Commit commit = engine.replace(policy);
            long revision = account.sketch().revision() + 1;
            assertThat(commit.revision()).isEqualTo(revision);
            assertThat(commit.changes()).isEmpty();
            assertWrittenAndTold(commit);
            becomes(account, EditedPolicy.listed(replacement.withRevision(revision)));
            count("replaced", commit);
        }
    }

    /** S17: what had a holder keeps one. */
    private static List<Problem> lockedOut(Sketch before, Sketch after) {
        return before.rules().lockout().stream()
                .filter(key -> !Oracle.of(before).whoCan(key, Place.account()).isEmpty()
                        && Oracle.of(after).whoCan(key, Place.account()).isEmpty())
                .map(key -> new Problem("LAST_HOLDER", "/assignments"))
                .toList();
    }

    void create(LiveAccount account, Sketch first) {
        Policy policy = live.policy(first.withRules(EngineHistory.LENIENT));
        Set<Problem> problems = new LinkedHashSet<>(Validity.problems(EditedPolicy.listed(first)));
        if (!problems.isEmpty()) {
            refusedWhole(account, refusal(() -> engine.create(policy)), problems);
        } else if (account.exists()) {
            PolicyViolationException refusal = refusal(() -> engine.create(policy));
            assertThat(refusal).hasMessage("ACCOUNT_EXISTS at /account: account `" + account.id() + "` exists already");
            assertUntold(account);
            count("exists", account.id());
        } else {
            Commit commit = engine.create(policy);
            assertThat(commit.revision()).isEqualTo(1);
            assertThat(commit.changes()).isEmpty();
            assertWrittenAndTold(commit);
            becomes(account, EditedPolicy.listed(first.withRevision(1)));
            count("created", commit);
        }
    }

    private void refusedWhole(LiveAccount account, PolicyViolationException refusal, Set<Problem> problems) {
        assertThat(problems(refusal)).containsExactlyInAnyOrderElementsOf(problems);
        if (account.exists()) {
            assertNothingHappened(account);
        }
        count("refused as a whole", refusal.violations());
    }

    void remove(LiveAccount account) {
        assertThat(engine.remove(account.id())).isEqualTo(account.exists());
        if (account.exists()) {
            account.goes();
            count("removed", account.id());
        }
    }

    private void assertAbsent(LiveAccount account, ThrowingCallable call) {
        assertThat(refusal(call)).hasMessage("ACCOUNT_NOT_FOUND: there is no account `" + account.id() + "`");
        assertThat(live.writes()).isEqualTo(writes);
        assertThat(live.stored(account.id())).isEmpty();
        count("absent", account.id());
    }

    /** P38: the very same object, nothing written, nobody told. */
    private void assertNothingHappened(LiveAccount account) {
        assertShownAs(account, engine.policy(account.id()));
        assertThat(live.writes()).isEqualTo(writes);
        assertUntold(account);
    }

    private void assertUntold(LiveAccount account) {
        assertShownAs(account, live.stored(account.id()).orElseThrow());
        if (live.isTold()) {
            assertThat(live.replay().told()).hasSize(told);
        }
    }

    private void assertShownAs(LiveAccount account, Policy policy) {
        if (live.keepsObjects()) {
            assertThat(policy).isSameAs(account.shown());
        } else {
            assertThat(policy).isEqualTo(account.shown());
        }
    }

    private void assertWrittenAndTold(Commit commit) {
        assertThat(live.writes()).isEqualTo(writes + (live.countsWrites() ? 1 : 0));
        assertThat(live.stored(commit.account()))
                .hasValueSatisfying(stored -> assertThat(stored.revision()).isEqualTo(commit.revision()));
        if (live.isTold()) {
            assertThat(live.replay().told()).hasSize(told + 1).endsWith(commit);
        }
    }

    private static PolicyViolationException refusal(ThrowingCallable call) {
        PolicyViolationException refusal = catchThrowableOfType(PolicyViolationException.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }

    private static Set<Problem> problems(PolicyViolationException refusal) {
        Set<Problem> problems = new LinkedHashSet<>();
        for (Violation violation : refusal.violations()) {
            problems.add(new Problem(violation.code().name(), violation.path()));
        }
        return problems;
    }

    private void makeIds(Sketch sketch) {
        live.makeIds(sketch.roles().isEmpty() ? null : sketch.roles().get(0).id(), idPrefix);
    }

    /** The edits with the ids that the engine is to take: none that the account or the batch has. */
    private List<Edit> resolved(Sketch sketch, List<Edit> edits) {
        Set<String> taken = new HashSet<>();
        sketch.roles().forEach(role -> taken.add(role.id()));
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
