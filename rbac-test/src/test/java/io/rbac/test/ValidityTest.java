package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Scope;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidityTest {
    private static final SketchRole MEMBER =
            SketchRole.of("member", Scope.ACCOUNT, "user:read").withDefault(true);
    private static final SketchRole LEAD = SketchRole.of("lead", Scope.TEAM, "user:read");

    private static final Sketch ACME = Sketch.of(
                    "acme", SketchGroup.of("user", "read"), SketchGroup.of("a/b", List.of(Scope.CHAT), "c~d"))
            .withRole(MEMBER)
            .withRole(LEAD)
            .withTeam("support")
            .withChat("c-42", "support")
            .withAssignment("ada", "member", Place.account())
            .withAssignment("bob", "lead", Place.team("support"));

    private static void assertProblems(Sketch sketch, String... expected) {
        assertThat(Validity.problems(sketch)).extracting(Problem::toString).containsExactly(expected);
    }

    @Test
    void a_right_policy_has_no_problem() {
        assertProblems(ACME);
    }

    @Test
    void s14_every_id_is_checked_where_it_is_stated() {
        Sketch sketch = ACME.withAccount(" acme")
                .withRole(SketchRole.of("a\tb", Scope.TEAM).withTexts("Name", null))
                .withTeam("")
                .withChat("c\u200B", null)
                .withAssignment("eve ", "member", Place.account());
        assertProblems(
                sketch,
                "ID_INVALID at /account",
                "ID_INVALID at /roles/2/id",
                "ID_INVALID at /teams/1",
                "ID_INVALID at /chats/1/id",
                "ID_INVALID at /assignments/2/user");
    }

    @Test
    void what_is_stated_twice_is_a_problem_of_the_second() {
        Sketch sketch = ACME.withRole(MEMBER)
                .withTeam("support")
                .withChat("c-42", null)
                .withAssignment("ada", "member", Place.account());
        assertProblems(
                sketch,
                "DUPLICATE_ID at /roles/2/id",
                "DUPLICATE_ID at /teams/1",
                "DUPLICATE_ID at /chats/1/id",
                "DUPLICATE_ID at /assignments/2");
    }

    @Test
    void what_is_stated_twice_counts_once() {
        SketchRules strict = ACME.rules()
                .withDefaults(Scope.ACCOUNT, 1, 1)
                .withName(1, 50, false, true)
                .withRolesPerTarget(1);
        Sketch sketch = ACME.withRules(strict).withRole(MEMBER).withAssignment("ada", "member", Place.account());
        assertProblems(sketch, "DUPLICATE_ID at /roles/2/id", "DUPLICATE_ID at /assignments/2");
    }

    @Test
    void s2_a_permission_that_the_catalog_lacks_is_unknown() {
        Sketch sketch = ACME.withRole(1, LEAD.withPermissions(List.of("user:read", "user:fly", "user")));
        assertProblems(
                sketch,
                "UNKNOWN_PERMISSION at /roles/1/rights/user/fly",
                "UNKNOWN_PERMISSION at /roles/1/rights/unknown/user");
    }

    @Test
    void s2_an_unknown_permission_is_told_apart_from_a_known_one_of_the_same_name() {
        SketchGroup explicit = new SketchGroup(
                "agents", List.of(new SketchGroup.Action("view", "agent_view", Set.of(Scope.values()))));
        Sketch sketch = ACME.withCatalog(List.of(ACME.groups().get(0), explicit), List.of("gone"))
                .withRole(1, LEAD.withPermissions(List.of("agents:view", ":x", "x:", "gone")));
        assertProblems(
                sketch,
                "UNKNOWN_PERMISSION at /roles/1/rights/agents/view1",
                "UNKNOWN_PERMISSION at /roles/1/rights/unknown/:x",
                "UNKNOWN_PERMISSION at /roles/1/rights/unknown/x:");
    }

    @Test
    void s3_a_permission_must_be_for_the_scope_of_the_role() {
        Sketch sketch = ACME.withRole(1, LEAD.withPermissions(List.of("a/b:c~d")));
        assertProblems(sketch, "PERMISSION_NOT_IN_SCOPE at /roles/1/rights/a~1b/c~0d");
        assertProblems(ACME.withRole(SketchRole.of("writer", Scope.CHAT, "a/b:c~d")));
    }

    @Test
    void s3_a_role_has_a_scope_that_the_rules_allow() {
        Sketch sketch = ACME.withRules(ACME.rules().withScopes(List.of(Scope.ACCOUNT), null));
        assertProblems(sketch, "SCOPE_INVALID at /roles/1/scope");
    }

    @Test
    void s4_an_assignment_names_a_known_role_and_a_known_target_of_its_scope() {
        Sketch sketch = ACME.withRole(SketchRole.of("writer", Scope.CHAT))
                .withAssignment("eve", "gone", Place.account())
                .withAssignment("eve", "lead", Place.team("gone"))
                .withAssignment("eve", "writer", Place.chat("gone"))
                .withAssignment("eve", "lead", Place.account())
                .withAssignment("eve", "lead", Place.chat("c-42"));
        assertProblems(
                sketch,
                "ROLE_NOT_FOUND at /assignments/2/role",
                "TARGET_NOT_FOUND at /assignments/3/team",
                "TARGET_NOT_FOUND at /assignments/4/chat",
                "SCOPE_MISMATCH at /assignments/5/role",
                "SCOPE_MISMATCH at /assignments/6/role");
    }

    @Test
    void s4_a_discarded_role_may_be_assigned_in_a_policy_that_is_built() {
        assertProblems(ACME.withRole(1, LEAD.withTimes(null, null, 1L)));
    }

    @Test
    void s5_a_chat_lies_in_a_known_team() {
        assertProblems(ACME.withChat("c-1", "gone"), "TARGET_NOT_FOUND at /chats/1/team");
    }

    @Test
    void s8_one_active_default_role_of_the_account_remains() {
        assertProblems(ACME.withRole(0, MEMBER.withDefault(false)), "LAST_DEFAULT_ROLE at /roles");
        assertProblems(ACME.withRole(0, MEMBER.withTimes(null, null, 1L)), "LAST_DEFAULT_ROLE at /roles");
        SketchRules lenient = ACME.rules().withDefaults(Scope.ACCOUNT, 0, null);
        assertProblems(ACME.withRules(lenient).withRole(0, MEMBER.withDefault(false)));
    }

    @Test
    void s8_defaults_are_counted_for_each_scope() {
        SketchRules rules = ACME.rules().withDefaults(Scope.TEAM, 1, null).withDefaults(Scope.CHAT, 0, 1);
        Sketch sketch = ACME.withRules(rules)
                .withRole(SketchRole.of("a", Scope.CHAT).withDefault(true))
                .withRole(SketchRole.of("b", Scope.CHAT).withDefault(true))
                .withRole(SketchRole.of("c", Scope.CHAT).withDefault(true).withTimes(null, null, 1L));
        assertProblems(sketch, "LAST_DEFAULT_ROLE at /roles", "TOO_MANY_DEFAULTS at /roles");
    }

    @Test
    void s9_assignments_of_discarded_roles_count_for_the_most_roles_at_a_target() {
        Sketch sketch = ACME.withRules(ACME.rules().withRolesPerTarget(1))
                .withRole(SketchRole.of("old", Scope.TEAM).withTimes(null, null, 1L))
                .withAssignment("bob", "member", Place.account())
                .withAssignment("bob", "old", Place.team("support"));
        assertProblems(sketch, "TOO_MANY_ROLES at /assignments");
    }

    @Test
    void an_assignment_that_is_a_problem_does_not_count_for_the_most_roles() {
        Sketch sketch =
                ACME.withRules(ACME.rules().withRolesPerTarget(1)).withAssignment("ada", "gone", Place.account());
        assertProblems(sketch, "ROLE_NOT_FOUND at /assignments/2/role");
    }

    @Test
    void s15_names_are_unique_where_the_rules_say_so_in_their_composed_form() {
        Sketch sketch =
                ACME.withRole(0, MEMBER.withTexts("Caf\u00E9", null)).withRole(1, LEAD.withTexts("Cafe\u0301", null));
        assertProblems(sketch);
        Sketch unique = sketch.withRules(ACME.rules().withName(1, 50, false, true));
        assertProblems(unique, "NAME_TAKEN at /roles/1/name");
        assertProblems(unique.withRole(1, unique.roles().get(1).withTimes(null, null, 1L)));
        assertProblems(unique.withRole(1, LEAD.withTexts("CAF\u00C9", null)));
    }

    @Test
    void s15_names_are_judged_in_one_order() {
        SketchRules rules = SketchRules.standard();
        assertThat(Spelling.nameProblem(null, rules)).isEqualTo("NAME_MISSING");
        assertThat(Spelling.nameProblem("", rules)).isEqualTo("NAME_BLANK");
        assertThat(Spelling.nameProblem("\t", rules)).isEqualTo("NAME_BLANK");
        assertThat(Spelling.nameProblem("\u3164\u2800\u200B \u00A0", rules)).isEqualTo("NAME_BLANK");
        assertThat(Spelling.nameProblem("\uDB40\uDC41\uFE0F", rules)).isEqualTo("NAME_BLANK");
        assertThat(Spelling.nameProblem("x\n".repeat(26), rules)).isEqualTo("NAME_TOO_LONG");
        assertThat(Spelling.nameProblem("\uD83D\uDE00".repeat(50), rules)).isNull();
        assertThat(Spelling.nameProblem("\uD83D\uDE00".repeat(51), rules)).isEqualTo("NAME_TOO_LONG");
        assertThat(Spelling.nameProblem("Team lead", rules)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000", "a\u001F", "a\u007F", "a\u0085", "a\u009F", "a\u2028", "a\u2029", "a\u202A", "a\u202E",
                "a\u2066", "a\u2069", "a\uD800", "\uDC00a", "a\tb"
            })
    void s15_controls_directions_and_lone_surrogates_are_invalid_in_names(String name) {
        assertThat(Spelling.nameProblem(name, SketchRules.standard())).isEqualTo("NAME_INVALID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\u00A0", "a\u200D", "a\u2027", "a\u202F", "a\u2065", "a\u206A", "\uE000", "\uFFFE", " a "})
    void s15_other_characters_are_right_in_names(String name) {
        assertThat(Spelling.nameProblem(name, SketchRules.standard())).isNull();
    }

    @Test
    void s15_rules_may_allow_blank_short_and_long_names() {
        SketchRules lenient = SketchRules.standard().withName(0, null, true, false);
        assertThat(Spelling.nameProblem("", lenient)).isNull();
        assertThat(Spelling.nameProblem(" ", lenient)).isNull();
        assertThat(Spelling.nameProblem("x".repeat(5_000), lenient)).isNull();
        assertThat(Spelling.nameProblem(null, lenient)).isEqualTo("NAME_MISSING");
        assertThat(Spelling.nameProblem("", lenient.withName(1, null, true, false)))
                .isEqualTo("NAME_BLANK");
        assertThat(Spelling.nameProblem("ab", lenient.withName(3, null, false, false)))
                .isEqualTo("NAME_INVALID");
    }

    @Test
    void descriptions_follow_their_rule() {
        Sketch described = ACME.withRole(0, MEMBER.withTexts("Member", "\uD83D\uDE00".repeat(500)));
        assertProblems(described);
        assertProblems(
                described.withRules(ACME.rules().withDescription(true, 499)),
                "DESCRIPTION_TOO_LONG at /roles/0/description");
        assertProblems(
                described.withRules(ACME.rules().withDescription(false, 500)),
                "DESCRIPTION_UNSUPPORTED at /roles/0/description");
        assertProblems(described.withRules(ACME.rules().withDescription(true, null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a b",
                "a b c",
                "*",
                "a$$b",
                "../x",
                "null",
                "\u0430",
                "\uD83D\uDE00",
                "\u00A1",
                "~",
                "!",
                "a\uFE0F",
                "\u034Fa",
                "\uFE0F a",
                "\u0378",
                "\uFFFD",
                "\uF900",
                "e\u0301",
                "\u0301",
                "a\u2065"
            })
    void s14_these_are_ids(String text) {
        assertThat(Spelling.isId(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " a",
                "a ",
                "a  b",
                "a\t",
                "\u0000",
                "\u001F",
                "\u007F",
                "\u0080",
                "\u00A0",
                "\u00AD",
                "\u034F",
                "\u0605",
                "\u061C",
                "a\u115F",
                "\u1160b",
                "\u1680",
                "a\u17B4b",
                "a\u17B5b",
                "\u180B",
                "\u180E",
                "\u180F",
                "\u2000",
                "\u200A",
                "\u200B",
                "\u200F",
                "\u2028",
                "\u202E",
                "\u202F",
                "\u205F",
                "\u2060",
                "\u2064",
                "\u2065",
                "\u2066",
                "\u206F",
                "a\u2800",
                "\u3000",
                "a\u3164b",
                "\uD800",
                "a\uDFFF",
                "\uE000",
                "\uF8FF",
                "\uFDD0",
                "\uFDEF",
                "\uFE00",
                "\uFE0F",
                "\uFE0F \uFE0F",
                "\uFEFF",
                "\uFFA0a",
                "\uFFF0",
                "\uFFF9",
                "\uFFFB",
                "\uFFFE",
                "\uFFFF",
                "\uD83F\uDFFE",
                "\uDB80\uDC00",
                "\uDBC0\uDC00",
                "\uDBFF\uDFFF",
                "\uDB40\uDC01",
                "\uDB40\uDC20",
                "\uDB40\uDDEF",
                "\uD804\uDCBD",
                "\uD80D\uDC30",
                "\uD834\uDD73"
            })
    void s14_these_are_no_ids(String text) {
        assertThat(Spelling.isId(text)).isFalse();
    }

    @Test
    void s14_an_id_has_at_most_256_code_points() {
        assertThat(Spelling.isId("\uD83D\uDE00".repeat(256))).isTrue();
        assertThat(Spelling.isId("x".repeat(257))).isFalse();
    }

    @Test
    void names_are_problems_of_their_role() {
        Sketch sketch = ACME.withRole(0, MEMBER.withTexts(null, null)).withRole(1, LEAD.withTexts("\u202E", null));
        assertProblems(sketch, "NAME_MISSING at /roles/0/name", "NAME_BLANK at /roles/1/name");
    }

    @Test
    void texts_are_compared_by_code_points_and_the_shorter_is_first() {
        assertThat(Spelling.compare("a", "ab")).isNegative();
        assertThat(Spelling.compare("ab", "a")).isPositive();
        assertThat(Spelling.compare("ab", "ab")).isZero();
        assertThat(Spelling.compare("", "a")).isNegative();
        assertThat(Spelling.compare("b", "ab")).isPositive();
        assertThat(Spelling.compare("\uFFFD", "\uD83D\uDE00")).isNegative();
    }
}
