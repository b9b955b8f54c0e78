package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rbac.matrix.UserPermissions;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** A user who was looked up once is answered as by the oracle, and as by the matrix that they are of. */
@Domain(PlainPolicyDomain.class)
@Domain(HistoryDomain.class)
class UserPermissionsProperties {
    private static final int QUESTIONS = 40;
    private static final int TARGETS = 12;
    private static final int TRIES = 50;

    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_unknown() {
        tally.assertAimed();
    }

    private static List<Question> questions(Choices choices, PlainPolicy plain) {
        return RandomPlainPolicy.questions(choices, plain, QUESTIONS);
    }

    /** Returns the catalog of a policy, and one with the same permissions at other numbers, and with more. */
    private static List<PermissionCatalog> catalogs(Compiled compiled) {
        PlainPolicy plain = compiled.plain();
        List<PlainGroup> groups = new ArrayList<>(plain.groups());
        groups.add(PlainGroup.of("foreign", plain.scopes(), "read"));
        Collections.reverse(groups);
        return List.of(compiled.policy().catalog(), PolicyConverter.catalog(plain.withCatalog(groups, List.of())));
    }

    @Property
    @Tag("P79")
    void one_permission_is_answered_as_by_the_matrix(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        List<PermissionCatalog> catalogs = catalogs(compiled);
        for (Question question : questions(dice.choices(), plain)) {
            UserPermissions user = compiled.matrix().user(question.user());
            assertThat(user.id()).isEqualTo(question.user());
            boolean expected = compiled.expects(question);
            assertHas(compiled, user, catalogs, question, expected);
            compiled.assertAnswer(question, compiled.allows(question), expected, tally);
        }
    }

    private void assertHas(
            Compiled compiled,
            UserPermissions user,
            List<PermissionCatalog> catalogs,
            Question question,
            boolean expected) {
        Target target = PolicyConverter.target(question.target());
        compiled.assertAnswer(question, user.has(question.permission(), target), expected, tally);
        for (PermissionCatalog catalog : catalogs) {
            catalog.find(question.permission())
                    .ifPresent(permission ->
                            compiled.assertAnswer(question, user.has(permission, target), expected, tally));
        }
    }

    /** Of either catalog, by the user and by the matrix; half of the rights that are asked for are held. */
    @Property
    @Tag("P15")
    @Tag("P79")
    void several_permissions_are_answered_as_by_the_oracle(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        Choices choices = dice.choices();
        List<PermissionCatalog> catalogs = catalogs(compiled);
        for (Question question : questions(choices, plain)) {
            UserPermissions user = compiled.matrix().user(question.user());
            Target target = PolicyConverter.target(question.target());
            Rights held = user.rightsAt(target);
            Predicate<Permission> wanted = choices.oneIn(2)
                    ? permission -> held.contains(permission) && choices.oneIn(2)
                    : permission -> choices.oneIn(6);
            Rights rights = some(choices.oneOf(catalogs), wanted);
            if (rights.isEmpty()) {
                assertThatIllegalArgumentException().isThrownBy(() -> user.hasAny(rights, target));
                assertThatIllegalArgumentException().isThrownBy(() -> user.hasAll(rights, target));
                continue;
            }
            List<String> keys = keys(rights);
            boolean any = compiled.oracle().hasAny(question.user(), keys, question.target());
            boolean all = compiled.oracle().hasAll(question.user(), keys, question.target());
            compiled.assertAnswer(question, user.hasAny(rights, target), any, tally);
            compiled.assertAnswer(question, user.hasAll(rights, target), all, tally);
            compiled.assertAnswer(question, compiled.matrix().hasAny(question.user(), rights, target), any, tally);
            compiled.assertAnswer(question, compiled.matrix().hasAll(question.user(), rights, target), all, tally);
        }
    }

    private static Rights some(PermissionCatalog catalog, Predicate<Permission> wanted) {
        return catalog.rights(catalog.permissions().stream()
                .filter(wanted)
                .map(Permission::key)
                .toList());
    }

    private static List<String> keys(Rights rights) {
        return rights.stream().map(Permission::key).toList();
    }

    @Property
    @Tag("P56")
    @Tag("P79")
    void the_rights_at_a_target_are_what_the_user_is_allowed(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        for (Question question : questions(dice.choices(), plain)) {
            Rights rights = compiled.matrix().user(question.user()).rightsAt(PolicyConverter.target(question.target()));
            assertThat(keys(rights))
                    .as("%s under\n%s", question, plain)
                    .containsExactlyElementsOf(compiled.oracle().rightsOf(question.user(), question.target()));
            compiled.assertAnswer(question, rights.contains(question.permission()), compiled.expects(question), tally);
        }
    }

