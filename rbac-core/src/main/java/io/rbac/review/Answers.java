package io.rbac.review;

import static java.util.Objects.requireNonNull;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The answers to a question of a {@link PolicyReview}: users or targets, to be counted, listed, streamed or taken page by page.
 *
 * <p>They are those of the one revision that was reviewed, and are found anew by each call.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @param <T> what is answered: ids of users, or targets
 * @since 0.1
 */
public final class Answers<T> {

    private final Query<T> query;

    Answers(Query<T> query) {
        this.query = query;
    }

    /** Returns how many answers there are. No list of them is made. */
    public int count() {
        return query.count();
    }

    /**
     * Returns all answers in the order of lists (S3): users by the code points of their ids, targets by scope, widest first, then
     * by id. Sorting them is the greater part of the cost.
     */
    public List<T> toList() {
        return stream().sorted(query.order()).toList();
    }

    /** Returns the answers in no particular order, for those who need no list of them: the cost is without sorting. */
    public Stream<T> stream() {
        return IntStream.of(query.ordinals()).mapToObj(query::answer);
    }

    /**
     * Returns the first answers in the order of {@link #toList()}. Each page takes the time of streaming all answers: large pages
     * cost little more than small ones.
     *
     * @param limit how many answers at most
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Page<T> page(int limit) {
        return page(limit, answer -> true);
    }

    /**
     * Returns the answers that follow a page. Any process that has the policy at the same version can go on where another one
     * stopped: every answer is on exactly one page.
     *
     * @param limit how many answers at most; it may differ from page to page
     * @param cursor what {@link Page#next()} of the page before returned
     * @throws IllegalArgumentException if the limit is not positive
     * @throws PolicyViolationException if the cursor is of another version, account or state of the policy ({@link
     *     Violation.Code#CONFLICT}), or of another question, or not a cursor ({@link Violation.Code#MALFORMED})
     */
    public Page<T> page(int limit, String cursor) {
        T last = query.parse(new Cursor(query.policy(), query.parts()).last(requireNonNull(cursor, "cursor")));
        return page(limit, answer -> query.order().compare(answer, last) > 0);
    }

    private Page<T> page(int limit, Predicate<T> follows) {
        if (limit <= 0) {
            throw new IllegalArgumentException("the limit is `" + limit + "`: expected at least 1");
        }
        Comparator<T> order = query.order();
        // Holds the first answers found so far and one more, the last of them on top.
        PriorityQueue<T> first = new PriorityQueue<>(order.reversed());
        for (int ordinal : query.ordinals()) {
            T answer = query.answer(ordinal);
            if (follows.test(answer)) {
                first.add(answer);
                if (first.size() > limit + 1L) {
                    first.remove();
                }
            }
        }
        List<T> answers = new ArrayList<>(first);
        answers.sort(order);
        if (answers.size() <= limit) {
            return new Page<>(answers, null);
        }
        List<T> kept = answers.subList(0, limit);
        String last = query.text(kept.get(limit - 1));
        return new Page<>(kept, new Cursor(query.policy(), query.parts()).at(last));
    }

    /**
     * Some of the answers, in order.
     *
     * <p>This class is immutable and thread-safe.
     *
     * @param <T> what is answered
     * @since 0.1
     */
    public static final class Page<T> {

        private final List<T> answers;
        private final @Nullable String next;

        private Page(List<T> answers, @Nullable String next) {
            this.answers = List.copyOf(answers);
            this.next = next;
        }

        /** Returns the answers of this page. */
        public List<T> answers() {
            return answers;
        }

        /** Returns the cursor of the page that follows, a string for URLs and JSON; empty if this is the last page. */
        public Optional<String> next() {
            return Optional.ofNullable(next);
        }

        /** Returns the answers in human-readable form. */
        @Override
        public String toString() {
            return answers + (next == null ? "" : " and more");
        }
    }

    /** Returns the question in human-readable form. */
    @Override
    public String toString() {
        return "Answers to " + List.of(query.parts());
    }
}
