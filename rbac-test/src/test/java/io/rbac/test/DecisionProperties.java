package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Assignment;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** Every answer is the one that S6 gives, for questions of which about half aim at what is granted. */
@Domain(Sketches.class)
class DecisionProperties {
    private static final int QUESTIONS = 60;

    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_strange() {
        tally.assertAimed();
    }

    private static List<Question> questions(Dice dice, Sketch sketch) {
        return RandomSketch.questions(dice.choices(), sketch, QUESTIONS);
    }

    /** P01, for a permission asked for by its key. */
    @Property
    void a_key_is_answered_like_by_the_oracle(@ForAll Sketch sketch, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(sketch);
        for (Question question : questions(dice, sketch)) {
            compiled.assertAnswer(question, tally);
        }
    }

    /** P01, B53: a permission stands for its key, whichever catalog it is from. */
    @Property
    void a_permission_is_answered_like_its_key(@ForAll Sketch sketch, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(sketch);
        PermissionCatalog own = compiled.policy().catalog();
        PermissionCatalog foreign = foreignCatalog(sketch);
        for (Question question : questions(dice, sketch)) {
            Target target = SketchPolicy.target(question.target());
            boolean expected = compiled.expects(question);
            own.find(question.permission()).ifPresent(permission -> {
                boolean answer = compiled.matrix().hasPermission(question.user(), permission, target);
                compiled.assertAnswer(question, answer, expected, tally);
            });
            foreign.find(question.permission()).ifPresent(permission -> {
                boolean answer = compiled.matrix().hasPermission(question.user(), permission, target);
                compiled.assertAnswer(question, answer, expected, tally);
            });
        }
    }

    /** A catalog with the same permissions at other numbers, and with more. */
    private static PermissionCatalog foreignCatalog(Sketch sketch) {
        List<SketchGroup> groups = new ArrayList<>(sketch.groups());
        groups.add(SketchGroup.of("foreign", "read", "fly"));
        groups.add(new SketchGroup(
                "strange",
                List.of(
                        new SketchGroup.Action("fly", "user:fly", Set.of(Scope.CHAT)),
                        new SketchGroup.Action("all", "all", Set.of(Scope.CHAT)))));
        Collections.reverse(groups);
        return SketchPolicy.catalog(sketch.withCatalog(groups, List.of()));
    }

    /** P02: whatever is asked, there is an answer. */
    @Property
    void any_text_is_answered(@ForAll Sketch sketch, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(sketch);
        Choices choices = dice.choices();
        for (Question question : questions(dice, sketch)) {
            compiled.assertAnswer(question, tally);
            Question hostile = switch (choices.below(3)) {
                case 0 -> new Question(hostileText(choices), question.permission(), question.target());
                case 1 -> new Question(question.user(), hostileText(choices), question.target());
                default ->
                    new Question(question.user(), question.permission(), hostilePlace(choices, question.target()));
            };
            assertThat(compiled.allows(hostile))
                    .as("%s under\n%s", hostile, sketch)
                    .isEqualTo(compiled.expects(hostile));
        }
    }

    private static String hostileText(Choices choices) {
        return choices.oneOf(List.of(
                "",
                "\u0000",
                "\uD800",
                "a\uDFFF",
                "%s%n",
                "x".repeat(10_000),
                "\uFE0F",
                "user:*",
                "?",
                ".*",
                "' or 1=1",
                "${jndi:x}",
                "\u212A",
                "AaAaBB",
                "BBAaBB"));
    }

    private static Place hostilePlace(Choices choices, Place place) {
        String text = hostileText(choices);
        return switch (choices.below(4)) {
            case 0 -> Place.team(text);
            case 1 -> Place.chat(text);
            case 2 -> Place.chat(text).inTeam(place.id());
            default -> Place.chat(place.id()).inTeam(text);
        };
    }

