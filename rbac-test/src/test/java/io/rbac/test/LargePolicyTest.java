package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.test.Sketch.Assignment;
import io.rbac.test.Sketch.Chat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Policies that need every form of row, list, page and table: thousands of users and targets, users at dozens and
 * at hundreds of targets, targets with hundreds of users, thousands of different sets of roles.
 */
class LargePolicyTest {
    private static final int QUESTIONS = 1_500;
    private static final int ROLES_OF_A_SCOPE = 13;

    /** Two pairs of letters of one hash code: any texts of so many of them collide. */
    private static final List<String> COLLIDING = List.of("Aa", "BB");

    private static String id(Choices choices, String kind, int number) {
        return switch (choices.below(3)) {
            case 1 -> colliding(number);
            case 2 -> kind + "/\uD83D\uDE00" + number;
            default -> kind + number;
        };
    }

    private static String colliding(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 13; bit++) {
            text.append(COLLIDING.get(number >>> bit & 1));
        }
        return text.toString();
    }

    private static List<String> ids(Choices choices, String kind, int count) {
        return IntStream.range(0, count).mapToObj(i -> id(choices, kind, i)).toList();
    }

    private static List<SketchRole> roles(Choices choices, List<SketchGroup> groups) {
        List<SketchRole> roles = new ArrayList<>();
        for (Scope scope : Scope.values()) {
            for (int i = 0; i < ROLES_OF_A_SCOPE; i++) {
                List<String> keys = new ArrayList<>();
                for (SketchGroup.Action action : groups.get(0).actions()) {
                    if (choices.oneIn(8)) {
                        keys.add(action.key());
                    }
                }
                SketchRole role = SketchRole.of(scope.word() + i, scope).withPermissions(keys);
                roles.add(choices.oneIn(8) ? role.withTimes(null, null, 0L) : role);
            }
        }
        return roles;
    }

    private static Sketch large(Choices choices) {
        List<SketchGroup> groups = List.of(SketchGroup.of(
                "p",
                IntStream.range(0, choices.between(60, 200))
                        .mapToObj(Integer::toString)
                        .toArray(String[]::new)));
        List<String> users = ids(choices, "user", 3_000);
        List<String> teams = ids(choices, "team", 700);
        List<Chat> chats = new ArrayList<>();
        for (String id : ids(choices, "chat", 2_000)) {
            chats.add(new Chat(id, choices.oneIn(3) ? null : choices.oneOf(teams.subList(0, 300))));
        }
        Set<Assignment> assignments = new LinkedHashSet<>();
        for (String user : users) {
            assign(assignments, choices, user, Place.account(), choices.below(4));
            assign(assignments, choices, user, Place.team(choices.oneOf(teams)), 2);
            assign(assignments, choices, user, Place.chat(choices.oneOf(chats).id()), 2);
        }
        for (String busy : users.subList(100, 104)) {
            teams.forEach(team -> assign(assignments, choices, busy, Place.team(team), choices.below(3)));
            chats.forEach(chat -> assign(assignments, choices, busy, Place.chat(chat.id()), choices.below(2)));
        }
        for (String user : users.subList(104, 134)) {
            for (int i = choices.between(20, 200); i > 0; i--) {
                assign(
                        assignments,
                        choices,
                        user,
                        Place.chat(choices.oneOf(chats).id()),
                        1);
            }
        }
        for (String user : users.subList(0, 900)) {
            assign(assignments, choices, user, Place.team(teams.get(7)), 1);
            assign(assignments, choices, user, Place.chat(chats.get(7).id()), 1);
        }
        return Sketch.of("acme")
                .withCatalog(groups, List.of())
                .withRules(SketchRules.standard()
                        .withDefaults(Scope.ACCOUNT, 0, null)
                        .withPlacedChats(choices.oneIn(2) ? "trusted" : "refused"))
                .withRoles(roles(choices, groups))
                .withTeams(teams)
                .withChats(chats)
                .withAssignments(new RandomEdits(choices).shuffled(List.copyOf(assignments)));
    }

    private static void assign(Set<Assignment> assignments, Choices choices, String user, Place place, int count) {
        for (int i = 0; i < count; i++) {
            String role = place.kind().word() + choices.below(ROLES_OF_A_SCOPE);
            assignments.add(new Assignment(user, role, place));
        }
    }

    private static void assertAnswers(Compiled compiled, Choices choices) {
        Tally tally = new Tally();
        for (Question question : RandomSketch.questions(choices, compiled.sketch(), QUESTIONS)) {
            boolean answer = compiled.allows(question);
            tally.count(answer, compiled.hasStranger(question));
            assertThat(answer).as("%s", question).isEqualTo(compiled.expects(question));
        }
        tally.assertAimed();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_large_policy_answers_like_the_oracle(long seed) {
        Choices choices = Choices.seeded(seed);
        Compiled compiled = Compiled.of(large(choices));
        assertThat(compiled.policy().table().roleSets()).isGreaterThan(512);
        assertAnswers(compiled, choices);
    }

    @Test
    void a_large_policy_lists_what_was_stated() {
        Compiled compiled = Compiled.of(large(Choices.seeded(4)));
        Oracle oracle = compiled.oracle();
        assertThat(compiled.policy().users()).isEqualTo(oracle.users());
        assertThat(compiled.policy().teams()).isEqualTo(oracle.teams());
        for (SketchRole role : oracle.roles()) {
            assertThat(compiled.policy().usersOf(role.id())).isEqualTo(oracle.usersOf(role.id()));
            assertThat(compiled.policy().userCount(role.id())).isEqualTo(oracle.userCount(role.id()));
        }
        for (Place place : oracle.targets().subList(0, 40)) {
            Target target = SketchPolicy.target(place);
            assertThat(compiled.policy().usersAt(target)).isEqualTo(oracle.usersAt(place));
        }
        Sketch read = SketchPolicy.sketch(compiled.policy());
        assertThat(read.assignments()).isEqualTo(oracle.assignments());
        assertThat(read.chats()).isEqualTo(oracle.chats());
    }

    /** More targets and more sets of roles than fit into 31 bits together: user i holds the roles of the bits of i. */
    @Test
    void as_many_sets_of_roles_as_targets_answer_like_the_oracle() {
        int bits = 16;
        int users = 33_000;
        List<SketchRole> roles = IntStream.range(0, bits)
                .mapToObj(i -> SketchRole.of("role" + i, Scope.CHAT, "p:" + i))
                .toList();
        List<Assignment> assignments = new ArrayList<>();
        List<Chat> chats = new ArrayList<>();
        for (int user = 1; user <= users; user++) {
            chats.add(new Chat("chat" + user, null));
            for (int bit = 0; bit < bits; bit++) {
                if ((user >>> bit & 1) != 0) {
                    assignments.add(new Assignment("user" + user, "role" + bit, Place.chat("chat" + user)));
                }
            }
        }
        Compiled compiled = Compiled.of(Sketch.of("acme")
                .withCatalog(
                        List.of(SketchGroup.of(
                                "p",
                                IntStream.range(0, bits)
                                        .mapToObj(Integer::toString)
                                        .toArray(String[]::new))),
                        List.of())
                .withRules(SketchRules.standard().withDefaults(Scope.ACCOUNT, 0, null))
                .withRoles(roles)
                .withChats(chats)
                .withAssignments(assignments));
        assertThat(compiled.policy().table().roleSets()).isEqualTo(users + 1);
        for (int user = 1; user <= users; user++) {
            Target own = Target.chat("chat" + user);
            Target other = Target.chat("chat" + (user % users + 1));
            for (int bit = 0; bit < bits; bit++) {
                String id = "user" + user;
                boolean held = (user >>> bit & 1) != 0;
                boolean atOwn = compiled.matrix().hasPermission(id, "p:" + bit, own);
                boolean atOther = compiled.matrix().hasPermission(id, "p:" + bit, other);
                if (atOwn != held || atOther) {
                    throw new AssertionError(id + " with p:" + bit + " at " + own + " or at " + other);
                }
            }
        }
    }
}
