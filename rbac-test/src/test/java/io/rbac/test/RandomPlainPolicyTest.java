package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.test.PlainPolicy.Located;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomPlainPolicyTest {
    private static final int SEEDS = 2_000;
    private static final int QUESTIONS = 20;

    private static final List<PlainPolicy> VALID = IntStream.range(0, SEEDS)
            .mapToObj(seed -> RandomPlainPolicy.valid(Choices.seeded(seed)))
            .toList();

    @Test
    void valid_policies_have_no_violation() {
        for (int seed = 0; seed < SEEDS; seed++) {
            PlainPolicy plain = VALID.get(seed);
            assertThat(Validity.violations(plain))
                    .as("seed %d\n%s", seed, plain)
                    .isEmpty();
        }
    }

    @Test
    void broken_policies_have_the_violations_put_into_them() {
        Set<String> reached = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomPlainPolicy.Broken broken = RandomPlainPolicy.broken(Choices.seeded(seed));
            assertThat(broken.codes()).hasSizeBetween(1, 3);
            assertThat(Validity.violations(broken.plain()))
                    .as("seed %d\n%s", seed, broken.plain())
                    .extracting(PlainViolation::code)
                    .containsAll(broken.codes());
            reached.addAll(broken.codes());
        }
        assertThat(reached)
                .containsExactly(
                        "DESCRIPTION_TOO_LONG",
                        "DESCRIPTION_UNSUPPORTED",
                        "DUPLICATE_ID",
                        "ID_INVALID",
                        "LAST_DEFAULT_ROLE",
                        "NAME_BLANK",
                        "NAME_INVALID",
                        "NAME_MISSING",
                        "NAME_TAKEN",
                        "NAME_TOO_LONG",
                        "PARENT_INVALID",
                        "PERMISSION_NOT_IN_SCOPE",
                        "ROLE_NOT_FOUND",
                        "SCOPE_INVALID",
                        "SCOPE_MISMATCH",
                        "TARGET_NOT_FOUND",
                        "TOO_MANY_DEFAULTS",
                        "TOO_MANY_ROLES",
                        "UNKNOWN_PERMISSION");
    }

    @Test
    void violations_are_found_at_every_kind_of_path() {
        Set<String> shapes = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            for (PlainViolation violation : Validity.violations(
                    RandomPlainPolicy.broken(Choices.seeded(seed)).plain())) {
                shapes.add(violation.code() + " "
                        + violation.path().replaceAll("/\\d+", "/i").replaceAll("rights/.*", "rights/"));
            }
        }
        assertThat(shapes)
                .contains(
                        "ID_INVALID /account",
                        "ID_INVALID /roles/i/id",
                        "ID_INVALID /targets/i",
                        "ID_INVALID /assignments/i/user",
                        "DUPLICATE_ID /roles/i/id",
                        "DUPLICATE_ID /targets/i",
                        "DUPLICATE_ID /assignments/i",
                        "TARGET_NOT_FOUND /assignments/i/at",
                        "TARGET_NOT_FOUND /targets/i/in",
                        "PARENT_INVALID /targets/i/in",
                        "SCOPE_INVALID /targets/i",
                        "SCOPE_INVALID /roles/i/scope",
                        "SCOPE_INVALID /rules/scopes",
                        "SCOPE_INVALID /rules/defaultScope",
                        "SCOPE_INVALID /rules/defaults/alien",
                        "PERMISSION_NOT_IN_SCOPE /roles/i/rights/");
    }

    @Test
    void about_half_of_the_questions_are_answered_by_true_and_many_have_something_unknown() {
        int asked = 0;
        int allowed = 0;
        int withUnknown = 0;
        Map<String, Integer> unknown = new TreeMap<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            PlainPolicy plain = VALID.get(seed);
            Oracle oracle = Oracle.of(plain);
            List<Question> questions = RandomPlainPolicy.questions(Choices.seeded(~seed), plain, QUESTIONS);
            assertThat(questions).hasSize(QUESTIONS);
            for (Question question : questions) {
                List<String> kinds = unknownIn(question, plain, oracle);
                kinds.forEach(kind -> unknown.merge(kind, 1, Integer::sum));
                asked++;
                withUnknown += kinds.isEmpty() ? 0 : 1;
                allowed += oracle.hasPermission(question.user(), question.permission(), question.target()) ? 1 : 0;
            }
        }
        assertThat(100.0 * allowed / asked).isBetween(30.0, 70.0);
        assertThat(100.0 * withUnknown / asked).isGreaterThanOrEqualTo(20.0);
        assertThat(unknown)
                .hasSize(12)
                .allSatisfy((kind, count) -> assertThat(count).isGreaterThan(kind.endsWith("of 17") ? 50 : 200));
    }

    private static List<String> unknownIn(Question question, PlainPolicy plain, Oracle oracle) {
        List<String> kinds = new ArrayList<>();
        PlainTarget target = question.target();
        if (!oracle.users().contains(question.user())) {
            kinds.add("unknown user");
        }
        if (plain.actions().stream().noneMatch(action -> action.key().equals(question.permission()))) {
            kinds.add("unknown permission");
        }
        if (!plain.scopes().contains(target.scope())) {
            kinds.add("target of another tree");
        }
        PlainTarget given = target.parent();
        PlainTarget known = PlainPaths.parentOf(plain, target);
        if (given == null) {
            if (known == null && !target.isAccount()) {
                kinds.add("unknown target");
            }
        } else if (known != null) {
            kinds.add(known.equals(given) ? "target with its parent" : "target with another parent");
        } else {
            kinds.add(kindOfParent(plain, target.scope(), given));
        }
        return kinds;
    }

    private static String kindOfParent(PlainPolicy plain, PlainScope scope, PlainTarget given) {
        if (!PlainPaths.isKnown(plain, given)) {
            return "unknown target in an unknown one";
        }
        if (!plain.scopes().contains(scope)) {
            return "target of another tree with a known parent";
        }
        if (!PlainPaths.mayLieIn(plain, scope, given.scope())) {
            return scope.equals(given.scope())
                    ? "unknown target in one of the same scope, which does not nest"
                    : "unknown target in one of a narrower scope";
        }
        return PlainPaths.path(plain, given).size() == PlainPaths.LONGEST
                ? "unknown target with a path of 17"
                : "unknown target that could lie in its parent";
    }

    @Test
    void questions_about_unknown_targets_with_a_parent_are_sometimes_answered_by_true() {
        Set<Boolean> answers = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            PlainPolicy plain = VALID.get(seed);
            Oracle oracle = Oracle.of(plain);
            for (Question question : RandomPlainPolicy.questions(Choices.seeded(seed), plain, QUESTIONS)) {
                boolean hasParent = question.target().parent() != null;
                if (hasParent && !oracle.targets().contains(question.target().withoutParent())) {
                    answers.add(oracle.hasPermission(question.user(), question.permission(), question.target()));
                }
            }
        }
        assertThat(answers).containsExactlyInAnyOrder(true, false);
    }

    private static void assertReached(String what, Predicate<PlainPolicy> shape) {
        assertThat(VALID.stream().filter(shape).count()).as(what).isGreaterThanOrEqualTo(5);
    }

    @Test
    void every_rule_differs_sometimes() {
        PlainRules standard = PlainRules.standard();
        assertReached("standard", plain -> plain.rules().equals(standard));
        assertReached("name.min 0", plain -> plain.rules().name().min() == 0);
        assertReached("name.min 3", plain -> plain.rules().name().min() == 3);
        assertReached("name.max null", plain -> plain.rules().name().max() == null);
        assertReached(
                "name.max 5",
                plain -> Integer.valueOf(5).equals(plain.rules().name().max()));
        assertReached("name.blank", plain -> plain.rules().name().blank());
        assertReached("name.unique", plain -> plain.rules().name().unique());
        assertReached(
                "description.allowed", plain -> !plain.rules().description().allowed());
        assertReached("description.max", plain -> plain.rules().description().max() == null);
        assertReached("defaultScope", plain -> plain.rules().defaultScope() != null);
        assertReached("rightsRequired", plain -> plain.rules().rightsRequired());
        assertReached("rolesPerTarget", plain -> plain.rules().rolesPerTarget() != null);
        assertReached("emptyRoles", plain -> plain.rules().emptyRoles().equals("none"));
        assertReached("deletion delete", plain -> plain.rules().deletion().equals("delete"));
        assertReached("deletion refuse", plain -> plain.rules().deletion().equals("refuse"));
        assertReached("systemRoles.name", plain -> !plain.rules().systemRoles().nameMayChange());
        assertReached(
                "systemRoles.default", plain -> !plain.rules().systemRoles().defaultMayChange());
        assertReached("unknownTargets", plain -> plain.rules().unknownTargets().equals("trusted"));
        assertReached("lockout", plain -> !plain.rules().lockout().isEmpty());
        for (PlainScope scope : PlainScope.standard()) {
            assertReached(
                    "no " + scope,
                    plain -> !plain.allowedScopes().contains(scope)
                            && plain.scopes().contains(scope));
            assertReached(
                    "fewest " + scope, plain -> plain.rules().defaultsOf(scope).min() == 2);
            assertReached(
                    "most " + scope, plain -> plain.rules().defaultsOf(scope).max() != null);
        }
        assertReached(
                "no minimum",
                plain -> plain.rules().defaultsOf(PlainScope.ACCOUNT).min() == 0);
    }

    @Test
    void every_kind_of_role_is_reached_at_every_scope() {
        for (PlainScope scope : PlainScope.standard()) {
            assertReached(
                    "system " + scope, plain -> hasRole(plain, r -> r.scope().equals(scope) && r.system()));
            assertReached(
                    "default " + scope, plain -> hasRole(plain, r -> r.scope().equals(scope) && r.isDefault()));
            assertReached(
                    "discarded " + scope, plain -> hasRole(plain, r -> r.scope().equals(scope) && !r.isActive()));
            assertReached(
                    "assigned " + scope,
                    plain -> plain.assignments().stream()
                            .anyMatch(a -> a.target().scope().equals(scope)));
        }
        assertReached("no role", plain -> plain.roles().isEmpty());
        assertReached("described", plain -> hasRole(plain, r -> r.description() != null));
        assertReached("timed", plain -> hasRole(plain, r -> r.createdAt() != null));
        assertReached("not timed", plain -> hasRole(plain, r -> r.createdAt() == null));
        assertReached(
                "without rights", plain -> hasRole(plain, r -> r.permissions().isEmpty()));
        assertReached("blank name", plain -> hasRole(plain, r -> r.name() != null && Spelling.isBlank(r.name())));
        assertReached(
                "discarded role with users",
                plain -> plain.assignments().stream()
                        .anyMatch(a -> hasRole(plain, r -> !r.isActive() && r.id().equals(a.role()))));
    }

    private static boolean hasTarget(PlainPolicy plain, Predicate<Located> kind) {
        return plain.targets().stream().anyMatch(kind);
    }

    @Test
    void every_shape_of_tree_is_reached_and_the_standard_one_in_a_third_of_the_policies() {
        long standard = VALID.stream()
                .filter(plain -> plain.scopes().equals(PlainScope.standard()))
                .count();
        assertThat(standard).isBetween(SEEDS * 3L / 10, SEEDS * 4L / 10);
        for (int count = 1; count <= 8; count++) {
            int scopes = count;
            assertReached(count + " scopes", plain -> plain.scopes().size() == scopes);
            if (count > 1) {
                int level = count - 1;
                for (boolean nests : new boolean[] {false, true}) {
                    assertReached("level " + level + " nests: " + nests, plain -> {
                        List<PlainScope> tree = plain.scopes();
                        return tree.size() > level && tree.get(level).nests() == nests;
                    });
                }
            }
        }
        assertReached(
                "account by another name",
                plain -> !plain.scopes().get(0).name().equals("account"));
        assertReached(
                "team that is not of the standard tree",
                plain -> plain.scopes().stream()
                        .anyMatch(scope -> scope.name().equals("team") && !scope.equals(PlainScope.TEAM)));
    }

    private static boolean hasRole(PlainPolicy plain, Predicate<PlainRole> kind) {
        return plain.roles().stream().anyMatch(kind);
    }

    @Test
    void every_shape_of_policy_is_reached() {
        for (int size : new int[] {63, 64, 65, 127, 128, 129, 200}) {
            assertReached(size + " permissions", plain -> plain.actions().size() == size);
        }
        assertReached("one group", plain -> plain.groups().size() == 1);
        assertReached("four groups", plain -> plain.groups().size() == 4);
        assertReached(
                "explicit key",
                plain -> plain.groups().stream()
                        .anyMatch(group -> group.actions().stream()
                                .anyMatch(action -> !action.key().equals(group.name() + ":" + action.name()))));
        assertReached(
                "action with its own scopes",
                plain -> plain.groups().stream()
                        .anyMatch(group -> group.actions().stream()
                                        .map(PlainGroup.Action::scopes)
                                        .distinct()
                                        .count()
                                > 1));
        assertReached("retired", plain -> !plain.retired().isEmpty());
        assertReached(
                "target in the account",
                plain -> hasTarget(plain, t -> t.parent().isAccount()));
        assertReached(
                "target in one of a wider scope",
                plain -> hasTarget(plain, t -> {
                    int parent = t.parent().scope().level();
                    return parent > 0 && parent < t.target().scope().level();
                }));
        assertReached(
                "target in one of its own scope",
                plain -> hasTarget(
                        plain, t -> t.target().scope().equals(t.parent().scope())));
        assertReached(
                "target listed before its parent",
                plain -> hasTarget(
                        plain,
                        t -> plain.targets().indexOf(t)
                                < plain.targets().stream()
                                        .map(Located::target)
                                        .toList()
                                        .indexOf(t.parent())));
        assertReached(
                "target with nothing in it",
                plain -> hasTarget(
                        plain, t -> !hasTarget(plain, other -> other.parent().equals(t.target()))));
        assertReached("no target", plain -> plain.targets().isEmpty());
        for (int length = 2; length <= PlainPaths.LONGEST; length++) {
            int longest = length;
            assertReached(
                    "longest path of " + length,
                    plain -> plain.targets().stream()
                                    .mapToInt(t ->
                                            PlainPaths.path(plain, t.target()).size())
                                    .max()
                                    .orElse(0)
                            == longest);
        }
        assertReached(
                "several roles at one target",
                plain -> plain.assignments().stream()
                                .map(a -> List.of(a.user(), a.target()))
                                .distinct()
                                .count()
                        < plain.assignments().size());
        assertReached(
                "user at several scopes",
                plain -> plain.assignments().stream()
                        .anyMatch(a -> plain.assignments().stream()
                                .anyMatch(b -> a.user().equals(b.user())
                                        && !a.target().scope().equals(b.target().scope()))));
        assertReached(
                "same id of all kinds",
                plain -> plain.assignments().stream()
                        .map(PlainPolicy.Assignment::user)
                        .anyMatch(id -> hasRole(plain, role -> role.id().equals(id))
                                && plain.targets().stream()
                                                .map(Located::target)
                                                .filter(target -> target.id().equals(id))
                                                .count()
                                        > 1));
        for (String id : List.of("a$$b", "*", "a:b", "../x", "null", "\u0430dmin", "\uD83D\uDE00", "x".repeat(256))) {
            assertReached(
                    "user " + id,
                    plain -> plain.assignments().stream().anyMatch(a -> a.user().equals(id)));
        }
    }

    @Test
    void equal_choices_make_equal_policies_and_questions() {
        for (int seed = 0; seed < 50; seed++) {
            PlainPolicy plain = VALID.get(seed);
            assertThat(RandomPlainPolicy.valid(Choices.seeded(seed))).isEqualTo(plain);
            assertThat(RandomPlainPolicy.broken(Choices.seeded(seed)))
                    .isEqualTo(RandomPlainPolicy.broken(Choices.seeded(seed)));
            assertThat(RandomPlainPolicy.questions(Choices.seeded(seed), plain, 5))
                    .isEqualTo(RandomPlainPolicy.questions(Choices.seeded(seed), plain, 5));
        }
        assertThat(new HashSet<>(VALID)).hasSizeGreaterThan(SEEDS * 9 / 10);
    }

    @Test
    void no_choices_make_the_smallest_policy() {
        assertThat(RandomPlainPolicy.valid(Choices.of()))
                .isEqualTo(PlainPolicy.of("acme", PlainGroup.of("user", "read"))
                        .withRole(PlainRole.of("role1", PlainScope.ACCOUNT, "user:read")
                                .withTexts("Member", null)
                                .withDefault(true)));
    }

    @Test
    void listed_choices_make_valid_and_broken_policies() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Choices random = Choices.seeded(seed);
            int[] list = new int[random.below(120)];
            for (int i = 0; i < list.length; i++) {
                list[i] = random.below(2_000) - 1_000;
            }
            assertThat(Validity.violations(RandomPlainPolicy.valid(Choices.of(list))))
                    .isEmpty();
            RandomPlainPolicy.Broken broken = RandomPlainPolicy.broken(Choices.of(list));
            assertThat(Validity.violations(broken.plain()))
                    .extracting(PlainViolation::code)
                    .containsAll(broken.codes());
            assertThat(RandomPlainPolicy.questions(Choices.of(list), broken.plain(), 3))
                    .hasSize(3);
        }
    }
}
