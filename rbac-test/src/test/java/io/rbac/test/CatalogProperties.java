package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.test.PlainGroup.Action;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Located;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;
import org.jspecify.annotations.Nullable;

/** A policy under another catalog (S2). */
@Domain(PlainPolicyDomain.class)
class CatalogProperties {
    private static final int QUESTIONS = 60;

    private final Tally tally = new Tally();
    private boolean triesTrees;
    private int refused;
    private int rebound;

    @AfterProperty
    void enough_was_allowed_and_enough_was_unknown() {
        tally.assertAimed();
    }

    /** Returns the groups in another order, some with an action added, and a new group. */
    private static List<PlainGroup> grown(PlainPolicy plain, Choices choices) {
        RandomEdits edits = new RandomEdits(choices);
        List<PlainGroup> groups = new ArrayList<>();
        for (PlainGroup group : plain.groups()) {
            List<Action> actions = new ArrayList<>(group.actions());
            if (choices.oneIn(2)) {
                actions.add(new Action("added", "added" + groups.size(), Set.copyOf(plain.scopes())));
            }
            groups.add(new PlainGroup(group.name(), edits.shuffled(actions)));
        }
        groups.add(PlainGroup.of("added", plain.scopes(), "fly", "swim"));
        return edits.shuffled(groups);
    }

    @Property
    @Tag("P64")
    void added_and_moved_permissions_change_no_answer_and_are_denied(
            @ForAll PlainPolicy plain, @ForAll Dice order, @ForAll Dice dice) {
        PlainPolicy grown = plain.withCatalog(grown(plain, order.choices()), plain.retired());
        PermissionCatalog catalog = PolicyConverter.catalog(grown);
        Compiled before = Compiled.of(plain);
        Compiled after = Compiled.of(grown, before.policy().withCatalog(catalog));
        assertThat(after.policy().catalog()).isSameAs(catalog);
        assertThat(after.policy()).isEqualTo(PolicyConverter.policy(grown));
        for (Role role : after.policy().roles()) {
            assertThat(role.rights().catalog()).isSameAs(catalog);
        }
        for (Question question : RandomPlainPolicy.questions(dice.choices(), plain, QUESTIONS)) {
            after.assertAnswer(question, after.allows(question), before.allows(question), tally);
            Question added = new Question(question.user(), "added:fly", question.target());
            assertThat(after.allows(added)).as("%s", added).isFalse();
            Permission own =
                    before.policy().catalog().find(question.permission()).orElse(null);
            if (own != null) {
                assertThat(after.matrix()
                                .hasPermission(question.user(), own, PolicyConverter.target(question.target())))
                        .as("%s of the earlier catalog", question)
                        .isEqualTo(before.allows(question));
            }
        }
    }

    /** A retired permission is dropped for good, whoever holds it. */
    @Property
    @Tag("P64")
    void retired_permissions_are_dropped(@ForAll PlainPolicy plain, @ForAll Dice drop, @ForAll Dice dice) {
        PlainPolicy free = plain.withRules(plain.rules().withLockout(List.of()));
        Choices choices = drop.choices();
        Set<String> retired = new LinkedHashSet<>(free.retired());
        free.actions().stream().map(Action::key).filter(key -> choices.oneIn(6)).forEach(retired::add);
        PlainPolicy shrunk = free.withCatalog(without(free.groups(), retired), List.copyOf(retired));
        Compiled before = Compiled.of(free);
        Compiled after = Compiled.of(shrunk, before.policy().withCatalog(PolicyConverter.catalog(shrunk)));
        assertThat(after.policy()).isEqualTo(PolicyConverter.policy(shrunk));
        Policy back = after.policy().withCatalog(before.policy().catalog());
        assertThat(PolicyConverter.plain(back).roles())
                .isEqualTo(PolicyConverter.plain(after.policy()).roles());
        for (Question question : RandomPlainPolicy.questions(dice.choices(), free, QUESTIONS)) {
            boolean expected = before.allows(question) && !retired.contains(question.permission());
            after.assertAnswer(question, after.allows(question), expected, tally);
        }
    }

