package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.engine.PolicyStore;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import io.rbac.review.AccessDiff;
import io.rbac.review.AccessInvariant;
import io.rbac.review.AccessInvariant.Counterexample;
import io.rbac.review.AccessInvariant.Kind;
import io.rbac.test.EditModel.Applied;
import io.rbac.test.EditModel.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;
import org.jspecify.annotations.Nullable;

/**
 * What breaks an invariant that held, compared with loops over what the oracle answers for every user at every target, before and
 * after.
 */
@Domain(PlainPolicyDomain.class)
@Domain(HistoryDomain.class)
class InvariantProperties {
    private static final int TRIES = 30;
    private static final int COMMIT_TRIES = 25;
    private static final int DEEP_TRIES = 600;
    private static final int BATCHES = 8;
    private static final int INVARIANTS = 5;
    private static final int EDITS = 5;

    private long compared;
    private long broken;

    /** Both occur often: that an invariant breaks, and that none does. */
    @AfterProperty
    void enough_was_broken_and_enough_was_not() {
        assertThat(100.0 * broken / compared)
                .as("percent of %s broken", compared)
                .isBetween(0.1, 90.0);
    }

    private void count(boolean isBroken) {
        compared++;
        broken += isBroken ? 1 : 0;
    }

    // what the invariants are

    /** Returns invariants about permissions of the catalog, most of them about such as somebody has. */
    private static List<AccessInvariant> invariants(PlainPolicy plain, Choices choices) {
        Oracle oracle = Oracle.of(plain);
        List<String> keys = plain.actions().stream().map(PlainGroup.Action::key).toList();
        List<String> had = new ArrayList<>();
        for (PlainPolicy.Assignment assignment : plain.assignments()) {
            had.addAll(oracle.rightsOf(assignment.user(), assignment.target()));
        }
        List<AccessInvariant> invariants = new ArrayList<>();
        for (int i = 0; i < INVARIANTS && !keys.isEmpty(); i++) {
            String key = choices.oneOf(had.isEmpty() ? keys : had);
            String other = choices.oneOf(had.isEmpty() || choices.oneIn(3) ? keys : had);
            PlainTarget target = choices.oneIn(3) ? PlainTarget.account() : choices.oneOf(oracle.targets());
            int count = Math.max(1, oracle.whoCan(key, target).size() + choices.below(2));
            invariants.add(
                    switch (choices.below(3)) {
                        case 0 -> AccessInvariant.implies(key, other);
                        case 1 -> AccessInvariant.excludes(key, other);
                        default -> AccessInvariant.atLeast(count, key, PolicyConverter.target(target));
                    });
        }
        return invariants;
    }

    // what the oracle says

    private static List<String> name(PlainTarget target) {
        return target.isAccount() ? List.of() : List.of(target.scope().name(), target.id());
    }

    /** What the oracle says of one policy; lists are made once. */
    private static final class Said {
        private final Oracle oracle;
        private final List<String> users;
        private final Map<List<String>, PlainTarget> targets = new LinkedHashMap<>();

        Said(PlainPolicy plain) {
            this.oracle = Oracle.of(plain);
            this.users = oracle.users();
            oracle.targets().forEach(target -> targets.put(name(target), target));
        }

        boolean fails(AccessInvariant invariant, String user, PlainTarget target) {
            boolean isExcluded = invariant.kind() == Kind.EXCLUDES;
            return oracle.hasPermission(user, invariant.permission(), target)
                    && oracle.hasPermission(user, invariant.other().orElseThrow(), target) == isExcluded;
        }

        /** Returns whether a user contradicts an invariant at the first target of a path that is known here. */
        boolean failsAtFirst(AccessInvariant invariant, String user, List<PlainTarget> path) {
            PlainTarget target = path.stream()
                    .map(each -> targets.get(name(each)))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            return fails(invariant, user, target);
        }

        int holders(AccessInvariant invariant) {
            Target target = invariant.target();
            PlainTarget found = targets.get(
                    target.isAccount() ? List.of() : List.of(target.scope().name(), target.id()));
            return found == null
                    ? 0
                    : oracle.whoCan(invariant.permission(), found).size();
        }
    }

