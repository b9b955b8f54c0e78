package io.rbac.test;

import java.util.List;

/**
 * Makes random policies, valid and broken ones, and questions about them; the same for the same choices, and small for
 * small ones.
 *
 * <p>This class is stateless and thread-safe.
 *
 * @since 0.1
 */
public final class RandomPlainPolicy {
    private RandomPlainPolicy() {}

    /**
     * Returns a policy in which {@link Validity} finds nothing wrong. Its roles hold no retired permission. Every kind
     * of name, id, scope tree and rule that the semantics allow may occur in it; the tree is the standard one in a third
     * of the cases.
     */
    public static PlainPolicy valid(Choices choices) {
        return new RandomValidPolicy(choices).make();
    }

    /** Returns a policy that was valid before 1 to 3 violations were put into it. */
    public static Broken broken(Choices choices) {
        return new RandomBrokenPolicy(choices, valid(choices)).make();
    }

    /**
     * Returns questions about a policy. The answer to about half of them is true if the policy grants anything; about a
     * third have an unknown, foreign or invalid id or key, or a given parent.
     */
    public static List<Question> questions(Choices choices, PlainPolicy plain, int count) {
        return new RandomQuestions(choices, plain).make(count);
    }

    /**
     * A policy with violations.
     *
     * <p>This record is immutable and thread-safe.
     *
     * @param plain the policy
     * @param codes the codes of the violations put into it; {@link Validity} finds each of these, perhaps with others
     * @since 0.1
     */
    public record Broken(PlainPolicy plain, List<String> codes) {
        public Broken {
            codes = List.copyOf(codes);
        }
    }
}
