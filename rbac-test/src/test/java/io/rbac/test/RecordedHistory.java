package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.Commit;
import io.rbac.model.Change;
import io.rbac.test.EditModel.Applied;
import io.rbac.test.EditModel.Outcome;
import io.rbac.test.EditModel.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What several threads did with one account and were told, each thing with the revisions between which it may lie. Once
 * all is done, the accepted edits are folded in the order of their revisions, and everything else is looked for there.
 */
final class RecordedHistory {
    private static final long ANY_TIME = 0;

    private final List<Sketch> revisions = new ArrayList<>();
    private final Map<Long, Oracle> oracles = new HashMap<>();
    private final List<Edited> edited = Collections.synchronizedList(new ArrayList<>());
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private long telling;

    /**
     * The revisions that something may have been done on.
     *
     * @param least the highest that the engine was known to have had before it was asked
     * @param most the one that the store had afterwards
     */
    record Span(long least, long most) {}

    /**
     * An edit.
     *
     * @param edits the batch
     * @param expected the revision that was expected, or {@code null}
     * @param stored the revision that the store had before
     * @param span the revisions that it may have met
     * @param commit what became of it, {@code null} if it was refused
     * @param problems why it was refused
     */
    record Edited(
            List<Edit> edits,
            @Nullable Long expected,
            long stored,
            Span span,
            @Nullable Commit commit,
            Set<Problem> problems) {}

    /**
     * Questions that were answered together.
     *
     * @param thread who asked
     * @param questions the questions
     * @param all whether all of the answers have to be yes, or one
     * @param span the revisions that the answer may come from
     * @param answer the answer
     */
    record Asked(String thread, List<Question> questions, boolean all, Span span, boolean answer) {}

    RecordedHistory(Sketch first) {
        revisions.add(first.withRevision(0));
        revisions.add(EditedPolicy.listed(first.withRevision(1)));
    }

    void add(Edited edit) {
        edited.add(edit);
    }

    void addAll(Collection<Asked> answers) {
        asked.addAll(answers);
    }

    Sketch last() {
        return revisions.get(revisions.size() - 1);
    }

    /** How many answers are not those of the revision before their span: from an old policy they would have been wrong. */
    long telling() {
        return telling;
    }

    /** How many edits took a revision. */
    long effective() {
        return last().revision() - 1;
    }

    int edits() {
        return edited.size();
    }

    int answers() {
        return asked.size();
    }

    /** P46, P48: the accepted edits, each on the result of the one before, take one revision after the other. */
    void fold() {
        List<Edited> accepted = new ArrayList<>(edited);
        accepted.removeIf(edit -> edit.commit == null || edit.commit.effects().isEmpty());
        accepted.sort(Comparator.comparing(edit -> revisionOf(edit)));
        for (Edited edit : accepted) {
            Sketch before = last();
            assertThat(revisionOf(edit)).isEqualTo(before.revision() + 1);
            assertThat(edit.expected == null || edit.expected == before.revision())
                    .as("%s", edit)
                    .isTrue();
            Commit commit = commitOf(edit);
            Outcome outcome = EditModel.apply(
                    before, withIds(edit.edits, commit), commit.time().toEpochMilli());
            assertThat(outcome).as("%s on\n%s", edit, before).isInstanceOf(Applied.class);
            Applied applied = (Applied) outcome;
            assertThat(EditChange.effects(commit.effects())).isEqualTo(applied.effects());
            revisions.add(EditedPolicy.listed(applied.result()));
        }
    }

    private static long revisionOf(Edited edit) {
        return commitOf(edit).revision();
    }

    private static Commit commitOf(Edited edit) {
        if (edit.commit == null) {
            throw new AssertionError(edit);
        }
        return edit.commit;
    }

    private static List<Edit> withIds(List<Edit> edits, @Nullable Commit commit) {
        List<Edit> resolved = new ArrayList<>();
        for (int i = 0; i < edits.size(); i++) {
            if (edits.get(i) instanceof Edit.CreateRole create && create.id() == null) {
                String id = commit != null && commit.changes().get(i) instanceof Change.CreateRole made
                        ? made.id().orElseThrow()
                        : "made" + i;
                resolved.add(new Edit.CreateRole(id, create.scope(), create.attributes()));
            } else {
                resolved.add(edits.get(i));
            }
        }
        return resolved;
    }

    /**
     * P27, P40, P47: an edit that was refused is so at one revision that it may have met; one that changes nothing, at the
     * revision that was stored when it was made, or a later one.
     */
    void judgeEditsWithoutEffect() {
        for (Edited edit : edited) {
            if (edit.commit == null) {
                assertSome(edit, edit.span, revision -> refusesAt(edit, revision));
            } else if (edit.commit.effects().isEmpty()) {
                long at = edit.commit.revision();
                assertThat(at).as("%s", edit).isBetween(edit.stored, edit.span.most);
                assertThat(EditModel.apply(sketch(at), withIds(edit.edits, edit.commit), ANY_TIME))
                        .isEqualTo(new Applied(sketch(at), List.of()));
            }
        }
    }

    private boolean refusesAt(Edited edit, long revision) {
        if (edit.problems.equals(Set.of(new Problem("CONFLICT", "")))) {
            return edit.expected == null ? edit.span.most - edit.span.least >= 10 : edit.expected != revision;
        }
        return (edit.expected == null || edit.expected == revision)
                && EditModel.apply(sketch(revision), withIds(edit.edits, null), ANY_TIME) instanceof Refused refused
                && refused.problems().equals(edit.problems);
    }

    /** P42, P44, P45: every answer is that of one revision in its span, and of no older one than those of its thread before. */
    void judgeAnswers() {
        Map<String, Long> seen = new HashMap<>();
        for (Asked answer : asked) {
            long least = Math.max(answer.span.least, seen.getOrDefault(answer.thread, 0L));
            Span span = new Span(least, answer.span.most);
            seen.put(answer.thread, assertSome(answer, span, revision -> answerAt(answer, revision) == answer.answer));
            telling += least > 1 && answerAt(answer, least - 1) != answer.answer ? 1 : 0;
        }
    }

    private boolean answerAt(Asked answer, long revision) {
        Oracle oracle = oracles.computeIfAbsent(revision, at -> Oracle.of(sketch(at)));
        LongPredicate yes = i -> {
            Question question = answer.questions.get((int) i);
            return oracle.hasPermission(question.user(), question.permission(), question.target());
        };
        for (int i = 0; i < answer.questions.size(); i++) {
            if (yes.test(i) != answer.all) {
                return !answer.all;
            }
        }
        return answer.all;
    }

    /** The first revision of a span at which something holds. */
    private long assertSome(Object what, Span span, LongPredicate holds) {
        assertThat(span.most).as("%s", what).isGreaterThanOrEqualTo(span.least);
        for (long revision = span.least; revision <= span.most; revision++) {
            if (holds.test(revision)) {
                return revision;
            }
        }
        throw new AssertionError("at no revision of " + span + " there is " + what + " under\n" + sketch(span.least));
    }

    private Sketch sketch(long revision) {
        return revisions.get((int) revision);
    }
}
