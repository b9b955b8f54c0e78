package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.test.EditModel.Applied;
import io.rbac.test.EditModel.Outcome;
import io.rbac.test.EditModel.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RandomBatchesTest {
    private static final int SEEDS = 1_200;
    private static final int BATCHES = 6;
    private static final long AT = 1_800_000_000_000L;

    private static final Map<String, Integer> APPLIED_KINDS = new TreeMap<>();
    private static final Map<String, Integer> REFUSED_KINDS = new TreeMap<>();
    private static final Map<String, Integer> CODES = new TreeMap<>();
    private static final Map<Integer, Integer> SIZES = new TreeMap<>();
    private static final Map<String, Integer> EFFECTS = new TreeMap<>();
    private static final Map<String, Integer> SHAPES = new TreeMap<>();
    private static int batches;
    private static int applied;
    private static int withoutEffect;

    @BeforeAll
    static void every_result_of_a_batch_is_valid() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Choices choices = Choices.seeded(seed);
            PlainPolicy plain = RandomPlainPolicy.valid(choices);
            for (int i = 0; i < BATCHES; i++) {
                List<Edit> batch = RandomBatches.next(choices, plain);
                Outcome outcome = EditModel.apply(plain, batch, AT + i);
                count(batch, outcome);
                for (Edit edit : batch) {
                    shape(edit, plain).ifPresent(shape -> SHAPES.merge(shape, 1, Integer::sum));
                }
                if (outcome instanceof Applied done) {
                    assertThat(Validity.violations(done.result()))
                            .as("seed %d, batch %s of\n%s", seed, batch, plain)
                            .isEmpty();
                    plain = done.result();
                }
            }
        }
    }

    private static void count(List<Edit> batch, Outcome outcome) {
        batches++;
        SIZES.merge(batch.size(), 1, Integer::sum);
        if (outcome instanceof Applied done) {
            applied++;
            withoutEffect += done.effects().isEmpty() ? 1 : 0;
            batch.forEach(edit -> APPLIED_KINDS.merge(edit.kind().name(), 1, Integer::sum));
            done.effects().forEach(effect -> EFFECTS.merge(effect.getClass().getSimpleName(), 1, Integer::sum));
        } else if (outcome instanceof Refused refused) {
            for (PlainViolation violation : refused.violations()) {
                CODES.merge(violation.code(), 1, Integer::sum);
                String[] path = violation.path().split("/", -1);
                if (path.length > 2) {
                    REFUSED_KINDS.merge(
                            batch.get(Integer.parseInt(path[2])).kind().name(), 1, Integer::sum);
                }
            }
        }
    }

    /** Returns what an edit would do to a target of a policy, if it does anything to one. */
    private static Optional<String> shape(Edit edit, PlainPolicy plain) {
        if (edit instanceof Edit.RemoveTarget remove && PlainPaths.isKnown(plain, remove.target())) {
            int height = remove.target().isAccount() ? 0 : PlainPaths.height(plain, remove.target());
            return Optional.of(
                    switch (height) {
                        case 0 -> "removes the account";
                        case 1 -> "removes a leaf";
                        case 2 -> "removes a subtree";
                        default -> "removes a deep subtree";
                    });
        }
        if (edit instanceof Edit.MoveTarget move && PlainPaths.isKnown(plain, move.target())) {
            return Optional.of("moves " + shape(move.target(), move.parent(), plain));
        }
        if (edit instanceof Edit.AddTarget add
                && !plain.scopes().contains(add.target().scope())) {
            return Optional.of("adds one of another tree");
        }
        if (edit instanceof Edit.AddTarget add
                && (add.target().isAccount() || !PlainPaths.isKnown(plain, add.target()))) {
            return Optional.of("adds " + shape(add.target(), add.parent(), plain));
        }
        return Optional.empty();
    }

    private static String shape(PlainTarget target, PlainTarget parent, PlainPolicy plain) {
        if (target.isAccount()) {
            return "the account";
        }
        if (!PlainPaths.isKnown(plain, parent)) {
            return plain.scopes().contains(parent.scope()) ? "to an unknown one" : "to one of another tree";
        }
        if (!PlainPaths.mayLieIn(plain, target.scope(), parent.scope())) {
            return target.scope().equals(parent.scope()) ? "to its own scope" : "to a narrower scope";
        }
        int height = PlainPaths.height(plain, target);
        if (PlainPaths.path(plain, parent).contains(target)) {
            return "to where it would lie in itself";
        }
        if (PlainPaths.path(plain, parent).size() + height > PlainPaths.LONGEST) {
            return height == 1 ? "to a path of 17" : "a subtree to a path of 17";
        }
        return height == 1 ? "to where it may lie" : "a subtree to where it may lie";
    }

    @Test
    void every_shape_of_edit_of_a_target_is_reached() {
        assertThat(SHAPES.keySet())
                .containsExactly(
                        "adds one of another tree",
                        "adds the account",
                        "adds to a narrower scope",
                        "adds to a path of 17",
                        "adds to an unknown one",
                        "adds to its own scope",
                        "adds to one of another tree",
                        "adds to where it may lie",
                        "moves a subtree to a path of 17",
                        "moves a subtree to where it may lie",
                        "moves the account",
                        "moves to a narrower scope",
                        "moves to a path of 17",
                        "moves to an unknown one",
                        "moves to its own scope",
                        "moves to one of another tree",
                        "moves to where it may lie",
                        "moves to where it would lie in itself",
                        "removes a deep subtree",
                        "removes a leaf",
                        "removes a subtree",
                        "removes the account");
        assertThat(SHAPES).allSatisfy((shape, count) -> assertThat(count).isPositive());
    }

    private static <E extends Enum<E>> List<String> names(Class<E> kinds) {
        return Arrays.stream(kinds.getEnumConstants()).map(Enum::name).sorted().toList();
    }

    @Test
    void about_seven_of_ten_batches_can_be_applied_and_most_of_them_have_an_effect() {
        assertThat(100.0 * applied / batches).isBetween(60.0, 80.0);
        assertThat(100.0 * withoutEffect / applied).isBetween(2.0, 20.0);
    }

    @Test
    void batches_have_one_to_six_edits() {
        assertThat(SIZES.keySet()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(SIZES).allSatisfy((size, count) -> assertThat(count).isGreaterThan(batches / 20));
    }

    @Test
    void every_kind_of_edit_is_often_applied_and_often_refused_if_it_can_be() {
        assertThat(APPLIED_KINDS.keySet()).containsExactlyElementsOf(names(Edit.Kind.class));
        TreeSet<String> refusable = new TreeSet<>(names(Edit.Kind.class));
        refusable.remove("REMOVE_USER");
        assertThat(REFUSED_KINDS.keySet()).containsExactlyElementsOf(refusable);
        assertThat(APPLIED_KINDS).allSatisfy((kind, count) -> assertThat(count).isGreaterThan(60));
        assertThat(REFUSED_KINDS).allSatisfy((kind, count) -> assertThat(count).isGreaterThan(30));
    }

    @Test
    void there_is_an_edit_for_every_kind_of_change() {
        assertThat(names(Edit.Kind.class)).isEqualTo(names(Change.Kind.class));
    }

    @Test
    void every_kind_of_effect_is_reached() {
        assertThat(EFFECTS).hasSameSizeAs(Effect.Kind.values());
        assertThat(EFFECTS.keySet())
                .containsExactlyElementsOf(Arrays.stream(EditEffect.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .sorted()
                        .toList());
    }

    @Test
    void every_violation_that_an_edit_can_have_is_reached() {
        assertThat(CODES.keySet())
                .containsExactly(
                        "DESCRIPTION_TOO_LONG",
                        "DESCRIPTION_UNSUPPORTED",
                        "DUPLICATE_ID",
                        "ID_INVALID",
                        "LAST_DEFAULT_ROLE",
                        "LAST_HOLDER",
                        "MISSING_FIELD",
                        "NAME_BLANK",
                        "NAME_INVALID",
                        "NAME_MISSING",
                        "NAME_TAKEN",
                        "NAME_TOO_LONG",
                        "NO_DEFAULT_ROLE",
                        "PARENT_INVALID",
                        "PERMISSION_NOT_IN_SCOPE",
                        "RIGHTS_REQUIRED",
                        "ROLE_DISCARDED",
                        "ROLE_IN_USE",
                        "ROLE_NOT_FOUND",
                        "SCOPE_IMMUTABLE",
                        "SCOPE_INVALID",
                        "SCOPE_MISMATCH",
                        "SYSTEM_ROLE",
                        "TARGET_NOT_FOUND",
                        "TOO_MANY_DEFAULTS",
                        "TOO_MANY_ROLES",
                        "UNKNOWN_PERMISSION");
        assertThat(CODES).allSatisfy((code, count) -> assertThat(count).isGreaterThan(3));
    }

    @Test
    void equal_choices_make_equal_batches() {
        for (int seed = 0; seed < 50; seed++) {
            PlainPolicy plain = RandomPlainPolicy.valid(Choices.seeded(seed));
            assertThat(RandomBatches.next(Choices.seeded(seed), plain))
                    .isEqualTo(RandomBatches.next(Choices.seeded(seed), plain));
        }
    }

    @Test
    void no_choices_make_the_smallest_batch() {
        PlainPolicy plain = RandomPlainPolicy.valid(Choices.of());
        assertThat(RandomBatches.next(Choices.of(), plain))
                .containsExactly(new Edit.Assign("user1", "role1", PlainTarget.account()));
    }
}
