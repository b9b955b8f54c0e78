package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** Two policies have equal fingerprints exactly if the oracle allows the same under both. */
@Domain(PlainPolicyDomain.class)
@Domain(HistoryDomain.class)
class FingerprintProperties {
    private static final int EDITS = 10;

    private int compared;
    private int equal;

    @AfterProperty
    void policies_were_equal_and_different_often() {
        assertThat(100.0 * equal / compared)
                .as("percent of %s that are equal", compared)
                .isBetween(5.0, 95.0);
    }

    /** Returns everything that the oracle allows the known users at the known targets, named by scope and id. */
    private static Set<List<String>> allowed(PlainPolicy plain) {
        Oracle oracle = Oracle.of(plain);
        Set<List<String>> all = new HashSet<>();
        for (String user : oracle.users()) {
            for (PlainTarget target : oracle.targets()) {
                String scope = target.isAccount() ? "" : target.scope().name();
                oracle.rightsOf(user, target).forEach(key -> all.add(List.of(user, key, scope, target.id())));
            }
        }
        return all;
    }

    private void assertCompared(PlainPolicy one, PermissionMatrix matrix, PlainPolicy other, PermissionMatrix another) {
        boolean isSame = allowed(one).equals(allowed(other));
        compared++;
        equal += isSame ? 1 : 0;
        assertThat(matrix.fingerprint().equals(another.fingerprint()))
                .as("%s\nand\n%s", one, other)
                .isEqualTo(isSame);
    }

    private static PermissionMatrix compiled(PlainPolicy plain) {
        return PermissionMatrix.compile(PolicyConverter.policy(plain));
    }

    @Property(tries = 200)
    @Tag("P63")
    void fingerprints_of_built_policies_are_equal_exactly_if_the_answers_are(
            @ForAll PlainPolicy plain, @ForAll Dice dice) {
        List<PlainPolicy> states = new RandomEdits(dice.choices()).history(plain, EDITS);
        for (int i = 1; i < states.size(); i++) {
            PlainPolicy last = states.get(i - 1);
            PlainPolicy state = states.get(i);
            assertCompared(last, compiled(last), state, compiled(state));
            assertCompared(plain, compiled(plain), state, compiled(state));
        }
    }

    /** The same ids in another order, with names of their own and under a catalog with other numbers, are as before. */
    @Property(tries = 200)
    @Tag("P63")
    void numbers_names_and_account_are_no_part_of_a_fingerprint(
            @ForAll PlainPolicy plain, @ForAll PlainPolicy other, @ForAll Dice dice) {
        RandomEdits random = new RandomEdits(dice.choices());
        PlainPolicy shuffled = plain.withAccount("other")
                .withRevision(77)
                .withCatalog(random.shuffled(plain.groups()), plain.retired())
                .withRoles(random.shuffled(plain.roles()))
                .withTargets(random.shuffled(plain.targets()))
                .withAssignments(random.shuffled(plain.assignments()));
        assertThat(compiled(shuffled).fingerprint())
                .as("%s", plain)
                .isEqualTo(compiled(plain).fingerprint())
                .matches("[0-9a-f]{64}");
        assertCompared(plain, compiled(plain), shuffled, compiled(shuffled));
        assertCompared(plain, compiled(plain), other, compiled(other));
    }

    @Property(tries = 60)
    @Tag("P63")
    void fingerprints_after_edits_are_those_of_policies_that_were_built(
            @ForAll PlainPolicy start, @ForAll History history) {
        EditedPolicy state = EditedPolicy.of(start);
        for (int i = 0; i < history.batches().size(); i++) {
            EditedPolicy last = state;
            Choices choices = history.batches().get(i).choices();
            state = last.after(RandomBatches.next(choices, last.plain()), EditedPolicy.time(i));
            assertThat(state.matrix().fingerprint())
                    .isEqualTo(PermissionMatrix.compile(state.policy()).fingerprint());
            assertCompared(last.plain(), last.matrix(), state.plain(), state.matrix());
        }
    }
}
