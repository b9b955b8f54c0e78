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
 * What several threads did with one account, and the answers they got, each with the revisions that it may have met.
 * Once all is done, the accepted edits are folded in the order of their revisions, and everything else must fit one of
 * these revisions.
 */
final class RecordedHistory {
    private static final long ANY_TIME = 0;
    private static final int TRIES_OF_AN_EDIT = 10;

    private final List<PlainPolicy> revisions = new ArrayList<>();
    private final Map<Long, Oracle> oracles = new HashMap<>();
    private final List<Attempt> attempts = Collections.synchronizedList(new ArrayList<>());
    private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
    private long revealing;
    private int movedSubtrees;

    /**
     * The revisions that an edit or a question may have met.
     *
     * @param min the highest that the engine was known to have had before
     * @param max the one that the store had afterwards
     */
    record Span(long min, long max) {}

    /**
     * An attempt to commit edits.
     *
     * @param edits the batch
     * @param expected the revision that was expected, or {@code null}
     * @param stored the revision that the store had before
     * @param span the revisions that it may have met
     * @param commit the commit, {@code null} if it was refused
     * @param violations why it was refused
     */
    record Attempt(
            List<Edit> edits,
            @Nullable Long expected,
            long stored,
            Span span,
            @Nullable Commit commit,
            Set<PlainViolation> violations) {}

    /**
     * The answer to one question, or to several asked at once.
     *
     * @param thread the thread that asked
     * @param questions the questions
     * @param all whether all of them were to be true, rather than any
     * @param span the revisions that the answer may be from
     * @param answer the answer
     */
    record Answer(String thread, List<Question> questions, boolean all, Span span, boolean answer) {}

    RecordedHistory(PlainPolicy first) {
        revisions.add(first.withRevision(0));
        revisions.add(EditedPolicy.listed(first.withRevision(1)));
    }

    void add(Attempt attempt) {
        attempts.add(attempt);
    }

    void addAll(Collection<Answer> more) {
        answers.addAll(more);
    }

    PlainPolicy last() {
        return revisions.get(revisions.size() - 1);
    }

    /** Returns how many answers would have been wrong if they had come from the revision before their span. */
    long revealing() {
        return revealing;
    }

    /** Returns how often a target was moved that others lay in. */
    int movedSubtrees() {
        return movedSubtrees;
    }

    /** Returns how many attempts took a revision. */
    long effective() {
        return last().revision() - 1;
    }

    int attemptCount() {
        return attempts.size();
    }

    int answerCount() {
        return answers.size();
    }

    /** The accepted edits, each applied to the result of the one before, take one revision after the other. */
    void fold() {
        List<Attempt> accepted = new ArrayList<>(attempts);
        accepted.removeIf(
                attempt -> attempt.commit == null || attempt.commit.effects().isEmpty());
        accepted.sort(Comparator.comparing(attempt -> commitOf(attempt).revision()));
        for (Attempt attempt : accepted) {
            PlainPolicy before = last();
            Commit commit = commitOf(attempt);
            assertThat(commit.revision()).isEqualTo(before.revision() + 1);
            assertThat(attempt.expected == null || attempt.expected == before.revision())
                    .as("%s", attempt)
                    .isTrue();
            Outcome outcome = EditModel.apply(
                    before, withIds(attempt.edits, commit), commit.time().toEpochMilli());
            assertThat(outcome).as("%s on\n%s", attempt, before).isInstanceOf(Applied.class);
            Applied applied = (Applied) outcome;
            assertThat(EditConverter.effects(commit.effects())).isEqualTo(applied.effects());
            revisions.add(EditedPolicy.listed(applied.result()));
            for (EditEffect effect : applied.effects()) {
                boolean isMove = effect instanceof EditEffect.TargetMoved moved
                        && PlainPaths.height(before, moved.target()) > 1
                        && PlainPaths.height(last(), moved.target()) > 1;
                movedSubtrees += isMove ? 1 : 0;
            }
        }
    }

    private static Commit commitOf(Attempt attempt) {
        if (attempt.commit == null) {
            throw new AssertionError(attempt);
        }
        return attempt.commit;
    }

    /** Returns the edits with the ids that the engine gave to new roles, or might have given. */
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
     * An edit that was refused, or changed nothing, is refused or changes nothing at a revision that was the newest
     * stored one at some time during the call.
     */
    void assertEditsWithoutEffect() {
        for (Attempt attempt : attempts) {
            if (attempt.commit == null) {
                Span newest = new Span(attempt.stored, attempt.span.max);
                firstRevision(attempt, newest, revision -> isRefusedAt(attempt, revision));
            } else if (attempt.commit.effects().isEmpty()) {
                long at = attempt.commit.revision();
                assertThat(at).as("%s", attempt).isBetween(attempt.stored, attempt.span.max);
                assertThat(EditModel.apply(plain(at), withIds(attempt.edits, attempt.commit), ANY_TIME))
                        .isEqualTo(new Applied(plain(at), List.of()));
            }
        }
    }

    private boolean isRefusedAt(Attempt attempt, long revision) {
        if (attempt.violations.equals(Set.of(new PlainViolation("CONFLICT", "")))) {
            return attempt.expected == null
                    ? attempt.span.max - attempt.stored >= TRIES_OF_AN_EDIT
                    : attempt.expected != revision;
        }
        return (attempt.expected == null || attempt.expected == revision)
                && EditModel.apply(plain(revision), withIds(attempt.edits, null), ANY_TIME) instanceof Refused refused
                && refused.violations().equals(attempt.violations);
    }

    /**
     * Every answer is that of one revision in its span, and of no older one than the answers before it in its thread.
     */
    void assertAnswers() {
        Map<String, Long> seen = new HashMap<>();
        for (Answer answer : answers) {
            long min = Math.max(answer.span.min, seen.getOrDefault(answer.thread, 0L));
            Span span = new Span(min, answer.span.max);
            long revision = firstRevision(answer, span, at -> answerAt(answer, at) == answer.answer);
            seen.put(answer.thread, revision);
            revealing += min > 1 && answerAt(answer, min - 1) != answer.answer ? 1 : 0;
        }
    }

    private boolean answerAt(Answer answer, long revision) {
        Oracle oracle = oracles.computeIfAbsent(revision, at -> Oracle.of(plain(at)));
        for (Question question : answer.questions) {
            boolean single = oracle.hasPermission(question.user(), question.permission(), question.target());
            if (single != answer.all) {
                return single;
            }
        }
        return answer.all;
    }

    /** Returns the first revision of a span at which a condition holds; fails if there is none. */
    private long firstRevision(Object subject, Span span, LongPredicate condition) {
        assertThat(span.max).as("%s", subject).isGreaterThanOrEqualTo(span.min);
        for (long revision = span.min; revision <= span.max; revision++) {
            if (condition.test(revision)) {
                return revision;
            }
        }
        throw new AssertionError(
                "expected " + subject + " at some revision of " + span + ", but found none under\n" + plain(span.min));
    }

    private PlainPolicy plain(long revision) {
        return revisions.get((int) revision);
    }
}
