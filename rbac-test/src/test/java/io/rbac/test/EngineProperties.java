package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.policy.Policy;
import io.rbac.test.LiveEngine.CacheSize;
import io.rbac.test.LiveEngine.Setup;
import io.rbac.test.LiveEngine.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * Random histories of a live engine with several accounts: edits, valid and invalid, on the current revision or on an
 * expected one, previewed or not; policies that are created, replaced and removed; with much cache, little, or none.
 * After every step of every property, every account is asked in every way and compared with the model.
 */
@Domain(PlainPolicyDomain.class)
@Domain(HistoryDomain.class)
class EngineProperties {
    private static final int TRIES = 25;

    private final Tally tally = new Tally();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private boolean played;
    private long evictions = -1;

    @AfterProperty
    void enough_was_allowed_and_unknown_and_every_outcome_was_reached() {
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
            assertThat(outcomes.get("applied")).isGreaterThan(steps / 10);
        }
    }

    private EngineHistory play(Setup setup, PlainPolicy start, History history, Dice dice) {
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

    /** Everything fits into the cache. */
    @Property(tries = TRIES)
    @Tag("P01")
    @Tag("P20")
    @Tag("P27")
    @Tag("P38")
    @Tag("P44")
    @Tag("P46")
    @Tag("P47")
    @Tag("P52")
    @Tag("P59")
    @Tag("B71")
    void every_step_leads_where_the_model_says(@ForAll PlainPolicy start, @ForAll History history, @ForAll Dice dice) {
        play(new Setup(CacheSize.AMPLE, anyStore(history), 1, true), start, history, dice)
                .close();
    }

    @Property(tries = TRIES)
    @Tag("P06")
    void little_or_no_cache_makes_no_difference(@ForAll PlainPolicy start, @ForAll History history, @ForAll Dice dice) {
        Store store = anyStore(history);
        List<List<Object>> transcripts = new ArrayList<>();
        for (CacheSize cache : CacheSize.values()) {
            try (EngineHistory engine = play(new Setup(cache, store, 1, true), start, history, dice)) {
                transcripts.add(engine.transcript());
                evictions = Math.max(0, evictions)
                        + (cache == CacheSize.ONE_ACCOUNT ? engine.live().evictions() : 0);
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

    /** One finds what the other committed, and goes on from there. */
    @Property(tries = TRIES)
    void two_engines_without_a_cache_act_as_one(@ForAll PlainPolicy start, @ForAll History history, @ForAll Dice dice) {
        play(new Setup(CacheSize.NONE, anyStore(history), 2, true), start, history, dice)
                .close();
    }

    /** The effects alone and the changes lead there; the engine notifies by a thread of its own. */
    @Property(tries = TRIES)
    @Tag("P48")
    @Tag("P50")
    @Tag("P29")
    @Tag("P53")
    void what_a_listener_receives_leads_to_the_policies(
            @ForAll PlainPolicy start, @ForAll History history, @ForAll Dice dice) {
        play(new Setup(CacheSize.AMPLE, anyStore(history), 1, false), start, history, dice)
                .assertReceivedAll();
    }

    @Property(tries = TRIES)
    @Tag("P43")
    void a_held_matrix_always_answers_what_it_answered_first(
            @ForAll PlainPolicy start, @ForAll History history, @ForAll Dice dice) {
        try (EngineHistory engine =
                play(new Setup(CacheSize.ONE_ACCOUNT, anyStore(history), 1, true), start, history, dice)) {
            engine.assertHeldMatricesUnchanged();
        }
    }

    @Property(tries = TRIES)
    @Tag("P79")
    void what_a_user_may_do_stays_what_it_was_when_they_were_asked_for(
            @ForAll PlainPolicy start, @ForAll History history, @ForAll Dice dice) {
        try (EngineHistory engine =
                play(new Setup(CacheSize.ONE_ACCOUNT, anyStore(history), 1, true), start, history, dice)) {
            engine.assertHeldUsersUnchanged();
        }
    }

    /** The edits of each account have the same result, however those of the other are interleaved. */
    @Property(tries = TRIES)
    @Tag("P41")
    void edits_of_different_accounts_commute(@ForAll PlainPolicy start, @ForAll History history, @ForAll Dice dice) {
        List<Integer> steps = new ArrayList<>();
        for (int i = 0; i < history.batches().size(); i++) {
            steps.add(i);
        }
        List<Policy> one = edited(start, history, dice, steps);
        steps.sort(Comparator.comparing(step -> step % 2));
        assertThat(edited(start, history, dice, steps)).isEqualTo(one);
    }

    private List<Policy> edited(PlainPolicy start, History history, Dice dice, List<Integer> steps) {
        Setup setup = new Setup(CacheSize.ONE_ACCOUNT, anyStore(history), 1, true);
        try (EngineHistory engine = new EngineHistory(setup, start, dice.choices(), tally)) {
            for (int step : steps) {
                LiveAccount account = engine.accounts().get(step % 2);
                engine.commitBatch(step, account, history.batches().get(step).choices());
                engine.assertAll(Choices.seeded(step));
            }
            return engine.accounts().subList(0, 2).stream()
                    .map(LiveAccount::shown)
                    .toList();
        }
    }
}