    private static List<PlainGroup> without(List<PlainGroup> groups, Set<String> keys) {
        return groups.stream()
                .map(group -> new PlainGroup(
                        group.name(),
                        group.actions().stream()
                                .filter(action -> !keys.contains(action.key()))
                                .toList()))
                .toList();
    }

    /**
     * Everything that a role holds and the other catalog lacks, or does not allow at its scope, is reported at once.
     */
    @Property
    @Tag("P28")
    @Tag("P64")
    void missing_permissions_are_refused_with_the_roles_that_hold_them(
            @ForAll PlainPolicy plain, @ForAll Dice drop, @ForAll Dice dice) {
        Choices choices = drop.choices();
        List<PlainGroup> groups = new ArrayList<>();
        for (PlainGroup group : plain.groups()) {
            List<Action> actions = new ArrayList<>();
            for (Action action : group.actions()) {
                switch (choices.below(12)) {
                    case 10 ->
                        actions.add(new Action(action.name(), action.key(), Set.of(choices.oneOf(plain.scopes()))));
                    case 11 -> {}
                    default -> actions.add(action);
                }
            }
            groups.add(new PlainGroup(group.name(), actions));
        }
        PlainPolicy other = plain.withCatalog(groups, plain.retired());
        PermissionCatalog catalog = PolicyConverter.catalog(other);
        Compiled before = Compiled.of(plain);
        Set<PlainViolation> expected = violationsUnder(catalog, before.policy());
        if (expected.isEmpty()) {
            Compiled after = Compiled.of(other, before.policy().withCatalog(catalog));
            for (Question question : RandomPlainPolicy.questions(dice.choices(), plain, QUESTIONS)) {
                after.assertAnswer(question, after.allows(question), before.allows(question), tally);
            }
        } else {
            PolicyViolationException refusal = catchThrowableOfType(
                    PolicyViolationException.class, () -> before.policy().withCatalog(catalog));
            assertThat(refusal).as("refusal of\n%s\nunder\n%s", plain, other).isNotNull();
            assertThat(PolicyConverter.violations(refusal)).isEqualTo(expected);
        }
    }

    /** Returns a tree of scopes with the same names: some at other levels, some nesting otherwise, one left out, and more. */
    private static List<PlainScope> otherTree(List<PlainScope> tree, Choices choices) {
        List<PlainScope> narrower = new ArrayList<>(tree.subList(1, tree.size()));
        String account = choices.oneOf(List.of(tree.get(0).name(), "account", "other"));
        if (!narrower.isEmpty() && choices.oneIn(4)) {
            PlainScope lost = narrower.remove(choices.below(narrower.size()));
            account = choices.oneIn(2) ? lost.name() : account;
        }
        if (choices.oneIn(3)) {
            narrower = new RandomEdits(choices).shuffled(narrower);
        }
        while (narrower.size() < 7 && choices.oneIn(2)) {
            PlainScope more = new PlainScope("more" + narrower.size(), 1, choices.oneIn(2));
            narrower.add(choices.below(narrower.size() + 1), more);
        }
        List<PlainScope> other = new ArrayList<>(List.of(new PlainScope(account, 0, false)));
        for (PlainScope scope : narrower) {
            other.add(new PlainScope(scope.name(), other.size(), choices.oneIn(8) != scope.nests()));
        }
        return other;
    }

    /** Returns the scope of the same name in another tree, {@code null} if it has none below the account's. */
    private static @Nullable PlainScope found(PlainScope scope, List<PlainScope> tree) {
        if (scope.isAccount()) {
            return scope;
        }
        return tree.stream()
                .filter(other -> !other.isAccount() && other.name().equals(scope.name()))
                .findFirst()
                .orElse(null);
    }

