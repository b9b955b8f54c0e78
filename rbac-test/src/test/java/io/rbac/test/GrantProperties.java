package io.rbac.test;

import io.rbac.test.Sketch.Assignment;
import io.rbac.test.SketchGroup.Action;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** What a permission or an assignment more or less changes: exactly what S6 says, and no other answer. */
@Domain(Sketches.class)
class GrantProperties {
    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_strange() {
        tally.assertExhaustive();
    }

    /** P07, P09. */
    @Property
    void a_permission_more_is_granted_where_its_role_is_held_and_nothing_else_changes(
            @ForAll Sketch sketch, @ForAll Dice dice) {
        Choices choices = dice.choices();
        Sketch more = sketch;
        String key = "";
        List<Assignment> held = List.of();
        if (!sketch.roles().isEmpty()) {
            int index = choices.below(sketch.roles().size());
            SketchRole role = sketch.roles().get(index);
            Action action = choices.oneOf(sketch.actions());
            List<String> rights = new ArrayList<>(role.permissions());
            rights.add(action.key());
            if (action.scopes().contains(role.scope())) {
                more = sketch.withRole(index, role.withPermissions(rights));
                key = action.key();
                held = role.isActive() ? assignmentsOf(sketch, role) : List.of();
            }
        }
        Compiled before = Compiled.of(sketch);
        Compiled after = Compiled.of(more);
        for (Question question : Universe.questions(sketch)) {
            boolean gained = question.permission().equals(key) && isCovered(after, question, held);
            after.assertAnswer(question, after.allows(question), before.allows(question) || gained, tally);
        }
    }

    private static List<Assignment> assignmentsOf(Sketch sketch, SketchRole role) {
        return sketch.assignments().stream()
                .filter(assignment -> assignment.role().equals(role.id()))
                .toList();
    }

    private static boolean isCovered(Compiled compiled, Question question, List<Assignment> assignments) {
        List<Place> path = compiled.oracle().path(question.target());
        return assignments.stream()
                .anyMatch(
                        assignment -> assignment.user().equals(question.user()) && path.contains(assignment.target()));
    }

    /** P07, P09. */
    @Property
    void an_assignment_more_grants_its_role_to_its_user_there_and_below_and_nothing_else_changes(
            @ForAll Sketch sketch, @ForAll Dice dice) {
        Sketch more = new RandomEdits(dice.choices()).assigned(sketch);
        List<Assignment> added = more.assignments()
                .subList(sketch.assignments().size(), more.assignments().size());
        Compiled before = Compiled.of(sketch);
        Compiled after = Compiled.of(more);
        for (Question question : Universe.questions(more)) {
            boolean gained = isCovered(after, question, added)
                    && Compiled.roleOf(more, added.get(0)).isActive()
                    && Compiled.roleOf(more, added.get(0)).permissions().contains(question.permission());
            after.assertAnswer(question, after.allows(question), before.allows(question) || gained, tally);
        }
    }

    /** P08. */
    @Property
    void an_assignment_a_permission_or_a_role_less_allows_nothing_new(@ForAll Sketch sketch, @ForAll Dice dice) {
        Compiled before = Compiled.of(sketch);
        Compiled after = Compiled.of(new RandomEdits(dice.choices()).less(sketch));
        for (Question question : Universe.questions(sketch)) {
            boolean answer = after.allows(question);
            after.assertAnswer(question, answer, answer && before.allows(question), tally);
        }
    }
}
