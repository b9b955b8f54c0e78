package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyDigest;
import io.rbac.test.EditModel.Applied;
import io.rbac.test.PlainPolicy.Assignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * Random histories of edits: after every batch the library and the model agree. Every property also compares, for each
 * batch, the resulting policy and effects or the violations, and that a batch without effect returns the same object.
 * {@link LargeHistoryProperties} does the same for policies of several pages.
 */
@Domain(PlainPolicyDomain.class)
@Domain(HistoryDomain.class)
class EditProperties {
    private static final int TRIES = 80;
    private static final int QUESTIONS = 20;

    private final Tally tally = new Tally();
    private boolean played;

    @AfterProperty
    void enough_was_allowed_and_enough_was_unknown() {
        if (played) {
            tally.assertAimed();
        }
    }

    private static EditedPolicy play(PlainPolicy start, History history, Consumer<EditedPolicy> each) {
        EditedPolicy state = EditedPolicy.of(start);
        for (int i = 0; i < history.batches().size(); i++) {
            Choices choices = history.batches().get(i).choices();
            state = state.after(RandomBatches.next(choices, state.plain()), EditedPolicy.time(i));
            each.accept(state);
        }
        return state;
    }

    /** The matrix is updated from state to state. */
    @Property(tries = TRIES)
    @Tag("P01")
    @Tag("P27")
    @Tag("P38")
    @Tag("P52")
    void every_state_answers_as_the_oracle_does(@ForAll PlainPolicy start, @ForAll History history, @ForAll Dice dice) {
        played = true;
        Choices choices = dice.choices();
        List<Question> all = new ArrayList<>();
        play(start, history, state -> {
            Compiled compiled = new Compiled(state.plain(), Oracle.of(state.plain()), state.policy(), state.matrix());
            all.addAll(RandomPlainPolicy.questions(choices, state.plain(), QUESTIONS));
            all.forEach(question -> compiled.assertAnswer(question, tally));
        });
    }

    /** Lists and counts of the library, compared with those of the oracle. */
    @Property(tries = TRIES)
    void every_state_lists_what_the_oracle_lists(@ForAll PlainPolicy start, @ForAll History history) {
        play(start, history, EditProperties::assertLists);
    }

