package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.test.SketchGroup.Action;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;
import org.jspecify.annotations.Nullable;

/** A policy under another catalog, as S2 has it. */
@Domain(Sketches.class)
class CatalogProperties {
    private static final int QUESTIONS = 60;

    private final Tally tally = new Tally();

    @AfterProperty
    void enough_was_allowed_and_enough_was_strange() {
        tally.assertAimed();
    }

    /** The groups in another order, each with an action more, and one group more. */
    private static List<SketchGroup> grown(Sketch sketch, Choices choices) {
        RandomEdits edits = new RandomEdits(choices);
        List<SketchGroup> groups = new ArrayList<>();
        for (SketchGroup group : sketch.groups()) {
            List<Action> actions = new ArrayList<>(group.actions());
            if (choices.oneIn(2)) {
                actions.add(new Action("added", "added" + groups.size(), Set.of(Scope.values())));
            }
            groups.add(new SketchGroup(group.name(), edits.shuffled(actions)));
        }
        groups.add(SketchGroup.of("added", "fly", "swim"));
        return edits.shuffled(groups);
    }

    /** P64. */
    @Property
    void permissions_added_and_moved_change_no_answer_and_are_denied(
            @ForAll Sketch sketch, @ForAll Dice order, @ForAll Dice dice) {
        Sketch grown = sketch.withCatalog(grown(sketch, order.choices()), sketch.retired());
        PermissionCatalog catalog = SketchPolicy.catalog(grown);
        Compiled before = Compiled.of(sketch);
        Compiled after = Compiled.of(grown, before.policy().withCatalog(catalog));
        assertThat(after.policy().catalog()).isSameAs(catalog);
        assertThat(after.policy()).isEqualTo(SketchPolicy.policy(grown));
        for (Role role : after.policy().roles()) {
            assertThat(role.rights().catalog()).isSameAs(catalog);
        }
        for (Question question : RandomSketch.questions(dice.choices(), sketch, QUESTIONS)) {
            after.assertAnswer(question, after.allows(question), before.allows(question), tally);
            Question added = new Question(question.user(), "added:fly", question.target());
            assertThat(after.allows(added)).as("%s", added).isFalse();
            Permission own =
                    before.policy().catalog().find(question.permission()).orElse(null);
            if (own != null) {
                assertThat(after.matrix().hasPermission(question.user(), own, SketchPolicy.target(question.target())))
                        .as("%s of the earlier catalog", question)
                        .isEqualTo(before.allows(question));
            }
        }
    }

    /** P64: a retired permission is dropped for good, whoever holds it. */
    @Property
    void retired_permissions_are_dropped(@ForAll Sketch sketch, @ForAll Dice drop, @ForAll Dice dice) {
        Sketch free = sketch.withRules(sketch.rules().withLockout(List.of()));
        Choices choices = drop.choices();
        Set<String> retired = new LinkedHashSet<>(free.retired());
        free.actions().stream().map(Action::key).filter(key -> choices.oneIn(6)).forEach(retired::add);
        Sketch shrunk = free.withCatalog(without(free.groups(), retired), List.copyOf(retired));
        Compiled before = Compiled.of(free);
        Compiled after = Compiled.of(shrunk, before.policy().withCatalog(SketchPolicy.catalog(shrunk)));
        assertThat(after.policy()).isEqualTo(SketchPolicy.policy(shrunk));
        Policy back = after.policy().withCatalog(before.policy().catalog());
        assertThat(SketchPolicy.sketch(back).roles())
                .isEqualTo(SketchPolicy.sketch(after.policy()).roles());
        for (Question question : RandomSketch.questions(dice.choices(), free, QUESTIONS)) {
            boolean expected = before.allows(question) && !retired.contains(question.permission());
            after.assertAnswer(question, after.allows(question), expected, tally);
        }
    }

    private static List<SketchGroup> without(List<SketchGroup> groups, Set<String> keys) {
        return groups.stream()
                .map(group -> new SketchGroup(
                        group.name(),
                        group.actions().stream()
                                .filter(action -> !keys.contains(action.key()))
                                .toList()))
                .toList();
    }

