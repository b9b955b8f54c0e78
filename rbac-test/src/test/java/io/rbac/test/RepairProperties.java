package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.test.EditModel.Applied;
import io.rbac.test.EditModel.Outcome;
import io.rbac.test.EditModel.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** S2: a stored policy that breaks the catalog or the rules of the host is answered from, and takes only repairs. */
@Domain(Sketches.class)
@Domain(Histories.class)
class RepairProperties {
    private static final long AT = EditedPolicy.time(0);

    private int refused;
    private int repaired;
    private int unchanged;

    @AfterProperty
    void every_outcome_was_reached() {
        assertThat(refused).isPositive();
        assertThat(repaired).isPositive();
        assertThat(unchanged).isPositive();
    }

    /** The policy under rules or a catalog that it may break; its lists in the order of S3. */
    private static Sketch stricter(Choices choices, Sketch sketch) {
        SketchRules rules = sketch.rules();
        SketchRules.Name name = rules.name();
        List<SketchGroup> groups = new ArrayList<>(sketch.groups());
        switch (choices.below(6)) {
            case 0 -> rules = rules.withName(name.min(), 3, name.blank(), false);
            case 1 -> rules = rules.withName(name.min(), name.max(), name.blank(), true);
            case 2 -> rules = rules.withRolesPerTarget(1);
            case 3 -> rules = rules.withDefaults(choices.oneOf(rules.scopes()), 2, null);
            case 4 -> rules = rules.withDescription(false, null);
            default -> groups.remove(choices.below(groups.size()));
        }
        Set<String> keys = new HashSet<>();
        groups.forEach(group -> group.actions().forEach(action -> keys.add(action.key())));
        List<String> lockout = rules.lockout().stream().filter(keys::contains).toList();
        return EditedPolicy.listed(sketch.withRules(rules.withLockout(lockout)).withCatalog(groups, sketch.retired()));
    }

    /** What may mend the policy: roles go, or get what the rules and the catalog allow. */
    private static List<Edit> repair(Choices choices, Sketch sketch) {
        List<Edit> edits = new ArrayList<>();
        for (SketchRole role : sketch.roles()) {
            List<String> keys = new ArrayList<>(role.permissions());
            keys.retainAll(
                    sketch.actions().stream().map(SketchGroup.Action::key).toList());
            Edit.Attributes given = Edit.Attributes.none()
                    .withName("N" + edits.size())
                    .withDescription(null)
                    .withDefault(true);
            if (!role.isActive()) {
                edits.add(new Edit.PurgeRole(role.id()));
            } else if (role.system()) {
                edits.add(new Edit.PutSystemRole(role.withTexts("Role", null).withPermissions(keys)));
                edits.add(new Edit.UpdateRole(role.id(), given));
            } else {
                edits.add(new Edit.UpdateRole(role.id(), given.withPermissions(keys)));
            }
        }
        sketch.assignments().stream()
                .filter(assignment -> choices.oneIn(2))
                .forEach(a -> edits.add(new Edit.Unassign(a.user(), a.role(), a.target())));
        return edits;
    }

    @Property(tries = 600)
    void a_policy_that_breaks_something_takes_only_what_leaves_nothing_broken(@ForAll Sketch start, @ForAll Dice dice) {
        Choices choices = dice.choices();
        Sketch sketch = stricter(choices, start);
        Policy policy = SketchPolicy.policy(start).under(SketchPolicy.catalog(sketch), SketchPolicy.rules(sketch));
        assertThat(policy.violations().isEmpty())
                .isEqualTo(Validity.problems(sketch).isEmpty());
        assertAnswers(sketch, policy, choices);
        for (List<Edit> batch :
                List.of(repair(choices, sketch), RandomBatches.next(choices, sketch), List.<Edit>of())) {
            assertOutcome(sketch, policy, batch);
        }
    }

    private static void assertAnswers(Sketch sketch, Policy policy, Choices choices) {
        Compiled compiled = Compiled.of(sketch, policy);
        for (Question question : RandomSketch.questions(choices, sketch, 20)) {
            assertThat(compiled.allows(question))
                    .as("%s under\n%s", question, sketch)
                    .isEqualTo(compiled.expects(question));
        }
    }

    /** Which of the old faults are named, and by what path, is not compared. */
    private void assertOutcome(Sketch sketch, Policy policy, List<Edit> batch) {
        Outcome outcome = EditModel.apply(sketch, batch, AT);
        Policy result = policy;
        Set<Problem> problems = new HashSet<>();
        try {
            result = policy.apply(EditChange.changes(batch, sketch, policy.catalog()), Instant.ofEpochMilli(AT))
                    .policy();
        } catch (PolicyViolationException e) {
            e.violations().forEach(v -> problems.add(new Problem(v.code().name(), v.path())));
        }
        boolean back = outcome instanceof Applied same && same.effects().isEmpty() && isOfTheWhole(problems);
        if (back) {
            unchanged++;
        } else if (outcome instanceof Applied applied) {
            assertThat(problems).as("%s applied to\n%s", batch, sketch).isEmpty();
            if (applied.effects().isEmpty()) {
                assertThat(result).isSameAs(policy);
                unchanged++;
            } else {
                assertThat(result.violations()).isEmpty();
                assertThat(SketchPolicy.sketch(result)).isEqualTo(EditedPolicy.listed(applied.result()));
                repaired += Validity.problems(sketch).isEmpty() ? 0 : 1;
            }
        } else {
            assertThat(ofEdits(problems))
                    .as("problems of %s on\n%s", batch, sketch)
                    .isEqualTo(ofEdits(((Refused) outcome).problems()));
            assertThat(problems).isNotEmpty();
            refused++;
        }
    }

    /** Edits that in the end change nothing may be refused for an old fault that they touched on the way. */
    private static boolean isOfTheWhole(Set<Problem> problems) {
        return !problems.isEmpty()
                && problems.stream().allMatch(problem -> problem.path().equals("/changes"));
    }

    private static Set<Problem> ofEdits(Set<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.path().startsWith("/changes/"))
                .map(RepairProperties::withoutGroup)
                .collect(Collectors.toSet());
    }

    /** The group and action of a permission that the catalog lacks are those of the old one, which the model does not have. */
    private static Problem withoutGroup(Problem problem) {
        int end = problem.path().indexOf("/rights/");
        return end < 0 || !problem.code().equals("UNKNOWN_PERMISSION")
                ? problem
                : new Problem(problem.code(), problem.path().substring(0, end));
    }
}
