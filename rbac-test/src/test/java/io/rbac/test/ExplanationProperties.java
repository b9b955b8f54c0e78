package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Permission;
import io.rbac.model.Target;
import io.rbac.review.Explanation;
import io.rbac.review.Explanation.NearestRole;
import io.rbac.review.Explanation.Reason;
import io.rbac.review.PolicyReview;
import io.rbac.test.PlainPolicy.Assignment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;
import org.jspecify.annotations.Nullable;

/** An explanation is that which loops over the conditions of S6 find, one condition after the other. */
@Domain(PlainPolicyDomain.class)
class ExplanationProperties {
    private static final int QUESTIONS = 40;
    private static final int REBUILT = 4;

    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_unknown() {
        tally.assertAimed();
    }

    private static Explanation explain(Compiled compiled, Question question) {
        return PolicyReview.of(compiled.matrix())
                .explain(question.user(), question.permission(), PolicyConverter.target(question.target()));
    }

    /** Returns the assignments of the user on the path of the target. */
    private static List<Assignment> onPath(Compiled compiled, Question question) {
        List<PlainTarget> path = compiled.oracle().path(question.target());
        return compiled.plain().assignments().stream()
                .filter(assignment -> assignment.user().equals(question.user()) && path.contains(assignment.target()))
                .toList();
    }

    private static boolean hasPermission(PlainPolicy plain, PlainRole role, String permission) {
        return role.permissions().contains(permission)
                && plain.actions().stream()
                        .anyMatch(action -> action.key().equals(permission)
                                && action.scopes().contains(role.scope()));
    }

    private static List<Assignment> granting(Compiled compiled, Question question) {
        return onPath(compiled, question).stream()
                .filter(assignment -> {
                    PlainRole role = Compiled.roleOf(compiled.plain(), assignment);
                    return role.isActive() && hasPermission(compiled.plain(), role, question.permission());
                })
                .toList();
    }

    private static @Nullable Reason reason(Compiled compiled, Question question) {
        PlainPolicy plain = compiled.plain();
        List<Assignment> onPath = onPath(compiled, question);
        if (!compiled.oracle().users().contains(question.user())) {
            return Reason.UNKNOWN_USER;
        }
        if (plain.actions().stream().noneMatch(action -> action.key().equals(question.permission()))) {
            return Reason.UNKNOWN_PERMISSION;
        }
        if (compiled.oracle().path(question.target()).isEmpty()) {
            return Reason.UNKNOWN_TARGET;
        }
        if (onPath.isEmpty()) {
            return Reason.NOTHING_HELD;
        }
        List<PlainRole> having = onPath.stream()
                .map(assignment -> Compiled.roleOf(plain, assignment))
                .filter(role -> hasPermission(plain, role, question.permission()))
                .toList();
        if (having.isEmpty()) {
            return Reason.NOT_IN_RIGHTS;
        }
        return having.stream().anyMatch(PlainRole::isActive) ? null : Reason.DISCARDED;
    }