    /** The targets are those of other questions about the same user, some of them twice. */
    @Property
    @Tag("P57")
    @Tag("P79")
    void a_filter_keeps_the_targets_at_which_the_answer_is_true(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        Choices choices = dice.choices();
        List<Question> questions = questions(choices, plain);
        for (Question question : questions) {
            List<PlainTarget> asked = targets(choices, questions, question);
            UserPermissions user = compiled.matrix().user(question.user());
            List<Target> expected = converted(compiled.oracle().filter(question.user(), question.permission(), asked));
            assertThat(user.filter(question.permission(), converted(asked)))
                    .as("%s and at %s under\n%s", question, asked, plain)
                    .isEqualTo(expected);
            for (PermissionCatalog catalog : catalogs(compiled)) {
                catalog.find(question.permission())
                        .ifPresent(permission -> assertThat(user.filter(permission, converted(asked)))
                                .isEqualTo(expected));
            }
            Target target = PolicyConverter.target(question.target());
            compiled.assertAnswer(question, expected.contains(target), compiled.expects(question), tally);
        }
    }

    private static List<PlainTarget> targets(Choices choices, List<Question> questions, Question question) {
        List<PlainTarget> targets = new ArrayList<>(List.of(question.target()));
        for (int i = choices.below(TARGETS); i > 0; i--) {
            Question other = choices.oneOf(questions);
            if (other.user().equals(question.user()) || choices.oneIn(2)) {
                targets.add(other.target());
            } else {
                targets.add(choices.oneOf(targets));
            }
        }
        return targets;
    }

    private static List<Target> converted(List<PlainTarget> targets) {
        return targets.stream().map(PolicyConverter::target).toList();
    }

    /** The rights may be of any catalog; a user who is restricted twice may do what both contain. */
    @Property
    @Tag("P79")
    void a_restricted_user_may_do_what_the_rights_contain_as_well(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        Choices choices = dice.choices();
        List<PermissionCatalog> catalogs = catalogs(compiled);
        for (Question question : questions(choices, plain)) {
            Rights once = some(choices.oneOf(catalogs), permission -> !choices.oneIn(8));
            Rights twice = some(choices.oneOf(catalogs), permission -> !choices.oneIn(8));
            UserPermissions user = compiled.matrix().user(question.user());
            UserPermissions restricted = user.restrictedTo(once).restrictedTo(twice);
            List<String> left = new ArrayList<>(compiled.oracle().rightsOf(question.user(), question.target()));
            left.retainAll(keys(once));
            left.retainAll(keys(twice));
            Target target = PolicyConverter.target(question.target());
            boolean expected = left.contains(question.permission());
            assertHas(compiled, restricted, catalogs, question, expected);
            assertThat(keys(restricted.rightsAt(target)))
                    .as("%s, restricted to %s and %s, under\n%s", question, once, twice, plain)
                    .isEqualTo(left);
            assertThat(restricted.filter(question.permission(), List.of(target)))
                    .hasSize(expected ? 1 : 0);
            Rights asked = some(choices.oneOf(catalogs), permission -> choices.oneIn(4));
            if (!asked.isEmpty()) {
                assertThat(restricted.hasAny(asked, target))
                        .isEqualTo(keys(asked).stream().anyMatch(left::contains));
                assertThat(restricted.hasAll(asked, target)).isEqualTo(left.containsAll(keys(asked)));
            }
        }
    }

    /**
     * The matrix is updated from state to state. Users are taken from each and asked once the history is over, also about what
     * earlier states knew.
     */
    @Property(tries = TRIES)
    @Tag("P79")
    void a_user_is_answered_from_the_state_that_they_were_taken_from(
            @ForAll PlainPolicy start, @ForAll History history, @ForAll Dice dice) {
        Choices choices = dice.choices();
        List<Question> asked = new ArrayList<>();
        List<Taken> taken = new ArrayList<>();
        EditedPolicy state = EditedPolicy.of(start);
        for (int i = 0; i < history.batches().size(); i++) {
            Compiled compiled = new Compiled(state.plain(), Oracle.of(state.plain()), state.policy(), state.matrix());
            asked.addAll(RandomPlainPolicy.questions(choices, state.plain(), TARGETS));
            for (Question question : asked) {
                taken.add(new Taken(compiled, question, state.matrix().user(question.user())));
            }
            Choices edits = history.batches().get(i).choices();
            state = state.after(RandomBatches.next(edits, state.plain()), EditedPolicy.time(i));
        }
        for (Taken each : taken) {
            boolean expected = each.compiled().expects(each.question());
            PermissionCatalog catalog = each.compiled().policy().catalog();
            assertHas(each.compiled(), each.user(), List.of(catalog), each.question(), expected);
        }
    }

    /**
     * A user who was taken from a state of a history.
     *
     * @param compiled the state
     * @param question about the user
     * @param user what was taken
     */
    private record Taken(Compiled compiled, Question question, UserPermissions user) {}
}
