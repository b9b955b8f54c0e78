package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.PolicyTable;
import io.rbac.model.Scope;
import io.rbac.test.Sketch.Assignment;
import io.rbac.test.Sketch.Chat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** The order in which a policy is stated, the names of things and their numbers inside mean nothing. */
@Domain(Sketches.class)
class OrderProperties {
    private static final int QUESTIONS = 60;

    private final Tally tally = new Tally();
    private int mixed;
    private int renumbered;

    @AfterProperty
    void enough_was_allowed_and_enough_was_strange() {
        tally.assertAimed();
    }

    @AfterProperty
    void many_of_the_mixed_up_policies_had_other_numbers() {
        assertThat(renumbered).isGreaterThanOrEqualTo(mixed / 2);
    }

    private void assertSameAnswers(Compiled other, Compiled compiled, Dice dice) {
        for (Question question : RandomSketch.questions(dice.choices(), compiled.sketch(), QUESTIONS)) {
            other.assertAnswer(question, other.allows(question), compiled.allows(question), tally);
        }
    }

    /** P12, P14. */
    @Property
    void a_policy_stated_in_another_order_is_equal(@ForAll Sketch sketch, @ForAll Dice order, @ForAll Dice dice) {
        RandomEdits edits = new RandomEdits(order.choices());
        List<SketchRole> roles = new ArrayList<>();
        for (SketchRole role : edits.shuffled(sketch.roles())) {
            roles.add(role.withPermissions(edits.shuffled(List.copyOf(role.permissions()))));
        }
        Sketch shuffled = sketch.withRoles(roles)
                .withTeams(edits.shuffled(sketch.teams()))
                .withChats(edits.shuffled(sketch.chats()))
                .withAssignments(edits.shuffled(sketch.assignments()));
        Compiled compiled = Compiled.of(sketch);
        Compiled other = Compiled.of(shuffled);
        assertThat(other.policy()).isEqualTo(compiled.policy()).hasSameHashCodeAs(compiled.policy());
        assertThat(SketchPolicy.sketch(other.policy())).isEqualTo(SketchPolicy.sketch(compiled.policy()));
        assertSameAnswers(other, compiled, dice);
    }

    /** P12, P14: assignments may come before what they name, and chats before their team. */
    @Property
    void a_policy_stated_all_mixed_up_is_equal_and_has_other_numbers(
            @ForAll Sketch sketch, @ForAll Dice order, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(sketch);
        PermissionCatalog catalog = compiled.policy().catalog();
        List<Consumer<Policy.Builder>> statements = new ArrayList<>();
        for (SketchRole role : sketch.roles()) {
            statements.add(builder -> builder.role(SketchPolicy.role(role, catalog)));
        }
        sketch.teams().forEach(team -> statements.add(builder -> builder.team(team)));
        for (Chat chat : sketch.chats()) {
            String team = chat.team();
            statements.add(builder -> {
                Policy.Builder done = team == null ? builder.chat(chat.id()) : builder.chat(chat.id(), team);
                assertThat(done).isSameAs(builder);
            });
        }
        for (Assignment a : sketch.assignments()) {
            statements.add(builder -> builder.assign(a.user(), a.role(), SketchPolicy.target(a.target())));
        }
        Policy.Builder builder = Policy.builder(
                        sketch.account(), catalog, compiled.policy().rules())
                .revision(sketch.revision());
        new RandomEdits(order.choices()).shuffled(statements).forEach(statement -> statement.accept(builder));
        Policy policy = builder.build();
        assertThat(policy).isEqualTo(compiled.policy());
        mixed++;
        renumbered += sameNumbers(policy, compiled.policy()) ? 0 : 1;
        assertSameAnswers(Compiled.of(sketch, policy), compiled, dice);
    }

    private static boolean sameNumbers(Policy one, Policy other) {
        PolicyTable table = one.table();
        PolicyTable numbers = other.table();
        return one.users().stream().allMatch(user -> table.user(user) == numbers.user(user))
                && one.roles().stream().allMatch(role -> table.role(role.id()) == numbers.role(role.id()));
    }

    /** P14: the numbers of permissions. */
    @Property
    void the_order_of_the_catalog_changes_no_answer(@ForAll Sketch sketch, @ForAll Dice order, @ForAll Dice dice) {
        RandomEdits edits = new RandomEdits(order.choices());
        List<SketchGroup> groups = new ArrayList<>();
        for (SketchGroup group : edits.shuffled(sketch.groups())) {
            groups.add(new SketchGroup(group.name(), edits.shuffled(group.actions())));
        }
        Compiled other = Compiled.of(sketch.withCatalog(groups, sketch.retired()));
        assertSameAnswers(other, Compiled.of(sketch), dice);
    }

    /** P13. */
    @Property
    void renamed_things_have_renamed_answers(@ForAll Sketch sketch, @ForAll Dice dice) {
        Renaming users = new Renaming("u");
        Renaming roles = new Renaming("r");
        Renaming teams = new Renaming("t");
        Renaming chats = new Renaming("c");
        List<Chat> renamedChats = new ArrayList<>();
        for (Chat chat : sketch.chats()) {
            String team = chat.team();
            renamedChats.add(new Chat(chats.of(chat.id()), team == null ? null : teams.of(team)));
        }
        Sketch renamed = sketch.withAccount("other")
                .withRoles(sketch.roles().stream()
                        .map(role -> role.withId(roles.of(role.id())))
                        .toList())
                .withTeams(sketch.teams().stream().map(teams::of).toList())
                .withChats(renamedChats)
                .withAssignments(sketch.assignments().stream()
                        .map(a -> new Assignment(
                                users.of(a.user()), roles.of(a.role()), renamed(a.target(), teams, chats)))
                        .toList());
        Compiled compiled = Compiled.of(sketch);
        Compiled other = Compiled.of(renamed);
        for (Question question : RandomSketch.questions(dice.choices(), sketch, QUESTIONS)) {
            Question asked = new Question(
                    users.of(question.user()), question.permission(), renamed(question.target(), teams, chats));
            other.assertAnswer(asked, other.allows(asked), compiled.allows(question), tally);
        }
    }

    private static Place renamed(Place place, Renaming teams, Renaming chats) {
        Place in = place.in();
        return switch (place.kind()) {
            case ACCOUNT -> place;
            case TEAM -> Place.team(teams.of(place.id()));
            case CHAT -> {
                Place chat = Place.chat(chats.of(place.id()));
                yield in == null
                        ? chat
                        : in.kind() == Scope.ACCOUNT ? chat.inAccount() : chat.inTeam(teams.of(in.id()));
            }
        };
    }

    /** Gives every id, known or not, another one. */
    private static final class Renaming {
        private final Map<String, String> names = new HashMap<>();
        private final String kind;

        Renaming(String kind) {
            this.kind = kind;
        }

        String of(String id) {
            return names.computeIfAbsent(id, any -> kind + (Integer.MAX_VALUE - names.size()));
        }
    }
}