    private static void assertLists(EditedPolicy state) {
        Oracle oracle = Oracle.of(state.plain());
        Policy policy = state.policy();
        assertThat(policy.users()).isEqualTo(oracle.users());
        for (PlainRole role : state.plain().roles()) {
            assertThat(policy.usersOf(role.id())).isEqualTo(oracle.usersOf(role.id()));
            assertThat(policy.userCount(role.id())).isEqualTo(oracle.userCount(role.id()));
        }
        for (PlainTarget target : Universe.targets(state.plain())) {
            assertThat(policy.usersAt(PolicyConverter.target(target)))
                    .as("users at %s under\n%s", target, state.plain())
                    .isEqualTo(oracle.usersAt(target));
            for (String user : oracle.users()) {
                assertThat(policy.rolesOf(user, PolicyConverter.target(target)))
                        .extracting(role -> role.id())
                        .isEqualTo(oracle.rolesOf(user, target).stream()
                                .map(PlainRole::id)
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

    @Property(tries = TRIES)
    @Tag("P33")
    @Tag("P35")
    @Tag("P37")
    @Tag("P19")
    @Tag("P36")
    @Tag("P77")
    void every_state_is_sound_in_its_dense_form(@ForAll PlainPolicy start, @ForAll History history) {
        play(start, history, state -> PolicyInvariants.check(state.policy()));
    }

    /** It is updated by one step, by several, backwards, and to a policy that was rebuilt. */
    @Property(tries = TRIES)
    @Tag("P52")
    void a_matrix_updated_to_a_policy_is_that_policy_compiled(@ForAll PlainPolicy start, @ForAll History history) {
        List<EditedPolicy> states = new ArrayList<>(List.of(EditedPolicy.of(start)));
        play(start, history, states::add);
        for (int i = 1; i < states.size(); i++) {
            EditedPolicy state = states.get(i);
            List<Object> compiled = EditedPolicy.digest(PermissionMatrix.compile(state.policy()));
            assertThat(EditedPolicy.digest(state.matrix())).isEqualTo(compiled);
            EditedPolicy other = states.get((i * 7) % states.size());
            assertThat(EditedPolicy.digest(other.matrix().updatedTo(state.policy())))
                    .isEqualTo(compiled);
            Policy rebuilt = PolicyConverter.policy(state.plain());
            assertThat(EditedPolicy.digest(state.matrix().updatedTo(rebuilt))).isEqualTo(compiled);
        }
    }

    /** As a process does that catches up with the commits of another one. */
    @Property(tries = TRIES)
    void the_effects_of_a_step_lead_to_its_result_and_its_digest(@ForAll PlainPolicy start, @ForAll History history) {
        List<Policy> states = new ArrayList<>(List.of(EditedPolicy.of(start).policy()));
        Map<PolicyDigest, Policy> digests = new HashMap<>(Map.of(states.get(0).digest(), states.get(0)));
        play(start, history, state -> {
            Policy before = states.get(states.size() - 1);
            Policy after = state.policy();
            states.add(after);
            Policy rebuilt = PolicyConverter.policy(state.plain()).withVersion(after.version());
            assertThat(after.digest()).isEqualTo(rebuilt.digest());
            assertThat(digests.merge(after.digest(), after, (known, same) -> known))
                    .isEqualTo(after);
            // A step without effects leaves the revision as it is.
            if (after.revision() > before.revision()) {
                Policy replayed = before.after(after.effectsSince(before));
                assertThat(replayed).isEqualTo(after);
                assertThat(replayed.digest()).isEqualTo(after.digest());
                PolicyInvariants.check(replayed);
            }
        });
    }

    @Property(tries = TRIES)
    @Tag("P43")
    void an_edited_policy_stays_what_it_was(@ForAll PlainPolicy start, @ForAll History history) {
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

    /** The last state equals one built of the same lists, before and after another batch. */
    @Property(tries = TRIES)
    void a_history_leaves_no_trace(@ForAll PlainPolicy start, @ForAll History history, @ForAll Dice dice) {
        EditedPolicy end = play(start, history, state -> {});
        EditedPolicy rebuilt = EditedPolicy.of(end.plain());
        assertThat(end.policy())
                .isEqualTo(PolicyConverter.policy(end.plain(), end.policy().catalog()));
        List<Edit> batch = RandomBatches.next(dice.choices(), end.plain());
        assertThat(end.after(batch, EditedPolicy.time(99)).plain())
                .isEqualTo(rebuilt.after(batch, EditedPolicy.time(99)).plain());
    }

    /** This holds wherever each edit may be applied alone. */
    @Property(tries = TRIES)
    @Tag("P39")
    @Tag("B86")
    void a_batch_is_the_fold_of_its_edits(@ForAll PlainPolicy start, @ForAll History history) {
        EditedPolicy state = EditedPolicy.of(start);
        for (int i = 0; i < history.batches().size(); i++) {
            List<Edit> batch = RandomBatches.next(history.batches().get(i).choices(), state.plain());
            EditedPolicy whole = state.after(batch, EditedPolicy.time(i));
            EditedPolicy single = state;
            boolean eachAlone = true;
            for (Edit edit : batch) {
                eachAlone &= EditModel.apply(single.plain(), List.of(edit), EditedPolicy.time(i)) instanceof Applied;
                single = single.after(List.of(edit), EditedPolicy.time(i));
            }
            if (eachAlone) {
                assertThat(withoutTimes(single.plain())).isEqualTo(withoutTimes(whole.plain()));
            }
            state = whole;
        }
    }

    private static PlainPolicy withoutTimes(PlainPolicy plain) {
        return EditedPolicy.listed(plain.withRevision(0)
                .withRoles(plain.roles().stream()
                        .map(role -> role.withTimes(null, null, role.isActive() ? null : Long.valueOf(0)))
                        .toList()));
    }
}
