package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.review.Answers;
import io.rbac.review.PolicyReview;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** Who can and where can are those users and targets for which the oracle says yes, asked one after the other. */
@Domain(PlainPolicyDomain.class)
class WhoAndWhereProperties {
    private static final int QUESTIONS = 30;
    private static final int PAGED = 10;
    private static final int[] PAGE_SIZES = {1, 2, 3, 7, Integer.MAX_VALUE};

    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_unknown() {
        tally.assertAimed();
    }

    private static <T> void assertAnswers(Answers<T> answers, List<T> expected) {
        assertThat(answers.toList()).as("%s", answers).isEqualTo(expected);
        assertThat(answers.stream()).as("%s", answers).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(answers.count()).as("%s", answers).isEqualTo(expected.size());
    }

    /** Takes all pages of a size and asserts that together they are the list. */
    private static <T> void assertPages(Answers<T> answers, List<T> expected) {
        for (int size : PAGE_SIZES) {
            List<T> paged = new ArrayList<>();
            Answers.Page<T> page = answers.page(size);
            paged.addAll(page.answers());
            while (page.next().isPresent()) {
                assertThat(page.answers()).hasSize(size);
                page = answers.page(size, page.next().get());
                assertThat(page.answers()).isNotEmpty();
                paged.addAll(page.answers());
            }
            assertThat(paged).as("%s in pages of %s", answers, size).isEqualTo(expected);
        }
    }

    @Property
    @Tag("P55")
    void who_can_are_the_users_whose_check_is_true(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        PolicyReview review = PolicyReview.of(compiled.matrix());
        List<Question> questions = RandomPlainPolicy.questions(dice.choices(), plain, QUESTIONS);
        for (Question question : questions) {
            Target target = PolicyConverter.target(question.target());
            Answers<String> answers = review.whoCan(question.permission(), target);
            assertAnswers(answers, compiled.oracle().whoCan(question.permission(), question.target()));
            boolean isAmong = answers.toList().contains(question.user());
            compiled.assertAnswer(question, isAmong, compiled.expects(question), tally);
        }
        for (Question question : questions.subList(0, PAGED)) {
            assertPages(
                    review.whoCan(question.permission(), PolicyConverter.target(question.target())),
                    compiled.oracle().whoCan(question.permission(), question.target()));
        }
    }

    /** Any question is asked about its user and permission; its target is then among the answers or not, if it is known. */
    @Property
    @Tag("P56")
    void where_can_are_the_known_targets_whose_check_is_true(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        PolicyReview review = PolicyReview.of(compiled.matrix());
        List<Question> questions = RandomPlainPolicy.questions(dice.choices(), plain, QUESTIONS);
        for (Question question : questions) {
            List<PlainTarget> expected = compiled.oracle().whereCan(question.user(), question.permission());
            assertAnswers(review.whereCan(question.user(), question.permission()), converted(expected));
            for (PlainScope scope : plain.scopes()) {
                assertAnswers(
                        review.whereCan(question.user(), question.permission(), PolicyConverter.scope(scope)),
                        converted(expected.stream()
                                .filter(target -> target.scope().equals(scope))
                                .toList()));
            }
            Target target = PolicyConverter.target(question.target());
            boolean isKnown = PlainPaths.isKnown(plain, question.target())
                    && !compiled.oracle().path(question.target()).isEmpty();
            boolean answer = isKnown
                    ? expected.contains(question.target().withoutParent())
                    : review.explain(question.user(), question.permission(), target)
                            .isGranted();
            compiled.assertAnswer(question, answer, compiled.expects(question), tally);
            assertThat(review.rightsOf(question.user(), target).contains(question.permission()))
                    .isEqualTo(answer);
        }
        for (Question question : questions.subList(0, PAGED)) {
            assertPages(
                    review.whereCan(question.user(), question.permission()),
                    converted(compiled.oracle().whereCan(question.user(), question.permission())));
        }
    }

    private static List<Target> converted(List<PlainTarget> targets) {
        return targets.stream().map(PolicyConverter::target).toList();
    }

    /** A role grants a permission if somebody who holds nothing else has it where the role is assigned. */
    @Property
    @Tag("P56")
    void the_roles_that_grant_a_permission_are_those_that_give_it_to_whoever_holds_them(
            @ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        PolicyReview review = PolicyReview.of(compiled.matrix());
        for (Question question : RandomPlainPolicy.questions(dice.choices(), plain, QUESTIONS)) {
            compiled.assertAnswer(question, tally);
            List<String> expected = compiled.oracle().roles().stream()
                    .filter(role -> grants(plain, role, question.permission()))
                    .map(PlainRole::id)
                    .toList();
            assertThat(review.rolesGranting(question.permission()))
                    .extracting(Role::id)
                    .as("%s under\n%s", question.permission(), plain)
                    .isEqualTo(expected);
        }
    }

    private static boolean grants(PlainPolicy plain, PlainRole role, String permission) {
        PlainTarget place = role.scope().isAccount() ? PlainTarget.account() : PlainTarget.of(role.scope(), "only");
        PlainPolicy only = plain.withTargets(List.of()).withAssignments(List.of());
        only = place.isAccount() ? only : only.withTarget(place, PlainTarget.account());
        return Oracle.of(only.withAssignment("holder", role.id(), place)).hasPermission("holder", permission, place);
    }
}
