package io.rbac.test;

import java.util.List;

/**
 * The numbers that the batches of a random history of edits are made from.
 *
 * @param batches the numbers of each batch
 */
record History(List<Dice> batches) {

    @Override
    public String toString() {
        return batches.size() + " batches";
    }
}