    private static Set<io.rbac.model.Assignment> converted(List<Assignment> assignments) {
        return assignments.stream()
                .map(assignment -> new io.rbac.model.Assignment(
                        assignment.user(), assignment.role(), PolicyConverter.target(assignment.target())))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Property
    @Tag("P58")
    void an_explanation_agrees_with_the_check_and_names_every_assignment_on_the_path(
            @ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        for (Question question : RandomPlainPolicy.questions(dice.choices(), plain, QUESTIONS)) {
            Explanation explanation = explain(compiled, question);
            compiled.assertAnswer(question, explanation.isGranted(), compiled.expects(question), tally);
            assertThat(explanation.isGranted()).isEqualTo(compiled.allows(question));
            assertThat(explanation.reason().orElse(null))
                    .as("%s under\n%s", question, plain)
                    .isEqualTo(reason(compiled, question));
            assertThat(explanation.held())
                    .extracting(Explanation.HeldRole::assignment)
                    .as("%s under\n%s", question, plain)
                    .containsExactlyInAnyOrderElementsOf(converted(onPath(compiled, question)));
            assertThat(explanation.grants())
                    .extracting(Explanation.HeldRole::assignment)
                    .as("%s under\n%s", question, plain)
                    .containsExactlyInAnyOrderElementsOf(converted(granting(compiled, question)));
            assertPaths(compiled, question, explanation);
        }
    }

    /** Each way leads from what was asked for to where the role is held, and the widest places come first. */
    private static void assertPaths(Compiled compiled, Question question, Explanation explanation) {
        List<Target> path = compiled.oracle().path(question.target()).stream()
                .map(PolicyConverter::target)
                .toList();
        int last = path.size();
        for (Explanation.HeldRole held : explanation.held()) {
            int place = path.indexOf(held.assignment().target());
            assertThat(held.path()).isEqualTo(path.subList(0, place + 1));
            assertThat(place).isLessThanOrEqualTo(last);
            assertThat(compiled.policy().role(held.assignment().role())).contains(held.role());
            last = place;
        }
        assertThat(explanation.held()).containsAll(explanation.grants());
    }

    @Property
    @Tag("P58")
    void without_the_assignments_that_it_names_a_granted_permission_is_denied(
            @ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        int rebuilt = 0;
        for (Question question : RandomPlainPolicy.questions(dice.choices(), plain, QUESTIONS)) {
            compiled.assertAnswer(question, tally);
            Explanation explanation = explain(compiled, question);
            if (explanation.isGranted() && rebuilt++ < REBUILT) {
                Set<io.rbac.model.Assignment> named = explanation.grants().stream()
                        .map(Explanation.HeldRole::assignment)
                        .collect(Collectors.toSet());
                PlainPolicy without = plain.withAssignments(plain.assignments().stream()
                        .filter(assignment -> !named.containsAll(converted(List.of(assignment))))
                        .toList());
                assertThat(without.assignments()).hasSize(plain.assignments().size() - named.size());
                assertThat(Compiled.of(without).allows(question))
                        .as("%s under\n%s", question, without)
                        .isFalse();
            }
        }
    }

    /** Assigned where it says, each grants the permission and adds what it says; no role that would grant it is missing. */
    @Property
    @Tag("P58")
    void the_nearest_roles_are_those_that_would_grant_what_is_denied(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        for (Question any : RandomPlainPolicy.questions(dice.choices(), plain, QUESTIONS)) {
            // An unknown user is to get a role here, so it is one whose id may be assigned.
            Question question = compiled.oracle().users().contains(any.user())
                    ? any
                    : new Question("stranger", any.permission(), any.target());
            compiled.assertAnswer(question, tally);
            List<NearestRole> nearest = explain(compiled, question).nearest();
            if (compiled.expects(question)) {
                assertThat(nearest).isEmpty();
                continue;
            }
            Set<String> expected = new HashSet<>();
            for (PlainRole role : plain.roles()) {
                for (PlainTarget place : compiled.oracle().path(question.target())) {
                    if (place.scope().equals(role.scope()) && PlainPaths.isKnown(plain, place)) {
                        Oracle assigned = Oracle.of(withAssignment(plain, question.user(), role.id(), place));
                        if (assigned.hasPermission(question.user(), question.permission(), question.target())) {
                            expected.add(role.id());
                        }
                    }
                }
            }
            assertThat(nearest)
                    .extracting(each -> each.role().id())
                    .as("%s under\n%s", question, plain)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertAdds(compiled, question, nearest);
        }
    }

    private static PlainPolicy withAssignment(PlainPolicy plain, String user, String role, PlainTarget target) {
        Assignment assignment = new Assignment(user.isEmpty() ? "somebody" : user, role, target);
        return plain.assignments().contains(assignment) ? plain : plain.withAssignment(assignment.user(), role, target);
    }

    private static void assertAdds(Compiled compiled, Question question, List<NearestRole> nearest) {
        int least = 0;
        for (NearestRole each : nearest) {
            PlainTarget place = compiled.oracle().path(question.target()).stream()
                    .filter(target -> PolicyConverter.target(target).equals(each.target()))
                    .findFirst()
                    .orElseThrow();
            Oracle after = Oracle.of(withAssignment(
                    compiled.plain(), question.user(), each.role().id(), place));
            Set<String> adds = new LinkedHashSet<>(after.rightsOf(question.user(), place));
            assertThat(adds).contains(question.permission());
            adds.removeAll(compiled.oracle().rightsOf(question.user(), place));
            adds.remove(question.permission());
            List<String> keys = new ArrayList<>();
            each.adds().stream().map(Permission::key).forEach(keys::add);
            assertThat(keys)
                    .as("%s by %s under\n%s", question, each, compiled.plain())
                    .containsExactlyElementsOf(adds);
            assertThat(keys).hasSizeGreaterThanOrEqualTo(least);
            least = keys.size();
        }
    }
}