    private static PlainTarget found(PlainTarget target, List<PlainScope> tree) {
        PlainScope scope = found(target.scope(), tree);
        return target.isAccount() || scope == null ? target : PlainTarget.of(scope, target.id());
    }

    /** Returns a policy under another tree that has all its scopes, under rules that name none. */
    private static PlainPolicy under(List<PlainScope> tree, PlainPolicy plain) {
        List<PlainGroup> groups = plain.groups().stream()
                .map(group -> new PlainGroup(
                        group.name(),
                        group.actions().stream()
                                .map(action -> new Action(action.name(), action.key(), found(action.scopes(), tree)))
                                .toList()))
                .toList();
        return plain.withScopes(tree)
                .withCatalog(groups, plain.retired())
                .withRules(
                        EngineHistory.LENIENT.withUnknownTargets(plain.rules().unknownTargets()))
                .withRoles(plain.roles().stream()
                        .map(role -> new PlainRole(
                                role.id(),
                                Objects.requireNonNullElse(found(role.scope(), tree), role.scope()),
                                role.name(),
                                role.description(),
                                role.system(),
                                role.isDefault(),
                                role.createdAt(),
                                role.updatedAt(),
                                role.discardedAt(),
                                role.permissions()))
                        .toList())
                .withTargets(plain.targets().stream()
                        .map(located -> new Located(found(located.target(), tree), found(located.parent(), tree)))
                        .toList())
                .withAssignments(plain.assignments().stream()
                        .map(a -> new Assignment(a.user(), a.role(), found(a.target(), tree)))
                        .toList());
    }

    /** Returns the scopes of the same names, all of the tree if it has none of them. */
    private static Set<PlainScope> found(Set<PlainScope> scopes, List<PlainScope> tree) {
        Set<PlainScope> found = new LinkedHashSet<>();
        for (PlainScope scope : scopes) {
            PlainScope other = found(scope, tree);
            if (other != null) {
                found.add(other);
            }
        }
        return found.isEmpty() ? Set.copyOf(tree) : found;
    }

    /** Returns what of a policy another tree lacks, and what cannot lie where it does there. */
    private static Set<PlainViolation> violationsUnder(List<PlainScope> tree, PlainPolicy listed) {
        Set<PlainViolation> violations = new LinkedHashSet<>();
        for (int i = 0; i < listed.roles().size(); i++) {
            if (found(listed.roles().get(i).scope(), tree) == null) {
                violations.add(new PlainViolation("SCOPE_INVALID", "/roles/" + i + "/scope"));
            }
        }
        for (int i = 0; i < listed.targets().size(); i++) {
            Located located = listed.targets().get(i);
            PlainScope scope = found(located.target().scope(), tree);
            PlainScope wider = found(located.parent().scope(), tree);
            if (scope == null) {
                violations.add(new PlainViolation("SCOPE_INVALID", "/targets/" + i));
            } else if (wider != null && !PlainPaths.mayLieIn(listed.withScopes(tree), scope, wider)) {
                violations.add(new PlainViolation("PARENT_INVALID", "/targets/" + i + "/in"));
            }
        }
        return violations;
    }

