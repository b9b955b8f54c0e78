package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.test.Sketch.Assignment;
import io.rbac.test.SketchGroup.Action;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** What holds for every user, permission and target of a policy, and for strangers to it. */
@Domain(Sketches.class)
class ExhaustiveProperties {
    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_strange() {
        tally.assertExhaustive();
    }

    /** P01. */
    @Property
    void the_matrix_answers_like_the_oracle(@ForAll Sketch sketch) {
        Compiled compiled = Compiled.of(sketch);
        PermissionCatalog catalog = compiled.policy().catalog();
        for (Question question : Universe.questions(sketch)) {
            boolean expected = compiled.expects(question);
            compiled.assertAnswer(question, compiled.allows(question), expected, tally);
            catalog.find(question.permission()).ifPresent(permission -> {
                Target target = SketchPolicy.target(question.target());
                boolean answer = compiled.matrix().hasPermission(question.user(), permission, target);
                compiled.assertAnswer(question, answer, expected, tally);
            });
        }
    }

    /** P03. */
    @Property
    void what_is_unknown_is_denied(@ForAll Sketch sketch) {
        Compiled compiled = Compiled.of(sketch);
        Set<String> users = new HashSet<>(compiled.policy().users());
        Set<String> keys = new HashSet<>();
        sketch.actions().forEach(action -> keys.add(action.key()));
        for (Question question : Universe.questions(sketch)) {
            boolean known = users.contains(question.user())
                    && keys.contains(question.permission())
                    && !compiled.oracle().path(question.target()).isEmpty();
            boolean answer = compiled.allows(question);
            compiled.assertAnswer(question, answer, answer && known, tally);
        }
    }

    /** P10: what two parts of the assignments grant together is what each of them grants. */
    @Property
    void assignments_add_up(@ForAll Sketch sketch, @ForAll Dice dice) {
        Choices choices = dice.choices();
        List<Assignment> some = new ArrayList<>();
        List<Assignment> others = new ArrayList<>();
        for (Assignment assignment : sketch.assignments()) {
            (choices.oneIn(2) ? some : others).add(assignment);
        }
        Compiled whole = Compiled.of(sketch);
        Compiled one = Compiled.of(sketch.withAssignments(some));
        Compiled other = Compiled.of(sketch.withAssignments(others));
        for (Question question : Universe.questions(sketch)) {
            boolean expected = one.allows(question) || other.allows(question);
            whole.assertAnswer(question, whole.allows(question), expected, tally);
        }
    }

    /** P10: what a user may do at a target is what his active roles on its path grant together. */
    @Property
    void rights_are_the_union_of_the_active_roles_on_the_path(@ForAll Sketch sketch) {
        Compiled compiled = Compiled.of(sketch);
        for (Question question : Universe.questions(sketch)) {
            compiled.assertAnswer(question, tally);
        }
        for (String user : compiled.policy().users()) {
            for (Place place : Universe.places(sketch)) {
                Rights expected = compiled.policy().catalog().noRights();
                for (Place step : compiled.oracle().path(place)) {
                    for (Role role : compiled.policy().rolesOf(user, SketchPolicy.target(step))) {
                        expected = role.isActive() ? expected.union(role.rights()) : expected;
                    }
                }
                assertThat(compiled.matrix().rightsOf(user, SketchPolicy.target(place)))
                        .as("%s at %s under\n%s", user, place, sketch)
                        .isEqualTo(expected);
            }
        }
    }

    /** P26: a permission is allowed only through a role whose scope may hold it. */
    @Property
    void a_permission_is_denied_above_the_scopes_that_may_hold_it(@ForAll Sketch sketch) {
        Compiled compiled = Compiled.of(sketch);
        for (Question question : Universe.questions(sketch)) {
            Scope widest = sketch.actions().stream()
                    .filter(action -> action.key().equals(question.permission()))
                    .map(Action::scopes)
                    .flatMap(Set::stream)
                    .min(Scope::compareTo)
                    .orElse(Scope.CHAT);
            boolean answer = compiled.allows(question);
            boolean reachable = question.target().kind().compareTo(widest) >= 0;
            compiled.assertAnswer(question, answer, answer && reachable, tally);
        }
    }

    /** P16, P17, P18: one assignment grants what its role has at every target that lies in its own, nowhere else. */
    @Property
    void an_assignment_grants_downwards_only(@ForAll Sketch sketch) {
        List<Question> questions = Universe.questions(sketch);
        for (Assignment assignment : sketch.assignments()) {
            SketchRole role = Compiled.roleOf(sketch, assignment);
            Compiled single = Compiled.of(sketch.withAssignments(List.of(assignment)));
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

    /** P21: a chat lies where the policy says; only of a chat that it does not know may the stated place count. */
    @Property
    void a_stated_place_never_overrules_the_policy(@ForAll Sketch sketch) {
        Compiled compiled = Compiled.of(sketch);
        boolean trusted = sketch.rules().placedChats().equals("trusted");
        for (Question question : Universe.questions(sketch)) {
            Place chat = question.target();
            Place stated = chat.in();
            boolean expected = compiled.allows(question);
            if (stated != null) {
                Place lies = Compiled.placeOf(sketch, chat.id());
                Place counts = lies == null ? (trusted ? stated : Place.team("gone")) : chat.bare();
                boolean allowed = compiled.allows(new Question(question.user(), question.permission(), counts));
                expected = allowed && (lies == null || lies.equals(stated));
            }
            compiled.assertAnswer(question, compiled.allows(question), expected, tally);
        }
    }
}
