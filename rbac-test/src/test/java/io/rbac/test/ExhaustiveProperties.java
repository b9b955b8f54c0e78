package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.test.PlainGroup.Action;
import io.rbac.test.PlainPolicy.Assignment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** What holds for every user, permission and target of a policy, and for unknown ones. */
@Domain(PlainPolicyDomain.class)
@Tag("deep")
class ExhaustiveProperties {
    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_unknown() {
        tally.assertExhaustive();
    }

    @Property
    @Tag("P01")
    void the_matrix_answers_as_the_oracle_does(@ForAll PlainPolicy plain) {
        Compiled compiled = Compiled.of(plain);
        PermissionCatalog catalog = compiled.policy().catalog();
        for (Question question : Universe.questions(plain)) {
            boolean expected = compiled.expects(question);
            compiled.assertAnswer(question, compiled.allows(question), expected, tally);
            catalog.find(question.permission()).ifPresent(permission -> {
                Target target = PolicyConverter.target(question.target());
                boolean answer = compiled.matrix().hasPermission(question.user(), permission, target);
                compiled.assertAnswer(question, answer, expected, tally);
            });
        }
    }

    @Property
    @Tag("P03")
    void what_is_unknown_is_denied(@ForAll PlainPolicy plain) {
        Compiled compiled = Compiled.of(plain);
        Set<String> users = new HashSet<>(compiled.policy().users());
        Set<String> keys = new HashSet<>();
        plain.actions().forEach(action -> keys.add(action.key()));
        for (Question question : Universe.questions(plain)) {
            boolean known = users.contains(question.user())
                    && keys.contains(question.permission())
                    && !compiled.oracle().path(question.target()).isEmpty();
            boolean answer = compiled.allows(question);
            compiled.assertAnswer(question, answer, answer && known, tally);
        }
    }

    /** All assignments together grant what each of two parts of them grants. */
    @Property
    @Tag("P10")
    void assignments_add_up(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Choices choices = dice.choices();
        List<Assignment> some = new ArrayList<>();
        List<Assignment> others = new ArrayList<>();
        for (Assignment assignment : plain.assignments()) {
            (choices.oneIn(2) ? some : others).add(assignment);
        }
        Compiled whole = Compiled.of(plain);
        Compiled one = Compiled.of(plain.withAssignments(some));
        Compiled other = Compiled.of(plain.withAssignments(others));
        for (Question question : Universe.questions(plain)) {
            boolean expected = one.allows(question) || other.allows(question);
            whole.assertAnswer(question, whole.allows(question), expected, tally);
        }
    }

    @Property
    @Tag("P10")
    void rights_are_the_union_of_the_active_roles_on_the_path(@ForAll PlainPolicy plain) {
        Compiled compiled = Compiled.of(plain);
        for (Question question : Universe.questions(plain)) {
            compiled.assertAnswer(question, tally);
        }
        for (String user : compiled.policy().users()) {
            for (PlainTarget target : Universe.targets(plain)) {
                Rights expected = compiled.policy().catalog().noRights();
                for (PlainTarget step : compiled.oracle().path(target)) {
                    for (Role role : compiled.policy().rolesOf(user, PolicyConverter.target(step))) {
                        expected = role.isActive() ? expected.union(role.rights()) : expected;
                    }
                }
                assertThat(compiled.matrix().rightsOf(user, PolicyConverter.target(target)))
                        .as("%s at %s under\n%s", user, target, plain)
                        .isEqualTo(expected);
            }
        }
    }

    /** It is allowed only through a role whose scope may hold it. */
    @Property
    @Tag("P26")
    @Tag("B51")
    void a_permission_is_denied_above_the_scopes_that_may_hold_it(@ForAll PlainPolicy plain) {
        Compiled compiled = Compiled.of(plain);
        for (Question question : Universe.questions(plain)) {
            int widest = plain.actions().stream()
                    .filter(action -> action.key().equals(question.permission()))
                    .map(Action::scopes)
                    .flatMap(Set::stream)
                    .mapToInt(PlainScope::level)
                    .min()
                    .orElse(Integer.MAX_VALUE);
            boolean answer = compiled.allows(question);
            boolean reachable = question.target().scope().level() >= widest;
            compiled.assertAnswer(question, answer, answer && reachable, tally);
        }
    }

    /** A single assignment grants its role's permissions at every target whose path has its own, and nowhere else. */
    @Property
    @Tag("P16")
    @Tag("P17")
    @Tag("P18")
    void an_assignment_grants_downwards_only(@ForAll PlainPolicy plain) {
        List<Question> questions = Universe.questions(plain);
        for (Assignment assignment : plain.assignments()) {
            PlainRole role = Compiled.roleOf(plain, assignment);
            Compiled single = Compiled.of(plain.withAssignments(List.of(assignment)));
            for (Question question : questions) {
                boolean granted = assignment.user().equals(question.user())
                        && role.isActive()
                        && role.permissions().contains(question.permission())
                        && single.oracle().path(question.target()).contains(assignment.target());
                if (question.user().equals(assignment.user()) || granted) {
                    single.assertAnswer(question, single.allows(question), granted, tally);
                }
            }
        }
    }

    /**
     * A known target lies where the policy says; a given parent counts only for an unknown target that could lie there, if
     * the rules trust it.
     */
    @Property
    @Tag("P21")
    void a_given_parent_never_overrules_the_policy(@ForAll PlainPolicy plain) {
        Compiled compiled = Compiled.of(plain);
        boolean trusted = plain.rules().unknownTargets().equals("trusted");
        for (Question question : Universe.questions(plain)) {
            PlainTarget target = question.target();
            PlainTarget given = target.parent();
            boolean expected = compiled.allows(question);
            if (given != null) {
                PlainTarget known = PlainPaths.parentOf(plain, target);
                boolean couldLie = PlainPaths.mayLieIn(plain, target.scope(), given.scope())
                        && PlainPaths.path(plain, given).size() < PlainPaths.LONGEST;
                PlainTarget counts = known == null ? given : target.withoutParent();
                boolean allowed = compiled.allows(new Question(question.user(), question.permission(), counts));
                expected = allowed && (known == null ? trusted && couldLie : known.equals(given));
            }
            compiled.assertAnswer(question, compiled.allows(question), expected, tally);
        }
    }
}
