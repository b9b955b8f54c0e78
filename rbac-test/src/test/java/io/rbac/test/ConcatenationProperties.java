package io.rbac.test;

import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Located;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** Questions whose parts make the same string when joined are answered independently. */
@Domain(PlainPolicyDomain.class)
class ConcatenationProperties {
    private static final List<String> SEPARATORS = List.of("$$", ":", "/", "|", "-", ",", "x");
    private static final int LETTERS = 3;

    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_unknown() {
        tally.assertAimed();
    }

    /**
     * Users, teams and permissions are named by the parts of one string: of {@code a$$b$$c} these are {@code a},
     * {@code a$$b}, {@code b$$c} and so on. Half of all triples are granted, at random.
     */
    @Property
    @Tag("P06")
    @Tag("B40")
    void parts_that_make_the_same_string_are_different_questions(@ForAll Dice dice) {
        Choices choices = dice.choices();
        List<String> words = words(choices);
        PlainGroup group = new PlainGroup(
                "any",
                words.stream()
                        .map(word -> new PlainGroup.Action(word, word, Set.copyOf(PlainScope.standard())))
                        .toList());
        Choices coin = Choices.seeded(choices.below(Short.MAX_VALUE));
        Set<Question> granted = new HashSet<>();
        List<Assignment> assignments = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        for (String user : words) {
            for (String word : words) {
                for (String team : words) {
                    PlainTarget target = PlainTarget.team(team);
                    questions.add(new Question(user, word, target));
                    if (coin.oneIn(2)) {
                        granted.add(new Question(user, word, target));
                        assignments.add(new Assignment(user, word, target));
                    }
                }
            }
        }
        Compiled compiled = Compiled.of(PlainPolicy.of("acme", group)
                .withRules(PlainRules.standard().withDefaults(PlainScope.ACCOUNT, 0, null))
                .withRoles(words.stream()
                        .map(word -> PlainRole.of(word, PlainScope.TEAM, word))
                        .toList())
                .withTargets(words.stream()
                        .map(word -> new Located(PlainTarget.team(word), PlainTarget.account()))
                        .toList())
                .withAssignments(assignments));
        for (Question question : questions) {
            compiled.assertAnswer(question, compiled.allows(question), granted.contains(question), tally);
            if (coin.oneIn(3)) {
                Question chat = new Question(
                        question.user(),
                        question.permission(),
                        PlainTarget.chat(question.target().id()));
                compiled.assertAnswer(chat, compiled.allows(chat), false, tally);
            }
        }
    }

    /** Returns each run of consecutive letters, joined by a separator, and one that ends with the separator. */
    private static List<String> words(Choices choices) {
        String separator = choices.oneOf(SEPARATORS);
        List<String> letters = new ArrayList<>();
        for (int i = 0; i < LETTERS; i++) {
            letters.add(choices.oneOf(List.of("a", "b", "1", "*", "user")));
        }
        Set<String> words = new LinkedHashSet<>();
        for (int from = 0; from < LETTERS; from++) {
            for (int to = from + 1; to <= LETTERS; to++) {
                words.add(String.join(separator, letters.subList(from, to)));
            }
        }
        words.add(letters.get(0) + separator);
        return List.copyOf(words);
    }
}
