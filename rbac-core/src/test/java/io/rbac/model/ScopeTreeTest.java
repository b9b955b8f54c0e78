package io.rbac.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S5")
class ScopeTreeTest {

    private static final ScopeTree TREE = ScopeTree.builder()
            .scope("org")
            .nestingScope("folder")
            .scope("page")
            .build();
    private static final Scope ORG = TREE.account();
    private static final Scope FOLDER = TREE.scope("folder");
    private static final Scope PAGE = TREE.scope("page");

    private static ScopeTree.Builder builder() {
        return ScopeTree.builder();
    }

    private static PolicyViolationException thrownBy(ScopeTree.Builder builder) {
        return catchThrowableOfType(PolicyViolationException.class, builder::build);
    }

    // what a tree is

    @Test
    void a_tree_has_the_scopes_that_were_given_widest_first() {
        assertThat(TREE.scopes()).containsExactly(ORG, FOLDER, PAGE);
        assertThat(TREE.scopes().stream().map(Scope::name)).containsExactly("org", "folder", "page");
        assertThat(TREE.scopes().stream().map(Scope::level)).containsExactly(0, 1, 2);
        assertThat(TREE.scopes().stream().map(Scope::nests)).containsExactly(false, true, false);
        assertThat(TREE.scopes().stream().map(Scope::isAccount)).containsExactly(true, false, false);
        assertThat(TREE.scopes().stream().map(Scope::toString)).containsExactly("org", "folder", "page");
        assertThat(TREE).hasToString("org > folder > folder > page");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> TREE.scopes().remove(0));
    }

    @Test
    void the_standard_tree_is_account_team_chat() {
        ScopeTree standard = ScopeTree.standard();
        assertThat(standard.scopes()).containsExactly(Scope.ACCOUNT, Scope.TEAM, Scope.CHAT);
        assertThat(standard.account()).isSameAs(Scope.ACCOUNT);
        assertThat(standard.scope("team")).isSameAs(Scope.TEAM);
        assertThat(standard.scope("chat")).isSameAs(Scope.CHAT);
        assertThat(standard.scopes()).noneMatch(Scope::nests);
        assertThat(standard).hasToString("account > team > chat");
        assertThat(builder().scope("account").scope("team").scope("chat").build())
                .isEqualTo(standard)
                .hasSameHashCodeAs(standard);
        assertThat(PermissionCatalog.builder().build().scopes()).isSameAs(standard);
    }

    @ParameterizedTest
    @CsvSource({
        "org, org, false",
        "folder, org, true",
        "page, org, true",
        "org, folder, false",
        "folder, folder, true",
        "page, folder, true",
        "org, page, false",
        "folder, page, false",
        "page, page, false"
    })
    void a_target_lies_in_one_of_a_wider_scope_or_where_its_own_nests_in_one_of_that(
            String scope, String parent, boolean possible) {
        assertThat(TREE.scope(scope).canLieIn(TREE.scope(parent))).isEqualTo(possible);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void a_tree_has_one_to_eight_scopes(int count) {
        ScopeTree.Builder builder = builder().scope("s0");
        IntStream.range(1, count).forEach(i -> builder.nestingScope("s" + i));
        ScopeTree tree = builder.build();
        assertThat(tree.scopes()).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(tree.scopes().get(i).level()).isEqualTo(i);
            assertThat(tree.find("s" + i)).contains(tree.scopes().get(i));
        }
    }

    @Test
    void a_tree_does_not_change_with_its_builder() {
        ScopeTree.Builder builder = builder().scope("org");
        ScopeTree first = builder.build();
        ScopeTree second = builder.scope("page").build();
        assertThat(first.scopes()).hasSize(1);
        assertThat(first.find("page")).isEmpty();
        assertThat(second).isEqualTo(builder().scope("org").scope("page").build());
    }

    // finding scopes

    @Test
    void a_scope_is_found_by_its_exact_name_and_that_of_the_account_by_account_too() {
        assertThat(TREE.find("folder")).containsSame(FOLDER);
        assertThat(TREE.find("org")).containsSame(ORG);
        assertThat(TREE.find("account")).containsSame(ORG);
        assertThat(TREE.scope("account")).isSameAs(ORG);
        for (String unknown : List.of("", "Folder", "folder ", "folders", "team", "in", "0")) {
            assertThat(TREE.find(unknown)).as(unknown).isEmpty();
        }
    }

    @Test
    void an_unknown_scope_is_refused_with_the_names_that_there_are() {
        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(() -> TREE.scope("te\nam"))
                .withMessage("SCOPE_INVALID: `te\\u{A}am` is not a scope: expected one of `org`, `folder`, `page`")
                .satisfies(e -> assertThat(e.violations().get(0).value()).contains("te\nam"));
    }

    @Test
    void a_tree_contains_its_scopes_and_those_that_equal_them() {
        ScopeTree same =
                builder().scope("firm").nestingScope("folder").scope("page").build();
        assertThat(TREE.scopes()).allMatch(TREE::contains);
        assertThat(same.scopes()).allMatch(TREE::contains);
        assertThat(TREE.contains(Scope.ACCOUNT)).isTrue();
        assertThat(TREE.contains(Scope.TEAM)).isFalse();
        assertThat(TREE.contains(Scope.CHAT)).isFalse();
    }

    @Test
    void a_tree_does_not_contain_a_scope_of_its_name_that_nests_otherwise_or_has_another_level() {
        ScopeTree flat = builder().scope("org").scope("folder").scope("page").build();
        ScopeTree deeper = builder()
                .scope("org")
                .scope("area")
                .nestingScope("folder")
                .scope("page")
                .build();
        assertThat(TREE.contains(flat.scope("folder"))).isFalse();
        assertThat(TREE.contains(flat.scope("page"))).isTrue();
        assertThat(TREE.contains(deeper.scope("folder"))).isFalse();
        assertThat(TREE.contains(deeper.scope("page"))).isFalse();
        assertThat(deeper.contains(PAGE)).isFalse();
    }

    // texts of targets

    @ParameterizedTest
    @CsvSource({
        "folder/f-1, folder, f-1",
        "page/p, page, p",
        "page/a/b, page, a/b",
        "page//, page, /",
        "page/account, page, account",
        "page/org, page, org",
        "folder/folder/x, folder, folder/x",
        "'page/ p ', page, ' p '",
        "page/%2f, page, %2f"
    })
    void a_target_is_written_with_its_scope_and_all_after_the_first_slash_is_its_id(
            String text, String scope, String id) {
        Target target = TREE.target(text);
        assertThat(target).isEqualTo(Target.of(TREE.scope(scope), id)).hasToString(text);
        assertThat(target.id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "org"})
    void the_account_is_written_with_either_of_its_names(String text) {
        assertThat(TREE.target(text)).isSameAs(Target.account()).hasToString("account");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/x",
                "org/",
                "org/x",
                "account/x",
                "folder",
                "folder/",
                "page",
                "Folder/x",
                "ORG",
                " org",
                "folder:x",
                "team/x",
                "chat/x",
                "in/x",
                "folders/x"
            })
    void any_other_text_is_no_target(String text) {
        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(() -> TREE.target(text))
                .satisfies(e -> assertThat(e.violations())
                        .containsExactly(Violation.of(
                                Violation.Code.MALFORMED,
                                "",
                                text,
                                "`" + text + "` is not a target: expected `org`, `folder/ID` or `page/ID`")));
    }

    @Test
    void the_forms_of_a_target_are_those_of_the_tree() {
        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(() -> builder().scope("org").build().target("x"))
                .withMessage("MALFORMED: `x` is not a target: expected `org`");
        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(() -> builder().scope("org").scope("page").build().target("x"))
                .withMessage("MALFORMED: `x` is not a target: expected `org` or `page/ID`");
        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(() -> ScopeTree.standard().target("x"))
                .withMessage("MALFORMED: `x` is not a target: expected `account`, `team/ID` or `chat/ID`");
    }

    // trees that cannot be

    static Stream<Arguments> badTrees() {
        return Stream.of(
                row(builder(), "SCOPE_INVALID at /scopes: no scope is given: expected the account's own"),
                row(scopes(9), "LIMIT_EXCEEDED at /scopes: there are 9 scopes: at most 8 are allowed"),
                row(scopes(1_000), "LIMIT_EXCEEDED at /scopes: there are 1000 scopes: at most 8 are allowed"),
                row(
                        builder().scope("org").scope("a").nestingScope("a"),
                        "DUPLICATE_ID at /scopes/2/scope: scope `a` is given twice: first at `/scopes/1/scope`"),
                row(
                        builder().scope("org").scope("org"),
                        "DUPLICATE_ID at /scopes/1/scope: scope `org` is given twice: first at `/scopes/0/scope`"),
                row(
                        builder().nestingScope("org"),
                        "SCOPE_INVALID at /scopes/0/nests: the account's own scope nests: an account does not lie in"
                                + " another one"),
                row(
                        builder().scope("in"),
                        "ID_INVALID at /scopes/0/scope: `in` has a meaning of its own: expected another name"),
                row(
                        builder().scope("org").scope("in"),
                        "ID_INVALID at /scopes/1/scope: `in` has a meaning of its own: expected another name"),
                row(
                        builder().scope("org").scope("account"),
                        "ID_INVALID at /scopes/1/scope: `account` has a meaning of its own: expected another name"));
    }

    private static ScopeTree.Builder scopes(int count) {
        ScopeTree.Builder builder = builder();
        IntStream.range(0, count).forEach(i -> builder.scope("s" + i));
        return builder;
    }

    private static Arguments row(ScopeTree.Builder builder, String message) {
        return Arguments.of(builder, message);
    }

    @ParameterizedTest
    @MethodSource("badTrees")
    void a_tree_that_cannot_be_is_not_built(ScopeTree.Builder builder, String message) {
        assertThat(thrownBy(builder)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "Team",
                "1a",
                "_a",
                "-a",
                "a b",
                " a",
                "a ",
                "a\n",
                "a.b",
                "a/b",
                "a:b",
                "\u00E4",
                "a\u0301",
                "\u0430",
                "a\u200B",
                "abcdefghijabcdefghijabcdefghijab"
            })
    @Tag("B36")
    void a_name_is_a_small_letter_and_at_most_thirty_letters_digits_and_signs(String name) {
        for (ScopeTree.Builder builder :
                List.of(builder().scope(name), builder().scope("org").nestingScope(name))) {
            assertThat(thrownBy(builder).violations()).hasSize(1).allSatisfy(violation -> {
                assertThat(violation.code()).isEqualTo(Violation.Code.ID_INVALID);
                assertThat(violation.path()).matches("/scopes/[01]/scope");
                assertThat(violation.value()).contains(name);
                assertThat(violation.message())
                        .startsWith(Violation.quote(name) + " is not the name of a scope: expected a letter");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "z", "a0", "a-b_c9", "a-", "abcdefghijabcdefghijabcdefghija", "null", "scope"})
    void any_such_name_can_be_given(String name) {
        assertThat(builder().scope(name).build().account().name()).isEqualTo(name);
        assertThat(builder().scope("org").scope(name).build().scope(name).level())
                .isEqualTo(1);
    }

    @Test
    void all_that_is_wrong_is_reported_at_once() {
        ScopeTree.Builder builder = builder()
                .nestingScope("Org")
                .scope("account")
                .scope("a")
                .scope("a")
                .scope("a")
                .scope("in")
                .scope("account");
        assertThat(thrownBy(builder).violations().stream().map(v -> v.code() + " " + v.path()))
                .containsExactly(
                        "ID_INVALID /scopes/0/scope",
                        "SCOPE_INVALID /scopes/0/nests",
                        "ID_INVALID /scopes/1/scope",
                        "DUPLICATE_ID /scopes/3/scope",
                        "DUPLICATE_ID /scopes/4/scope",
                        "ID_INVALID /scopes/5/scope",
                        "ID_INVALID /scopes/6/scope",
                        "DUPLICATE_ID /scopes/6/scope");
    }

    // equality

    @Test
    void the_accounts_of_all_trees_are_one_scope() {
        Scope firm = builder().scope("firm").build().account();
        assertThat(firm)
                .isEqualTo(Scope.ACCOUNT)
                .hasSameHashCodeAs(Scope.ACCOUNT)
                .isEqualTo(ORG);
        assertThat(firm.name()).isEqualTo("firm");
    }

    @Test
    void other_scopes_are_equal_if_name_level_and_nesting_are() {
        ScopeTree same =
                builder().scope("firm").nestingScope("folder").scope("page").build();
        assertThat(same.scope("folder")).isEqualTo(FOLDER).hasSameHashCodeAs(FOLDER);
        Scope[] different = {
            ORG,
            FOLDER,
            PAGE,
            Scope.TEAM,
            Scope.CHAT,
            builder().scope("org").scope("folder").build().scope("folder"),
            builder().scope("org").scope("page").build().scope("page"),
            builder().scope("org").nestingScope("team").build().scope("team")
        };
        for (int i = 0; i < different.length; i++) {
            for (int j = 0; j < different.length; j++) {
                assertThat(different[i].equals(different[j])).as("%d, %d", i, j).isEqualTo(i == j);
            }
        }
    }

    @Test
    void two_trees_are_equal_if_names_and_nesting_of_their_scopes_are_in_the_same_order() {
        ScopeTree same =
                builder().scope("org").nestingScope("folder").scope("page").build();
        assertThat(same).isEqualTo(TREE).hasSameHashCodeAs(TREE);
        ScopeTree[] different = {
            TREE,
            ScopeTree.standard(),
            builder().scope("org").build(),
            builder().scope("firm").nestingScope("folder").scope("page").build(),
            builder().scope("account").nestingScope("folder").scope("page").build(),
            builder().scope("org").scope("folder").scope("page").build(),
            builder().scope("org").nestingScope("folder").nestingScope("page").build(),
            builder().scope("org").nestingScope("folder").build(),
            builder().scope("org").scope("page").nestingScope("folder").build()
        };
        for (int i = 0; i < different.length; i++) {
            for (int j = 0; j < different.length; j++) {
                assertThat(different[i].equals(different[j])).as("%d, %d", i, j).isEqualTo(i == j);
            }
        }
    }
}
