package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.review.AccessDiff;
import io.rbac.review.AccessDiff.Cell;
import io.rbac.review.AccessDiff.Entry;
import io.rbac.review.AccessDiff.Group;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * The difference of two policies is the difference of two sets: of everything that the oracle allows, check by check, under one
 * and under the other.
 */
@Domain(PlainPolicyDomain.class)
@Domain(HistoryDomain.class)
class AccessDiffProperties {
    private static final int TRIES = 120;
    private static final int EDITS = 6;

    private long allowed;
    private long gained;
    private long lost;

    /** The share of checks that change is that of a random edit; both directions occur often. */
    @AfterProperty
    void enough_was_gained_lost_and_kept() {
        assertThat(gained).as("gains among %s allowed", allowed).isBetween(allowed / 100, allowed * 9 / 10);
        assertThat(lost).as("losses among %s allowed", allowed).isBetween(allowed / 100, allowed * 9 / 10);
        assertThat(allowed).isPositive();
    }

    /**
     * A check that is allowed.
     *
     * @param target the name of the scope and the id: policies may have different trees
     */
    private record Allowed(String user, String permission, List<String> target) {}

    private static List<String> name(PlainTarget target) {
        return target.isAccount() ? List.of() : List.of(target.scope().name(), target.id());
    }

    private static List<String> name(Target target) {
        return target.isAccount() ? List.of() : List.of(target.scope().name(), target.id());
    }

    /** Returns everything that the oracle allows the known users at the known targets. */
    private static Set<Allowed> allowed(PlainPolicy plain) {
        Oracle oracle = Oracle.of(plain);
        Set<Allowed> all = new LinkedHashSet<>();
        for (String user : oracle.users()) {
            for (PlainTarget target : oracle.targets()) {
                for (String key : oracle.rightsOf(user, target)) {
                    all.add(new Allowed(user, key, name(target)));
                }
            }
        }
        return all;
    }

