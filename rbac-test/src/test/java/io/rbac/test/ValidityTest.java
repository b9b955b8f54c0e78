package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidityTest {
    private static final PlainRole MEMBER =
            PlainRole.of("member", PlainScope.ACCOUNT, "user:read").withDefault(true);
    private static final PlainRole LEAD = PlainRole.of("lead", PlainScope.TEAM, "user:read");

    private static final PlainPolicy ACME = PlainPolicy.of(
                    "acme", PlainGroup.of("user", "read"), PlainGroup.of("a/b", List.of(PlainScope.CHAT), "c~d"))
            .withRole(MEMBER)
            .withRole(LEAD)
            .withTeam("support")
            .withChat("c-42", "support")
            .withAssignment("ada", "member", PlainTarget.account())
            .withAssignment("bob", "lead", PlainTarget.team("support"));

    private static void assertViolations(PlainPolicy plain, String... expected) {
        assertThat(Validity.violations(plain))
                .extracting(PlainViolation::toString)
                .containsExactly(expected);
    }

    @Test
    void a_valid_policy_has_no_violation() {
        assertViolations(ACME);
    }

    @Test
    @Tag("S14")
    void every_id_is_checked() {
        PlainPolicy plain = ACME.withAccount(" acme")
                .withRole(PlainRole.of("a\tb", PlainScope.TEAM).withTexts("Name", null))
                .withTeam("")
                .withChat("c\u200B", null)
                .withAssignment("eve ", "member", PlainTarget.account());
        assertViolations(
                plain,
                "ID_INVALID at /account",
                "ID_INVALID at /roles/2/id",
                "ID_INVALID at /targets/2",
                "ID_INVALID at /targets/3",
                "ID_INVALID at /assignments/2/user");
    }

    @Test
    void a_duplicate_is_a_violation_of_the_second_one() {
        PlainPolicy plain = ACME.withRole(MEMBER)
                .withTeam("support")
                .withChat("c-42", null)
                .withAssignment("ada", "member", PlainTarget.account());
        assertViolations(
                plain,
                "DUPLICATE_ID at /roles/2/id",
                "DUPLICATE_ID at /targets/2",
                "DUPLICATE_ID at /targets/3",
                "DUPLICATE_ID at /assignments/2");
    }

    @Test
    void a_duplicate_counts_once() {
        PlainRules strict = ACME.rules()
                .withDefaults(PlainScope.ACCOUNT, 1, 1)
                .withName(1, 50, false, true)
                .withRolesPerTarget(1);
        PlainPolicy plain =
                ACME.withRules(strict).withRole(MEMBER).withAssignment("ada", "member", PlainTarget.account());
        assertViolations(plain, "DUPLICATE_ID at /roles/2/id", "DUPLICATE_ID at /assignments/2");
    }

    @Test
    @Tag("S2")
    void a_permission_that_the_catalog_lacks_is_unknown() {
        PlainPolicy plain = ACME.withRole(1, LEAD.withPermissions(List.of("user:read", "user:fly", "user")));
        assertViolations(
                plain,
                "UNKNOWN_PERMISSION at /roles/1/rights/user/fly",
                "UNKNOWN_PERMISSION at /roles/1/rights/unknown/user");
    }

    @Test
    @Tag("S2")
    void an_unknown_permission_is_named_apart_from_a_known_one_of_the_same_name() {
        PlainGroup explicit = new PlainGroup(
                "agents", List.of(new PlainGroup.Action("view", "agent_view", Set.copyOf(PlainScope.standard()))));
        PlainPolicy plain = ACME.withCatalog(List.of(ACME.groups().get(0), explicit), List.of("gone"))
                .withRole(1, LEAD.withPermissions(List.of("agents:view", ":x", "x:", "gone")));
        assertViolations(
                plain,
                "UNKNOWN_PERMISSION at /roles/1/rights/agents/view1",
                "UNKNOWN_PERMISSION at /roles/1/rights/unknown/:x",
                "UNKNOWN_PERMISSION at /roles/1/rights/unknown/x:");
    }

    @Test
    @Tag("S3")
    void a_permission_must_be_for_the_scope_of_the_role() {
        PlainPolicy plain = ACME.withRole(1, LEAD.withPermissions(List.of("a/b:c~d")));
        assertViolations(plain, "PERMISSION_NOT_IN_SCOPE at /roles/1/rights/a~1b/c~0d");
        assertViolations(ACME.withRole(PlainRole.of("writer", PlainScope.CHAT, "a/b:c~d")));
    }

    @Test
    @Tag("S3")
    void a_role_has_a_scope_that_the_rules_allow() {
        PlainPolicy plain = ACME.withRules(ACME.rules().withScopes(List.of(PlainScope.ACCOUNT), null));
        assertViolations(plain, "SCOPE_INVALID at /roles/1/scope");
    }

    @Test
    @Tag("S4")
    void an_assignment_names_a_known_role_and_a_known_target_of_its_scope() {
        PlainPolicy plain = ACME.withRole(PlainRole.of("writer", PlainScope.CHAT))
                .withAssignment("eve", "gone", PlainTarget.account())
                .withAssignment("eve", "lead", PlainTarget.team("gone"))
                .withAssignment("eve", "writer", PlainTarget.chat("gone"))
                .withAssignment("eve", "lead", PlainTarget.account())
                .withAssignment("eve", "lead", PlainTarget.chat("c-42"));
        assertViolations(
                plain,
                "ROLE_NOT_FOUND at /assignments/2/role",
                "TARGET_NOT_FOUND at /assignments/3/at",
                "TARGET_NOT_FOUND at /assignments/4/at",
                "SCOPE_MISMATCH at /assignments/5/role",
                "SCOPE_MISMATCH at /assignments/6/role");
    }

    @Test
    @Tag("S4")
    void a_discarded_role_may_be_assigned_in_a_policy_that_is_built() {
        assertViolations(ACME.withRole(1, LEAD.withTimes(null, null, 1L)));
    }

    @Test
    @Tag("S5")
    void a_target_lies_in_a_known_one() {
        assertViolations(ACME.withChat("c-1", "gone"), "TARGET_NOT_FOUND at /targets/2/in");
        PlainTarget alien = PlainTarget.of(new PlainScope("team", 1, true), "support");
        assertViolations(ACME.withTarget(PlainTarget.chat("c-1"), alien), "TARGET_NOT_FOUND at /targets/2/in");
    }

    @Test
    @Tag("S5")
    void a_target_is_of_a_scope_of_the_tree_and_not_the_account() {
        assertViolations(
                ACME.withTarget(PlainTarget.account(), PlainTarget.account())
                        .withTarget(PlainTarget.of(new PlainScope("alien", 1, false), " "), PlainTarget.team("gone"))
                        .withTarget(PlainTarget.of(new PlainScope("chat", 1, false), "c-42"), PlainTarget.account()),
                "SCOPE_INVALID at /targets/2",
                "SCOPE_INVALID at /targets/3",
                "SCOPE_INVALID at /targets/4");
    }

    @Test
    @Tag("S5")
    void a_target_lies_in_one_of_a_wider_scope_or_of_its_own_if_that_nests() {
        PlainTarget c42 = PlainTarget.chat("c-42");
        assertViolations(
                ACME.withTarget(PlainTarget.team("t"), c42)
                        .withTarget(PlainTarget.chat("c"), c42)
                        .withTarget(PlainTarget.team("u"), PlainTarget.team("u")),
                "PARENT_INVALID at /targets/2/in",
                "PARENT_INVALID at /targets/3/in",
                "PARENT_INVALID at /targets/4/in");
        assertViolations(docs(3));
    }

    /** Returns a policy of folders, each of which lies in the next one but for the last, so that many are on a path. */
    private static PlainPolicy docs(int length) {
        List<PlainScope> tree = PlainScope.tree("org", "folder*", "page");
        PlainPolicy plain = PlainPolicy.of("acme")
                .withScopes(tree)
                .withRole(PlainRole.of("member", tree.get(0)).withDefault(true));
        for (int i = 1; i < length; i++) {
            PlainTarget parent = i == length - 1 ? PlainTarget.account() : folder(i + 1);
            plain = plain.withTarget(folder(i), parent);
        }
        return plain;
    }

    private static PlainTarget folder(int number) {
        return PlainTarget.of(new PlainScope("folder", 1, true), "f" + number);
    }

    @Test
    @Tag("S5")
    void a_path_has_at_most_16_targets_and_the_17th_is_reported_alone() {
        assertViolations(docs(16));
        assertViolations(docs(17), "PARENT_INVALID at /targets/0/in");
        assertViolations(docs(19), "PARENT_INVALID at /targets/2/in");
    }

    @Test
    @Tag("S5")
    void each_target_of_a_cycle_is_reported_and_none_below_it() {
        PlainPolicy plain = docs(4).withMoved(folder(3), folder(2));
        assertViolations(plain, "PARENT_INVALID at /targets/1/in", "PARENT_INVALID at /targets/2/in");
        assertViolations(docs(4).withMoved(folder(3), folder(3)), "PARENT_INVALID at /targets/2/in");
    }

    @Test
    @Tag("S5")
    void the_rules_and_the_roles_name_scopes_of_the_tree() {
        PlainScope alien = new PlainScope("alien", 1, false);
        PlainRules rules = ACME.rules()
                .withScopes(List.of(PlainScope.ACCOUNT, alien, PlainScope.TEAM), alien)
                .withDefaults(alien, 0, 1);
        assertViolations(
                ACME.withRules(rules).withRole(PlainRole.of("a", alien)),
                "SCOPE_INVALID at /rules/scopes",
                "SCOPE_INVALID at /rules/defaultScope",
                "SCOPE_INVALID at /rules/defaults/alien",
                "SCOPE_INVALID at /roles/2/scope");
    }

    @Test
    @Tag("S8")
    void an_account_needs_an_active_default_role() {
        assertViolations(ACME.withRole(0, MEMBER.withDefault(false)), "LAST_DEFAULT_ROLE at /roles");
        assertViolations(ACME.withRole(0, MEMBER.withTimes(null, null, 1L)), "LAST_DEFAULT_ROLE at /roles");
        PlainRules lenient = ACME.rules().withDefaults(PlainScope.ACCOUNT, 0, null);
        assertViolations(ACME.withRules(lenient).withRole(0, MEMBER.withDefault(false)));
    }

    @Test
    @Tag("S8")
    void defaults_are_counted_for_each_scope() {
        PlainRules rules = ACME.rules().withDefaults(PlainScope.TEAM, 1, null).withDefaults(PlainScope.CHAT, 0, 1);
        PlainPolicy plain = ACME.withRules(rules)
                .withRole(PlainRole.of("a", PlainScope.CHAT).withDefault(true))
                .withRole(PlainRole.of("b", PlainScope.CHAT).withDefault(true))
                .withRole(PlainRole.of("c", PlainScope.CHAT).withDefault(true).withTimes(null, null, 1L));
        assertViolations(plain, "LAST_DEFAULT_ROLE at /roles", "TOO_MANY_DEFAULTS at /roles");
    }

    @Test
    @Tag("S9")
    void assignments_of_discarded_roles_count_for_the_most_roles_at_a_target() {
        PlainPolicy plain = ACME.withRules(ACME.rules().withRolesPerTarget(1))
                .withRole(PlainRole.of("old", PlainScope.TEAM).withTimes(null, null, 1L))
                .withAssignment("bob", "member", PlainTarget.account())
                .withAssignment("bob", "old", PlainTarget.team("support"));
        assertViolations(plain, "TOO_MANY_ROLES at /assignments");
    }

    @Test
    void an_assignment_with_a_violation_does_not_count_for_the_most_roles() {
        PlainPolicy plain =
                ACME.withRules(ACME.rules().withRolesPerTarget(1)).withAssignment("ada", "gone", PlainTarget.account());
        assertViolations(plain, "ROLE_NOT_FOUND at /assignments/2/role");
    }

    @Test
    @Tag("S15")
    void names_are_unique_in_their_comparable_form_if_the_rules_say_so() {
        PlainPolicy plain = ACME.withRole(0, MEMBER.withTexts("Caf\u00E9 au lait", null));
        PlainPolicy unique = plain.withRules(ACME.rules().withName(1, 50, false, true));
        for (String same : List.of(
                "Caf\u00E9 au lait",
                "Cafe\u0301 au lait",
                "caf\u00C9 AU lait",
                "\uFF23af\u00E9 au lait",
                " Caf\u00E9 \u00A0 au\tlait ",
                "Ca\u200Df\u00E9 au lait\uFE0F")) {
            PlainRole lead = LEAD.withTexts(same, null);
            assertThat(Validity.violations(unique.withRole(1, lead)))
                    .as(same)
                    .contains(new PlainViolation("NAME_TAKEN", "/roles/1/name"));
            assertThat(Validity.violations(plain.withRole(1, lead)))
                    .as(same)
                    .doesNotContain(new PlainViolation("NAME_TAKEN", "/roles/1/name"));
        }
        assertViolations(
                unique.withRole(1, LEAD.withTexts("Caf\u00E9 au lait", null).withTimes(null, null, 1L)));
        for (String other : List.of("Cafe au lait", "Caf\u00E9aulait", "Caf\u0435\u0301 au lait")) {
            assertViolations(unique.withRole(1, LEAD.withTexts(other, null)));
        }
    }

    @Test
    @Tag("S15")
    void the_first_violation_of_a_name_is_reported() {
        PlainRules rules = PlainRules.standard();
        assertThat(Spelling.nameViolation(null, rules)).isEqualTo("NAME_MISSING");
        assertThat(Spelling.nameViolation("", rules)).isEqualTo("NAME_BLANK");
        assertThat(Spelling.nameViolation("\t", rules)).isEqualTo("NAME_BLANK");
        assertThat(Spelling.nameViolation("\u3164\u2800\u200B \u00A0", rules)).isEqualTo("NAME_BLANK");
        assertThat(Spelling.nameViolation("\uDB40\uDC41\uFE0F", rules)).isEqualTo("NAME_BLANK");
        assertThat(Spelling.nameViolation("x\n".repeat(26), rules)).isEqualTo("NAME_TOO_LONG");
        assertThat(Spelling.nameViolation("\uD83D\uDE00".repeat(50), rules)).isNull();
        assertThat(Spelling.nameViolation("\uD83D\uDE00".repeat(51), rules)).isEqualTo("NAME_TOO_LONG");
        assertThat(Spelling.nameViolation("Team lead", rules)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000", "a\u001F", "a\u007F", "a\u0085", "a\u009F", "a\u2028", "a\u2029", "a\u202A", "a\u202E",
                "a\u2066", "a\u2069", "a\uD800", "\uDC00a", "a\tb"
            })
    @Tag("S15")
    void controls_directions_and_lone_surrogates_are_invalid_in_names(String name) {
        assertThat(Spelling.nameViolation(name, PlainRules.standard())).isEqualTo("NAME_INVALID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\u00A0", "a\u200D", "a\u2027", "a\u202F", "a\u2065", "a\u206A", "\uE000", "\uFFFE", " a "})
    @Tag("S15")
    void other_characters_are_valid_in_names(String name) {
        assertThat(Spelling.nameViolation(name, PlainRules.standard())).isNull();
    }

    @Test
    @Tag("S15")
    void rules_may_allow_blank_short_and_long_names() {
        PlainRules lenient = PlainRules.standard().withName(0, null, true, false);
        assertThat(Spelling.nameViolation("", lenient)).isNull();
        assertThat(Spelling.nameViolation(" ", lenient)).isNull();
        assertThat(Spelling.nameViolation("x".repeat(5_000), lenient)).isNull();
        assertThat(Spelling.nameViolation(null, lenient)).isEqualTo("NAME_MISSING");
        assertThat(Spelling.nameViolation("", lenient.withName(1, null, true, false)))
                .isEqualTo("NAME_BLANK");
        assertThat(Spelling.nameViolation("ab", lenient.withName(3, null, false, false)))
                .isEqualTo("NAME_INVALID");
    }

    @Test
    void descriptions_follow_their_rule() {
        PlainPolicy described = ACME.withRole(0, MEMBER.withTexts("Member", "\uD83D\uDE00".repeat(500)));
        assertViolations(described);
        assertViolations(
                described.withRules(ACME.rules().withDescription(true, 499)),
                "DESCRIPTION_TOO_LONG at /roles/0/description");
        assertViolations(
                described.withRules(ACME.rules().withDescription(false, 500)),
                "DESCRIPTION_UNSUPPORTED at /roles/0/description");
        assertViolations(described.withRules(ACME.rules().withDescription(true, null)));
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
                "\u0378",
                "\uFFFD",
                "\uF900",
                "e\u0301",
                "\u0301"
            })
    @Tag("S14")
    void these_are_ids(String text) {
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
                "a\u034F",
                "admin\uFE0F",
                "a\u180Bb",
                "a\u2065",
                "a\uFFF0",
                "a\uDB40\uDD00",
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
    @Tag("S14")
    void these_are_not_ids(String text) {
        assertThat(Spelling.isId(text)).isFalse();
    }

    @Test
    @Tag("S14")
    void an_id_has_at_most_256_code_points() {
        assertThat(Spelling.isId("\uD83D\uDE00".repeat(256))).isTrue();
        assertThat(Spelling.isId("x".repeat(257))).isFalse();
    }

    @Test
    void names_are_violations_of_their_role() {
        PlainPolicy plain = ACME.withRole(0, MEMBER.withTexts(null, null)).withRole(1, LEAD.withTexts("\u202E", null));
        assertViolations(plain, "NAME_MISSING at /roles/0/name", "NAME_BLANK at /roles/1/name");
    }

    @Test
    void strings_are_compared_by_code_points_and_the_shorter_is_first() {
        assertThat(Spelling.compare("a", "ab")).isNegative();
        assertThat(Spelling.compare("ab", "a")).isPositive();
        assertThat(Spelling.compare("ab", "ab")).isZero();
        assertThat(Spelling.compare("", "a")).isNegative();
        assertThat(Spelling.compare("b", "ab")).isPositive();
        assertThat(Spelling.compare("\uFFFD", "\uD83D\uDE00")).isNegative();
    }
}
