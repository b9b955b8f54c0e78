package io.rbac.test;

import java.util.List;

/**
 * Random policies, random faults and random questions; the same for the same choices, and small for small ones.
 * Stateless and safe for use by several threads.
 *
 * @since 0.1
 */
public final class RandomSketch {
    private RandomSketch() {}

    /**
     * A valid policy: {@link Validity} finds nothing wrong with it. Its roles hold no retired permission, and every
     * name, id and rule that the semantics allow may occur in it.
     *
     * @param choices where decisions are taken from
     * @return the policy
     * @since 0.1
     */
    public static Sketch valid(Choices choices) {
        return new RandomPolicy(choices).make();
    }

    /**
     * A valid policy into which 1 to 3 faults were put.
     *
     * @param choices where decisions are taken from
     * @return the policy and the codes of the faults
     * @since 0.1
     */
    public static Broken broken(Choices choices) {
        return new RandomFaults(choices, valid(choices)).make();
    }

    /**
     * Questions about a policy: about half of them to be answered by true where the policy grants anything, and about
     * a third with unknown, foreign or ill-formed ids and keys, or stated places.
     *
     * @param choices where decisions are taken from
     * @param sketch the policy
     * @param count how many questions
     * @return the questions
     * @since 0.1
     */
    public static List<Question> questions(Choices choices, Sketch sketch, int count) {
        return new RandomQuestions(choices, sketch).make(count);
    }

    /**
     * A policy with faults. Immutable and safe for use by several threads.
     *
     * @param sketch the policy
     * @param codes the codes of the faults put into it, each of which {@link Validity} finds, maybe with others
     * @since 0.1
     */
    public record Broken(Sketch sketch, List<String> codes) {
        /**
         * Makes a policy with faults.
         *
         * @param sketch the policy
         * @param codes the codes of the faults put into it
         */
        public Broken {
            codes = List.copyOf(codes);
        }
    }
}
