package io.rbac.test;

import io.rbac.model.Scope;
import io.rbac.test.Sketch.Assignment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** Requests whose parts, put together, make the same text are answered each by itself. */
@Domain(Sketches.class)
class ConcatenationProperties {
    private static final List<String> SEPARATORS = List.of("$$", ":", "/", "|", "-", ",", "x");
    private static final int LETTERS = 3;

    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_strange() {
        tally.assertAimed();
    }

    /**
     * P06, B40. The words are cut out of one text: of {@code a$$b$$c} there are the users {@code a}, {@code a$$b},
     * {@code b$$c}, the teams and the permissions of these names. Half of all triples are granted, at random.
     */
    @Property
    void parts_that_make_one_text_are_not_one_request(@ForAll Dice dice) {
        Choices choices = dice.choices();
        List<String> words = words(choices);
        SketchGroup group = new SketchGroup(
                "any",
                words.stream()
                        .map(word -> new SketchGroup.Action(word, word, Set.of(Scope.values())))
                        .toList());
        Choices coin = Choices.seeded(choices.below(Short.MAX_VALUE));
        Set<Question> granted = new HashSet<>();
        List<Assignment> assignments = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        for (String user : words) {
            for (String word : words) {
                for (String team : words) {
                    Place place = Place.team(team);
                    questions.add(new Question(user, word, place));
                    if (coin.oneIn(2)) {
                        granted.add(new Question(user, word, place));
                        assignments.add(new Assignment(user, word, place));
                    }
                }
            }
        }
        Compiled compiled = Compiled.of(Sketch.of("acme", group)
                .withRules(SketchRules.standard().withDefaults(Scope.ACCOUNT, 0, null))
                .withRoles(words.stream()
                        .map(word -> SketchRole.of(word, Scope.TEAM, word))
                        .toList())
                .withTeams(words)
                .withAssignments(assignments));
        for (Question question : questions) {
            compiled.assertAnswer(question, compiled.allows(question), granted.contains(question), tally);
            if (coin.oneIn(3)) {
                Question chat = new Question(
                        question.user(),
                        question.permission(),
                        Place.chat(question.target().id()));
                compiled.assertAnswer(chat, compiled.allows(chat), false, tally);
            }
        }
    }

    /** Each run of neighbouring letters of a text, joined by a separator, and the whole with more of it around. */
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
