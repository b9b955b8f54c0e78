package io.rbac.policy;

import static io.rbac.policy.Folders.codesAndPaths;
import static io.rbac.policy.Folders.folder;
import static io.rbac.policy.Folders.page;
import static io.rbac.policy.Folders.withChain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets as they are given to the builder of a policy. */
@Tag("S5")
class TargetForestTest {

    private interface Addition extends UnaryOperator<Policy.Builder> {}

    private static final Target ACCOUNT = Target.account();

    private static List<Violation> violations(Policy.Builder builder) {
        return catchThrowableOfType(PolicyViolationException.class, builder::build)
                .violations();
    }

    // what is accepted

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    @Tag("P12")
    void targets_may_be_given_in_any_order(int seed) {
        Random random = new Random(seed);
        Map<Target, Target> parents = new HashMap<>();
        Map<Target, Integer> lengths = new HashMap<>(Map.of(ACCOUNT, 1));
        List<Target> folders = new ArrayList<>(List.of(ACCOUNT));
        for (int i = 1; i <= 200; i++) {
            Target parent = folders.get(Math.max(0, folders.size() - 1 - random.nextInt(6)));
            Target target = random.nextInt(4) == 0 ? page("p" + i) : folder(i);
            if (lengths.get(parent) < ScopeTree.MAX_PATH) {
                parents.put(target, parent);
                lengths.put(target, lengths.get(parent) + 1);
                if (target.scope().equals(Folders.FOLDER)) {
                    folders.add(target);
                }
            }
        }
        assertThat(lengths.values()).contains(ScopeTree.MAX_PATH);
        Policy first = null;
        for (int order = 0; order < 20; order++) {
            List<Target> given = new ArrayList<>(parents.keySet());
            Collections.shuffle(given, random);
            Policy.Builder builder = Folders.policy();
            given.forEach(target -> builder.target(target, parents.get(target)));
            Policy policy = builder.build();

            first = first == null ? policy : first;
            assertThat(policy).isEqualTo(first);
            assertThat(policy.targets()).isEqualTo(first.targets()).containsExactlyInAnyOrderElementsOf(given);
            for (Target target : given) {
                assertThat(policy.parentOf(target)).contains(parents.get(target));
                assertThat(policy.targetsIn(target))
                        .isEqualTo(first.targetsIn(target))
                        .containsExactlyInAnyOrderElementsOf(given.stream()
                                .filter(child -> parents.get(child).equals(target))
                                .toList());
            }
            Rebuilt.assertLike(policy, first);
        }
    }

    @Test
    @Tag("S3")
    void targets_are_listed_by_scope_and_id_wherever_they_lie() {
        Policy policy = Folders.policy()
                .target(page("b"), folder("z"))
                .target(folder("a"), folder("z"))
                .target(page("a"))
                .target(folder("z"))
                .target(page("c"), folder("a"))
                .target(page("\uFF41"), folder("z"))
                .target(page("\uD83D\uDE00"), folder("z"))
                .build();

        assertThat(policy.targets())
                .containsExactly(
                        folder("a"),
                        folder("z"),
                        page("a"),
                        page("b"),
                        page("c"),
                        page("\uFF41"),
                        page("\uD83D\uDE00"));
        assertThat(policy.targetsIn(ACCOUNT)).containsExactly(folder("z"), page("a"));
        assertThat(policy.targetsIn(folder("z")))
                .containsExactly(folder("a"), page("b"), page("\uFF41"), page("\uD83D\uDE00"));
        assertThat(policy.targetsIn(folder("a"))).containsExactly(page("c"));
        assertThat(policy.targetsIn(page("c"))).isEmpty();
        assertThat(policy.targets(Folders.FOLDER)).containsExactly(folder("a"), folder("z"));
        assertThat(policy.targets(Folders.TREE.account())).containsExactly(ACCOUNT);
        assertThat(policy.targets(Scope.TEAM)).isEmpty();
    }

    @Test
    void the_same_id_in_two_scopes_stands_for_two_targets() {
        Policy policy = Folders.policy()
                .target(page("x"), folder("x"))
                .target(folder("x"))
                .build();

        assertThat(policy.parentOf(page("x"))).contains(folder("x"));
        assertThat(policy.parentOf(folder("x"))).contains(ACCOUNT);
    }

    @Test
    void the_parents_that_targets_were_given_with_are_not_looked_at() {
        Policy policy = Folders.policy()
                .target(folder("a").in(folder("nowhere")))
                .target(page("p").in(ACCOUNT), folder("a").in(page("p")))
                .build();

        assertThat(policy.parentOf(folder("a"))).contains(ACCOUNT);
        assertThat(policy.parentOf(page("p"))).contains(folder("a"));
        assertThat(policy.targets()).allMatch(target -> target.parent().isEmpty());
    }

