package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.UserPermissions;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Located;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Policies that need every form of row, list, page and table: thousands of users and targets, users at dozens and at
 * hundreds of targets, targets with hundreds of users, thousands of different role sets.
 */
@Tag("deep")
class LargePolicyTest {
    private static final int QUESTIONS = 1_500;
    private static final int ROLES_OF_A_SCOPE = 13;

    /** Two pairs of letters with the same hash code: all strings of equally many of them collide. */
    private static final List<String> COLLIDING = List.of("Aa", "BB");

    private static String id(Choices choices, String kind, int number) {
        return switch (choices.below(3)) {
            case 1 -> colliding(number);
            case 2 -> kind + "/\uD83D\uDE00" + number;
            default -> kind + number;
        };
    }

    private static String colliding(int number) {
        StringBuilder id = new StringBuilder();
        for (int bit = 0; bit < 13; bit++) {
            id.append(COLLIDING.get(number >>> bit & 1));
        }
        return id.toString();
    }

    private static List<String> ids(Choices choices, String kind, int count) {
        return IntStream.range(0, count).mapToObj(i -> id(choices, kind, i)).toList();
    }

    private static List<PlainRole> roles(Choices choices, List<PlainGroup> groups) {
        List<PlainRole> roles = new ArrayList<>();
        for (PlainScope scope : PlainScope.standard()) {
            for (int i = 0; i < ROLES_OF_A_SCOPE; i++) {
                List<String> keys = new ArrayList<>();
                for (PlainGroup.Action action : groups.get(0).actions()) {
                    if (choices.oneIn(8)) {
                        keys.add(action.key());
                    }
                }
                PlainRole role = PlainRole.of(scope.name() + i, scope).withPermissions(keys);
                roles.add(choices.oneIn(8) ? role.withTimes(null, null, 0L) : role);
            }
        }
        return roles;
    }

    private static PlainPolicy large(Choices choices) {
        List<PlainGroup> groups = List.of(PlainGroup.of(
                "p",
                IntStream.range(0, choices.between(60, 200))
                        .mapToObj(Integer::toString)
                        .toArray(String[]::new)));
        List<String> users = ids(choices, "user", 3_000);
        List<PlainTarget> teams =
                ids(choices, "team", 700).stream().map(PlainTarget::team).toList();
        List<PlainTarget> chats =
                ids(choices, "chat", 2_000).stream().map(PlainTarget::chat).toList();
        List<Located> targets = new ArrayList<>();
        teams.forEach(team -> targets.add(new Located(team, PlainTarget.account())));
        for (PlainTarget chat : chats) {
            PlainTarget team = choices.oneOf(teams.subList(0, 300));
            targets.add(new Located(chat, choices.oneIn(3) ? PlainTarget.account() : team));
        }
        Set<Assignment> assignments = new LinkedHashSet<>();
        for (String user : users) {
            assign(assignments, choices, user, PlainTarget.account(), choices.below(4));
            assign(assignments, choices, user, choices.oneOf(teams), 2);
            assign(assignments, choices, user, choices.oneOf(chats), 2);
        }
        for (String busy : users.subList(100, 104)) {
            teams.forEach(team -> assign(assignments, choices, busy, team, choices.below(3)));
            chats.forEach(chat -> assign(assignments, choices, busy, chat, choices.below(2)));
        }
        for (String user : users.subList(104, 134)) {
            for (int i = choices.between(20, 200); i > 0; i--) {
                assign(assignments, choices, user, choices.oneOf(chats), 1);
            }
        }
        for (String user : users.subList(0, 900)) {
            assign(assignments, choices, user, teams.get(7), 1);
            assign(assignments, choices, user, chats.get(7), 1);
        }
        return PlainPolicy.of("acme")
                .withCatalog(groups, List.of())
                .withRules(PlainRules.standard()
                        .withDefaults(PlainScope.ACCOUNT, 0, null)
                        .withUnknownTargets(choices.oneIn(2) ? "trusted" : "refused"))
                .withRoles(roles(choices, groups))
                .withTargets(targets)
                .withAssignments(new RandomEdits(choices).shuffled(List.copyOf(assignments)));
    }

    private static void assign(
            Set<Assignment> assignments, Choices choices, String user, PlainTarget target, int count) {
        for (int i = 0; i < count; i++) {
            String role = target.scope().name() + choices.below(ROLES_OF_A_SCOPE);
            assignments.add(new Assignment(user, role, target));
        }
    }

    private static void assertAnswers(Compiled compiled, Choices choices) {
        Tally tally = new Tally();
        for (Question question : RandomPlainPolicy.questions(choices, compiled.plain(), QUESTIONS)) {
            boolean answer = compiled.allows(question);
            tally.count(answer, compiled.hasUnknown(question));
            assertThat(answer).as("%s", question).isEqualTo(compiled.expects(question));
            assertUser(compiled.matrix().user(question.user()), question, answer);
        }
        tally.assertAimed();
    }

