package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Scope;
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

class RandomSketchTest {
    private static final int SEEDS = 2_000;
    private static final int QUESTIONS = 20;

    private static final List<Sketch> VALID = IntStream.range(0, SEEDS)
            .mapToObj(seed -> RandomSketch.valid(Choices.seeded(seed)))
            .toList();

    @Test
    void valid_sketches_have_no_problem() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Sketch sketch = VALID.get(seed);
            assertThat(Validity.problems(sketch))
                    .as("seed %d\n%s", seed, sketch)
                    .isEmpty();
        }
    }

    @Test
    void broken_sketches_have_the_problems_put_into_them() {
        Set<String> reached = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomSketch.Broken broken = RandomSketch.broken(Choices.seeded(seed));
            assertThat(broken.codes()).hasSizeBetween(1, 3);
            assertThat(Validity.problems(broken.sketch()))
                    .as("seed %d\n%s", seed, broken.sketch())
                    .extracting(Problem::code)
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
    void faults_are_found_at_every_kind_of_path() {
        Set<String> shapes = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            for (Problem problem :
                    Validity.problems(RandomSketch.broken(Choices.seeded(seed)).sketch())) {
                shapes.add(problem.code() + " "
                        + problem.path().replaceAll("/\\d+", "/i").replaceAll("rights/.*", "rights/"));
            }
        }
        assertThat(shapes)
                .contains(
                        "ID_INVALID /account",
                        "ID_INVALID /roles/i/id",
                        "ID_INVALID /teams/i",
                        "ID_INVALID /chats/i/id",
                        "ID_INVALID /assignments/i/user",
                        "DUPLICATE_ID /roles/i/id",
                        "DUPLICATE_ID /teams/i",
                        "DUPLICATE_ID /chats/i/id",
                        "DUPLICATE_ID /assignments/i",
                        "TARGET_NOT_FOUND /assignments/i/team",
                        "TARGET_NOT_FOUND /assignments/i/chat",
                        "TARGET_NOT_FOUND /chats/i/team",
                        "PERMISSION_NOT_IN_SCOPE /roles/i/rights/");
    }

    @Test
    void questions_are_answered_by_true_about_half_of_the_time_and_often_name_strangers() {
        int asked = 0;
        int allowed = 0;
        int strange = 0;
        Map<String, Integer> strangers = new TreeMap<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            Sketch sketch = VALID.get(seed);
            Oracle oracle = Oracle.of(sketch);
            List<Question> questions = RandomSketch.questions(Choices.seeded(~seed), sketch, QUESTIONS);
            assertThat(questions).hasSize(QUESTIONS);
            for (Question question : questions) {
                List<String> kinds = strangersIn(question, sketch, oracle);
                kinds.forEach(kind -> strangers.merge(kind, 1, Integer::sum));
                asked++;
                strange += kinds.isEmpty() ? 0 : 1;
                allowed += oracle.hasPermission(question.user(), question.permission(), question.target()) ? 1 : 0;
            }
        }
        assertThat(100.0 * allowed / asked).isBetween(30.0, 70.0);
        assertThat(100.0 * strange / asked).isGreaterThanOrEqualTo(20.0);
        assertThat(strangers)
                .hasSize(6)
                .allSatisfy((kind, count) -> assertThat(count).isGreaterThan(200));
    }

    private static List<String> strangersIn(Question question, Sketch sketch, Oracle oracle) {
        List<String> kinds = new ArrayList<>();
        Place target = question.target();
        if (!oracle.users().contains(question.user())) {
            kinds.add("unknown user");
        }
        if (sketch.actions().stream().noneMatch(action -> action.key().equals(question.permission()))) {
            kinds.add("unknown permission");
        }
        boolean known = oracle.targets().contains(target.bare());
        if (!known && target.in() == null) {
            kinds.add("unknown target");
        }
        if (target.in() != null) {
            boolean lies = !oracle.path(target).isEmpty();
            kinds.add(!known ? "placed unknown chat" : lies ? "chat placed where it lies" : "chat placed elsewhere");
        }
        return kinds;
    }

    @Test
    void questions_about_placed_unknown_chats_are_sometimes_answered_by_true() {
        Set<Boolean> answers = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            Sketch sketch = VALID.get(seed);
            Oracle oracle = Oracle.of(sketch);
            for (Question question : RandomSketch.questions(Choices.seeded(seed), sketch, QUESTIONS)) {
                boolean placed = question.target().in() != null;
                if (placed && !oracle.targets().contains(question.target().bare())) {
                    answers.add(oracle.hasPermission(question.user(), question.permission(), question.target()));
                }
            }
        }
        assertThat(answers).containsExactlyInAnyOrder(true, false);
    }

    private static void assertReached(String what, Predicate<Sketch> shape) {
        assertThat(VALID.stream().filter(shape).count()).as(what).isGreaterThanOrEqualTo(5);
    }

    @Test
    void every_rule_knob_is_turned() {
        SketchRules standard = SketchRules.standard();
        assertReached("standard", sketch -> sketch.rules().equals(standard));
        assertReached("name.min 0", sketch -> sketch.rules().name().min() == 0);
        assertReached("name.min 3", sketch -> sketch.rules().name().min() == 3);
        assertReached("name.max null", sketch -> sketch.rules().name().max() == null);
        assertReached(
                "name.max 5",
                sketch -> Integer.valueOf(5).equals(sketch.rules().name().max()));
        assertReached("name.blank", sketch -> sketch.rules().name().blank());
        assertReached("name.unique", sketch -> sketch.rules().name().unique());
        assertReached(
                "description.allowed", sketch -> !sketch.rules().description().allowed());
        assertReached("description.max", sketch -> sketch.rules().description().max() == null);
        assertReached("defaultScope", sketch -> sketch.rules().defaultScope() != null);
        assertReached("rightsRequired", sketch -> sketch.rules().rightsRequired());
        assertReached("rolesPerTarget", sketch -> sketch.rules().rolesPerTarget() != null);
        assertReached("emptyRoles", sketch -> sketch.rules().emptyRoles().equals("none"));
        assertReached("deletion delete", sketch -> sketch.rules().deletion().equals("delete"));
        assertReached("deletion refuse", sketch -> sketch.rules().deletion().equals("refuse"));
        assertReached(
                "systemRoles.name", sketch -> !sketch.rules().systemRoles().nameMayChange());
        assertReached(
                "systemRoles.default", sketch -> !sketch.rules().systemRoles().defaultMayChange());
        assertReached("placedChats", sketch -> sketch.rules().placedChats().equals("trusted"));
        assertReached("lockout", sketch -> !sketch.rules().lockout().isEmpty());
        for (Scope scope : Scope.values()) {
            assertReached("no " + scope, sketch -> !sketch.rules().scopes().contains(scope));
            assertReached(
                    "least " + scope, sketch -> sketch.rules().defaultsOf(scope).min() == 2);
            assertReached(
                    "most " + scope, sketch -> sketch.rules().defaultsOf(scope).max() != null);
        }
        assertReached(
                "no least", sketch -> sketch.rules().defaultsOf(Scope.ACCOUNT).min() == 0);
    }

    @Test
    void every_kind_of_role_is_reached_at_every_scope() {
        for (Scope scope : Scope.values()) {
            assertReached("system " + scope, sketch -> hasRole(sketch, r -> r.scope() == scope && r.system()));
            assertReached("default " + scope, sketch -> hasRole(sketch, r -> r.scope() == scope && r.isDefault()));
            assertReached("discarded " + scope, sketch -> hasRole(sketch, r -> r.scope() == scope && !r.isActive()));
            assertReached(
                    "assigned " + scope,
                    sketch -> sketch.assignments().stream()
                            .anyMatch(a -> a.target().kind() == scope));
        }
        assertReached("no role", sketch -> sketch.roles().isEmpty());
        assertReached("described", sketch -> hasRole(sketch, r -> r.description() != null));
        assertReached("timed", sketch -> hasRole(sketch, r -> r.createdAt() != null));
        assertReached("not timed", sketch -> hasRole(sketch, r -> r.createdAt() == null));
        assertReached(
                "without rights", sketch -> hasRole(sketch, r -> r.permissions().isEmpty()));
        assertReached("blank name", sketch -> hasRole(sketch, r -> r.name() != null && Spelling.isBlank(r.name())));
        assertReached(
                "discarded role with users",
                sketch -> sketch.assignments().stream()
                        .anyMatch(a -> hasRole(sketch, r -> !r.isActive() && r.id().equals(a.role()))));
    }

    private static boolean hasRole(Sketch sketch, Predicate<SketchRole> kind) {
        return sketch.roles().stream().anyMatch(kind);
    }

    @Test
    void every_shape_of_policy_is_reached() {
        for (int size : new int[] {63, 64, 65, 127, 128, 129, 200}) {
            assertReached(size + " permissions", sketch -> sketch.actions().size() == size);
        }
        assertReached("one group", sketch -> sketch.groups().size() == 1);
        assertReached("four groups", sketch -> sketch.groups().size() == 4);
        assertReached(
                "explicit key",
                sketch -> sketch.groups().stream()
                        .anyMatch(group -> group.actions().stream()
                                .anyMatch(action -> !action.key().equals(group.name() + ":" + action.name()))));
        assertReached(
                "action with its own scopes",
                sketch -> sketch.groups().stream()
                        .anyMatch(group -> group.actions().stream()
                                        .map(SketchGroup.Action::scopes)
                                        .distinct()
                                        .count()
                                > 1));
        assertReached("retired", sketch -> !sketch.retired().isEmpty());
        assertReached("chat in the account", sketch -> sketch.chats().stream().anyMatch(c -> c.team() == null));
        assertReached("chat in a team", sketch -> sketch.chats().stream().anyMatch(c -> c.team() != null));
        assertReached(
                "team without chats",
                sketch -> sketch.teams().stream()
                        .anyMatch(team -> sketch.chats().stream().noneMatch(chat -> team.equals(chat.team()))));
        assertReached("no team", sketch -> sketch.teams().isEmpty());
        assertReached(
                "several roles at one target",
                sketch -> sketch.assignments().stream()
                                .map(a -> List.of(a.user(), a.target()))
                                .distinct()
                                .count()
                        < sketch.assignments().size());
        assertReached(
                "user at several places",
                sketch -> sketch.assignments().stream()
                        .anyMatch(a -> sketch.assignments().stream()
                                .anyMatch(b -> a.user().equals(b.user())
                                        && a.target().kind() != b.target().kind())));
        assertReached(
                "same id of all kinds",
                sketch -> sketch.assignments().stream()
                        .map(Sketch.Assignment::user)
                        .anyMatch(id -> sketch.teams().contains(id)
                                && sketch.chats().stream()
                                        .anyMatch(chat -> chat.id().equals(id))
                                && hasRole(sketch, role -> role.id().equals(id))));
        for (String id : List.of("a$$b", "*", "a:b", "../x", "null", "\u0430dmin", "\uD83D\uDE00", "x".repeat(256))) {
            assertReached(
                    "user " + id,
                    sketch ->
                            sketch.assignments().stream().anyMatch(a -> a.user().equals(id)));
        }
    }

    @Test
    void equal_choices_make_equal_sketches_and_questions() {
        for (int seed = 0; seed < 50; seed++) {
            Sketch sketch = VALID.get(seed);
            assertThat(RandomSketch.valid(Choices.seeded(seed))).isEqualTo(sketch);
            assertThat(RandomSketch.broken(Choices.seeded(seed))).isEqualTo(RandomSketch.broken(Choices.seeded(seed)));
            assertThat(RandomSketch.questions(Choices.seeded(seed), sketch, 5))
                    .isEqualTo(RandomSketch.questions(Choices.seeded(seed), sketch, 5));
        }
        assertThat(new HashSet<>(VALID)).hasSizeGreaterThan(SEEDS * 9 / 10);
    }

    @Test
    void no_choices_make_the_smallest_sketch() {
        assertThat(RandomSketch.valid(Choices.of()))
                .isEqualTo(Sketch.of("acme", SketchGroup.of("user", "read"))
                        .withRole(SketchRole.of("role1", Scope.ACCOUNT, "user:read")
                                .withTexts("Member", null)
                                .withDefault(true)));
    }

    @Test
    void listed_choices_make_valid_and_broken_sketches() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Choices random = Choices.seeded(seed);
            int[] list = new int[random.below(120)];
            for (int i = 0; i < list.length; i++) {
                list[i] = random.below(2_000) - 1_000;
            }
            assertThat(Validity.problems(RandomSketch.valid(Choices.of(list)))).isEmpty();
            RandomSketch.Broken broken = RandomSketch.broken(Choices.of(list));
            assertThat(Validity.problems(broken.sketch()))
                    .extracting(Problem::code)
                    .containsAll(broken.codes());
            assertThat(RandomSketch.questions(Choices.of(list), broken.sketch(), 3))
                    .hasSize(3);
        }
    }
}
