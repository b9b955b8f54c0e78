package io.rbac.test;

import io.rbac.test.EditModel.Refused;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes random batches of edits of a policy; the same for the same choices, and small for small ones.
 *
 * <p>This class is stateless and thread-safe.
 *
 * @since 0.1
 */
public final class RandomBatches {
    private static final int MAX_EDITS = 6;
    private static final int TRIES = 12;
    private static final long AT = 0;

    private final Choices choices;
    private final PlainPolicy plain;

    private RandomBatches(Choices choices, PlainPolicy plain) {
        this.choices = choices;
        this.plain = plain;
    }

    /**
     * Returns a batch of 1 to 6 edits of a valid policy. About 7 of 10 batches can be applied; in the others, something
     * is wrong with one edit, with several, or with the policy that would result.
     */
    public static List<Edit> next(Choices choices, PlainPolicy plain) {
        RandomBatches random = new RandomBatches(choices, plain);
        return switch (choices.below(10)) {
            case 0, 1, 2, 3, 4, 5, 6 -> random.valid(MAX_EDITS);
            case 9 -> random.any();
            default -> random.invalid();
        };
    }

    /** Returns a batch that can be applied, with or without an effect. */
    private List<Edit> valid(int max) {
        int size = choices.between(1, max);
        List<Edit> batch = new ArrayList<>();
        for (int i = 0; i < TRIES && batch.size() < size; i++) {
            List<Edit> longer = new ArrayList<>(batch);
            longer.addAll(new ValidEdits(choices, after(batch)).next());
            if (longer.size() <= max && isEachValid(longer)) {
                batch = longer;
            }
        }
        while (!batch.isEmpty() && isRefused(batch)) {
            batch.remove(batch.size() - 1);
        }
        return batch.isEmpty() ? List.of(new Edit.RemoveUser("nobody")) : batch;
    }

    private PlainPolicy after(List<Edit> batch) {
        return EditModel.fold(plain, batch, AT, new EditViolations());
    }

    private boolean isEachValid(List<Edit> batch) {
        EditViolations violations = new EditViolations();
        EditModel.fold(plain, batch, AT, violations);
        return violations.all().isEmpty();
    }

    private boolean isRefused(List<Edit> batch) {
        return EditModel.apply(plain, batch, AT) instanceof Refused;
    }

    /** Returns valid edits with one or two violations among them. */
    private List<Edit> invalid() {
        List<Edit> batch = new ArrayList<>(choices.oneIn(2) ? valid(MAX_EDITS / 2) : List.of());
        int missing = choices.oneIn(4) ? 2 : 1;
        for (int i = 0; i < TRIES && missing > 0; i++) {
            int index = choices.below(batch.size() + 1);
            List<Edit> invalid = new InvalidEdits(choices, after(batch.subList(0, index))).next();
            List<Edit> longer = new ArrayList<>(batch);
            longer.addAll(index, invalid);
            if (!invalid.isEmpty() && longer.size() <= MAX_EDITS && isRefused(longer)) {
                batch = longer;
                missing--;
            }
        }
        return batch.isEmpty() ? List.of(new Edit.DeleteRole("")) : batch;
    }

    /** Returns edits that may be valid or invalid in any combination. */
    private List<Edit> any() {
        List<Edit> batch = new ArrayList<>();
        int size = choices.between(1, MAX_EDITS);
        for (int i = 0; i < size; i++) {
            batch.add(new InvalidEdits(choices, plain).anyEdit());
        }
        return batch;
    }
}