    private static void assertUser(UserPermissions user, Question question, boolean expected) {
        Target target = PolicyConverter.target(question.target());
        Rights held = user.rightsAt(target);
        Rights others = held.catalog().allRights().minus(held);
        assertThat(user.has(question.permission(), target)).as("%s", question).isEqualTo(expected);
        assertThat(held.contains(question.permission())).as("%s", question).isEqualTo(expected);
        assertThat(!held.isEmpty() && user.hasAll(held, target))
                .as("%s", question)
                .isEqualTo(!held.isEmpty());
        assertThat(!others.isEmpty() && user.hasAny(others, target))
                .as("%s", question)
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Tag("P01")
    void a_large_policy_answers_as_the_oracle_does(long seed) {
        Choices choices = Choices.seeded(seed);
        Compiled compiled = Compiled.of(large(choices));
        assertThat(compiled.policy().table().roleSets()).isGreaterThan(512);
        assertAnswers(compiled, choices);
    }

    @Test
    void a_large_policy_lists_what_it_was_built_of() {
        Compiled compiled = Compiled.of(large(Choices.seeded(4)));
        Oracle oracle = compiled.oracle();
        assertThat(compiled.policy().users()).isEqualTo(oracle.users());
        for (PlainRole role : oracle.roles()) {
            assertThat(compiled.policy().usersOf(role.id())).isEqualTo(oracle.usersOf(role.id()));
            assertThat(compiled.policy().userCount(role.id())).isEqualTo(oracle.userCount(role.id()));
        }
        for (PlainTarget target : oracle.targets().subList(0, 40)) {
            assertThat(compiled.policy().usersAt(PolicyConverter.target(target)))
                    .isEqualTo(oracle.usersAt(target));
        }
        PlainPolicy read = PolicyConverter.plain(compiled.policy());
        assertThat(read.assignments()).isEqualTo(oracle.assignments());
        assertThat(read.targets()).isEqualTo(oracle.located());
    }

    /** Targets and role sets that do not fit into 31 bits together: user i holds the roles of the bits of i. */
    @Test
    @Tag("P01")
    @Tag("P74")
    void as_many_role_sets_as_targets_answer_as_the_oracle_does() {
        int bits = 16;
        int users = 33_000;
        List<PlainRole> roles = IntStream.range(0, bits)
                .mapToObj(i -> PlainRole.of("role" + i, PlainScope.CHAT, "p:" + i))
                .toList();
        List<Assignment> assignments = new ArrayList<>();
        List<Located> chats = new ArrayList<>();
        for (int user = 1; user <= users; user++) {
            chats.add(new Located(PlainTarget.chat("chat" + user), PlainTarget.account()));
            for (int bit = 0; bit < bits; bit++) {
                if ((user >>> bit & 1) != 0) {
                    assignments.add(new Assignment("user" + user, "role" + bit, PlainTarget.chat("chat" + user)));
                }
            }
        }
        Compiled compiled = Compiled.of(PlainPolicy.of("acme")
                .withCatalog(
                        List.of(PlainGroup.of(
                                "p",
                                IntStream.range(0, bits)
                                        .mapToObj(Integer::toString)
                                        .toArray(String[]::new))),
                        List.of())
                .withRules(PlainRules.standard().withDefaults(PlainScope.ACCOUNT, 0, null))
                .withRoles(roles)
                .withTargets(chats)
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

    @Test
    @Tag("B96")
    @Tag("P76")
    void more_pairs_of_users_and_targets_than_an_int_counts_are_stored_sparsely() {
        int users = 70_000;
        int teams = 40_000;
        PermissionCatalog catalog =
                PermissionCatalog.builder().group("p", "a", "b").build();
        Policy.Builder builder = Policy.builder()
                .account("acme")
                .catalog(catalog)
                .rules(PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null).build())
                .role(Role.builder("role", Scope.TEAM)
                        .name("Role")
                        .rights(catalog.rights("p:a"))
                        .build());
        for (int team = 0; team < teams; team++) {
            builder.team("t" + team);
        }
        for (int user = 0; user < users; user++) {
            builder.assign("u" + user, "role", Target.team("t" + user % teams));
        }
        PermissionMatrix matrix = PermissionMatrix.compile(builder.build());
        assertThat(matrix.retainedBytes()).isBetween(1L << 20, 1L << 26);
        for (int user = 0; user < users; user++) {
            String id = "u" + user;
            Target own = Target.team("t" + user % teams);
            Target other = Target.team("t" + (user + 1) % teams);
            if (!matrix.hasPermission(id, "p:a", own)
                    || matrix.hasPermission(id, "p:b", own)
                    || matrix.hasPermission(id, "p:a", other)
                    || matrix.hasPermission(id, "p:a", Target.account())) {
                throw new AssertionError(id + " at " + own + " or at " + other);
            }
        }
    }
}
