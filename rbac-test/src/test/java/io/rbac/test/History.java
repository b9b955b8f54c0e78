package io.rbac.test;

import java.util.List;

/**
 * What the batches of edits that a policy goes through are made of.
 *
 * @param batches the numbers of each batch
 */
record History(List<Dice> batches) {

    @Override
    public String toString() {
        return batches.size() + " batches";
    }
}