    @Test
    void levels_may_be_skipped() {
        ScopeTree tree =
                ScopeTree.builder().scope("a").scope("b").scope("c").scope("d").build();
        Target b = tree.target("b/1");
        Target d = tree.target("d/1");
        Policy policy = Policy.builder()
                .account("acme")
                .catalog(PermissionCatalog.builder().scopes(tree).build())
                .rules(Folders.RULES)
                .target(d, b)
                .target(b)
                .target(tree.target("d/2"))
                .build();

        assertThat(policy.parentOf(d)).contains(b);
        assertThat(policy.parentOf(tree.target("d/2"))).contains(ACCOUNT);
    }

    @Test
    void a_tree_of_the_account_alone_has_no_other_targets() {
        ScopeTree tree = ScopeTree.builder().scope("org").build();
        PermissionCatalog catalog =
                PermissionCatalog.builder().scopes(tree).group("doc", "read").build();
        Policy.Builder builder = Policy.builder()
                .account("acme")
                .catalog(catalog)
                .role(Role.builder("member", tree.account())
                        .name("Member")
                        .defaultRole(true)
                        .rights(catalog.allRights())
                        .build())
                .assign("ada", "member", ACCOUNT);

        assertThat(builder.build().targets()).isEmpty();
        assertThat(builder.build().rolesOf("ada", ACCOUNT)).hasSize(1);
        assertThat(codesAndPaths(violations(builder.team("t").chat("c", "t"))))
                .containsExactly("SCOPE_INVALID /targets/0", "SCOPE_INVALID /targets/1");
    }

    // one fault at a time

    static Stream<Arguments> faults() {
        return Stream.of(
                row(
                        b -> b.target(folder("a"), folder("a")),
                        "PARENT_INVALID at /targets/1/in: `folder/a` cannot lie in `folder/a`: it would lie in itself"),
                row(
                        b -> b.target(folder("a"), page("p")).target(page("p")),
                        "PARENT_INVALID at /targets/1/in: `folder/a` cannot lie in `page/p`: expected the account or a"
                                + " target of a wider scope, or of its own"),
                row(
                        b -> b.target(page("a"), page("p")).target(page("p")),
                        "PARENT_INVALID at /targets/1/in: `page/a` cannot lie in `page/p`: the scope `page` does not"
                                + " nest"),
                row(
                        b -> b.target(page("a"), page("a")),
                        "PARENT_INVALID at /targets/1/in: `page/a` cannot lie in `page/a`: the scope `page` does not"
                                + " nest"),
                row(
                        b -> b.target(page("p"), folder("rooot")),
                        "TARGET_NOT_FOUND at /targets/1/in: there is no folder `rooot`; did you mean `root`?"),
                row(
                        b -> b.target(page("p"), Target.team("root")),
                        "TARGET_NOT_FOUND at /targets/1/in: there is no team `root`"),
                row(b -> b.target(page("p"), folder("")), "TARGET_NOT_FOUND at /targets/1/in: there is no folder ``"),
                row(
                        b -> b.target(Target.team("t"), folder("root")),
                        "SCOPE_INVALID at /targets/1: `team` is not a scope of the catalog: expected one of [org,"
                                + " folder, page]"),
                row(
                        b -> b.target(ScopeTree.builder()
                                .scope("org")
                                .scope("folder")
                                .build()
                                .target("folder/flat")),
                        "SCOPE_INVALID at /targets/1: `folder` is not a scope of the catalog: expected one of [org,"
                                + " folder, page]"),
                row(
                        b -> b.target(ACCOUNT),
                        "SCOPE_INVALID at /targets/1: the account itself is not added, moved or removed: expected a"
                                + " target of another scope"),
                row(
                        b -> b.target(ACCOUNT, folder("root")),
                        "SCOPE_INVALID at /targets/1: the account itself is not added, moved or removed: expected a"
                                + " target of another scope"),
                row(
                        b -> b.target(folder("root"), folder("nowhere")),
                        "DUPLICATE_ID at /targets/1: folder `root` is given twice: first at `/targets/0`"),
                row(
                        b -> b.target(folder("a\tb"), folder("root")),
                        "ID_INVALID at /targets/1: folder id `a\\u{9}b` has U+0009 at position 2"));
    }

    private static Arguments row(Addition addition, String message) {
        return Arguments.of(addition, message);
    }

    /** Target 0 is the folder {@code root}. */
    @ParameterizedTest
    @MethodSource("faults")
    @Tag("B81")
    void a_target_that_cannot_lie_where_it_is_said_to_is_refused(Addition addition, String message) {
        Policy.Builder builder = addition.apply(Folders.policy().target(folder("root")));

        assertThat(catchThrowableOfType(PolicyViolationException.class, builder::build))
                .hasMessage(message);
    }

