package io.rbac.policy;

import static io.rbac.policy.Folders.folder;
import static io.rbac.policy.Folders.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies that are put under another catalog. */
@Tag("S2")
class RebindingTest {

    private static final Target ACCOUNT = Target.account();

    private static ScopeTree.Builder tree() {
        return ScopeTree.builder().scope("org");
    }

    private static PermissionCatalog catalog(ScopeTree tree) {
        return PermissionCatalog.builder()
                .scopes(tree)
                .group("doc", "read", "write", "share")
                .build();
    }

    private static Role role(String id, Scope scope, String key) {
        return Role.builder(id, scope)
                .name(id)
                .defaultRole(true)
                .rights(Folders.CATALOG.rights(key))
                .build();
    }

    /** Under any tree that has folders and pages: four folders in one another, a page in the second, one in the account. */
    private static Policy.Builder filled(Policy.Builder policy, ScopeTree tree) {
        Scope folder = tree.scope("folder");
        Scope page = tree.scope("page");
        policy.role(role("member", tree.account(), "doc:read"))
                .role(role("lead", folder, "doc:write"))
                .role(role("author", page, "doc:share"));
        for (int i = 1; i <= 4; i++) {
            policy.target(Target.of(folder, "f" + i), i == 1 ? ACCOUNT : Target.of(folder, "f" + (i - 1)));
        }
        return policy.target(Target.of(page, "p"), Target.of(folder, "f2"))
                .target(Target.of(page, "q"))
                .assign("ada", "member", ACCOUNT)
                .assign("bob", "lead", Target.of(folder, "f2"))
                .assign("bob", "author", Target.of(page, "q"))
                .assign("eve", "author", Target.of(page, "p"));
    }

    private static Policy policy() {
        return filled(Folders.policy(), Folders.TREE).build();
    }

    private static Policy builtUnder(PermissionCatalog catalog) {
        return filled(Policy.builder().account("acme").catalog(catalog).rules(Folders.RULES), catalog.scopes())
                .build();
    }

    private static Policy rebound(Policy policy, PermissionCatalog catalog) {
        return policy.reboundTo(catalog, policy.rules());
    }