    /** Returns the messages about everything that breaks an invariant; {@code then} is null for a first policy. */
    private static List<String> expected(@Nullable Said then, Said now, AccessInvariant invariant) {
        if (invariant.kind() == Kind.AT_LEAST) {
            int count = now.holders(invariant);
            int enough = Math.min(then == null ? 0 : then.holders(invariant), invariant.count());
            return count < enough ? List.of(tooFew(count, invariant)) : List.of();
        }
        List<String> messages = new ArrayList<>();
        for (String user : now.users) {
            List<PlainTarget> failing = new ArrayList<>();
            for (PlainTarget target : now.targets.values()) {
                if (now.fails(invariant, user, target)
                        && (then == null || !then.failsAtFirst(invariant, user, now.oracle.path(target)))) {
                    failing.add(target);
                }
            }
            for (PlainTarget target : failing) {
                List<PlainTarget> path = now.oracle.path(target);
                if (path.subList(1, path.size()).stream().noneMatch(failing::contains)) {
                    messages.add(Violation.quote(user) + " has " + Violation.quote(invariant.permission())
                            + (invariant.kind() == Kind.EXCLUDES ? " and " : " and not ")
                            + Violation.quote(invariant.other().orElseThrow()) + " at "
                            + Violation.quote(PolicyConverter.target(target).toString()));
                }
            }
        }
        return messages;
    }

    private static String tooFew(int count, AccessInvariant invariant) {
        return "`" + count + "` users have " + Violation.quote(invariant.permission()) + " at "
                + Violation.quote(invariant.target().toString()) + ": expected at least " + invariant.count();
    }

    private void assertNew(
            Said before, Said after, AccessInvariant invariant, List<Counterexample> found, String policies) {
        List<String> expected = expected(before, after, invariant);
        count(!expected.isEmpty());
        assertThat(found)
                .as("%s %s", invariant, policies)
                .extracting(Counterexample::message)
                .containsExactlyElementsOf(expected);
    }

    private static List<Dice> firstOf(History history) {
        return history.batches().subList(0, Math.min(BATCHES, history.batches().size()));
    }

    // what is compared with it

    /** Every state of a history of edits, which share what was not changed, with the state before and with the first. */
    @Property(tries = TRIES)
    @Tag("P84")
    void what_edits_break_is_found(@ForAll PlainPolicy start, @ForAll Dice dice, @ForAll History history) {
        EditedPolicy first = EditedPolicy.of(start);
        Said saidFirst = new Said(first.plain());
        List<AccessInvariant> invariants = invariants(first.plain(), dice.choices());
        EditedPolicy state = first;
        Said said = saidFirst;
        int batches = 0;
        for (Dice batch : firstOf(history)) {
            EditedPolicy last = state;
            Said saidLast = said;
            state = last.after(RandomBatches.next(batch.choices(), last.plain()), EditedPolicy.time(batches++));
            said = new Said(state.plain());
            AccessDiff step = AccessDiff.between(last.matrix(), state.matrix());
            AccessDiff back = AccessDiff.between(state.matrix(), last.matrix());
            AccessDiff whole = AccessDiff.between(first.matrix(), state.matrix());
            String policies = "between\n" + last.plain() + "\nand\n" + state.plain() + "\nsince\n" + first.plain();
            for (AccessInvariant invariant : invariants) {
                assertNew(saidLast, said, invariant, invariant.counterexamplesSince(step), policies);
                assertNew(said, saidLast, invariant, invariant.counterexamplesSince(back), policies);
                assertNew(saidFirst, said, invariant, invariant.counterexamplesSince(whole), policies);
            }
        }
    }

    @Property(tries = DEEP_TRIES)
    @Tag("P84")
    @Tag("deep")
    void what_edits_break_is_found_in_many_histories(
            @ForAll PlainPolicy start, @ForAll Dice dice, @ForAll History history) {
        what_edits_break_is_found(start, dice, history);
    }

    /** Of states that are built anew, and of two accounts with catalogs and scope trees of their own. */
    @Property(tries = TRIES)
    @Tag("P84")
    void what_one_policy_breaks_and_another_does_not_is_found(
            @ForAll PlainPolicy plain, @ForAll PlainPolicy other, @ForAll Dice dice) {
        Choices choices = dice.choices();
        List<AccessInvariant> invariants = invariants(plain, choices);
        List<PlainPolicy> states = new RandomEdits(choices).history(plain, EDITS);
        Policy first = PolicyConverter.policy(plain);
        Said saidFirst = new Said(plain);
        states.add(other);
        for (PlainPolicy state : states) {
            AccessDiff diff = AccessDiff.between(first, PolicyConverter.policy(state));
            Said said = new Said(state);
            for (AccessInvariant invariant : invariants) {
                String policies = "from\n" + plain + "\nto\n" + state;
                assertNew(saidFirst, said, invariant, invariant.counterexamplesSince(diff), policies);
            }
        }
    }