    /** P03: the empty set of assignments grants nothing, whatever roles and places there are. */
    @Property
    void without_assignments_everything_is_denied(@ForAll Sketch sketch, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(sketch);
        Compiled empty = Compiled.of(sketch.withAssignments(List.of()));
        for (Question question : questions(dice, sketch)) {
            compiled.assertAnswer(question, tally);
            assertThat(empty.allows(question))
                    .as("%s under\n%s", question, sketch)
                    .isFalse();
        }
    }

    /** P04: who is allowed holds, somewhere on the path, an active role that has the permission; and the other way. */
    @Property
    void whoever_is_allowed_holds_a_role_that_grants_it(@ForAll Sketch sketch, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(sketch);
        for (Question question : questions(dice, sketch)) {
            List<Target> path = compiled.oracle().path(question.target()).stream()
                    .map(SketchPolicy::target)
                    .toList();
            boolean witnessed = compiled.policy().rolesOf(question.user()).stream()
                    .filter(assignment -> path.contains(assignment.target()))
                    .anyMatch(assignment -> grants(compiled.policy(), assignment, question.permission()));
            compiled.assertAnswer(question, compiled.allows(question), witnessed, tally);
        }
    }

    private static boolean grants(Policy policy, Assignment assignment, String permission) {
        Role role = policy.role(assignment.role()).orElseThrow();
        return role.isActive() && role.rights().contains(permission);
    }

    /** P05: an answer depends neither on what was asked before nor on who asks at the same time. */
    @Property
    void the_same_question_has_the_same_answer_at_any_time(@ForAll Sketch sketch, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(sketch);
        List<Question> questions = questions(dice, sketch);
        List<Boolean> answers = questions.stream().map(compiled::allows).toList();
        List<Question> backwards = new ArrayList<>(questions);
        Collections.reverse(backwards);
        backwards.forEach(compiled::allows);
        List<Boolean> parallel = IntStream.range(0, 4 * QUESTIONS)
                .parallel()
                .mapToObj(i -> compiled.allows(questions.get(i % QUESTIONS)))
                .toList();
        PermissionMatrix again = PermissionMatrix.compile(compiled.policy());
        for (int i = 0; i < 4 * QUESTIONS; i++) {
            Question question = questions.get(i % QUESTIONS);
            boolean answer = answers.get(i % QUESTIONS);
            compiled.assertAnswer(question, parallel.get(i), answer, tally);
            Target target = SketchPolicy.target(question.target());
            assertThat(again.hasPermission(question.user(), question.permission(), target))
                    .isEqualTo(answer);
        }
    }

    /** P13: titles, names and descriptions mean nothing. */
    @Property
    void texts_for_people_change_no_answer(@ForAll Sketch sketch, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(sketch);
        List<SketchRole> renamed = new ArrayList<>();
        for (SketchRole role : sketch.roles()) {
            renamed.add(role.withTexts("R" + renamed.size() + "xx", null));
        }
        Sketch other = sketch.withRoles(renamed);
        Compiled described = Compiled.of(other, SketchPolicy.policy(other, describedCatalog(sketch)));
        for (Question question : questions(dice, sketch)) {
            described.assertAnswer(question, described.allows(question), compiled.allows(question), tally);
            Permission permission =
                    described.policy().catalog().find(question.permission()).orElse(null);
            if (permission != null) {
                assertThat(permission.title()).contains("title");
            }
        }
    }

    private static PermissionCatalog describedCatalog(Sketch sketch) {
        PermissionCatalog.Builder builder = PermissionCatalog.builder();
        for (SketchGroup group : sketch.groups()) {
            builder.group(
                    group.name(),
                    Set.of(Scope.values()),
                    group.actions().stream()
                            .map(action -> PermissionCatalog.Action.of(action.name())
                                    .withKey(action.key())
                                    .withScopes(action.scopes())
                                    .withTitle("title")
                                    .withDescription("description"))
                            .toList());
        }
        return builder.retired(sketch.retired().toArray(String[]::new)).build();
    }
}
