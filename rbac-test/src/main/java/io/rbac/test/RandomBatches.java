package io.rbac.test;

import io.rbac.test.EditModel.Refused;
import java.util.ArrayList;
import java.util.List;

/**
 * Random batches of edits of a policy; the same for the same choices, and small for small ones. Stateless and safe for
 * use by several threads.
 *
 * @since 0.1
 */
public final class RandomBatches {
    private static final int MOST_EDITS = 6;
    private static final int TRIES = 12;
    private static final long AT = 0;

    private final Choices choices;
    private final Sketch sketch;

    private RandomBatches(Choices choices, Sketch sketch) {
        this.choices = choices;
        this.sketch = sketch;
    }

    /**
     * A batch of 1 to 6 edits: about 7 of 10 can be applied; of the others something is wrong with one edit, with
     * several, or with the policy that would result.
     *
     * @param choices where decisions are taken from
     * @param sketch the policy, valid
     * @return the batch
     * @since 0.1
     */
    public static List<Edit> next(Choices choices, Sketch sketch) {
        RandomBatches random = new RandomBatches(choices, sketch);
        return switch (choices.below(10)) {
            case 0, 1, 2, 3, 4, 5, 6 -> random.right(MOST_EDITS);
            case 9 -> random.wild();
            default -> random.wrong();
        };
    }

    /** A batch that can be applied, with or without an effect. */
    private List<Edit> right(int most) {
        int size = choices.between(1, most);
        List<Edit> batch = new ArrayList<>();
        for (int i = 0; i < TRIES && batch.size() < size; i++) {
            List<Edit> longer = new ArrayList<>(batch);
            longer.addAll(new RightEdits(choices, after(batch)).next());
            if (longer.size() <= most && eachIsRight(longer)) {
                batch = longer;
            }
        }
        while (!batch.isEmpty() && isRefused(batch)) {
            batch.remove(batch.size() - 1);
        }
        return batch.isEmpty() ? List.of(new Edit.RemoveUser("nobody")) : batch;
    }

    private Sketch after(List<Edit> batch) {
        return EditModel.fold(sketch, batch, AT, new Findings());
    }

    private boolean eachIsRight(List<Edit> batch) {
        Findings findings = new Findings();
        EditModel.fold(sketch, batch, AT, findings);
        return findings.all().isEmpty();
    }

    private boolean isRefused(List<Edit> batch) {
        return EditModel.apply(sketch, batch, AT) instanceof Refused;
    }

    /** Right edits with one fault or two among them. */
    private List<Edit> wrong() {
        List<Edit> batch = new ArrayList<>(choices.oneIn(2) ? right(MOST_EDITS / 2) : List.of());
        int faults = choices.oneIn(4) ? 2 : 1;
        for (int i = 0; i < TRIES && faults > 0; i++) {
            int index = choices.below(batch.size() + 1);
            List<Edit> wrong = new WrongEdits(choices, after(batch.subList(0, index))).next();
            List<Edit> longer = new ArrayList<>(batch);
            longer.addAll(index, wrong);
            if (!wrong.isEmpty() && longer.size() <= MOST_EDITS && isRefused(longer)) {
                batch = longer;
                faults--;
            }
        }
        return batch.isEmpty() ? List.of(new Edit.DeleteRole("")) : batch;
    }

    /** Edits that may be right or wrong in any combination. */
    private List<Edit> wild() {
        List<Edit> batch = new ArrayList<>();
        int size = choices.between(1, MOST_EDITS);
        for (int i = 0; i < size; i++) {
            batch.add(new WrongEdits(choices, sketch).wild());
        }
        return batch;
    }
}
