package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Chat;
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
    void a_moved_chat_has_what_its_new_parent_grants_and_nothing_of_the_old(
            @ForAll PlainPolicy plain, @ForAll Dice dice) {
        Choices choices = dice.choices();
        for (int i = 0; i < plain.chats().size(); i++) {
            String team = plain.teams().isEmpty() || choices.oneIn(3) ? null : choices.oneOf(plain.teams());
            Compiled moved = Compiled.of(RandomEdits.moved(plain, i, team));
            Target chat = Target.chat(plain.chats().get(i).id());
            Target parent = team == null ? Target.account() : Target.team(team);
            for (String user : moved.policy().users()) {
                assertThat(moved.matrix().rightsOf(user, chat))
                        .as("%s at %s, moved to %s, under\n%s", user, chat, parent, plain)
                        .isEqualTo(moved.matrix()
                                .rightsOf(user, parent)
                                .union(rightsOfRoles(moved, moved.policy().rolesOf(user, chat))));
            }
        }
        ask(Compiled.of(plain), choices);
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
    void a_team_or_chat_added_again_has_nothing_of_the_old_one(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        for (String team : plain.teams()) {
            Compiled again = Compiled.of(plain.withoutTeam(team).withTeam(team));
            assertThat(again.policy().usersAt(Target.team(team))).isEmpty();
            assertThat(again.policy().chatsIn(team)).isEmpty();
            assertSameRights(again, Target.team(team), Target.account());
        }
        for (Chat chat : plain.chats()) {
            String team = chat.team();
            Compiled again = Compiled.of(plain.withoutChat(chat.id()).withChat(chat.id(), team));
            assertThat(again.policy().usersAt(Target.chat(chat.id()))).isEmpty();
            assertSameRights(again, Target.chat(chat.id()), team == null ? Target.account() : Target.team(team));
        }
        ask(Compiled.of(plain), dice.choices());
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
                .withDefaults(Scope.ACCOUNT, 0, null)
                .withPlacedChats(plain.rules().placedChats()));
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
