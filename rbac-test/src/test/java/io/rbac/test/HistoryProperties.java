package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.test.Sketch.Assignment;
import io.rbac.test.Sketch.Chat;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** Every state of a random history, built anew, answers by what it is and by nothing of what it was. */
@Domain(Sketches.class)
class HistoryProperties {
    private static final int EDITS = 8;
    private static final int QUESTIONS = 20;

    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_strange() {
        tally.assertAimed();
    }

    /** P01 over histories: questions of the state and of those before it, which name what was removed since. */
    @Property
    void every_state_answers_like_the_oracle(@ForAll Sketch sketch, @ForAll Dice edits, @ForAll Dice dice) {
        Choices choices = dice.choices();
        List<Question> asked = new ArrayList<>();
        for (Sketch state : new RandomEdits(edits.choices()).history(sketch, EDITS)) {
            Compiled compiled = Compiled.of(state);
            asked.addAll(RandomSketch.questions(choices, state, QUESTIONS));
            for (Question question : asked) {
                compiled.assertAnswer(question, tally);
            }
        }
    }

    /** P22. */
    @Property
    void a_moved_chat_has_what_its_new_place_grants_and_nothing_of_the_old(@ForAll Sketch sketch, @ForAll Dice dice) {
        Choices choices = dice.choices();
        for (int i = 0; i < sketch.chats().size(); i++) {
            String team = sketch.teams().isEmpty() || choices.oneIn(3) ? null : choices.oneOf(sketch.teams());
            Compiled moved = Compiled.of(RandomEdits.moved(sketch, i, team));
            Target chat = Target.chat(sketch.chats().get(i).id());
            Target place = team == null ? Target.account() : Target.team(team);
            for (String user : moved.policy().users()) {
                assertThat(moved.matrix().rightsOf(user, chat))
                        .as("%s at %s, moved to %s, under\n%s", user, chat, place, sketch)
                        .isEqualTo(moved.matrix()
                                .rightsOf(user, place)
                                .union(rightsOfRoles(moved, moved.policy().rolesOf(user, chat))));
            }
        }
        ask(Compiled.of(sketch), choices);
    }

    private static Rights rightsOfRoles(Compiled compiled, List<Role> roles) {
        Rights rights = compiled.policy().catalog().noRights();
        for (Role role : roles) {
            rights = role.isActive() ? rights.union(role.rights()) : rights;
        }
        return rights;
    }

    private void ask(Compiled compiled, Choices choices) {
        for (Question question : RandomSketch.questions(choices, compiled.sketch(), QUESTIONS)) {
            compiled.assertAnswer(question, tally);
        }
    }

    /** P23. */
    @Property
    void a_team_or_chat_made_again_has_nothing_of_the_old_one(@ForAll Sketch sketch, @ForAll Dice dice) {
        for (String team : sketch.teams()) {
            Compiled again = Compiled.of(sketch.withoutTeam(team).withTeam(team));
            assertThat(again.policy().usersAt(Target.team(team))).isEmpty();
            assertThat(again.policy().chatsIn(team)).isEmpty();
            assertSameRights(again, Target.team(team), Target.account());
        }
        for (Chat chat : sketch.chats()) {
            String team = chat.team();
            Compiled again = Compiled.of(sketch.withoutChat(chat.id()).withChat(chat.id(), team));
            assertThat(again.policy().usersAt(Target.chat(chat.id()))).isEmpty();
            assertSameRights(again, Target.chat(chat.id()), team == null ? Target.account() : Target.team(team));
        }
        ask(Compiled.of(sketch), dice.choices());
    }

    private static void assertSameRights(Compiled compiled, Target target, Target other) {
        for (String user : compiled.policy().users()) {
            assertThat(compiled.matrix().rightsOf(user, target))
                    .as("%s at %s under\n%s", user, target, compiled.sketch())
                    .isEqualTo(compiled.matrix().rightsOf(user, other));
        }
    }

    /** P24, P25. */
    @Property
    void a_removed_user_or_role_is_gone(@ForAll Sketch sketch, @ForAll Dice dice) {
        Choices choices = dice.choices();
        if (!sketch.assignments().isEmpty()) {
            Assignment assignment = choices.oneOf(sketch.assignments());
            Compiled without = Compiled.of(sketch.withoutUser(assignment.user()));
            assertThat(without.policy().users()).doesNotContain(assignment.user());
            for (Place place : Universe.places(sketch)) {
                Target target = SketchPolicy.target(place);
                assertThat(without.matrix().rightsOf(assignment.user(), target)).isEmpty();
            }
            SketchRole role = Compiled.roleOf(sketch, assignment);
            Compiled again = Compiled.of(sketch.withoutRole(role.id()).withRole(role));
            assertThat(again.policy().usersOf(role.id())).isEmpty();
            assertThat(again.policy().userCount(role.id())).isZero();
            ask(again, choices);
        }
        ask(Compiled.of(sketch), choices);
    }

    /** P34. */
    @Property
    void a_discarded_role_grants_nothing_until_it_is_restored(@ForAll Sketch sketch, @ForAll Dice dice) {
        Choices choices = dice.choices();
        Sketch lenient = sketch.withRules(SketchRules.standard()
                .withName(0, null, true, false)
                .withDefaults(Scope.ACCOUNT, 0, null)
                .withPlacedChats(sketch.rules().placedChats()));
        Compiled before = Compiled.of(lenient);
        List<Question> questions = RandomSketch.questions(choices, sketch, 4 * QUESTIONS);
        for (int i = 0; i < sketch.roles().size(); i++) {
            SketchRole role = sketch.roles().get(i);
            Sketch discarded = lenient.withRole(i, role.withTimes(null, null, 0L));
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
