package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.PolicyStoreException;
import io.rbac.jackson.MemoryFolder.Failure;
import io.rbac.jackson.StoreScript.Call;
import io.rbac.jackson.StoreScript.Next;
import io.rbac.model.Change;
import io.rbac.policy.Policy;
import io.rbac.test.Choices;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is stored when a step of a call fails, the process ends there, or the power fails. */
class StoreCrashTest {

    private static final String OTHER = "other";
    private static final long SMALL_LOG = 900;
    private static final int FOR_EVER = Integer.MAX_VALUE / 2;
    private static final int POWER_FAILURES = 6;

    private final List<Call> calls = StoreScript.all();
    private int steps;

    private static FilePolicyStore open(MemoryFolder folder) {
        try {
            return new FilePolicyStore(folder, () -> {}, SMALL_LOG);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<Policy> after(int call) {
        return call < 0 ? Optional.empty() : calls.get(call).after();
    }

    /** Makes all calls up to one that does not end well, and returns its position; that of no call if all end well. */
    private int run(FilePolicyStore store) {
        for (int i = 0; i < calls.size(); i++) {
            try {
                assertThat(calls.get(i).in(store)).as("call %d", i).isTrue();
            } catch (PolicyStoreException e) {
                return i;
            }
        }
        return calls.size();
    }

    private void countSteps() {
        MemoryFolder folder = new MemoryFolder();
        assertThat(run(open(folder))).isEqualTo(calls.size());
        steps = folder.steps();
        assertThat(steps).isBetween(50, 400);
    }

    @Test
    void the_script_has_commits_in_the_log_and_new_documents() {
        MemoryFolder folder = new MemoryFolder();
        FilePolicyStore store = open(folder);
        List<Boolean> inLog = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            calls.get(i).in(store);
            boolean hasLog = folder.names().stream().anyMatch(name -> name.endsWith(".log"));
            inLog.add(hasLog);
        }
        assertThat(inLog)
                .containsExactly(
                        false, true, true, false, true, true, false, true, true, false, false, true, true, false);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    @Tag("P40")
    void a_process_that_ends_at_any_step_leaves_the_account_as_before_the_call_or_as_after_it(Failure how) {
        countSteps();
        for (int step = 1; step < steps; step++) {
            MemoryFolder folder = new MemoryFolder();
            folder.fail(step, FOR_EVER, how);
            int last = run(open(folder));
            folder.failNoMore();
            expectOneOf(last, folder, "the process ended at step " + step);
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    @Tag("P40")
    void a_power_failure_at_any_step_leaves_the_account_as_before_the_call_or_as_after_it(Failure how) {
        countSteps();
        for (int step = 1; step < steps; step++) {
            for (int seed = 0; seed < POWER_FAILURES; seed++) {
                MemoryFolder folder = new MemoryFolder();
                folder.fail(step, FOR_EVER, how);
                int last = run(open(folder));
                MemoryFolder left = folder.afterPowerFailure(Choices.seeded(seed));
                expectOneOf(last, left, "the power failed at step " + step + ", seed " + seed);
            }
        }
    }

    @Test
    @Tag("P40")
    void a_power_failure_after_any_call_loses_nothing_that_was_acknowledged() {
        for (int calledOnes = 1; calledOnes <= calls.size(); calledOnes++) {
            for (int seed = 0; seed < POWER_FAILURES; seed++) {
                MemoryFolder folder = new MemoryFolder();
                FilePolicyStore store = open(folder);
                calls.subList(0, calledOnes).forEach(call -> call.in(store));
                MemoryFolder left = folder.afterPowerFailure(Choices.seeded(seed));
                assertThat(open(left).load(StoreScript.ACCOUNT))
                        .as("call %d, seed %d", calledOnes - 1, seed)
                        .isEqualTo(after(calledOnes - 1));
            }
        }
    }

    /** A second crash does not take back what is answered from after the first. */
    private void expectOneOf(int call, MemoryFolder left, String when) {
        FilePolicyStore store = open(left);
        Optional<Policy> found = store.load(StoreScript.ACCOUNT);
        if (call == calls.size()) {
            assertThat(found).as(when).isEqualTo(after(call - 1));
            return;
        }
        assertThat(found).as("%s, in call %d", when, call).isIn(after(call - 1), after(call));
        for (int seed = 0; seed < 3; seed++) {
            MemoryFolder again = left.afterPowerFailure(Choices.seeded(seed));
            assertThat(open(again).load(StoreScript.ACCOUNT))
                    .as("%s, in call %d, and again, seed %d", when, call, seed)
                    .isIn(found, after(call));
        }
        continueFrom(found, store, left, when);
    }

    private static void continueFrom(Optional<Policy> found, FilePolicyStore store, MemoryFolder folder, String when) {
        Policy policy = found.orElseGet(StoreScript::first);
        if (found.isEmpty()) {
            assertThat(store.create(policy)).as(when).isTrue();
            expectDurable(folder, Optional.of(policy), Optional.of(policy), when);
        }
        Next next = StoreScript.next(policy, Change.addTeam("later"));
        assertThat(next.in(store)).as(when).isTrue();
        MemoryFolder again = folder.afterPowerFailure(Choices.seeded(0));
        assertThat(open(again).load(StoreScript.ACCOUNT)).as(when).contains(next.result());
        assertThat(store.commitsSince(StoreScript.ACCOUNT, policy.revision()))
                .satisfiesAnyOf(
                        since -> assertThat(since).contains(List.of(next.commit())),
                        since -> assertThat(since).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "3, true", "3, false"})
    void a_step_that_fails_for_a_while_ends_a_call_that_did_nothing_or_says_that_it_may_have(
            int howLong, boolean loads) {
        countSteps();
        int unknown = 0;
        int refused = 0;
        for (Failure how : Failure.values()) {
            for (int step = 1; step < steps; step++) {
                MemoryFolder folder = new MemoryFolder();
                FilePolicyStore store = open(folder);
                folder.fail(step, howLong, how);
                for (int i = 0; i < calls.size(); i++) {
                    String where = how + " at step " + step + ", call " + i;
                    boolean mayHave;
                    try {
                        assertThat(calls.get(i).in(store)).as(where).isTrue();
                        continue;
                    } catch (PolicyStoreException e) {
                        mayHave = e.outcomeUnknown();
                        unknown += mayHave ? 1 : 0;
                        refused += mayHave ? 0 : 1;
                    }
                    if (loads) {
                        expectOutcome(store, folder, i, mayHave, where);
                    }
                    again(calls.get(i), store, folder);
                    expectDurable(folder, after(i), after(i), where);
                }
                assertThat(loaded(store)).isEqualTo(after(calls.size() - 1));
            }
        }
        assertThat(unknown).isGreaterThan(10);
        assertThat(refused).isGreaterThan(10);
    }

    /** An append takes three steps: it writes a line, forces it, and ends it. */
    @ParameterizedTest
    @CsvSource({
        "BEFORE, 0", "HALFWAY, 0", "AFTER, 0",
        "BEFORE, 1", "HALFWAY, 1", "AFTER, 1",
        "BEFORE, 2", "HALFWAY, 2", "AFTER, 2"
    })
    @Tag("P40")
    void after_a_commit_of_unknown_outcome_other_accounts_are_read_and_this_one_once_the_disk_has_room(
            Failure how, int step) {
        MemoryFolder folder = new MemoryFolder();
        FilePolicyStore store = open(folder);
        Next other = createdWithCommit(store, otherAccount());
        Policy before = createdWithCommit(store, StoreScript.first()).result();
        Next last = StoreScript.next(before, Change.addTeam("last"));

        folder.fail(folder.steps() + step, FOR_EVER, how);
        assertThatThrownBy(() -> last.in(store))
                .isInstanceOfSatisfying(
                        PolicyStoreException.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue());

        assertThat(store.load(OTHER)).contains(other.result());
        assertThat(store.commitsSince(OTHER, 1)).contains(List.of(other.commit()));

        folder.failNoMore();
        boolean wasWritten = step > 0;
        Policy found = wasWritten ? last.result() : before;
        assertThat(store.load(StoreScript.ACCOUNT)).contains(found);
        assertThat(store.commitsSince(StoreScript.ACCOUNT, before.revision()))
                .contains(wasWritten ? List.of(last.commit()) : List.of());
        Next next = StoreScript.next(found, Change.addTeam("later"));
        assertThat(next.in(store)).isTrue();
        expectDurable(folder, Optional.of(next.result()), Optional.of(next.result()), how + " at step " + step);
        assertThat(store.load(OTHER)).contains(other.result());
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    @Tag("P40")
    void while_the_names_of_an_account_may_not_be_durable_others_are_read_and_then_it_is_too(Failure how) {
        MemoryFolder folder = new MemoryFolder();
        FilePolicyStore store = open(folder);
        Next other = createdWithCommit(store, otherAccount());
        Policy before = createdWithCommit(store, StoreScript.first()).result();
        Next last = StoreScript.next(before.withCatalog(StoreScript.OTHER_CATALOG), Change.addTeam("last"));

        int stepsToTheMove = 3; // the new document is opened, written and forced
        folder.fail(folder.steps() + stepsToTheMove, FOR_EVER, how);
        assertThatThrownBy(() -> last.in(store))
                .isInstanceOfSatisfying(
                        PolicyStoreException.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue());

        assertThat(store.load(OTHER)).contains(other.result());
        assertThatThrownBy(() -> store.load(StoreScript.ACCOUNT))
                .isInstanceOfSatisfying(
                        PolicyStoreException.class,
                        e -> assertThat(e.outcomeUnknown()).isFalse());

        folder.failNoMore();
        assertThat(store.load(OTHER)).contains(other.result());
        Optional<Policy> found = store.load(StoreScript.ACCOUNT);
        assertThat(found).contains(how == Failure.AFTER ? last.result() : before);
        expectDurable(folder, found, found, how.toString());
    }

    private static Policy otherAccount() {
        return Policy.builder()
                .account(OTHER)
                .catalog(StoreScript.CATALOG)
                .revision(1)
                .role(StoreScript.first().role("member").orElseThrow())
                .build();
    }

    private static Next createdWithCommit(FilePolicyStore store, Policy policy) {
        assertThat(store.create(policy)).isTrue();
        Next next = StoreScript.next(policy, Change.addTeam("first"));
        assertThat(next.in(store)).isTrue();
        return next;
    }

    private void expectOutcome(FilePolicyStore store, MemoryFolder folder, int call, boolean mayHave, String where) {
        Optional<Policy> found = loaded(store);
        assertThat(found).as(where).isIn(after(call - 1), after(call));
        if (!mayHave) {
            assertThat(found).as(where).isEqualTo(after(call - 1));
        }
        expectDurable(folder, found, mayHave ? after(call) : found, where);
    }

    /** Makes a call once more that may have been made: it is, or is refused. */
    private static void again(Call call, FilePolicyStore store, MemoryFolder folder) {
        try {
            call.in(store);
        } catch (PolicyStoreException e) {
            folder.failNoMore();
            call.in(store);
        }
    }

    /** A power failure leaves what was found, or what became of a call that may still have happened. */
    private static void expectDurable(
            MemoryFolder folder, Optional<Policy> found, Optional<Policy> orElse, String where) {
        for (int seed = 0; seed < 4; seed++) {
            assertThat(open(folder.afterPowerFailure(Choices.seeded(seed))).load(StoreScript.ACCOUNT))
                    .as("%s, power failure %d", where, seed)
                    .isIn(found, orElse);
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void an_account_that_is_created_inherits_nothing_of_a_log_that_was_left(Failure how) throws IOException {
        for (int step = 0; step < 12; step++) {
            for (int seed = 0; seed < 20; seed++) {
                MemoryFolder folder = new MemoryFolder();
                FilePolicyStore old = open(folder);
                calls.subList(0, 3).forEach(call -> call.in(old));
                List<String> document = folder.names().stream()
                        .filter(name -> name.endsWith(".json"))
                        .toList();
                folder.delete(document.get(0));
                folder.force();
                assertThat(folder.names()).hasSize(1).allMatch(name -> name.endsWith(".log"));
                FilePolicyStore store = open(folder);
                folder.fail(folder.steps() + step, FOR_EVER, how);
                boolean created = false;
                try {
                    created = store.create(StoreScript.first());
                } catch (PolicyStoreException e) {
                    assertThat(step).isLessThan(9);
                }
                FilePolicyStore left = open(folder.afterPowerFailure(Choices.seeded(seed)));
                Optional<Policy> nothing = created ? after(0) : Optional.empty();
                assertThat(left.load(StoreScript.ACCOUNT))
                        .as("step %d, seed %d", step, seed)
                        .isIn(nothing, after(0));
            }
        }
    }

    /** What is stored, once the store can read it again. */
    private static Optional<Policy> loaded(FilePolicyStore store) {
        for (int i = 0; i < 20; i++) {
            try {
                return store.load(StoreScript.ACCOUNT);
            } catch (PolicyStoreException e) {
                assertThat(e.outcomeUnknown()).isFalse();
            }
        }
        throw new AssertionError("the policy cannot be read any more");
    }
}
