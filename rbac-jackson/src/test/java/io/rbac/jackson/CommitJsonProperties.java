package io.rbac.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.Commit;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.ScopeTree;
import io.rbac.model.Version;
import io.rbac.policy.AppliedChanges;
import io.rbac.policy.Policy;
import io.rbac.test.Choices;
import io.rbac.test.EditConverter;
import io.rbac.test.PlainPolicy;
import io.rbac.test.PolicyConverter;
import io.rbac.test.RandomBatches;
import io.rbac.test.RandomPlainPolicy;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.lifecycle.AfterContainer;

class CommitJsonProperties {

    private static final int BATCHES = 6;

    private static final Map<String, Integer> KINDS = new TreeMap<>();

    /** Many rather than few, because after the last number all choices are the smallest. */
    private static final RandomDistribution MANY = (genSize, min, max, center) -> random -> {
        int sizes = max.intValueExact() + 1;
        return BigInteger.valueOf(Math.max(random.nextInt(sizes), random.nextInt(sizes)));
    };

    @Provide
    Arbitrary<List<Integer>> numbers() {
        return Arbitraries.integers()
                .between(0, 0xFFFF)
                .withDistribution(RandomDistribution.uniform())
                .edgeCases(config -> config.none())
                .list()
                .ofMaxSize(1_000)
                .withSizeDistribution(MANY);
    }

    @Property(tries = 300)
    void a_commit_is_read_as_it_was_written(@ForAll("numbers") List<Integer> numbers) {
        Choices choices = Choices.of(numbers);
        PlainPolicy plain = RandomPlainPolicy.valid(choices);
        Policy policy = PolicyConverter.policy(plain).withVersion(Version.first());
        for (int i = 0; i < BATCHES; i++) {
            PlainPolicy now = PolicyConverter.plain(policy).withCatalog(plain.groups(), plain.retired());
            List<Change> changes = EditConverter.changes(RandomBatches.next(choices, now), now, policy.catalog());
            Instant time = Instant.ofEpochMilli(1_750_000_000_000L + choices.below(1_000_000));
            AppliedChanges applied;
            try {
                applied = policy.apply(changes, time);
            } catch (PolicyViolationException e) {
                continue;
            }
            policy = applied.policy();
            Commit commit = Commit.of(
                    policy.account(),
                    policy.version(),
                    policy.digest(),
                    choices.oneIn(2) ? "ada" : null,
                    time,
                    choices.oneIn(2) ? "because of \"this\"\n" : null,
                    changes,
                    applied.effects());
            expectRoundTrip(commit, policy);
        }
    }

    private static void expectRoundTrip(Commit commit, Policy policy) {
        ScopeTree scopes = policy.catalog().scopes();
        byte[] json = CommitJson.write(commit, scopes).orElseThrow();
        Commit read = CommitJson.read(json);
        assertThat(read).isEqualTo(commit);
        assertThat(CommitJson.write(read, scopes)).contains(json);
        assertThat(new String(json, UTF_8)).matches("[ -\\x7F]*");
        commit.changes().forEach(change -> KINDS.merge(change.getClass().getSimpleName(), 1, Integer::sum));
        commit.effects().forEach(effect -> KINDS.merge(effect.getClass().getSimpleName(), 1, Integer::sum));
    }

    @AfterContainer
    static void every_kind_of_change_and_effect_was_there() {
        for (Class<?> sealed : List.of(Change.class, Effect.class)) {
            Arrays.stream(sealed.getPermittedSubclasses())
                    .forEach(kind -> assertThat(KINDS.getOrDefault(kind.getSimpleName(), 0))
                            .as(kind.getSimpleName())
                            .isGreaterThan(3));
        }
    }
}
