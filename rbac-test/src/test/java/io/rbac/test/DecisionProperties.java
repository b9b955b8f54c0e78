package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Assignment;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** Every answer is that of S6; about half of the questions are about what is granted. */
@Domain(PlainPolicyDomain.class)
class DecisionProperties {
    private static final int QUESTIONS = 60;

    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_unknown() {
        tally.assertAimed();
    }

    private static List<Question> questions(Dice dice, PlainPolicy plain) {
        return RandomPlainPolicy.questions(dice.choices(), plain, QUESTIONS);
    }

    @Property
    @Tag("P01")
    void a_key_is_answered_as_by_the_oracle(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        for (Question question : questions(dice, plain)) {
            compiled.assertAnswer(question, tally);
        }
    }

    /** A permission stands for its key, whichever catalog it is of. */
    @Property
    @Tag("P01")
    @Tag("B53")
    void a_permission_is_answered_as_its_key_is(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        PermissionCatalog own = compiled.policy().catalog();
        PermissionCatalog foreign = foreignCatalog(plain);
        for (Question question : questions(dice, plain)) {
            Target target = PolicyConverter.target(question.target());
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

    /** Returns a catalog with the same permissions at other numbers, and with more. */
    private static PermissionCatalog foreignCatalog(PlainPolicy plain) {
        List<PlainGroup> groups = new ArrayList<>(plain.groups());
        groups.add(PlainGroup.of("foreign", plain.scopes(), "read", "fly"));
        groups.add(new PlainGroup(
                "strange",
                List.of(
                        new PlainGroup.Action(
                                "fly", "user:fly", Set.of(plain.scopes().get(0))),
                        new PlainGroup.Action("all", "all", Set.copyOf(plain.scopes())))));
        Collections.reverse(groups);
        return PolicyConverter.catalog(plain.withCatalog(groups, List.of()));
    }

    @Property
    @Tag("P02")
    void any_string_is_answered(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        Choices choices = dice.choices();
        for (Question question : questions(dice, plain)) {
            compiled.assertAnswer(question, tally);
            Question hostile = switch (choices.below(3)) {
                case 0 -> new Question(hostileString(choices), question.permission(), question.target());
                case 1 -> new Question(question.user(), hostileString(choices), question.target());
                default ->
                    new Question(
                            question.user(), question.permission(), hostileTarget(choices, plain, question.target()));
            };
            assertThat(compiled.allows(hostile))
                    .as("%s under\n%s", hostile, plain)
                    .isEqualTo(compiled.expects(hostile));
        }
    }

    private static String hostileString(Choices choices) {
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

    private static PlainTarget hostileTarget(Choices choices, PlainPolicy plain, PlainTarget target) {
        PlainScope scope = new Picks(choices, plain).scopeBelowAccount();
        PlainTarget hostile = PlainTarget.of(scope == null ? PlainScope.TEAM : scope, hostileString(choices));
        return switch (choices.below(4)) {
            case 0, 1 -> hostile;
            case 2 -> hostile.in(target);
            default -> target.isAccount() ? hostile.in(hostile) : target.in(hostile);
        };
    }

    /** This holds whatever roles and targets there are. */
    @Property
    @Tag("P03")
    void without_assignments_everything_is_denied(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        Compiled empty = Compiled.of(plain.withAssignments(List.of()));
        for (Question question : questions(dice, plain)) {
            compiled.assertAnswer(question, tally);
            assertThat(empty.allows(question))
                    .as("%s under\n%s", question, plain)
                    .isFalse();
        }
    }

    /** A user is allowed exactly if they hold, somewhere on the path, an active role that has the permission. */
    @Property
    @Tag("P04")
    void whoever_is_allowed_holds_a_role_that_grants_it(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        for (Question question : questions(dice, plain)) {
            List<Target> path = compiled.oracle().path(question.target()).stream()
                    .map(PolicyConverter::target)
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

    /** An answer depends neither on earlier questions nor on concurrent ones. */
    @Property
    @Tag("P05")
    void the_same_question_has_the_same_answer_at_any_time(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        List<Question> questions = questions(dice, plain);
        List<Boolean> answers = questions.stream().map(compiled::allows).toList();
        List<Question> reversed = new ArrayList<>(questions);
        Collections.reverse(reversed);
        reversed.forEach(compiled::allows);
        List<Boolean> parallel = IntStream.range(0, 4 * QUESTIONS)
                .parallel()
                .mapToObj(i -> compiled.allows(questions.get(i % QUESTIONS)))
                .toList();
        PermissionMatrix again = PermissionMatrix.compile(compiled.policy());
        for (int i = 0; i < 4 * QUESTIONS; i++) {
            Question question = questions.get(i % QUESTIONS);
            boolean answer = answers.get(i % QUESTIONS);
            compiled.assertAnswer(question, parallel.get(i), answer, tally);
            Target target = PolicyConverter.target(question.target());
            assertThat(again.hasPermission(question.user(), question.permission(), target))
                    .isEqualTo(answer);
        }
    }

    /** Titles, names and descriptions mean nothing. */
    @Property
    @Tag("P13")
    void human_readable_strings_change_no_answer(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        List<PlainRole> renamed = new ArrayList<>();
        for (PlainRole role : plain.roles()) {
            renamed.add(role.withTexts("R" + renamed.size() + "xx", null));
        }
        PlainPolicy other = plain.withRoles(renamed);
        Compiled described = Compiled.of(other, PolicyConverter.policy(other, describedCatalog(plain)));
        for (Question question : questions(dice, plain)) {
            described.assertAnswer(question, described.allows(question), compiled.allows(question), tally);
            Permission permission =
                    described.policy().catalog().find(question.permission()).orElse(null);
            if (permission != null) {
                assertThat(permission.title()).contains("title");
            }
        }
    }

    private static PermissionCatalog describedCatalog(PlainPolicy plain) {
        PermissionCatalog.Builder builder = PermissionCatalog.builder()
                .scopes(PolicyConverter.catalog(plain).scopes());
        for (PlainGroup group : plain.groups()) {
            builder.group(
                    group.name(),
                    group.actions().stream()
                            .map(action -> PermissionCatalog.Action.of(action.name())
                                    .withKey(action.key())
                                    .withScopes(action.scopes().stream()
                                            .map(PolicyConverter::scope)
                                            .collect(Collectors.toSet()))
                                    .withTitle("title")
                                    .withDescription("description"))
                            .toList());
        }
        return builder.retired(plain.retired().toArray(String[]::new)).build();
    }
}