    /** Everything that the tree lacks, or in which something can no longer lie, is reported at once. */
    @Property(tries = 500)
    @Tag("P78")
    @Tag("S2")
    void scopes_are_found_by_their_names_in_another_tree(
            @ForAll PlainPolicy plain, @ForAll Dice other, @ForAll Dice dice) {
        triesTrees = true;
        List<PlainScope> tree = otherTree(plain.scopes(), other.choices());
        PlainPolicy moved = under(tree, plain);
        PermissionCatalog catalog = PolicyConverter.catalog(moved);
        Compiled before = Compiled.of(plain);
        Set<PlainViolation> expected = violationsUnder(tree, PolicyConverter.plain(before.policy()));
        if (!expected.isEmpty()) {
            PolicyViolationException refusal = catchThrowableOfType(
                    PolicyViolationException.class,
                    () -> before.policy().reboundTo(catalog, PolicyConverter.rules(moved)));
            assertThat(refusal).as("refusal of\n%s\nunder %s", plain, tree).isNotNull();
            assertThat(PolicyConverter.violations(refusal)).isEqualTo(expected);
            refused++;
            return;
        }
        Policy policy = before.policy().reboundTo(catalog, PolicyConverter.rules(moved));
        assertThat(policy).isEqualTo(PolicyConverter.policy(moved, catalog));
        assertThat(policy.violations()).isEmpty();
        PolicyInvariants.check(policy);
        Compiled after = Compiled.of(moved, policy);
        List<Question> questions = RandomPlainPolicy.questions(dice.choices(), moved, QUESTIONS);
        questions.forEach(question -> after.assertAnswer(question, tally));
        for (Question question : RandomPlainPolicy.questions(dice.choices(), plain, QUESTIONS)) {
            if (PlainPaths.isKnown(plain, question.target())) {
                PlainTarget target = found(question.target().withoutParent(), tree);
                Question asked = new Question(question.user(), question.permission(), target);
                boolean answer = before.allows(new Question(
                        question.user(),
                        question.permission(),
                        question.target().withoutParent()));
                after.assertAnswer(asked, after.allows(asked), answer, tally);
            }
        }
        rebound++;
    }

    @AfterProperty
    void trees_were_accepted_and_refused() {
        assertThat(refused > 50).isEqualTo(triesTrees);
        assertThat(rebound > 50).isEqualTo(triesTrees);
    }

    private static Set<PlainViolation> violationsUnder(PermissionCatalog catalog, Policy policy) {
        Set<PlainViolation> violations = new LinkedHashSet<>();
        List<String> lockout = List.copyOf(policy.rules().lockout());
        for (int i = 0; i < lockout.size(); i++) {
            if (catalog.find(lockout.get(i)).isEmpty()) {
                violations.add(new PlainViolation("UNKNOWN_PERMISSION", "/rules/lockout/" + i));
            }
        }
        for (int i = 0; i < policy.roles().size(); i++) {
            Role role = policy.roles().get(i);
            for (Permission held : role.rights()) {
                String path = Violation.pointer("roles", i, "rights", held.group(), held.action());
                Permission known = catalog.find(held.key()).orElse(null);
                if (known == null) {
                    violations.add(new PlainViolation("UNKNOWN_PERMISSION", path));
                } else if (!known.scopes().contains(role.scope())) {
                    violations.add(new PlainViolation("PERMISSION_NOT_IN_SCOPE", path));
                }
            }
        }
        return violations;
    }

    /** This holds of every method of the catalog that takes a key. */
    @Property
    @Tag("P28")
    void a_key_is_found_exactly_if_the_catalog_has_it(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        PermissionCatalog catalog = compiled.policy().catalog();
        List<String> keys = plain.actions().stream().map(Action::key).toList();
        for (Question question : RandomPlainPolicy.questions(dice.choices(), plain, QUESTIONS)) {
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
                PolicyConverter.catalog(plain.withCatalog(plain.groups().subList(0, 1), List.of()));
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

    /** Its own instance is kept; an equal one changes no answer. */
    @Property
    @Tag("S2")
    void an_equal_catalog_makes_an_equal_policy(@ForAll PlainPolicy plain, @ForAll Dice dice) {
        Compiled compiled = Compiled.of(plain);
        Policy policy = compiled.policy();
        assertThat(policy.withCatalog(policy.catalog())).isSameAs(policy);
        PermissionCatalog equal = PolicyConverter.catalog(plain);
        assertThat(equal).isEqualTo(policy.catalog()).isNotSameAs(policy.catalog());
        Compiled other = Compiled.of(plain, policy.withCatalog(equal));
        assertThat(other.policy()).isEqualTo(policy).hasSameHashCodeAs(policy);
        for (Question question : RandomPlainPolicy.questions(dice.choices(), plain, QUESTIONS)) {
            other.assertAnswer(question, tally);
        }
    }
}
