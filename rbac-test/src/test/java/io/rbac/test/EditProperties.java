package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Policy;
import io.rbac.test.EditModel.Applied;
import io.rbac.test.Sketch.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * Random histories of edits: after every batch the library says what the model says. In each property the policy, the
 * effects or the problems of every batch are compared on the way, and that a batch without effect gives the same object.
 */
@Domain(Sketches.class)
@Domain(Histories.class)
class EditProperties {
    private static final int TRIES = 150;
    private static final int QUESTIONS = 20;

    private final Tally tally = new Tally();
    private boolean asked;

    @AfterProperty
    void enough_was_allowed_and_enough_was_strange() {
        if (asked) {
            tally.assertAimed();
        }
    }

    private static EditedPolicy play(Sketch start, History history, Consumer<EditedPolicy> each) {
        EditedPolicy state = EditedPolicy.of(start);
        for (int i = 0; i < history.batches().size(); i++) {
            Choices choices = history.batches().get(i).choices();
            state = state.after(RandomBatches.next(choices, state.sketch()), EditedPolicy.time(i));
            each.accept(state);
        }
        return state;
    }

    /** P01, P27, P38, P52: the matrix led from state to state answers like the oracle. */
    @Property(tries = TRIES)
    void every_state_answers_like_the_oracle(@ForAll Sketch start, @ForAll History history, @ForAll Dice dice) {
        asked = true;
        Choices choices = dice.choices();
        List<Question> all = new ArrayList<>();
        play(start, history, state -> {
            Compiled compiled = new Compiled(state.sketch(), Oracle.of(state.sketch()), state.policy(), state.matrix());
            all.addAll(RandomSketch.questions(choices, state.sketch(), QUESTIONS));
            all.forEach(question -> compiled.assertAnswer(question, tally));
        });
    }

    /** What the lists and counts of every state say is what the oracle says. */
    @Property(tries = TRIES)
    void every_state_lists_what_the_oracle_lists(@ForAll Sketch start, @ForAll History history) {
        play(start, history, EditProperties::assertLists);
    }

    private static void assertLists(EditedPolicy state) {
        Oracle oracle = Oracle.of(state.sketch());
        Policy policy = state.policy();
        assertThat(policy.users()).isEqualTo(oracle.users());
        for (SketchRole role : state.sketch().roles()) {
            assertThat(policy.usersOf(role.id())).isEqualTo(oracle.usersOf(role.id()));
            assertThat(policy.userCount(role.id())).isEqualTo(oracle.userCount(role.id()));
        }
        for (Place place : Universe.places(state.sketch())) {
            assertThat(policy.usersAt(SketchPolicy.target(place)))
                    .as("users at %s under\n%s", place, state.sketch())
                    .isEqualTo(oracle.usersAt(place));
            for (String user : oracle.users()) {
                assertThat(policy.rolesOf(user, SketchPolicy.target(place)))
                        .extracting(role -> role.id())
                        .isEqualTo(oracle.rolesOf(user, place).stream()
                                .map(SketchRole::id)
                                .toList());
            }
        }
        for (String user : oracle.users()) {
            assertThat(policy.rolesOf(user))
                    .extracting(assignment -> assignment.role())
                    .isEqualTo(oracle.assignments().stream()
                            .filter(assignment -> assignment.user().equals(user))
                            .map(Assignment::role)
                            .toList());
        }
    }

    /** P33, P35, P37. */
    @Property(tries = TRIES)
    void every_state_is_sound_in_its_dense_form(@ForAll Sketch start, @ForAll History history) {
        play(start, history, state -> PolicyInvariants.check(state.policy()));
    }

    /** P52, at every step, over several steps, and back; and to a policy that was built anew. */
    @Property(tries = TRIES)
    void a_matrix_led_to_a_policy_is_that_policy_compiled(@ForAll Sketch start, @ForAll History history) {
        List<EditedPolicy> states = new ArrayList<>(List.of(EditedPolicy.of(start)));
        play(start, history, states::add);
        for (int i = 1; i < states.size(); i++) {
            EditedPolicy state = states.get(i);
            List<Object> compiled = EditedPolicy.digest(PermissionMatrix.compile(state.policy()));
            assertThat(EditedPolicy.digest(state.matrix())).isEqualTo(compiled);
            EditedPolicy other = states.get((i * 7) % states.size());
            assertThat(EditedPolicy.digest(other.matrix().updatedTo(state.policy())))
                    .isEqualTo(compiled);
            Policy anew = SketchPolicy.policy(state.sketch());
            assertThat(EditedPolicy.digest(state.matrix().updatedTo(anew))).isEqualTo(compiled);
        }
    }

    /** P43: what is edited says for ever what it said. */
    @Property(tries = TRIES)
    void an_edited_policy_is_what_it_was(@ForAll Sketch start, @ForAll History history) {
        List<PermissionMatrix> matrices = new ArrayList<>();
        List<List<Object>> digests = new ArrayList<>();
        play(start, history, state -> {
            matrices.add(state.matrix());
            digests.add(EditedPolicy.digest(state.matrix()));
        });
        for (int i = 0; i < matrices.size(); i++) {
            assertThat(EditedPolicy.digest(matrices.get(i))).isEqualTo(digests.get(i));
        }
    }

    /** What a history led to equals what is built of the same lists, and goes on like it. */
    @Property(tries = TRIES)
    void a_history_leaves_no_trace(@ForAll Sketch start, @ForAll History history, @ForAll Dice dice) {
        EditedPolicy end = play(start, history, state -> {});
        EditedPolicy anew = EditedPolicy.of(end.sketch());
        assertThat(end.policy())
                .isEqualTo(SketchPolicy.policy(end.sketch(), end.policy().catalog()));
        List<Edit> batch = RandomBatches.next(dice.choices(), end.sketch());
        assertThat(end.after(batch, EditedPolicy.time(99)).sketch())
                .isEqualTo(anew.after(batch, EditedPolicy.time(99)).sketch());
    }

    /** P39: a batch is its edits one by one, wherever each of them alone may be applied. */
    @Property(tries = TRIES)
    void a_batch_is_the_fold_of_its_edits(@ForAll Sketch start, @ForAll History history) {
        EditedPolicy state = EditedPolicy.of(start);
        for (int i = 0; i < history.batches().size(); i++) {
            List<Edit> batch = RandomBatches.next(history.batches().get(i).choices(), state.sketch());
            EditedPolicy whole = state.after(batch, EditedPolicy.time(i));
            EditedPolicy single = state;
            boolean eachAlone = true;
            for (Edit edit : batch) {
                eachAlone &= EditModel.apply(single.sketch(), List.of(edit), EditedPolicy.time(i)) instanceof Applied;
                single = single.after(List.of(edit), EditedPolicy.time(i));
            }
            if (eachAlone) {
                assertThat(withoutTimes(single.sketch())).isEqualTo(withoutTimes(whole.sketch()));
            }
            state = whole;
        }
    }

    private static Sketch withoutTimes(Sketch sketch) {
        return EditedPolicy.listed(sketch.withRevision(0)
                .withRoles(sketch.roles().stream()
                        .map(role -> role.withTimes(null, null, role.isActive() ? null : Long.valueOf(0)))
                        .toList()));
    }
}