    /** Two engines take turns, so that each commits to what the other made, often without having seen it. */
    @Property(tries = COMMIT_TRIES)
    @Tag("P84")
    void a_commit_is_refused_exactly_if_it_breaks_an_invariant(
            @ForAll PlainPolicy start, @ForAll Dice dice, @ForAll History history) {
        Choices choices = dice.choices();
        List<AccessInvariant> invariants = invariants(start, choices);
        Assume.that(!invariants.isEmpty());
        PermissionCatalog catalog = PolicyConverter.catalog(start);
        InMemoryPolicyStore store = new InMemoryPolicyStore();
        try (PermissionEngine free = engine(start, catalog, store, List.of());
                PermissionEngine one = engine(start, catalog, store, invariants);
                PermissionEngine two = engine(start, catalog, store, invariants)) {
            Policy first = PolicyConverter.policy(start, catalog);
            assertFirst(one, free, first, invariants);
            for (Dice batch : firstOf(history)) {
                assertCommitted(choices.oneIn(2) ? one : two, store, first.account(), catalog, invariants, batch);
            }
        }
    }

    @Property(tries = DEEP_TRIES)
    @Tag("P84")
    @Tag("deep")
    void a_commit_is_refused_exactly_if_it_breaks_an_invariant_in_many_histories(
            @ForAll PlainPolicy start, @ForAll Dice dice, @ForAll History history) {
        a_commit_is_refused_exactly_if_it_breaks_an_invariant(start, dice, history);
    }

    private static PermissionEngine engine(
            PlainPolicy plain, PermissionCatalog catalog, PolicyStore store, List<AccessInvariant> invariants) {
        return PermissionEngine.builder()
                .catalog(catalog)
                .rules(PolicyConverter.rules(plain))
                .store(store)
                .invariants(invariants)
                .executor(Runnable::run)
                .clock(() -> Instant.ofEpochMilli(EditedPolicy.time(0)))
                .build();
    }

    /** Creates the account, by an engine without invariants where one that has them must refuse to. */
    private void assertFirst(
            PermissionEngine engine, PermissionEngine free, Policy first, List<AccessInvariant> invariants) {
        List<String> expected = reported(invariants, null, PolicyConverter.plain(first));
        count(!expected.isEmpty());
        Optional<PolicyViolationException> refusal = refusal(() -> engine.create(first));
        assertThat(messages(refusal)).as("%s of\n%s", invariants, first).isEqualTo(expected);
        if (refusal.isPresent()) {
            free.create(first);
        }
    }

    private void assertCommitted(
            PermissionEngine engine,
            PolicyStore store,
            String account,
            PermissionCatalog catalog,
            List<AccessInvariant> invariants,
            Dice batch) {
        PlainPolicy before =
                PolicyConverter.plain(store.load(account).orElseThrow().policy());
        List<Edit> edits = RandomBatches.next(batch.choices(), before);
        if (edits.stream().anyMatch(edit -> edit instanceof Edit.CreateRole create && create.id() == null)) {
            return; // the engine gives an id, the model does not
        }
        PolicyEdit edit = PolicyEdit.of(account).changes(EditConverter.changes(edits, before, catalog));
        Outcome outcome = EditModel.apply(before, edits, EditedPolicy.time(0));
        Optional<PolicyViolationException> refusal = refusal(() -> engine.commit(edit));
        if (refusal.isPresent()) {
            assertThat(engine.preview(edit).violations())
                    .isEqualTo(refusal.get().violations());
        }
        if (outcome instanceof Applied applied) {
            List<String> expected = reported(invariants, before, applied.result());
            count(!expected.isEmpty());
            String history = edits + " on\n" + before;
            assertThat(messages(refusal)).as("%s by %s", invariants, history).isEqualTo(expected);
            assertThat(PolicyConverter.plain(store.load(account).orElseThrow().policy()))
                    .as(history)
                    .isEqualTo(expected.isEmpty() ? EditedPolicy.listed(applied.result()) : before);
        } else {
            assertThat(refusal.orElseThrow().violations())
                    .noneMatch(violation -> violation.code() == Code.INVARIANT_BROKEN);
        }
    }

    /** Returns the messages with which a policy must be refused. */
    private static List<String> reported(
            List<AccessInvariant> invariants, @Nullable PlainPolicy before, PlainPolicy after) {
        Said then = before == null ? null : new Said(before);
        Said now = new Said(after);
        List<String> messages = new ArrayList<>();
        for (AccessInvariant invariant : invariants) {
            String end = invariant.kind() == Kind.AT_LEAST ? "" : ": expected that " + invariant;
            expected(then, now, invariant).forEach(message -> messages.add(message + end));
        }
        return messages;
    }

    private static Optional<PolicyViolationException> refusal(Runnable write) {
        try {
            write.run();
            return Optional.empty();
        } catch (PolicyViolationException e) {
            return Optional.of(e);
        }
    }

    /** Returns the messages of a refusal, none if there is none. */
    private static List<String> messages(Optional<PolicyViolationException> refusal) {
        return refusal.map(PolicyViolationException::violations).orElse(List.of()).stream()
                .map(Violation::message)
                .toList();
    }
}
