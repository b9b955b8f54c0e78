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
