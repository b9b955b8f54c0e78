package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.review.AccessInvariant;
import io.rbac.review.AccessInvariant.Counterexample;
import io.rbac.review.PolicyLint;
import io.rbac.review.PolicyLint.Finding;
import io.rbac.review.PolicyLint.Rule;
import io.rbac.test.PlainPolicy.Assignment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** What lint finds and where invariants fail, compared with loops over everything that the oracle answers. */
@Domain(PlainPolicyDomain.class)
class LintProperties {
    private static final int PAIRS = 10;
    private static final int SUGGESTIONS = 5;

    private long compared;
    private long found;

    /** Both outcomes occur often: what was looked for was found, and was not found. */
    @AfterProperty
    void enough_was_found_and_enough_was_not() {
        assertThat(100.0 * found / compared).as("percent of %s found", compared).isBetween(3.0, 80.0);
    }

    private void count(boolean isFound) {
        compared++;
        found += isFound ? 1 : 0;
    }

    private static List<String> places(List<Finding> findings, Rule rule) {
        return findings.stream()
                .filter(finding -> finding.rule() == rule)
                .map(Finding::place)
                .toList();
    }

    /** Returns what the oracle allows a user at each known target. */
    private static Map<PlainTarget, Set<String>> rights(Oracle oracle, String user) {
        Map<PlainTarget, Set<String>> rights = new LinkedHashMap<>();
        oracle.targets().forEach(target -> rights.put(target, oracle.rightsOf(user, target)));
        return rights;
    }

    @Property
    @Tag("P82")
    void an_assignment_is_redundant_if_it_grants_something_and_without_it_every_answer_is_the_same(
            @ForAll PlainPolicy plain) {
        Compiled compiled = Compiled.of(plain);
        List<Change> expected = new ArrayList<>();
        for (Assignment assignment : compiled.oracle().assignments()) {
            Oracle only = Oracle.of(plain.withAssignments(List.of(assignment)));
            Oracle without = Oracle.of(plain.withoutAssignment(assignment));
            boolean isRedundant =
                    !only.rightsOf(assignment.user(), assignment.target()).isEmpty()
                            && rights(without, assignment.user()).equals(rights(compiled.oracle(), assignment.user()));
            count(isRedundant);
            if (isRedundant) {
                expected.add(Change.unassign(
                        assignment.user(), assignment.role(), PolicyConverter.target(assignment.target())));
            }
        }
        assertThat(PolicyLint.standard().check(compiled.matrix()).stream()
                        .filter(finding -> finding.rule() == Rule.REDUNDANT_ASSIGNMENT)
                        .map(Finding::suggestion)
                        .flatMap(Optional::stream))
                .as("redundant under\n%s", plain)
                .containsExactlyElementsOf(expected);
    }

    @Property
    @Tag("P82")
    void a_suggested_change_can_be_made_and_changes_no_answer(@ForAll PlainPolicy plain) {
        Compiled compiled = Compiled.of(plain);
        List<Finding> findings = PolicyLint.standard().check(compiled.matrix());
        int tried = 0;
        for (Finding finding : findings) {
            count(finding.suggestion().isPresent());
            if (finding.suggestion().isPresent() && tried++ < SUGGESTIONS) {
                Policy changed = compiled.policy()
                        .apply(List.of(finding.suggestion().get()), Instant.EPOCH)
                        .policy();
                assertThat(changed).isNotEqualTo(compiled.policy());
                Oracle after = Oracle.of(PolicyConverter.plain(changed));
                for (String user : compiled.oracle().users()) {
                    assertThat(rights(after, user))
                            .as("%s under\n%s", finding, plain)
                            .isEqualTo(rights(compiled.oracle(), user));
                }
            }
        }
    }

    /** What each role grants is seen by its only holder, alone in the account. */
    @Property
    @Tag("P82")
    void roles_permissions_and_users_are_found_by_what_they_grant_and_hold(@ForAll PlainPolicy plain) {
        Compiled compiled = Compiled.of(plain);
        List<Finding> findings = PolicyLint.standard().check(compiled.matrix());
        List<PlainRole> active =
                compiled.oracle().roles().stream().filter(PlainRole::isActive).toList();
        Set<String> unused = new LinkedHashSet<>();
        Set<String> withoutRights = new LinkedHashSet<>();
        Set<String> duplicates = new LinkedHashSet<>();
        Set<String> subsumed = new LinkedHashSet<>();
        Set<String> ungranted = new LinkedHashSet<>();
        plain.actions().forEach(action -> ungranted.add("permission/" + action.key()));
        for (int i = 0; i < active.size(); i++) {
            PlainRole role = active.get(i);
            String place = "role/" + role.id();
            Set<String> granted = granted(plain, role);
            granted.forEach(key -> ungranted.remove("permission/" + key));
            add(unused, place, !role.isDefault() && compiled.oracle().userCount(role.id()) == 0);
            add(withoutRights, place, granted.isEmpty());
            for (int j = 0; j < active.size(); j++) {
                Set<String> other = granted(plain, active.get(j));
                boolean isOfScope = active.get(j).scope().equals(role.scope()) && !granted.isEmpty();
                add(duplicates, place, j < i && isOfScope && other.equals(granted));
                add(subsumed, place, isOfScope && other.containsAll(granted) && !other.equals(granted));
            }
        }
        String policy = "under\n" + plain;
        assertThat(places(findings, Rule.UNUSED_ROLE)).as(policy).containsExactlyElementsOf(unused);
        assertThat(places(findings, Rule.ROLE_WITHOUT_RIGHTS)).as(policy).containsExactlyElementsOf(withoutRights);
        assertThat(places(findings, Rule.DUPLICATE_ROLE)).as(policy).containsExactlyElementsOf(duplicates);
        assertThat(places(findings, Rule.SUBSUMED_ROLE)).as(policy).containsExactlyElementsOf(subsumed);
        assertThat(places(findings, Rule.UNGRANTED_PERMISSION)).as(policy).containsExactlyElementsOf(ungranted);
        assertThat(places(findings, Rule.HOLDS_EVERYTHING)).as(policy).isEqualTo(holdersOfEverything(compiled));
    }