    @Test
    void what_lies_in_a_target_whose_parent_is_at_fault_is_not_at_fault_too() {
        Policy.Builder builder = Folders.policy()
                .target(page("p"))
                .target(folder("a"), page("p"))
                .target(folder("b"), folder("a"))
                .target(folder("c"), folder("nowhere"))
                .target(page("q"), folder("c"));

        assertThat(codesAndPaths(violations(builder)))
                .containsExactly("PARENT_INVALID /targets/1/in", "TARGET_NOT_FOUND /targets/3/in");
    }

    // long paths

    @Test
    void a_path_of_sixteen_targets_is_accepted() {
        Policy policy =
                withChain(Folders.policy(), 15).target(page("p"), folder(14)).build();

        assertThat(policy.parentOf(folder(15))).contains(folder(14));
        assertThat(policy.parentOf(page("p"))).contains(folder(14));
        assertThat(policy.targets()).hasSize(16);
    }

    @Test
    void what_a_long_path_takes_is_counted() {
        Policy.Builder flat = Folders.policy();
        IntStream.rangeClosed(1, 15).forEach(i -> flat.target(folder(i)));
        long arrays = IntStream.rangeClosed(1, 14).map(above -> 16 + 4 * above).sum();
        long references = 8 * IntStream.rangeClosed(3, 15).count();

        assertThat(withChain(Folders.policy(), 15).build().retainedBytes())
                .isGreaterThanOrEqualTo(flat.build().retainedBytes() + arrays + references);
    }

