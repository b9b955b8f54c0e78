package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.PolicyViolationException;
import io.rbac.policy.Policy;
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
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** A stored policy that breaks the catalog or the rules of the host is answered from, and may not get worse (S2). */
@Domain(PlainPolicyDomain.class)
class RepairProperties {
    private static final int BATCHES = 3;

    private int refused;
    private int repaired;
    private int stillBroken;
    private int unchanged;

    @AfterProperty
    void every_outcome_was_reached() {
        assertThat(refused).isPositive();
        assertThat(repaired).isPositive();
        assertThat(stillBroken).isPositive();
        assertThat(unchanged).isPositive();
    }

    /** Returns a policy under rules or a catalog that it may break, with its lists in the order of S3. */
    private static PlainPolicy stricter(Choices choices, PlainPolicy plain) {
        PlainRules rules = plain.rules();
        PlainRules.Name name = rules.name();
        List<PlainGroup> groups = new ArrayList<>(plain.groups());
        switch (choices.below(7)) {
            case 0 -> rules = rules.withName(name.min(), 3, name.blank(), false);
            case 1 -> rules = rules.withName(name.min(), name.max(), name.blank(), true);
            case 2 -> rules = rules.withRolesPerTarget(1);
            case 3 -> rules = rules.withDefaults(choices.oneOf(plain.allowedScopes()), 2, null);
            case 4 -> rules = rules.withDescription(false, null);
            case 5 -> groups.replaceAll(group -> narrowed(choices, plain.scopes(), group));
            default -> groups.remove(choices.below(groups.size()));
        }
        Set<String> keys = new HashSet<>();
        groups.forEach(group -> group.actions().forEach(action -> keys.add(action.key())));
        List<String> lockout = rules.lockout().stream().filter(keys::contains).toList();
        return EditedPolicy.listed(plain.withRules(rules.withLockout(lockout)).withCatalog(groups, plain.retired()));
    }

    /** Returns a group of whose actions each may be held at one scope only. */
    private static PlainGroup narrowed(Choices choices, List<PlainScope> scopes, PlainGroup group) {
        return new PlainGroup(
                group.name(),
                group.actions().stream()
                        .map(action ->
                                new PlainGroup.Action(action.name(), action.key(), Set.of(choices.oneOf(scopes))))
                        .toList());
    }

    /** Returns edits that may repair a policy: roles are purged, or get what the rules and the catalog allow. */
    private static List<Edit> repair(Choices choices, PlainPolicy plain) {
        List<Edit> edits = new ArrayList<>();
        for (PlainRole role : plain.roles()) {
            List<String> keys = new ArrayList<>(role.permissions());
            keys.retainAll(plain.actions().stream()
                    .filter(action -> action.scopes().contains(role.scope()))
                    .map(PlainGroup.Action::key)
                    .toList());
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
        plain.assignments().stream()
                .filter(assignment -> choices.oneIn(2))
                .forEach(a -> edits.add(new Edit.Unassign(a.user(), a.role(), a.target())));
        return edits;
    }

    /** Returns an edit that takes something away from a user. */
    private static List<Edit> safety(Choices choices, PlainPolicy plain) {
        if (plain.assignments().isEmpty()) {
            return List.of();
        }
        PlainPolicy.Assignment assignment = choices.oneOf(plain.assignments());
        return List.of(
                choices.oneIn(2)
                        ? new Edit.RemoveUser(assignment.user())
                        : new Edit.Unassign(assignment.user(), assignment.role(), assignment.target()));
    }

    @Property(tries = 200)
    @Tag("S2")
    @Tag("P26")
    @Tag("P64")
    void a_policy_that_breaks_something_accepts_exactly_what_is_no_worse(@ForAll PlainPolicy start, @ForAll Dice dice) {
        Choices choices = dice.choices();
        PlainPolicy plain = stricter(choices, start);
        Policy policy =
                PolicyConverter.policy(start).reboundTo(PolicyConverter.catalog(plain), PolicyConverter.rules(plain));
        for (int i = 0; i < BATCHES; i++) {
            assertThat(policy.violations().isEmpty())
                    .isEqualTo(Validity.violations(plain).isEmpty());
            assertAnswers(plain, policy, choices);
            List<Edit> batch = choices.oneOf(List.of(RandomBatches.next(choices, plain), repair(choices, plain)));
            for (List<Edit> edits : List.of(safety(choices, plain), List.<Edit>of(), batch)) {
                Policy next = after(plain, policy, edits, EditedPolicy.time(i));
                plain = PolicyConverter.plain(next).withCatalog(plain.groups(), plain.retired());
                policy = next;
            }
        }
    }

    private static void assertAnswers(PlainPolicy plain, Policy policy, Choices choices) {
        Compiled compiled = Compiled.of(plain, policy);
        for (Question question : RandomPlainPolicy.questions(choices, plain, 20)) {
            assertThat(compiled.allows(question))
                    .as("%s under\n%s", question, plain)
                    .isEqualTo(compiled.expects(question));
        }
    }

    /** Returns the policy after a batch, once library and model were found to agree; the same one if it was refused. */
    private Policy after(PlainPolicy plain, Policy policy, List<Edit> batch, long at) {
        Outcome outcome = EditModel.apply(plain, batch, at);
        Policy result = policy;
        Set<PlainViolation> violations = Set.of();
        try {
            result = policy.apply(EditConverter.changes(batch, plain, policy.catalog()), Instant.ofEpochMilli(at))
                    .policy();
        } catch (PolicyViolationException e) {
            violations = PolicyConverter.violations(e);
        }
        if (outcome instanceof Applied applied) {
            assertThat(violations).as("violations of %s on\n%s", batch, plain).isEmpty();
            assertThat(PolicyConverter.plain(result)).isEqualTo(EditedPolicy.listed(applied.result()));
            count(plain, applied);
        } else {
            assertThat(withoutGroups(violations))
                    .as("violations of %s on\n%s", batch, plain)
                    .isEqualTo(withoutGroups(((Refused) outcome).violations()));
            refused++;
        }
        return result;
    }

    private void count(PlainPolicy before, Applied applied) {
        if (applied.effects().isEmpty()) {
            unchanged++;
        } else if (!Validity.violations(before).isEmpty()) {
            boolean isRepaired = Validity.violations(applied.result()).isEmpty();
            repaired += isRepaired ? 1 : 0;
            stillBroken += isRepaired ? 0 : 1;
        }
    }

    private static Set<PlainViolation> withoutGroups(Set<PlainViolation> violations) {
        return violations.stream().map(RepairProperties::withoutGroup).collect(Collectors.toSet());
    }

    /**
     * Cuts off the group and action of an unknown permission: they are those of the old catalog, which the model lacks.
     */
    private static PlainViolation withoutGroup(PlainViolation violation) {
        int end = violation.path().indexOf("/rights/");
        return end < 0 || !violation.code().equals("UNKNOWN_PERMISSION")
                ? violation
                : new PlainViolation(violation.code(), violation.path().substring(0, end));
    }
}