    /** P28, P64: what a role holds and the other catalog lacks, or does not allow it, is refused; all of it at once. */
    @Property
    void lacking_permissions_are_refused_with_the_roles_that_hold_them(
            @ForAll Sketch sketch, @ForAll Dice drop, @ForAll Dice dice) {
        Choices choices = drop.choices();
        List<SketchGroup> groups = new ArrayList<>();
        for (SketchGroup group : sketch.groups()) {
            List<Action> actions = new ArrayList<>();
            for (Action action : group.actions()) {
                switch (choices.below(12)) {
                    case 10 -> actions.add(new Action(action.name(), action.key(), Set.of(Scope.TEAM)));
                    case 11 -> {}
                    default -> actions.add(action);
                }
            }
            groups.add(new SketchGroup(group.name(), actions));
        }
        Sketch other = sketch.withCatalog(groups, sketch.retired());
        PermissionCatalog catalog = SketchPolicy.catalog(other);
        Compiled before = Compiled.of(sketch);
        Set<Problem> expected = problemsUnder(catalog, before.policy());
        if (expected.isEmpty()) {
            Compiled after = Compiled.of(other, before.policy().withCatalog(catalog));
            for (Question question : RandomSketch.questions(dice.choices(), sketch, QUESTIONS)) {
                after.assertAnswer(question, after.allows(question), before.allows(question), tally);
            }
        } else {
            PolicyViolationException refusal = catchThrowableOfType(
                    PolicyViolationException.class, () -> before.policy().withCatalog(catalog));
            assertThat(refusal).as("refusal of\n%s\nunder\n%s", sketch, other).isNotNull();
            assertThat(refusal.violations().stream()
                            .map(v -> new Problem(v.code().name(), v.path()))
                            .collect(Collectors.toSet()))
                    .isEqualTo(expected);
        }
    }

    private static Set<Problem> problemsUnder(PermissionCatalog catalog, Policy policy) {
        Set<Problem> problems = new LinkedHashSet<>();
        List<String> lockout = List.copyOf(policy.rules().lockout());
        for (int i = 0; i < lockout.size(); i++) {
            if (catalog.find(lockout.get(i)).isEmpty()) {
                problems.add(new Problem("UNKNOWN_PERMISSION", "/rules/lockout/" + i));
            }
        }
        for (int i = 0; i < policy.roles().size(); i++) {
            Role role = policy.roles().get(i);
            for (Permission held : role.rights()) {
                String path = Violation.pointer("roles", i, "rights", held.group(), held.action());
                Permission known = catalog.find(held.key()).orElse(null);
                if (known == null) {
                    problems.add(new Problem("UNKNOWN_PERMISSION", path));
                } else if (!known.scopes().contains(role.scope())) {
                    problems.add(new Problem("PERMISSION_NOT_IN_SCOPE", path));
                }
            }
        }
        return problems;
    }

    /** P28, for the entry points of the catalog itself. */
    @Property
    void a_key_is_found_exactly_where_the_catalog_has_it(@ForAll Sketch sketch, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(sketch);
        PermissionCatalog catalog = compiled.policy().catalog();
        List<String> keys = sketch.actions().stream().map(Action::key).toList();
        for (Question question : RandomSketch.questions(dice.choices(), sketch, QUESTIONS)) {
            String key = question.permission();
            boolean known = keys.contains(key);
            assertThat(catalog.indexOf(key)).isEqualTo(keys.indexOf(key));
            assertThat(catalog.find(key)).matches(found -> found.isPresent() == known);
            if (known) {
                assertThat(catalog.permission(key).key()).isEqualTo(key);
                assertThat(catalog.rights(key, key).stream()).containsExactly(catalog.permission(key));
            } else {
                assertUnknown("", () -> catalog.permission(key));
                assertUnknown("/1", () -> catalog.rights(keys.get(0), key));
            }
            compiled.assertAnswer(question, tally);
        }
        PermissionCatalog shorter =
                SketchPolicy.catalog(sketch.withCatalog(sketch.groups().subList(0, 1), List.of()));
        Rights all = catalog.allRights();
        if (shorter.size() < catalog.size()) {
            assertUnknown(null, () -> all.in(shorter));
            assertUnknown("", () -> shorter.allRights().union(all));
        }
        assertThat(shorter.allRights().in(catalog)).isEqualTo(shorter.allRights());
        assertThat(all.union(shorter.allRights())).isEqualTo(all);
    }

    private static void assertUnknown(@Nullable String path, Runnable entry) {
        PolicyViolationException refusal = catchThrowableOfType(PolicyViolationException.class, entry::run);
        assertThat(refusal).isNotNull();
        assertThat(refusal.violations()).allSatisfy(violation -> {
            assertThat(violation.code()).isEqualTo(Violation.Code.UNKNOWN_PERMISSION);
            if (path != null) {
                assertThat(violation.path()).isEqualTo(path);
            }
        });
    }

    /** S2: the catalog instance in hand is kept, an equal one changes nothing. */
    @Property
    void an_equal_catalog_makes_an_equal_policy(@ForAll Sketch sketch, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(sketch);
        Policy policy = compiled.policy();
        assertThat(policy.withCatalog(policy.catalog())).isSameAs(policy);
        PermissionCatalog equal = SketchPolicy.catalog(sketch);
        assertThat(equal).isEqualTo(policy.catalog()).isNotSameAs(policy.catalog());
        Compiled other = Compiled.of(sketch, policy.withCatalog(equal));
        assertThat(other.policy()).isEqualTo(policy).hasSameHashCodeAs(policy);
        for (Question question : RandomSketch.questions(dice.choices(), sketch, QUESTIONS)) {
            other.assertAnswer(question, tally);
        }
    }
}