    @Test
    void of_a_path_that_is_too_long_the_target_where_it_becomes_so_is_reported() {
        assertThat(catchThrowableOfType(
                        PolicyViolationException.class,
                        () -> withChain(Folders.policy(), 16).build()))
                .hasMessage("PARENT_INVALID at /targets/15/in: `folder/f16` cannot lie in `folder/f15`: its path would"
                        + " have more than 16 targets");
        assertThat(codesAndPaths(violations(withChain(Folders.policy(), 15).target(page("p"), folder(15)))))
                .containsExactly("PARENT_INVALID /targets/15/in");
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 18, 31, 32, 33, 100, 1_000})
    void however_long_a_path_is_it_is_reported_once(int length) {
        assertThat(codesAndPaths(violations(withChain(Folders.policy(), length))))
                .containsExactly("PARENT_INVALID /targets/15/in");

        Policy.Builder lowestFirst = Folders.policy();
        for (int number = length; number > 0; number--) {
            lowestFirst.target(folder(number), folder(number - 1));
        }
        assertThat(codesAndPaths(violations(lowestFirst)))
                .containsExactly("PARENT_INVALID /targets/" + (length - 16) + "/in");
    }

    @Test
    void each_path_that_becomes_too_long_is_reported_once() {
        Policy.Builder builder = withChain(Folders.policy(), 15)
                .target(folder("a"), folder(15))
                .target(folder("a-1"), folder("a"))
                .target(page("a-2"), folder("a"))
                .target(page("b"), folder(15))
                .target(folder("c"), folder(14))
                .target(folder("c-1"), folder("c"))
                .target(page("c-2"), folder("c-1"));

        assertThat(codesAndPaths(violations(builder)))
                .containsExactly(
                        "PARENT_INVALID /targets/15/in",
                        "PARENT_INVALID /targets/18/in",
                        "PARENT_INVALID /targets/20/in");
    }

    // cycles

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 15, 16, 17, 32, 33, 500})
    void each_target_of_a_cycle_is_reported_once_and_what_leads_into_it_is_not(int length) {
        Policy.Builder builder = Folders.policy().target(page("before"), folder(1));
        IntStream.rangeClosed(1, length).forEach(i -> builder.target(folder(i), folder(i == 1 ? length : i - 1)));
        builder.target(folder("in"), folder(length))
                .target(folder("in-1"), folder("in"))
                .target(page("fine"));

        assertThat(violations(builder)).hasSize(length).allSatisfy(violation -> {
            assertThat(violation.code()).isEqualTo(Violation.Code.PARENT_INVALID);
            assertThat(violation.message()).endsWith(": it would lie in itself");
        });
        assertThat(violations(builder).stream().map(Violation::path))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, length)
                        .mapToObj(position -> "/targets/" + position + "/in")
                        .toList());
    }

    @Test
    void every_cycle_is_reported_beside_all_else() {
        Policy.Builder builder = withChain(Folders.policy(), 16)
                .target(folder("a"), folder("b"))
                .target(folder("b"), folder("a"))
                .target(folder("c"), folder("c"))
                .target(page("p"), folder("a"));

        assertThat(codesAndPaths(violations(builder)))
                .containsExactly(
                        "PARENT_INVALID /targets/15/in",
                        "PARENT_INVALID /targets/16/in",
                        "PARENT_INVALID /targets/17/in",
                        "PARENT_INVALID /targets/18/in");
    }

    // scopes of another tree

    @Test
    void a_role_of_a_scope_of_another_tree_is_refused() {
        Policy.Builder builder = Folders.policy()
                .role(Role.builder("r", Scope.TEAM).name("R").build())
                .assign("ada", "r", Target.team("t"));

        assertThat(violations(builder).stream().map(Violation::toString))
                .containsExactly(
                        "SCOPE_INVALID at /roles/0/scope: role `r` has the scope `team`: expected one of [org, folder,"
                                + " page]",
                        "TARGET_NOT_FOUND at /assignments/0/at: there is no team `t`");
    }

    @Test
    void a_permission_for_a_scope_of_another_tree_is_refused() {
        assertThat(catchThrowableOfType(
                        PolicyViolationException.class,
                        () -> PermissionCatalog.builder()
                                .group("doc", Set.of(Folders.PAGE, Scope.TEAM), "read")
                                .scopes(Folders.TREE)
                                .build()))
                .hasMessage("SCOPE_INVALID at /catalog/0/scopes: `team` is not a scope of the catalog: expected some of"
                        + " `org`, `folder`, `page`");
        assertThat(catchThrowableOfType(
                        PolicyViolationException.class,
                        () -> PermissionCatalog.builder()
                                .scopes(Folders.TREE)
                                .group(
                                        "doc",
                                        List.of(PermissionCatalog.Action.of("read")
                                                .withScopes(Set.of(Scope.CHAT))))
                                .build()))
                .hasMessage("SCOPE_INVALID at /catalog/0/actions/0/scopes: `chat` is not a scope of the catalog:"
                        + " expected some of `org`, `folder`, `page`");
    }

    @Test
    void a_rule_for_a_scope_of_another_tree_is_refused() {
        PolicyRules rules = PolicyRules.builder()
                .scopes(Set.of(Scope.ACCOUNT, Folders.PAGE, Scope.TEAM))
                .defaultScope(Scope.TEAM)
                .defaults(Scope.ACCOUNT, 0, null)
                .defaults(Folders.PAGE, 0, 3)
                .defaults(Scope.CHAT, 0, 1)
                .build();

        assertThat(codesAndPaths(violations(Folders.policy().rules(rules))))
                .containsExactly(
                        "SCOPE_INVALID /rules/scopes",
                        "SCOPE_INVALID /rules/defaultScope",
                        "SCOPE_INVALID /rules/defaults/chat");
        assertThat(codesAndPaths(catchThrowableOfType(
                                PolicyViolationException.class,
                                () -> Folders.policy().build().withRules(rules))
                        .violations()))
                .containsExactly(
                        "SCOPE_INVALID /rules/scopes",
                        "SCOPE_INVALID /rules/defaultScope",
                        "SCOPE_INVALID /rules/defaults/chat");
    }

    @Test
    void assignments_at_targets_of_many_trees_are_reported_as_long_as_they_are_not_too_many() {
        Policy.Builder builder = Folders.policy();
        for (int i = 1; i <= 15; i++) {
            builder.assign("ada", "r", foreign(i)).assign("bob", "r", foreign(i));
        }

        assertThat(violations(builder)).hasSize(60);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.assign("ada", "r", foreign(16)))
                .withMessage("the targets have more than 16 scopes: expected those of one tree");
        assertThat(violations(builder.assign("ada", "r", foreign(15)))).hasSize(62);
    }

    private static Target foreign(int number) {
        ScopeTree tree =
                ScopeTree.builder().scope("org").scope("scope-" + number).build();
        return Target.of(tree.scopes().get(1), "x");
    }

    @Test
    void an_assignment_at_a_target_of_another_tree_is_refused() {
        Policy.Builder builder = Folders.policy()
                .role(Role.builder("r", Folders.FOLDER).name("R").build())
                .target(folder("x"))
                .assign("ada", "r", folder("x"))
                .assign("ada", "r", Target.team("x"))
                .assign(
                        "ada",
                        "r",
                        ScopeTree.builder().scope("org").scope("folder").build().target("folder/x"));

        assertThat(codesAndPaths(violations(builder)))
                .containsExactly(
                        "TARGET_NOT_FOUND /assignments/1/at",
                        "SCOPE_MISMATCH /assignments/1/role",
                        "TARGET_NOT_FOUND /assignments/2/at",
                        "SCOPE_MISMATCH /assignments/2/role");
    }
}