    private void add(Set<String> places, String place, boolean isFound) {
        count(isFound);
        if (isFound) {
            places.add(place);
        }
    }

    private static Set<String> granted(PlainPolicy plain, PlainRole role) {
        PlainTarget place = role.scope().isAccount() ? PlainTarget.account() : PlainTarget.of(role.scope(), "only");
        PlainPolicy only = plain.withTargets(List.of()).withAssignments(List.of());
        only = place.isAccount() ? only : only.withTarget(place, PlainTarget.account());
        return Oracle.of(only.withAssignment("holder", role.id(), place)).rightsOf("holder", place);
    }

    private static List<String> holdersOfEverything(Compiled compiled) {
        PlainPolicy plain = compiled.plain();
        List<String> everything = plain.actions().stream()
                .filter(action -> action.scopes().contains(plain.scopes().get(0)))
                .map(PlainGroup.Action::key)
                .toList();
        return compiled.oracle().users().stream()
                .filter(user ->
                        !everything.isEmpty() && compiled.oracle().hasAll(user, everything, PlainTarget.account()))
                .map(user -> "user/" + user)
                .toList();
    }

    @Property
    @Tag("P83")
    void an_invariant_fails_at_the_highest_targets_of_those_users_of_whom_it_is_not_true(
            @ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        Choices choices = dice.choices();
        List<String> keys = new ArrayList<>(List.of("user:fly"));
        plain.actions().forEach(action -> keys.add(action.key()));
        for (int i = 0; i < PAIRS; i++) {
            String one = choices.oneOf(keys);
            String other = choices.oneOf(keys);
            assertInvariant(compiled, AccessInvariant.implies(one, other), one, other, false);
            assertInvariant(compiled, AccessInvariant.excludes(one, other), one, other, true);
        }
    }

    private void assertInvariant(
            Compiled compiled, AccessInvariant invariant, String one, String other, boolean hasOther) {
        Oracle oracle = compiled.oracle();
        List<List<Object>> expected = new ArrayList<>();
        for (String user : oracle.users()) {
            List<PlainTarget> violated = oracle.targets().stream()
                    .filter(target -> oracle.hasPermission(user, one, target)
                            && oracle.hasPermission(user, other, target) == hasOther)
                    .toList();
            for (PlainTarget target : violated) {
                List<PlainTarget> path = oracle.path(target);
                if (path.subList(1, path.size()).stream().noneMatch(violated::contains)) {
                    expected.add(List.of(user, PolicyConverter.target(target)));
                }
            }
        }
        count(!expected.isEmpty());
        assertThat(invariant.counterexamples(compiled.matrix()))
                .as("%s under\n%s", invariant, compiled.plain())
                .extracting(example -> List.<Object>of(example.user().orElseThrow(), example.target()))
                .containsExactlyElementsOf(expected);
        assertThat(invariant.holdsIn(compiled.matrix())).isEqualTo(expected.isEmpty());
    }

    @Property
    @Tag("P83")
    void there_are_enough_users_if_as_many_are_allowed(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        PermissionMatrix matrix = compiled.matrix();
        for (Question question : RandomPlainPolicy.questions(dice.choices(), plain, PAIRS)) {
            int users = compiled.oracle()
                    .whoCan(question.permission(), question.target().withoutParent())
                    .size();
            Target target = PolicyConverter.target(question.target().withoutParent());
            for (int least = 1; least <= users + 2; least++) {
                List<Counterexample> examples = AccessInvariant.atLeast(least, question.permission(), target)
                        .counterexamples(matrix);
                count(!examples.isEmpty());
                assertThat(examples)
                        .as("%s users for %s under\n%s", least, question, plain)
                        .hasSize(least <= users ? 0 : 1)
                        .allSatisfy(example -> assertThat(example.target()).isEqualTo(target));
            }
        }
    }

    @Property
    @Tag("P82")
    void findings_are_listed_by_rule(@ForAll PlainPolicy plain) {
        List<Finding> findings = PolicyLint.standard().check(Compiled.of(plain).matrix());
        assertThat(findings)
                .isSortedAccordingTo(Comparator.comparing(Finding::rule))
                .doesNotHaveDuplicates();
        for (Rule rule : Rule.values()) {
            count(findings.stream().anyMatch(finding -> finding.rule() == rule));
        }
    }
}
