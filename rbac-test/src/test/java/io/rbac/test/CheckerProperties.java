package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** Every other way to ask gives the same answer. */
@Domain(PlainPolicyDomain.class)
class CheckerProperties {
    private static final int QUESTIONS = 60;

    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_unknown() {
        tally.assertAimed();
    }

    private static List<Question> questions(Choices choices, PlainPolicy plain) {
        return RandomPlainPolicy.questions(choices, plain, QUESTIONS);
    }

    private static Rights someRights(PermissionCatalog catalog, Choices choices, int oneIn) {
        List<String> keys = new ArrayList<>();
        for (Permission permission : catalog.permissions()) {
            if (choices.oneIn(oneIn)) {
                keys.add(permission.key());
            }
        }
        return catalog.rights(keys);
    }

    private static Rights withKey(Rights rights, String key) {
        PermissionCatalog catalog = rights.catalog();
        return catalog.indexOf(key) < 0 ? rights : rights.union(catalog.rights(key));
    }

    private static PermissionCatalog reversed(PlainPolicy plain) {
        List<PlainGroup> groups = new ArrayList<>(plain.groups());
        groups.add(PlainGroup.of("foreign", plain.scopes(), "read"));
        Collections.reverse(groups);
        return PolicyConverter.catalog(plain.withCatalog(groups, List.of()));
    }

    @Property
    @Tag("P15")
    void any_is_the_or_and_all_is_the_and_of_single_answers(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        Choices choices = dice.choices();
        List<PermissionCatalog> catalogs = List.of(compiled.policy().catalog(), reversed(plain));
        for (Question question : questions(choices, plain)) {
            Rights few = withKey(someRights(choices.oneOf(catalogs), choices, 8), question.permission());
            Target target = PolicyConverter.target(question.target());
            boolean any = false;
            boolean all = true;
            for (Permission permission : few) {
                boolean single = compiled.expects(new Question(question.user(), permission.key(), question.target()));
                any |= single;
                all &= single;
            }
            if (few.isEmpty()) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> compiled.matrix().hasAny(question.user(), few, target));
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> compiled.matrix().hasAll(question.user(), few, target));
            } else {
                compiled.assertAnswer(question, compiled.matrix().hasAny(question.user(), few, target), any, tally);
                compiled.assertAnswer(question, compiled.matrix().hasAll(question.user(), few, target), all, tally);
            }
        }
    }

    @Property
    @Tag("P56")
    void the_rights_of_a_user_are_what_they_are_allowed(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        for (Question question : questions(dice.choices(), plain)) {
            Rights rights = compiled.matrix().rightsOf(question.user(), PolicyConverter.target(question.target()));
            List<String> keys = rights.stream().map(Permission::key).toList();
            assertThat(keys)
                    .as("%s under\n%s", question, plain)
                    .containsExactlyElementsOf(compiled.oracle().rightsOf(question.user(), question.target()));
            boolean answer = rights.contains(question.permission());
            compiled.assertAnswer(question, answer, compiled.expects(question), tally);
        }
    }

    /** The rights may be of any catalog; a checker that is restricted twice allows what both allow. */
    @Property
    void a_restricted_checker_allows_the_intersection(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        Choices choices = dice.choices();
        List<Question> questions = questions(choices, plain);
        PermissionCatalog own = compiled.policy().catalog();
        for (PermissionCatalog catalog : List.of(own, reversed(plain))) {
            Rights rights = catalog.allRights().minus(someRights(catalog, choices, 8));
            Rights more = own.allRights().minus(someRights(own, choices, 8));
            PermissionChecker once = compiled.matrix().restrictedTo(rights);
            PermissionChecker twice = once.restrictedTo(more);
            Set<String> keys =
                    new HashSet<>(rights.stream().map(Permission::key).toList());
            Set<String> both = new HashSet<>(more.stream().map(Permission::key).toList());
            both.retainAll(keys);
            for (Question question : questions) {
                boolean expected = compiled.expects(question);
                assertChecker(compiled, once, question, expected && keys.contains(question.permission()));
                assertChecker(compiled, twice, question, expected && both.contains(question.permission()));
            }
        }
    }

    private void assertChecker(Compiled compiled, PermissionChecker checker, Question question, boolean expected) {
        Target target = PolicyConverter.target(question.target());
        compiled.assertAnswer(
                question, checker.hasPermission(question.user(), question.permission(), target), expected, tally);
        compiled.policy().catalog().find(question.permission()).ifPresent(permission -> {
            compiled.assertAnswer(
                    question, checker.hasPermission(question.user(), permission, target), expected, tally);
            Rights one = compiled.policy().catalog().rights(permission.key());
            compiled.assertAnswer(question, checker.hasAny(question.user(), one, target), expected, tally);
            compiled.assertAnswer(question, checker.hasAll(question.user(), one, target), expected, tally);
        });
    }

    /** The exception says who lacks which permission, and where. */
    @Property
    void requiring_throws_exactly_what_is_denied(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        for (Question question : questions(dice.choices(), plain)) {
            Target target = PolicyConverter.target(question.target());
            boolean expected = compiled.expects(question);
            assertRequired(
                    question,
                    expected,
                    () -> compiled.matrix().require(question.user(), question.permission(), target));
            compiled.policy()
                    .catalog()
                    .find(question.permission())
                    .ifPresent(permission -> assertRequired(
                            question, expected, () -> compiled.matrix().require(question.user(), permission, target)));
            compiled.assertAnswer(question, tally);
        }
    }

    private static void assertRequired(Question question, boolean allowed, Runnable require) {
        if (allowed) {
            assertThatCode(require::run).as("%s", question).doesNotThrowAnyException();
        } else {
            assertThatExceptionOfType(PermissionDeniedException.class)
                    .as("%s", question)
                    .isThrownBy(require::run)
                    .satisfies(denied -> {
                        assertThat(denied.user()).isEqualTo(question.user());
                        assertThat(denied.permission()).isEqualTo(question.permission());
                        assertThat(denied.target()).isEqualTo(PolicyConverter.target(question.target()));
                    });
        }
    }
}