    private static Set<Allowed> minus(Set<Allowed> some, Set<Allowed> others) {
        Set<Allowed> rest = new LinkedHashSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private void assertDiff(PlainPolicy before, PlainPolicy after, AccessDiff diff) {
        Set<Allowed> then = allowed(before);
        Set<Allowed> now = allowed(after);
        Set<Allowed> gains = minus(now, then);
        Set<Allowed> losses = minus(then, now);
        allowed += now.size() + then.size();
        gained += gains.size();
        lost += losses.size();
        String policies = "from\n" + before + "\nto\n" + after;
        assertCells(diff.gainedCells().toList(), gains, "gained " + policies);
        assertCells(diff.lostCells().toList(), losses, "lost " + policies);
        assertEntries(diff.gains().toList(), gains, diff.after().policy(), "gained " + policies);
        assertEntries(diff.losses().toList(), losses, diff.before().policy(), "lost " + policies);
        assertGroups(diff.gainGroups(), diff.gains().toList(), after, "gained " + policies);
        assertGroups(diff.lossGroups(), diff.losses().toList(), before, "lost " + policies);
        assertThat(diff.isEquivalent()).as(policies).isEqualTo(then.equals(now));
    }

    private static void assertCells(Collection<Cell> cells, Set<Allowed> expected, String policies) {
        List<Allowed> found = cells.stream()
                .map(cell -> new Allowed(cell.user(), cell.permission().key(), name(cell.target())))
                .toList();
        assertThat(found).as(policies).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Each names a place above which nothing of it differs, and each difference lies at or below exactly one. */
    private static void assertEntries(List<Entry> entries, Set<Allowed> expected, Policy holding, String policies) {
        Map<Allowed, Integer> covered = new HashMap<>();
        for (Entry entry : entries) {
            assertThat(entry.rights()).as(policies).isNotEmpty();
            for (Permission permission : entry.rights()) {
                assertThat(expected)
                        .as("%s %s", entry, policies)
                        .contains(new Allowed(entry.user(), permission.key(), name(entry.target())));
                for (Target above : above(holding, entry.target())) {
                    assertThat(expected)
                            .as("%s %s", entry, policies)
                            .doesNotContain(new Allowed(entry.user(), permission.key(), name(above)));
                }
                covered.merge(new Allowed(entry.user(), permission.key(), name(entry.target())), 1, Integer::sum);
            }
        }
        for (Allowed difference : expected) {
            Target target = target(holding, difference.target());
            int count = 0;
            for (Target place : Stream.concat(Stream.of(target), above(holding, target).stream())
                    .toList()) {
                count += covered.getOrDefault(new Allowed(difference.user(), difference.permission(), name(place)), 0);
            }
            assertThat(count).as("entries for %s %s", difference, policies).isEqualTo(1);
        }
    }

    private static Target target(Policy policy, List<String> name) {
        return name.isEmpty()
                ? Target.account()
                : Target.of(policy.catalog().scopes().scope(name.get(0)), name.get(1));
    }

    private static List<Target> above(Policy policy, Target target) {
        List<Target> above = new ArrayList<>();
        for (Target next = target; !next.isAccount(); ) {
            next = policy.parentOf(next).orElseThrow();
            above.add(next);
        }
        return above;
    }

    private static void assertGroups(List<Group> groups, List<Entry> entries, PlainPolicy holding, String policies) {
        Map<List<Object>, Set<Entry>> expected = new HashMap<>();
        for (Entry entry : entries) {
            List<Object> key = List.of(roles(holding, entry), entry.rights());
            expected.computeIfAbsent(key, unused -> new HashSet<>()).add(entry);
        }
        assertThat(groups).as(policies).hasSize(expected.size());
        long last = Long.MAX_VALUE;
        for (Group group : groups) {
            Set<Entry> members = expected.getOrDefault(List.of(Set.copyOf(group.roles()), group.rights()), Set.of());
            assertThat(group.entryCount()).as("%s %s", group, policies).isEqualTo(members.size());
            assertThat(group.examples()).hasSize(Math.min(10, members.size()));
            assertThat(members).containsAll(group.examples());
            assertThat(group.entryCount()).isLessThanOrEqualTo(last);
            last = group.entryCount();
        }
    }

    /** Returns the ids of the roles without which the user of an entry would lack some of its rights. */
    private static Set<String> roles(PlainPolicy plain, Entry entry) {
        Set<String> keys = entry.rights().stream().map(Permission::key).collect(Collectors.toSet());
        PlainTarget target = Oracle.of(plain).targets().stream()
                .filter(each -> name(each).equals(name(entry.target())))
                .findFirst()
                .orElseThrow();
        Set<String> roles = new HashSet<>();
        for (PlainPolicy.Assignment assignment : plain.assignments()) {
            PlainPolicy only = plain.withAssignments(List.of(assignment));
            if (assignment.user().equals(entry.user())
                    && Oracle.of(only).rightsOf(entry.user(), target).stream().anyMatch(keys::contains)) {
                roles.add(assignment.role());
            }
        }
        return roles;
    }

    /** Every state of a history by lists, each built anew, so that nothing is shared. */
    @Property(tries = TRIES)
    @Tag("P54")
    void the_difference_of_two_built_policies_is_that_of_what_they_allow(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        List<PlainPolicy> states = new RandomEdits(dice.choices()).history(plain, EDITS);
        Policy first = PolicyConverter.policy(plain);
        for (int i = 1; i < states.size(); i++) {
            PlainPolicy state = states.get(i);
            assertDiff(plain, state, AccessDiff.between(first, PolicyConverter.policy(state)));
        }
    }

    /** Every state of a history of edits, which share what was not changed, with the state before and with the first. */
    @Property(tries = TRIES / 2)
    @Tag("P54")
    void the_difference_that_edits_make_is_that_of_what_the_policies_allow(
            @ForAll PlainPolicy start, @ForAll History history) {
        EditedPolicy first = EditedPolicy.of(start);
        EditedPolicy state = first;
        for (int i = 0; i < history.batches().size(); i++) {
            Choices choices = history.batches().get(i).choices();
            EditedPolicy last = state;
            state = last.after(RandomBatches.next(choices, last.plain()), EditedPolicy.time(i));
            assertDiff(last.plain(), state.plain(), AccessDiff.between(last.matrix(), state.matrix()));
            assertDiff(state.plain(), last.plain(), AccessDiff.between(state.matrix(), last.matrix()));
        }
        assertDiff(first.plain(), state.plain(), AccessDiff.between(first.matrix(), state.matrix()));
    }

    /** Of two accounts, with catalogs and scope trees of their own; and from nothing, and to nothing. */
    @Property(tries = TRIES)
    @Tag("P54")
    void the_difference_of_any_two_policies_is_that_of_what_they_allow(
            @ForAll PlainPolicy plain, @ForAll PlainPolicy other) {
        PermissionMatrix matrix = PermissionMatrix.compile(PolicyConverter.policy(plain));
        PermissionMatrix another = PermissionMatrix.compile(PolicyConverter.policy(other));
        assertDiff(plain, other, AccessDiff.between(matrix, another));
        assertDiff(plain, plain, AccessDiff.between(matrix, matrix));
        PlainPolicy reordered = plain.withCatalog(
                plain.groups().stream()
                        .sorted((a, b) -> b.name().compareTo(a.name()))
                        .toList(),
                plain.retired());
        assertDiff(plain, reordered, AccessDiff.between(matrix.policy(), PolicyConverter.policy(reordered)));
    }
}
