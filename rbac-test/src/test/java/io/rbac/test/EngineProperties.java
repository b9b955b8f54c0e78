package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Policy;
import io.rbac.test.LiveEngine.Room;
import io.rbac.test.LiveEngine.Setup;
import io.rbac.test.LiveEngine.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * Random histories of a live engine with several accounts: edits, right and wrong, on the current revision or on an
 * expected one, previewed or not; policies that are created, replaced and removed; with much cache, little, or none.
 * After every step, whatever the property is about, every account is asked in every way and compared to the model.
 */
@Domain(Sketches.class)
@Domain(Histories.class)
class EngineProperties {
    private static final int TRIES = 50;

    private final Tally tally = new Tally();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private boolean played;
    private long evictions = -1;

    @AfterProperty
    void enough_was_allowed_and_enough_was_strange_and_everything_happened() {
        if (played) {
            tally.assertAimed();
            assertThat(outcomes.keySet())
                    .containsExactlyInAnyOrder(
                            "absent",
                            "applied",
                            "created",
                            "exists",
                            "forbidden",
                            "in conflict",
                            "refused",
                            "refused as a whole",
                            "removed",
                            "replaced",
                            "without effect");
            int steps = outcomes.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(outcomes.get("applied")).isGreaterThan(steps / 5);
        }
    }

    private EngineHistory play(Setup setup, Sketch start, History history, Dice dice) {
        played = true;
        EngineHistory engine = new EngineHistory(setup, start, dice.choices(), tally);
        for (int i = 0; i < history.batches().size(); i++) {
            engine.step(i, history.batches().get(i).choices());
        }
        engine.outcomes().forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
        return engine;
    }

    private static Store anyStore(History history) {
        return Choices.seeded(history.hashCode()).oneOf(List.of(Store.values()));
    }

    /** P01, P20, P27, P38, P44, P46, P47, P52, P59, where everything fits into the cache. */
    @Property(tries = TRIES)
    void every_step_leads_where_the_model_says(@ForAll Sketch start, @ForAll History history, @ForAll Dice dice) {
        play(new Setup(Room.PLENTY, anyStore(history), 1, true), start, history, dice)
                .close();
    }

    /** P06. */
    @Property(tries = TRIES)
    void little_or_no_cache_makes_no_difference(@ForAll Sketch start, @ForAll History history, @ForAll Dice dice) {
        Store store = anyStore(history);
        List<List<Object>> transcripts = new ArrayList<>();
        for (Room room : Room.values()) {
            try (EngineHistory engine = play(new Setup(room, store, 1, true), start, history, dice)) {
                transcripts.add(engine.transcript());
                evictions = Math.max(0, evictions)
                        + (room == Room.ONE_ACCOUNT ? engine.live().evictions() : 0);
            }
        }
        assertThat(transcripts).allMatch(transcripts.get(0)::equals);
    }

    @AfterProperty
    void accounts_were_evicted_where_there_was_little_cache() {
        assertThat(evictions < 0 || evictions > TRIES)
                .as("%s evictions", evictions)
                .isTrue();
    }

    /** What a process commits is what another one that keeps nothing finds, and goes on from. */
    @Property(tries = TRIES)
    void two_engines_without_a_cache_are_as_one(@ForAll Sketch start, @ForAll History history, @ForAll Dice dice) {
        play(new Setup(Room.NONE, anyStore(history), 2, true), start, history, dice)
                .close();
    }

    /** P48, P50: by the effects alone and by the changes, told by a thread of the engine's own. */
    @Property(tries = TRIES)
    void what_a_listener_is_told_leads_to_the_policies(
            @ForAll Sketch start, @ForAll History history, @ForAll Dice dice) {
        play(new Setup(Room.PLENTY, anyStore(history), 1, false), start, history, dice)
                .assertToldAll();
    }

    /** P43. */
    @Property(tries = TRIES)
    void a_held_matrix_answers_for_ever_what_it_answered(
            @ForAll Sketch start, @ForAll History history, @ForAll Dice dice) {
        try (EngineHistory engine =
                play(new Setup(Room.ONE_ACCOUNT, anyStore(history), 1, true), start, history, dice)) {
            engine.assertHeldMatricesAreWhatTheyWere();
        }
    }

    /** P41: the edits of each account come to the same, however those of the others lie between them. */
    @Property(tries = TRIES)
    void edits_of_different_accounts_commute(@ForAll Sketch start, @ForAll History history, @ForAll Dice dice) {
        List<Integer> steps = new ArrayList<>();
        for (int i = 0; i < history.batches().size(); i++) {
            steps.add(i);
        }
        List<Policy> one = edited(start, history, dice, steps);
        steps.sort(Comparator.comparing(step -> step % 2));
        assertThat(edited(start, history, dice, steps)).isEqualTo(one);
    }

    private List<Policy> edited(Sketch start, History history, Dice dice, List<Integer> steps) {
        Setup setup = new Setup(Room.ONE_ACCOUNT, anyStore(history), 1, true);
        try (EngineHistory engine = new EngineHistory(setup, start, dice.choices(), tally)) {
            for (int step : steps) {
                LiveAccount account = engine.accounts().get(step % 2);
                engine.edit(step, account, history.batches().get(step).choices());
                engine.assertAll(Choices.seeded(step));
            }
            return engine.accounts().subList(0, 2).stream()
                    .map(LiveAccount::shown)
                    .toList();
        }
    }
}
