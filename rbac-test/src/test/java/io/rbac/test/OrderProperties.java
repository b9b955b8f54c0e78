package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Located;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** The order in which a policy is built, the ids of things and their numbers inside mean nothing. */
@Domain(PlainPolicyDomain.class)
class OrderProperties {
    private static final int QUESTIONS = 60;

    private final Tally tally = new Tally();
    private int mixed;
    private int renumbered;

    @AfterProperty
    void enough_was_allowed_and_enough_was_unknown() {
        tally.assertAimed();
    }

    @AfterProperty
    void many_of_the_mixed_policies_had_other_numbers() {
        assertThat(renumbered).isGreaterThanOrEqualTo(mixed / 2);
    }

    private void assertSameAnswers(Compiled other, Compiled compiled, Dice dice) {
        for (Question question : RandomPlainPolicy.questions(dice.choices(), compiled.plain(), QUESTIONS)) {
            other.assertAnswer(question, other.allows(question), compiled.allows(question), tally);
        }
    }

    @Property
    @Tag("P12")
    @Tag("P14")
    void a_policy_built_in_another_order_is_equal(@ForAll PlainPolicy plain, @ForAll Dice order, @ForAll Dice dice) {
        RandomEdits edits = new RandomEdits(order.choices());
        List<PlainRole> roles = new ArrayList<>();
        for (PlainRole role : edits.shuffled(plain.roles())) {
            roles.add(role.withPermissions(edits.shuffled(List.copyOf(role.permissions()))));
        }
        PlainPolicy shuffled = plain.withRoles(roles)
                .withTargets(edits.shuffled(plain.targets()))
                .withAssignments(edits.shuffled(plain.assignments()));
        Compiled compiled = Compiled.of(plain);
        Compiled other = Compiled.of(shuffled);
        assertThat(other.policy()).isEqualTo(compiled.policy()).hasSameHashCodeAs(compiled.policy());
        assertThat(PolicyConverter.plain(other.policy())).isEqualTo(PolicyConverter.plain(compiled.policy()));
        assertSameAnswers(other, compiled, dice);
    }

    /** Assignments may come before what they name, and targets before their parent. */
    @Property
    @Tag("P12")
    @Tag("P14")
    void a_policy_built_in_mixed_order_is_equal_and_has_other_numbers(
            @ForAll PlainPolicy plain, @ForAll Dice order, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        PermissionCatalog catalog = compiled.policy().catalog();
        List<Consumer<Policy.Builder>> steps = new ArrayList<>();
        for (PlainRole role : plain.roles()) {
            steps.add(builder -> builder.role(PolicyConverter.role(role, catalog)));
        }
        for (Located located : plain.targets()) {
            Target target = PolicyConverter.target(located.target());
            Target parent = PolicyConverter.target(located.parent());
            steps.add(builder -> {
                Policy.Builder done = parent.isAccount() ? builder.target(target) : builder.target(target, parent);
                assertThat(done).isSameAs(builder);
            });
        }
        for (Assignment a : plain.assignments()) {
            steps.add(builder -> builder.assign(a.user(), a.role(), PolicyConverter.target(a.target())));
        }
        Policy.Builder builder = Policy.builder()
                .account(plain.account())
                .catalog(catalog)
                .rules(compiled.policy().rules())
                .revision(plain.revision());
        new RandomEdits(order.choices()).shuffled(steps).forEach(step -> step.accept(builder));
        Policy policy = builder.build();
        assertThat(policy).isEqualTo(compiled.policy());
        mixed++;
        renumbered += sameNumbers(policy, compiled.policy()) ? 0 : 1;
        assertSameAnswers(Compiled.of(plain, policy), compiled, dice);
    }

    private static boolean sameNumbers(Policy one, Policy other) {
        PolicyTable table = one.table();
        PolicyTable numbers = other.table();
        return one.users().stream().allMatch(user -> table.user(user) == numbers.user(user))
                && one.roles().stream().allMatch(role -> table.role(role.id()) == numbers.role(role.id()));
    }

    /** The numbers of permissions differ. */
    @Property
    @Tag("P14")
    void the_order_of_the_catalog_changes_no_answer(@ForAll PlainPolicy plain, @ForAll Dice order, @ForAll Dice dice) {
        RandomEdits edits = new RandomEdits(order.choices());
        List<PlainGroup> groups = new ArrayList<>();
        for (PlainGroup group : edits.shuffled(plain.groups())) {
            groups.add(new PlainGroup(group.name(), edits.shuffled(group.actions())));
        }
        Compiled other = Compiled.of(plain.withCatalog(groups, plain.retired()));
        assertSameAnswers(other, Compiled.of(plain), dice);
    }

    @Property
    @Tag("P13")
    void renamed_things_have_the_same_answers(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Renaming users = new Renaming("u");
        Renaming roles = new Renaming("r");
        Renaming targets = new Renaming("t");
        PlainPolicy renamed = plain.withAccount("other")
                .withRoles(plain.roles().stream()
                        .map(role -> role.withId(roles.of(role.id())))
                        .toList())
                .withTargets(plain.targets().stream()
                        .map(located ->
                                new Located(renamed(located.target(), targets), renamed(located.parent(), targets)))
                        .toList())
                .withAssignments(plain.assignments().stream()
                        .map(a -> new Assignment(users.of(a.user()), roles.of(a.role()), renamed(a.target(), targets)))
                        .toList());
        Compiled compiled = Compiled.of(plain);
        Compiled other = Compiled.of(renamed);
        for (Question question : RandomPlainPolicy.questions(dice.choices(), plain, QUESTIONS)) {
            Question asked =
                    new Question(users.of(question.user()), question.permission(), renamed(question.target(), targets));
            other.assertAnswer(asked, other.allows(asked), compiled.allows(question), tally);
        }
    }

    /** Renames a target, differently in each scope, and its given parent. */
    private static PlainTarget renamed(PlainTarget target, Renaming targets) {
        if (target.isAccount()) {
            return target;
        }
        PlainTarget renamed = PlainTarget.of(target.scope(), targets.of(target.scope() + "/" + target.id()));
        PlainTarget parent = target.parent();
        return parent == null ? renamed : renamed.in(renamed(parent, targets));
    }

    /** Gives another id for every id, known or not. */
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
