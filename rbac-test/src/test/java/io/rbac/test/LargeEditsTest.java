package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Located;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Edits of a policy whose rows, lists, pages and tables grow through every form they have, and shrink again: users are
 * added and removed by the hundred, one user is at every target, one target has every user, and role sets keep
 * changing.
 */
@Tag("deep")
class LargeEditsTest {
    private static final int USERS = 800;
    private static final int TEAMS = 270;
    private static final int CHATS = 350;
    private static final int ROLES_OF_A_SCOPE = 12;
    private static final int WAVE = 270;
    private static final int SMALL_BATCHES = 1;
    private static final int QUESTIONS = 60;
    private static final List<String> COLLIDING = List.of("Aa", "BB");

    private final Tally tally = new Tally();
    private int refused;

    private static String id(String kind, int number) {
        if (number % 3 != 1) {
            return kind + number;
        }
        StringBuilder id = new StringBuilder(kind);
        for (int bit = 0; bit < 13; bit++) {
            id.append(COLLIDING.get(number >>> bit & 1));
        }
        return id.toString();
    }

    private static String role(Choices choices, PlainScope scope) {
        return scope.name() + choices.below(ROLES_OF_A_SCOPE);
    }

    private static PlainPolicy start(Choices choices) {
        PlainPolicy plain = PlainPolicy.of("acme", PlainGroup.of("p", "a", "b", "c", "d", "e", "f", "g", "h"))
                .withRules(PlainRules.standard().withDefaults(PlainScope.ACCOUNT, 0, null));
        List<PlainRole> roles = new ArrayList<>();
        for (PlainScope scope : PlainScope.standard()) {
            for (int i = 0; i < ROLES_OF_A_SCOPE; i++) {
                roles.add(PlainRole.of(scope.name() + i, scope, "p:" + "abcdefgh".charAt(choices.below(8)))
                        .withDefault(i == 0));
            }
        }
        List<PlainTarget> teams = new ArrayList<>();
        List<Located> targets = new ArrayList<>();
        for (int i = 0; i < TEAMS; i++) {
            teams.add(PlainTarget.team(id("t", i)));
            targets.add(new Located(teams.get(i), PlainTarget.account()));
        }
        for (int i = 0; i < CHATS; i++) {
            PlainTarget team = i < CHATS / 2 ? teams.get(0) : teams.get(i % TEAMS);
            boolean inAccount = i >= CHATS / 2 && i % 5 == 0;
            targets.add(new Located(PlainTarget.chat(id("c", i)), inAccount ? PlainTarget.account() : team));
        }
        Set<Assignment> assignments = new LinkedHashSet<>();
        for (int i = 0; i < USERS; i++) {
            String user = id("u", i);
            assignments.add(new Assignment(user, role(choices, PlainScope.ACCOUNT), PlainTarget.account()));
            assignments.add(new Assignment(user, role(choices, PlainScope.TEAM), choices.oneOf(teams)));
            assignments.add(new Assignment(user, role(choices, PlainScope.TEAM), teams.get(1)));
        }
        for (Located located : targets) {
            PlainTarget target = located.target();
            assignments.add(new Assignment("busy", role(choices, target.scope()), target));
        }
        return plain.withRoles(roles).withTargets(targets).withAssignments(List.copyOf(assignments));
    }

    /** Returns hundreds of edits of one kind, of things from a number on. */
    private static List<Edit> wave(Choices choices, int kind, int from) {
        List<Edit> edits = new ArrayList<>();
        for (int i = from; i < from + WAVE; i++) {
            edits.add(
                    switch (kind) {
                        case 0 -> new Edit.RemoveUser(id("u", i));
                        case 1 -> new Edit.Connect(id("u", i), PlainTarget.team(id("t", 1)));
                        case 2 -> Edit.addTeam(id("new", i));
                        case 3 -> Edit.removeTeam(id("new", i));
                        case 4 -> Edit.addChat(id("more", i), id("t", 2));
                        case 5 -> Edit.moveChat(id("more", i), choices.oneIn(2) ? null : id("t", 3));
                        case 6 ->
                            new Edit.Assign("busy", role(choices, PlainScope.CHAT), PlainTarget.chat(id("more", i)));
                        case 7 -> Edit.removeChat(id("more", i));
                        default ->
                            new Edit.CreateRole(
                                    id("r", i),
                                    PlainScope.ACCOUNT,
                                    Edit.Attributes.named("R").withPermissions(List.of("p:a")));
                    });
        }
        return edits;
    }

    private static List<Edit> someEdits(Choices choices, PlainPolicy plain) {
        List<Edit> edits = new ArrayList<>();
        int count = choices.between(1, 40);
        for (int i = 0; i < count; i++) {
            edits.addAll(new ValidEdits(choices, plain).next());
        }
        return edits;
    }

    /** Returns the edits without those that fail. */
    private static List<Edit> valid(PlainPolicy plain, List<Edit> edits) {
        EditViolations violations = new EditViolations();
        EditModel.fold(plain, edits, 0, violations);
        List<Edit> valid = new ArrayList<>();
        for (int k = 0; k < edits.size(); k++) {
            String path = "/changes/" + k + "/";
            if (violations.all().stream()
                    .noneMatch(violation -> violation.path().startsWith(path))) {
                valid.add(edits.get(k));
            }
        }
        return valid;
    }

    private EditedPolicy after(EditedPolicy state, List<Edit> edits, int batch, Choices choices) {
        EditedPolicy next = state.after(valid(state.plain(), edits), EditedPolicy.time(batch));
        refused += next.policy().revision() == state.policy().revision() ? 1 : 0;
        Compiled compiled = new Compiled(next.plain(), Oracle.of(next.plain()), next.policy(), next.matrix());
        for (Question question : RandomPlainPolicy.questions(choices, next.plain(), QUESTIONS)) {
            boolean answer = compiled.allows(question);
            tally.count(answer, compiled.hasUnknown(question));
            assertThat(answer).as("%s", question).isEqualTo(compiled.expects(question));
        }
        return next;
    }

    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @ParameterizedTest
    @ValueSource(longs = {1})
    @Tag("P27")
    @Tag("P37")
    @Tag("P52")
    void a_large_policy_is_edited_like_a_small_one(long seed) {
        Choices choices = Choices.seeded(seed);
        EditedPolicy state = EditedPolicy.of(start(choices));
        List<List<Edit>> waves = List.of(
                wave(choices, 0, 0),
                wave(choices, 1, 300),
                wave(choices, 2, 0),
                wave(choices, 4, 0),
                wave(choices, 6, 0),
                wave(choices, 5, 0),
                wave(choices, 8, 0),
                List.of(new Edit.AssignToAll("account3"), new Edit.AssignToAll("account4")),
                wave(choices, 3, 0),
                wave(choices, 7, 0),
                wave(choices, 0, 500),
                List.of(Edit.removeTeam(id("t", 0)), Edit.removeTeam(id("t", 1))),
                List.of(new Edit.RemoveUser("busy")),
                wave(choices, 1, 0));
        for (int i = 0; i < waves.size(); i++) {
            state = after(state, waves.get(i), 10 * i, choices);
            for (int k = 1; k <= SMALL_BATCHES; k++) {
                state = after(state, someEdits(choices, state.plain()), 10 * i + k, choices);
            }
            if (i % 3 == 0) {
                PolicyInvariants.check(state.policy());
            }
        }
        tally.assertExhaustive();
        assertThat(refused).as("refused batches").isLessThanOrEqualTo(waves.size() / 4);
        assertThat(state.policy())
                .isEqualTo(PolicyConverter.policy(state.plain(), state.policy().catalog()));
    }
}
