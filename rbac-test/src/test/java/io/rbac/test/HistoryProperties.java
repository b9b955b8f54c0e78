package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Located;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** Every state of a random history, rebuilt from its lists, answers by what it is and not by what it was. */
@Domain(PlainPolicyDomain.class)
class HistoryProperties {
    private static final int EDITS = 8;
    private static final int QUESTIONS = 20;
    private static final int TARGETS = 6;

    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_unknown() {
        tally.assertAimed();
    }

    /** Questions are about the state and earlier ones, so that they name what was removed since. */
    @Property
    @Tag("P01")
    void every_state_answers_as_the_oracle_does(@ForAll PlainPolicy plain, @ForAll Dice edits, @ForAll Dice dice) {
        Choices choices = dice.choices();
        List<Question> asked = new ArrayList<>();
        for (PlainPolicy state : new RandomEdits(edits.choices()).history(plain, EDITS)) {
            Compiled compiled = Compiled.of(state);
            asked.addAll(RandomPlainPolicy.questions(choices, state, QUESTIONS));
            for (Question question : asked) {
                compiled.assertAnswer(question, tally);
            }
        }
    }

    @Property
    @Tag("P22")
    void a_moved_target_has_what_its_new_parent_grants_and_nothing_of_the_old_and_so_has_what_lies_below(
            @ForAll PlainPolicy plain, @ForAll Dice dice) {
        Choices choices = dice.choices();
        Picks picks = new Picks(choices, plain);
        for (Located located : some(plain, choices)) {
            PlainTarget target = located.target();
            PlainTarget parent = picks.newParentOf(target);
            Compiled moved = Compiled.of(plain.withMoved(target, parent));
            for (PlainTarget below : PlainPaths.atOrBelow(plain, target)) {
                List<PlainTarget> path = PlainPaths.path(plain, below);
                List<PlainTarget> kept = path.subList(0, path.indexOf(target) + 1);
                for (String user : moved.policy().users()) {
                    Rights expected = moved.matrix().rightsOf(user, PolicyConverter.target(parent));
                    for (PlainTarget step : kept) {
                        List<Role> roles = moved.policy().rolesOf(user, PolicyConverter.target(step));
                        expected = expected.union(rightsOfRoles(moved, roles));
                    }
                    assertThat(moved.matrix().rightsOf(user, PolicyConverter.target(below)))
                            .as("%s at %s, %s moved to %s, under\n%s", user, below, target, parent, plain)
                            .isEqualTo(expected);
                }
            }
        }
        ask(Compiled.of(plain), choices);
    }

    /** Returns some of the targets that a policy knows. */
    private static List<Located> some(PlainPolicy plain, Choices choices) {
        List<Located> shuffled = new RandomEdits(choices).shuffled(plain.targets());
        return shuffled.subList(0, Math.min(TARGETS, shuffled.size()));
    }

    private static Rights rightsOfRoles(Compiled compiled, List<Role> roles) {
        Rights rights = compiled.policy().catalog().noRights();
        for (Role role : roles) {
            rights = role.isActive() ? rights.union(role.rights()) : rights;
        }
        return rights;
    }

    private void ask(Compiled compiled, Choices choices) {
        for (Question question : RandomPlainPolicy.questions(choices, compiled.plain(), QUESTIONS)) {
            compiled.assertAnswer(question, tally);
        }
    }

    @Property
    @Tag("P23")
    void a_target_added_again_has_nothing_of_the_old_one(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Choices choices = dice.choices();
        for (Located located : some(plain, choices)) {
            PlainTarget known = located.target();
            Compiled again = Compiled.of(plain.withoutTarget(known).withTarget(known, located.parent()));
            Target target = PolicyConverter.target(known);
            assertThat(again.policy().usersAt(target)).isEmpty();
            assertThat(again.policy().targetsIn(target)).isEmpty();
            assertSameRights(again, target, PolicyConverter.target(located.parent()));
            for (PlainTarget below : PlainPaths.atOrBelow(plain, known)) {
                assertThat(again.policy().hasTarget(PolicyConverter.target(below)))
                        .as("%s, once %s was removed from\n%s", below, known, plain)
                        .isEqualTo(below.equals(known));
            }
        }
        ask(Compiled.of(plain), choices);
    }

    private static void assertSameRights(Compiled compiled, Target target, Target other) {
        for (String user : compiled.policy().users()) {
            assertThat(compiled.matrix().rightsOf(user, target))
                    .as("%s at %s under\n%s", user, target, compiled.plain())
                    .isEqualTo(compiled.matrix().rightsOf(user, other));
        }
    }

    @Property
    @Tag("P24")
    @Tag("P25")
    void a_removed_user_or_role_is_gone(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Choices choices = dice.choices();
        if (!plain.assignments().isEmpty()) {
            Assignment assignment = choices.oneOf(plain.assignments());
            Compiled without = Compiled.of(plain.withoutUser(assignment.user()));
            assertThat(without.policy().users()).doesNotContain(assignment.user());
            for (PlainTarget known : Universe.targets(plain)) {
                Target target = PolicyConverter.target(known);
                assertThat(without.matrix().rightsOf(assignment.user(), target)).isEmpty();
            }
            PlainRole role = Compiled.roleOf(plain, assignment);
            Compiled again = Compiled.of(plain.withoutRole(role.id()).withRole(role));
            assertThat(again.policy().usersOf(role.id())).isEmpty();
            assertThat(again.policy().userCount(role.id())).isZero();
            ask(again, choices);
        }
        ask(Compiled.of(plain), choices);
    }

    @Property
    @Tag("P34")
    void a_discarded_role_grants_nothing_until_it_is_restored(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Choices choices = dice.choices();
        PlainPolicy lenient = plain.withRules(PlainRules.standard()
                .withName(0, null, true, false)
                .withDefaults(PlainScope.ACCOUNT, 0, null)
                .withUnknownTargets(plain.rules().unknownTargets()));
        Compiled before = Compiled.of(lenient);
        List<Question> questions = RandomPlainPolicy.questions(choices, plain, 4 * QUESTIONS);
        for (int i = 0; i < plain.roles().size(); i++) {
            PlainRole role = plain.roles().get(i);
            PlainPolicy discarded = lenient.withRole(i, role.withTimes(null, null, 0L));
            Compiled without = Compiled.of(lenient.withRole(i, role.withPermissions(List.of())));
            Compiled after = Compiled.of(discarded);
            Compiled restored = Compiled.of(discarded.withRole(i, role));
            assertThat(restored.policy()).isEqualTo(before.policy());
            for (Question question : questions) {
                assertThat(after.allows(question))
                        .as("%s under\n%s", question, discarded)
                        .isEqualTo(without.allows(question));
                restored.assertAnswer(question, restored.allows(question), before.allows(question), tally);
            }
        }
    }
}
