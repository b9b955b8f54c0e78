package io.rbac.test;

import io.rbac.test.PlainGroup.Action;
import io.rbac.test.PlainPolicy.Assignment;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** Adding or removing a permission or an assignment changes exactly the answers that S6 says. */
@Domain(PlainPolicyDomain.class)
class GrantProperties {
    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_unknown() {
        tally.assertExhaustive();
    }

    @Property
    @Tag("P07")
    @Tag("P09")
    void an_added_permission_is_granted_where_its_role_is_held_and_nothing_else_changes(
            @ForAll PlainPolicy plain, @ForAll Dice dice) {
        Choices choices = dice.choices();
        PlainPolicy more = plain;
        String key = "";
        List<Assignment> held = List.of();
        if (!plain.roles().isEmpty()) {
            int index = choices.below(plain.roles().size());
            PlainRole role = plain.roles().get(index);
            Action action = choices.oneOf(plain.actions());
            List<String> rights = new ArrayList<>(role.permissions());
            rights.add(action.key());
            if (action.scopes().contains(role.scope())) {
                more = plain.withRole(index, role.withPermissions(rights));
                key = action.key();
                held = role.isActive() ? assignmentsOf(plain, role) : List.of();
            }
        }
        Compiled before = Compiled.of(plain);
        Compiled after = Compiled.of(more);
        for (Question question : Universe.questions(plain)) {
            boolean gained = question.permission().equals(key) && isCovered(after, question, held);
            after.assertAnswer(question, after.allows(question), before.allows(question) || gained, tally);
        }
    }

    private static List<Assignment> assignmentsOf(PlainPolicy plain, PlainRole role) {
        return plain.assignments().stream()
                .filter(assignment -> assignment.role().equals(role.id()))
                .toList();
    }

    private static boolean isCovered(Compiled compiled, Question question, List<Assignment> assignments) {
        List<PlainTarget> path = compiled.oracle().path(question.target());
        return assignments.stream()
                .anyMatch(
                        assignment -> assignment.user().equals(question.user()) && path.contains(assignment.target()));
    }

    @Property
    @Tag("P07")
    @Tag("P09")
    void an_added_assignment_grants_its_role_there_and_below_and_nothing_else_changes(
            @ForAll PlainPolicy plain, @ForAll Dice dice) {
        PlainPolicy more = new RandomEdits(dice.choices()).assigned(plain);
        List<Assignment> added = more.assignments()
                .subList(plain.assignments().size(), more.assignments().size());
        Compiled before = Compiled.of(plain);
        Compiled after = Compiled.of(more);
        for (Question question : Universe.questions(more)) {
            boolean gained = isCovered(after, question, added)
                    && Compiled.roleOf(more, added.get(0)).isActive()
                    && Compiled.roleOf(more, added.get(0)).permissions().contains(question.permission());
            after.assertAnswer(question, after.allows(question), before.allows(question) || gained, tally);
        }
    }

    @Property
    @Tag("P08")
    void removing_an_assignment_a_permission_or_a_role_allows_nothing_new(
            @ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled before = Compiled.of(plain);
        Compiled after = Compiled.of(new RandomEdits(dice.choices()).less(plain));
        for (Question question : Universe.questions(plain)) {
            boolean answer = after.allows(question);
            after.assertAnswer(question, answer, answer && before.allows(question), tally);
        }
    }
}