    static Stream<Arguments> treesWithFoldersAndPages() {
        return Stream.of(
                Arguments.of("the same again", tree().nestingScope("folder").scope("page")),
                Arguments.of(
                        "another name of the account",
                        ScopeTree.builder().scope("firm").nestingScope("folder").scope("page")),
                Arguments.of(
                        "one in between",
                        tree().nestingScope("folder").nestingScope("area").scope("page")),
                Arguments.of(
                        "one above", tree().scope("area").nestingScope("folder").scope("page")),
                Arguments.of(
                        "one at the end",
                        tree().nestingScope("folder").scope("page").scope("part")),
                Arguments.of("pages that nest", tree().nestingScope("folder").nestingScope("page")),
                Arguments.of(
                        "as many as there may be",
                        tree().scope("a")
                                .scope("b")
                                .nestingScope("folder")
                                .scope("c")
                                .nestingScope("d")
                                .scope("page")
                                .scope("e")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("treesWithFoldersAndPages")
    void a_policy_under_a_tree_with_more_scopes_is_the_one_that_would_be_built_there(
            String name, ScopeTree.Builder builder) {
        PermissionCatalog catalog = catalog(builder.build());
        for (Policy rebound : List.of(rebound(policy(), catalog), policy().withCatalog(catalog))) {
            Policy built = builtUnder(catalog);
            Rebuilt.assertLike(rebound, built);
            assertThat(rebound.catalog()).isSameAs(catalog);
            assertThat(rebound.violations()).isEmpty();
            assertThat(rebound.asEffects()).isEqualTo(built.asEffects());
            assertThat(rebound.roles()).allSatisfy(role -> {
                assertThat(catalog.scopes().contains(role.scope())).isTrue();
                assertThat(role.rights().catalog()).isSameAs(catalog);
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("treesWithFoldersAndPages")
    void it_answers_by_the_scopes_of_the_other_tree(String name, ScopeTree.Builder builder) {
        ScopeTree tree = builder.build();
        PermissionMatrix matrix = PermissionMatrix.compile(policy()).updatedTo(rebound(policy(), catalog(tree)));

        assertThat(matrix.hasPermission("bob", "doc:write", tree.target("folder/f4")))
                .isTrue();
        assertThat(matrix.hasPermission("bob", "doc:write", tree.target("page/p")))
                .isTrue();
        assertThat(matrix.hasPermission("bob", "doc:write", tree.target("folder/f1")))
                .isFalse();
        assertThat(matrix.hasPermission("bob", "doc:share", tree.target("page/q")))
                .isTrue();
        assertThat(matrix.hasPermission("ada", "doc:read", tree.target("page/q")))
                .isTrue();
        assertThat(matrix.hasPermission(
                        "ada", "doc:read", tree.target(tree.account().name())))
                .isTrue();
        boolean sameFolders = tree.contains(Folders.FOLDER);
        assertThat(matrix.hasPermission("bob", "doc:write", folder("f4"))).isEqualTo(sameFolders);
        assertThat(matrix.hasPermission("ada", "doc:read", folder("f4"))).isEqualTo(sameFolders);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("treesWithFoldersAndPages")
    void it_goes_back_to_what_it_was(String name, ScopeTree.Builder builder) {
        Policy there = rebound(policy(), catalog(builder.build()));

        Rebuilt.assertLike(rebound(there, Folders.CATALOG), policy());
    }

    @Test
    void what_is_added_under_the_other_tree_has_its_scopes() {
        ScopeTree tree =
                tree().nestingScope("folder").nestingScope("area").scope("page").build();
        Policy rebound = rebound(policy(), catalog(tree));
        Target area = tree.target("area/a");
        Policy after = rebound.apply(
                        List.of(
                                Change.addTarget(area, tree.target("folder/f4")),
                                Change.moveTarget(tree.target("page/q"), area),
                                Change.createRole(
                                        "warden",
                                        tree.scope("area"),
                                        RoleUpdate.builder()
                                                .name("Warden")
                                                .rights(rebound.catalog().rights("doc:share"))
                                                .build()),
                                Change.assign("zoe", "warden", area),
                                Change.connect("max", tree.target("page/q"))),
                        Instant.EPOCH)
                .policy();

        Rebuilt.assertLike(after, Rebuilt.of(after));
        assertThat(after.rolesOf("max", tree.target("page/q")))
                .extracting(Role::id)
                .containsExactly("author");
        assertThat(PermissionMatrix.compile(after).rightsOf("zoe", tree.target("page/q")))
                .isEqualTo(rebound.catalog().rights("doc:share"));
        assertThat(PermissionMatrix.compile(after).rightsOf("bob", tree.target("page/q")))
                .isEqualTo(rebound.catalog().rights("doc:write", "doc:share"));
        assertThat(catchThrowableOfType(
                        PolicyViolationException.class,
                        () -> after.apply(List.of(Change.moveTarget(tree.target("folder/f4"), area)), Instant.EPOCH)))
                .hasMessageStartingWith("PARENT_INVALID at /changes/0/parent");
    }

    @Test
    void a_policy_that_came_about_by_changes_is_put_under_another_tree_with_its_free_ordinals() {
        Policy changed = policy().apply(
                        List.of(
                                Change.removeTarget(folder("f3")),
                                Change.addTarget(page("r"), folder("f1")),
                                Change.moveTarget(folder("f2"), ACCOUNT)),
                        Instant.EPOCH)
                .policy();
        ScopeTree tree =
                tree().scope("area").nestingScope("folder").scope("page").build();
        Policy rebound = rebound(changed, catalog(tree));
        Policy after = rebound.apply(
                        List.of(
                                Change.addTarget(tree.target("area/a"), ACCOUNT),
                                Change.moveTarget(tree.target("folder/f1"), tree.target("area/a")),
                                Change.addTarget(tree.target("folder/f3"), tree.target("folder/f2"))),
                        Instant.EPOCH)
                .policy();

        Rebuilt.assertLike(rebound, Rebuilt.of(rebound));
        Rebuilt.assertLike(after, Rebuilt.of(after));
        assertThat(after.table().targets()).isEqualTo(changed.table().targets());
    }

    // what cannot be put there

    private static List<String> refused(Policy policy, ScopeTree.Builder builder) {
        PermissionCatalog catalog = catalog(builder.build());
        List<String> refused =
                catchThrowableOfType(PolicyViolationException.class, () -> rebound(policy, catalog))
                        .violations()
                        .stream()
                        .map(Violation::toString)
                        .toList();
        assertThat(
                        catchThrowableOfType(PolicyViolationException.class, () -> policy.withCatalog(catalog))
                                .violations()
                                .stream()
                                .map(Violation::toString))
                .isEqualTo(refused);
        return refused;
    }

    @Test
    void a_scope_that_the_other_tree_lacks_is_refused_for_each_role_and_target_of_it() {
        assertThat(refused(policy(), tree().nestingScope("folder").scope("leaf")))
                .containsExactlyInAnyOrder(
                        "SCOPE_INVALID at /roles/0/scope: `page` is not a scope of the catalog: expected one of [org,"
                                + " folder, leaf]",
                        "SCOPE_INVALID at /targets/4: `page` is not a scope of the catalog: expected one of [org,"
                                + " folder, leaf]",
                        "SCOPE_INVALID at /targets/5: `page` is not a scope of the catalog: expected one of [org,"
                                + " folder, leaf]");
    }

    @Test
    void a_scope_that_has_become_the_account_s_own_is_another_one() {
        assertThat(refused(policy(), ScopeTree.builder().scope("folder").scope("page")))
                .allMatch(violation -> violation.contains("`folder` is not a scope of the catalog"))
                .hasSize(5);
    }

    @Test
    void a_parent_that_has_become_narrower_is_refused() {
        assertThat(refused(policy(), tree().scope("page").nestingScope("folder")))
                .containsExactly("PARENT_INVALID at /targets/4/in: `page/p` cannot lie in `folder/f2`: expected the"
                        + " account or a target of a wider scope");
    }

    @Test
    void a_parent_of_a_scope_that_no_longer_nests_is_refused() {
        assertThat(refused(policy(), tree().scope("folder").scope("page")))
                .containsExactly(
                        "PARENT_INVALID at /targets/1/in: `folder/f2` cannot lie in `folder/f1`: the scope `folder` does"
                                + " not nest",
                        "PARENT_INVALID at /targets/2/in: `folder/f3` cannot lie in `folder/f2`: the scope `folder` does"
                                + " not nest",
                        "PARENT_INVALID at /targets/3/in: `folder/f4` cannot lie in `folder/f3`: the scope `folder` does"
                                + " not nest");
    }

    @Test
    void what_nothing_is_of_may_be_missing_and_may_change() {
        Policy flat = Folders.policy()
                .role(role("member", Folders.TREE.account(), "doc:read"))
                .target(folder("a"))
                .build();
        PermissionCatalog other = catalog(tree().scope("folder").build());

        assertThat(rebound(flat, other).targets())
                .containsExactly(other.scopes().target("folder/a"));
    }

    // rules

    @Test
    void rules_of_scopes_that_the_other_tree_lacks_are_listed() {
        PolicyRules rules = Folders.RULES.toBuilder()
                .scopes(Set.of(Folders.TREE.account(), Folders.FOLDER, Folders.PAGE))
                .defaults(Folders.PAGE, 0, 5)
                .build();
        Policy policy = Folders.policy().rules(rules).target(folder("a")).build();

        assertThat(Folders.codesAndPaths(
                        rebound(policy, catalog(tree().nestingScope("folder").build()))
                                .violations()))
                .containsExactly("SCOPE_INVALID /rules/scopes", "SCOPE_INVALID /rules/defaults/page");
    }

    /** The catalog lets only roles of pages write, so that what a lead of folders holds grants nothing. */
    @Nested
    @Tag("P26")
    class A_permission_that_the_catalog_does_not_allow_at_the_scope_of_its_role {

        private final PermissionCatalog narrow = PermissionCatalog.builder()
                .scopes(Folders.TREE)
                .group(
                        "doc",
                        List.of(
                                Action.of("read"),
                                Action.of("write").withScopes(Set.of(Folders.PAGE)),
                                Action.of("share")))
                .build();

        private Policy wide() {
            return Folders.policy()
                    .role(role("both", Folders.FOLDER, "doc:read").toBuilder()
                            .rights(Folders.CATALOG.rights("doc:read", "doc:write"))
                            .build())
                    .role(role("owner", Folders.TREE.account(), "doc:write"))
                    .role(role("author", Folders.PAGE, "doc:write"))
                    .target(folder("a"))
                    .target(page("p"), folder("a"))
                    .assign("bob", "both", folder("a"))
                    .assign("ada", "owner", ACCOUNT)
                    .assign("eve", "author", page("p"))
                    .build();
        }

        @Test
        void grants_nothing_and_all_else_of_the_role_stays() {
            PermissionMatrix matrix = PermissionMatrix.compile(rebound(wide(), narrow));
            for (Target target : List.of(folder("a"), page("p"))) {
                assertThat(matrix.rightsOf("bob", target)).isEqualTo(narrow.rights("doc:read"));
                assertThat(matrix.hasPermission("bob", "doc:write", target)).isFalse();
                assertThat(matrix.hasPermission("ada", "doc:write", target)).isFalse();
                assertThat(matrix.rightsOf("ada", target)).isEmpty();
            }
            assertThat(matrix.hasPermission("ada", "doc:write", ACCOUNT)).isFalse();
            assertThat(matrix.hasPermission("eve", "doc:write", page("p"))).isTrue();
        }

        @Test
        void is_kept_and_listed() {
            Policy rebound = rebound(wide(), narrow);

            assertThat(rebound.role("both").map(role -> role.rights().contains("doc:write")))
                    .contains(true);
            assertThat(rebound.violations().stream().map(Violation::toString))
                    .containsExactly(
                            "PERMISSION_NOT_IN_SCOPE at /roles/1/rights/doc/write: role `both` of the scope `folder`"
                                    + " holds `doc:write`: only roles of [page] may",
                            "PERMISSION_NOT_IN_SCOPE at /roles/2/rights/doc/write: role `owner` of the scope `org`"
                                    + " holds `doc:write`: only roles of [page] may");
            assertThat(catchThrowableOfType(PolicyViolationException.class, () -> wide().withCatalog(narrow))
                            .violations())
                    .isEqualTo(rebound.violations());
            assertThat(PermissionMatrix.compile(rebound(rebound, Folders.CATALOG))
                            .hasPermission("bob", "doc:write", page("p")))
                    .isTrue();
        }

        @Test
        void grants_nothing_in_a_matrix_that_was_updated_either() {
            Policy before = rebound(wide(), narrow);
            PermissionMatrix matrix = PermissionMatrix.compile(wide()).updatedTo(before);
            List<List<Change>> edits = List.of(
                    List.of(Change.assign("max", "both", folder("a"))),
                    List.of(Change.assign("max", "owner", ACCOUNT), Change.assign("max", "author", page("p"))),
                    List.of(Change.deleteRole("author")),
                    List.of(Change.updateRole(
                            "both", RoleUpdate.builder().name("Reader").build())),
                    List.of(Change.restoreRole("author"), Change.unassign("max", "both", folder("a"))),
                    List.of(Change.addTarget(page("q"), folder("a")), Change.assign("bob", "author", page("q"))));
            Policy policy = before;
            for (List<Change> edit : edits) {
                policy = policy.apply(edit, Instant.EPOCH).policy();
                matrix = matrix.updatedTo(policy);
                PermissionMatrix compiled = PermissionMatrix.compile(policy);
                for (String user : List.of("ada", "bob", "eve", "max")) {
                    for (Target target : List.of(ACCOUNT, folder("a"), page("p"), page("q"))) {
                        assertThat(matrix.rightsOf(user, target)).isEqualTo(compiled.rightsOf(user, target));
                        assertThat(matrix.hasPermission(user, "doc:write", target))
                                .isEqualTo(compiled.hasPermission(user, "doc:write", target));
                    }
                }
                assertThat(matrix.hasPermission("bob", "doc:write", folder("a")))
                        .isFalse();
            }
            assertThat(matrix.hasPermission("bob", "doc:write", page("q"))).isTrue();
            assertThat(matrix.hasPermission("ada", "doc:write", page("q"))).isFalse();
        }

        @Test
        @Tag("S17")
        void is_held_by_nobody_as_far_as_lockout_goes() {
            PolicyRules lockout =
                    Folders.RULES.toBuilder().lockout(List.of("doc:write")).build();
            Policy held = wide().withRules(lockout);
            List<Change> last = List.of(Change.removeUser("ada"));

            assertThat(catchThrowableOfType(PolicyViolationException.class, () -> held.apply(last, Instant.EPOCH)))
                    .hasMessageStartingWith("LAST_HOLDER at /changes");
            Policy rebound = rebound(held, narrow);
            assertThat(rebound.apply(last, Instant.EPOCH).policy().users()).containsExactly("bob", "eve");
        }

        @Test
        @Tag("S17")
        void is_lost_by_its_last_holder_where_a_policy_that_allows_it_is_replaced() {
            Policy held = wide().withRules(Folders.RULES.toBuilder()
                    .lockout(List.of("doc:write"))
                    .build());
            Policy narrowed = rebound(held, narrow);

            assertThat(catchThrowableOfType(PolicyViolationException.class, () -> held.replacedBy(narrowed)))
                    .hasMessageStartingWith("LAST_HOLDER at /assignments");
            assertThat(narrowed.replacedBy(held).revision()).isEqualTo(1);
        }

        @Test
        void can_be_taken_from_the_role_and_not_given_to_it() {
            Policy rebound = rebound(wide(), narrow);
            Policy repaired = rebound.apply(
                            List.of(
                                    Change.updateRole("both", rights(narrow.rights("doc:read"))),
                                    Change.updateRole("owner", rights(narrow.noRights()))),
                            Instant.EPOCH)
                    .policy();

            assertThat(repaired.violations()).isEmpty();
            assertThat(Folders.codesAndPaths(catchThrowableOfType(
                                    PolicyViolationException.class,
                                    () -> rebound.apply(
                                            List.of(Change.updateRole(
                                                    "both", rights(narrow.rights("doc:read", "doc:write")))),
                                            Instant.EPOCH))
                            .violations()))
                    .containsExactly("PERMISSION_NOT_IN_SCOPE /changes/0/rights/doc/write");
        }

        private RoleUpdate rights(Rights rights) {
            return RoleUpdate.builder().rights(rights).build();
        }
    }
}
