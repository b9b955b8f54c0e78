package io.rbac.review;

import io.rbac.policy.PolicyTable;
import java.util.stream.IntStream;

/** A target and everything that lies in it. */
final class Subtree {

    /** The ordinal of the account. */
    static final int ACCOUNT = 0;

    private Subtree() {}

    /** Returns the ordinals of a target and of everything that lies in it, each once. Linear in their number. */
    static IntStream of(PolicyTable table, int target) {
        return target == ACCOUNT
                ? IntStream.range(0, table.targets()).filter(each -> table.level(each) >= 0)
                : IntStream.concat(IntStream.of(target), children(table, target).flatMap(child -> of(table, child)));
    }

    private static IntStream children(PolicyTable table, int target) {
        return IntStream.iterate(
                table.nextChild(target, -1), child -> child >= 0, child -> table.nextChild(target, child));
    }
}
