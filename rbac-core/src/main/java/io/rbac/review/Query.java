package io.rbac.review;

import io.rbac.policy.Policy;
import java.util.Comparator;

/**
 * A question about one policy whose answers have ordinals in its table.
 *
 * @param <T> the answers
 */
interface Query<T> {

    /** Returns the policy. */
    Policy policy();

    /** Returns the parts of the question, which tell it from all others. */
    String[] parts();

    /** Returns how many answers there are. */
    int count();

    /** Returns the ordinals of the answers, each once. */
    int[] ordinals();

    /** Returns the answer of an ordinal. */
    T answer(int ordinal);

    /** Returns the order in which answers are listed. */
    Comparator<T> order();

    /** Returns an answer as text. */
    String text(T answer);

    /** Returns the answer that a text stands for. */
    T parse(String text);
}
