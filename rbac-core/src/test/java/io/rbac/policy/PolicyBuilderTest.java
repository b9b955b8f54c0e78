package io.rbac.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.engine.Steps;
import io.rbac.model.Assignment;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyBuilderTest {

    private interface Addition extends Consumer<Policy.Builder> {}

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "create", "read", "update", "delete")
            .group("team_membership", Set.of(Scope.ACCOUNT, Scope.TEAM), "read", "manage")
            .group("message", Set.of(Scope.CHAT), "create", "read")
            .retired("user:export")
            .build();

    private static final Role MEMBER = Role.builder("member", Scope.ACCOUNT)
            .name("Member")
            .defaultRole(true)
            .rights(CATALOG.rights("user:read"))
            .build();
    private static final Role LEAD = Role.builder("lead", Scope.TEAM)
            .name("Team lead")
            .rights(CATALOG.rights("user:update", "team_membership:manage"))
            .build();
    private static final Role WRITER = Role.builder("writer", Scope.CHAT)
            .name("Writer")
            .rights(CATALOG.rights("message:create"))
            .build();

    private static final Target SUPPORT = Target.team("support");
    private static final Target CHAT = Target.chat("c-42");
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    /** Roles 0 to 2, team 0, chat 0, assignments 0 to 2. */
    private static Policy.Builder acme(PolicyRules rules) {
        return acmeInto(Policy.builder().account("acme").catalog(CATALOG).rules(rules));
    }

    private static Policy.Builder acmeInto(Policy.Builder builder) {
        return builder.role(MEMBER)
                .role(LEAD)
                .role(WRITER)
                .team("support")
                .chat("c-42", "support")
                .assign("ada", "member", Target.account())
                .assign("bob", "lead", SUPPORT)
                .assign("eve", "writer", CHAT);
    }

    private static Policy.Builder acme() {
        return acme(PolicyRules.standard());
    }

    private static Role.Builder role(String id) {
        return Role.builder(id, Scope.TEAM).name("Name of " + id);
    }

    private static Rights rightsOfAnotherCatalog(String group, String action) {
        return PermissionCatalog.builder()
                .group("zero", "zero")
                .group(group, action)
                .build()
                .rightsOfGroup(group);
    }

    private static PolicyViolationException thrownBy(Policy.Builder builder) {
        return catchThrowableOfType(PolicyViolationException.class, builder::build);
    }

    private static Stream<String> codesAndPaths(PolicyViolationException exception) {
        return exception.violations().stream().map(v -> v.code() + " " + v.path());
    }

    @Test
    void account_catalog_and_rules_can_be_set_after_all_else() {
        PolicyRules rules = PolicyRules.builder().nameMax(11).build();
        Policy.Builder builder = Policy.builder().account("other").catalog(PermissionCatalog.empty());
        acmeInto(builder).account("acme").catalog(CATALOG).rules(rules);

        Policy policy = builder.build();
        assertThat(policy).isEqualTo(acme(rules).build());
        assertThat(policy.catalog()).isSameAs(CATALOG);
        assertThat(policy.rules()).isSameAs(rules);

        builder.rules(PolicyRules.builder().nameMax(8).build());
        assertThat(catchThrowableOfType(PolicyViolationException.class, builder::build)
                        .violations())
                .extracting(Violation::code)
                .containsExactly(Code.NAME_TOO_LONG);
    }

    @Test
    void a_policy_has_what_was_given() {
        Policy policy = acme().revision(7).build();
        assertThat(policy.account()).isEqualTo("acme");
        assertThat(policy.revision()).isEqualTo(7);
        assertThat(policy.catalog()).isSameAs(CATALOG);
        assertThat(policy.rules()).isSameAs(PolicyRules.standard());
        assertThat(policy.role("lead")).contains(LEAD);
        assertThat(policy.roles()).containsExactly(LEAD, MEMBER, WRITER);
        assertThat(policy.targets()).containsExactly(SUPPORT, CHAT);
        assertThat(policy.targets(Scope.TEAM)).containsExactly(SUPPORT);
        assertThat(policy.targets(Scope.CHAT)).containsExactly(CHAT);
        assertThat(policy.parentOf(CHAT)).contains(SUPPORT);
        assertThat(policy.assignments())
                .containsExactly(
                        new Assignment("ada", "member", Target.account()),
                        new Assignment("bob", "lead", SUPPORT),
                        new Assignment("eve", "writer", CHAT));
        assertThat(policy).hasToString("Policy of acme at revision 7: 3 roles, 2 targets, 3 users");
        assertThat(acme().build().revision()).isZero();
    }

    // one violation at a time

    static Stream<Arguments> policiesWithOneFault() {
        PolicyRules unique = PolicyRules.builder().requiresUniqueNames(true).build();
        PolicyRules noTexts =
                PolicyRules.builder().nameMin(3).allowsDescriptions(false).build();
        PolicyRules bounded = PolicyRules.builder()
                .defaults(Scope.TEAM, 1, null)
                .rolesPerTarget(1)
                .build();
        PolicyRules oneDefault =
                PolicyRules.builder().defaults(Scope.ACCOUNT, 1, 1).build();
        PolicyRules twoScopes =
                PolicyRules.builder().scopes(Set.of(Scope.ACCOUNT, Scope.TEAM)).build();
        PolicyRules lockout =
                PolicyRules.builder().lockout(List.of("user:read", "user:raed")).build();
        PolicyRules standard = PolicyRules.standard();
        return Stream.of(
                row(
                        standard,
                        b -> b.role(role("").name("x").build()),
                        "ID_INVALID at /roles/3/id: role id `` is empty"),
                row(
                        standard,
                        b -> b.team("a\tb"),
                        "ID_INVALID at /targets/2: team id `a\\u{9}b` has U+0009 at position 2"),
                row(
                        standard,
                        b -> b.chat("\u200B"),
                        "ID_INVALID at /targets/2: chat id `\\u{200B}` has U+200B at position 1"),
                row(
                        standard,
                        b -> b.assign("x".repeat(257), "member", Target.account()),
                        "ID_INVALID at /assignments/3/user: user id `" + "x".repeat(80)
                                + "...` is longer than 256 characters"),
                row(
                        standard,
                        b -> b.role(role("lead").build()),
                        "DUPLICATE_ID at /roles/3/id: role `lead` is given twice: first at `/roles/1`"),
                row(
                        standard,
                        b -> b.team("support"),
                        "DUPLICATE_ID at /targets/2: team `support` is given twice: first at `/targets/0`"),
                row(
                        standard,
                        b -> b.chat("c-42"),
                        "DUPLICATE_ID at /targets/2: chat `c-42` is given twice: first at `/targets/1`"),
                row(
                        standard,
                        b -> b.assign("bob", "lead", SUPPORT),
                        "DUPLICATE_ID at /assignments/3: user `bob` holds role `lead` at `team/support` twice:"
                                + " first at `/assignments/1`"),
                row(
                        standard,
                        b -> b.assign("eve", "writer", CHAT.inTeam("nowhere")),
                        "DUPLICATE_ID at /assignments/3: user `eve` holds role `writer` at `chat/c-42` twice:"
                                + " first at `/assignments/2`"),
                row(
                        standard,
                        b -> b.role(role("r").name("").build()),
                        "NAME_BLANK at /roles/3/name: role `r` has a blank name: expected 1 to 50 characters"),
                row(
                        standard,
                        b -> b.role(role("r").name(" \u3164\u200B").build()),
                        "NAME_BLANK at /roles/3/name: role `r` has a blank name: expected 1 to 50 characters"),
                row(
                        noTexts,
                        b -> b.role(role("r").name("ab").build()),
                        "NAME_INVALID at /roles/3/name: role `r` has a name of 2 characters: expected 3 to 50 characters"),
                row(
                        standard,
                        b -> b.role(role("r").name("\uD83D\uDE00".repeat(51)).build()),
                        "NAME_TOO_LONG at /roles/3/name: role `r` has a name of 51 characters: expected 1 to 50 characters"),
                row(
                        standard,
                        b -> b.role(role("r").name("a\u202Eb").build()),
                        "NAME_INVALID at /roles/3/name: role `r` has a name that has U+202E at position 2"),
                row(
                        unique,
                        b -> b.role(role("r").name("Caf\u00E9").build())
                                .role(role("s").name("Cafe\u0301").build()),
                        "NAME_TAKEN at /roles/4/name: role `s` has the name `Cafe\u0301` of role `r`:"
                                + " the rules ask for unique names"),
                row(
                        noTexts,
                        b -> b.role(role("r").description("").build()),
                        "DESCRIPTION_UNSUPPORTED at /roles/3/description: role `r` has a description:"
                                + " the rules allow none"),
                row(
                        standard,
                        b -> b.role(role("r")
                                .description("\uD83D\uDE00".repeat(501))
                                .build()),
                        "DESCRIPTION_TOO_LONG at /roles/3/description: role `r` has a description of 501 characters:"
                                + " expected 0 to 500"),
                row(
                        standard,
                        b -> b.role(role("r").description("a\uD800").build()),
                        "MALFORMED at /roles/3/description: role `r` has a description that has U+D800"),
                row(
                        standard,
                        b -> b.role(role("r")
                                .rights(rightsOfAnotherCatalog("user", "raed"))
                                .build()),
                        "UNKNOWN_PERMISSION at /roles/3/rights/user/raed: role `r` holds `user:raed`,"
                                + " which is not a permission of the catalog; did you mean `user:read`?"),
                row(
                        standard,
                        b -> b.role(role("r")
                                .rights(rightsOfAnotherCatalog("a/b", "c~d"))
                                .build()),
                        "UNKNOWN_PERMISSION at /roles/3/rights/a~1b/c~0d: role `r` holds `a/b:c~d`,"
                                + " which is not a permission of the catalog"),
                row(
                        lockout,
                        b -> {},
                        "UNKNOWN_PERMISSION at /rules/lockout/1: `user:raed` is not a permission of the catalog;"
                                + " did you mean `user:read`?"),
                row(
                        standard,
                        b -> b.role(
                                role("r").rights(CATALOG.rights("message:read")).build()),
                        "PERMISSION_NOT_IN_SCOPE at /roles/3/rights/message/read: role `r` of the scope `team`"
                                + " holds `message:read`: only roles of [chat] may"),
                row(
                        twoScopes,
                        b -> {},
                        "SCOPE_INVALID at /roles/2/scope: role `writer` has the scope `chat`:"
                                + " expected one of [account, team]"),
                row(
                        standard,
                        b -> b.assign("eve", "lead", CHAT),
                        "SCOPE_MISMATCH at /assignments/3/role: role `lead` of the scope `team` is assigned at"
                                + " `chat/c-42`"),
                row(
                        standard,
                        b -> b.assign("eve", "membr", Target.account()),
                        "ROLE_NOT_FOUND at /assignments/3/role: there is no role `membr`; did you mean `member`?"),
                row(
                        standard,
                        b -> b.assign("eve", "Lead", SUPPORT),
                        "ROLE_NOT_FOUND at /assignments/3/role: there is no role `Lead`; did you mean `lead`?"),
                row(
                        standard,
                        b -> b.assign("eve", "lead", Target.team("nowhere")),
                        "TARGET_NOT_FOUND at /assignments/3/at: there is no team `nowhere`"),
                row(
                        standard,
                        b -> b.assign("eve", "lead", Target.team("suport")),
                        "TARGET_NOT_FOUND at /assignments/3/at: there is no team `suport`;"
                                + " did you mean `support`?"),
                row(
                        standard,
                        b -> b.assign("eve", "writer", Target.chat("support")),
                        "TARGET_NOT_FOUND at /assignments/3/at: there is no chat `support`"),
                row(
                        standard,
                        b -> b.assign("eve", "writer", Target.chat("c-77").inTeam("support")),
                        "TARGET_NOT_FOUND at /assignments/3/at: there is no chat `c-77`"),
                row(
                        standard,
                        b -> b.chat("c", "suport"),
                        "TARGET_NOT_FOUND at /targets/2/in: there is no team `suport`; did you mean `support`?"),
                row(
                        bounded,
                        b -> b.assign("bob", "lead2", SUPPORT)
                                .role(role("lead2").defaultRole(true).build()),
                        "TOO_MANY_ROLES at /assignments: user `bob` holds 2 roles at `team/support`:"
                                + " at most 1 are allowed"),
                row(
                        bounded,
                        b -> b.role(
                                role("t").defaultRole(true).discardedAt(NOON).build()),
                        "LAST_DEFAULT_ROLE at /roles: there are 0 active default roles of the scope `team`:"
                                + " expected at least 1"),
                row(
                        oneDefault,
                        b -> b.role(Role.builder("second", Scope.ACCOUNT)
                                .name("Second")
                                .defaultRole(true)
                                .build()),
                        "TOO_MANY_DEFAULTS at /roles: there are 2 active default roles of the scope `account`:"
                                + " expected at most 1"),
                row(
                        standard,
                        b -> b.revision(-1),
                        "LIMIT_EXCEEDED at /revision: the revision is `-1`: expected at least 0"));
    }

    private static Arguments row(PolicyRules rules, Addition addition, String message) {
        return Arguments.of(rules, addition, message);
    }

    @ParameterizedTest
    @MethodSource("policiesWithOneFault")
    void what_is_wrong_is_reported_with_code_and_path(PolicyRules rules, Addition addition, String message) {
        Policy.Builder builder = acme(rules);
        addition.accept(builder);
        assertThat(thrownBy(builder)).hasMessage(message);
    }

    @Test
    void the_account_needs_an_id_too() {
        Policy.Builder builder =
                Policy.builder().account(" acme").catalog(CATALOG).role(MEMBER);
        assertThat(thrownBy(builder))
                .hasMessage("ID_INVALID at /account: account id ` acme` has a space that does not stand alone between"
                        + " two other characters, at position 1");
    }

    @Test
    @Tag("S8")
    void a_policy_needs_an_active_default_role_of_the_account() {
        String message = "LAST_DEFAULT_ROLE at /roles: there are 0 active default roles of the scope `account`:"
                + " expected at least 1";
        assertThat(thrownBy(Policy.builder().account("acme").catalog(CATALOG))).hasMessage(message);
        assertThat(thrownBy(Policy.builder()
                        .account("acme")
                        .catalog(CATALOG)
                        .role(MEMBER.toBuilder().defaultRole(false).build())))
                .hasMessage(message);
        assertThat(thrownBy(Policy.builder()
                        .account("acme")
                        .catalog(CATALOG)
                        .role(MEMBER.toBuilder().discardedAt(NOON).build())))
                .hasMessage(message);
        PolicyRules none =
                PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null).build();
        assertThat(Policy.builder()
                        .account("acme")
                        .catalog(CATALOG)
                        .rules(none)
                        .build()
                        .roles())
                .isEmpty();
    }

    @Test
    @Tag("B39")
    void names_and_descriptions_are_counted_in_code_points() {
        String emoji = "\uD83D\uDE00";
        Policy policy = acme().role(role("r")
                        .name(emoji.repeat(50))
                        .description(emoji.repeat(500))
                        .build())
                .build();
        assertThat(policy.role("r").orElseThrow().name()).isEqualTo(emoji.repeat(50));
        PolicyRules unlimited =
                PolicyRules.builder().nameMax(null).descriptionMax(null).build();
        assertThatCode(() -> acme(unlimited)
                        .role(role("r")
                                .name("x".repeat(5_000))
                                .description("x".repeat(5_000))
                                .build())
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    @Tag("S15")
    void names_are_unique_among_active_roles_and_only_where_the_rules_say_so() {
        PolicyRules unique = PolicyRules.builder().requiresUniqueNames(true).build();
        Role twin = role("twin").name("Member").build();
        assertThat(acme().role(twin).build().roles()).hasSize(4);
        assertThat(acme(unique)
                        .role(twin.toBuilder().discardedAt(NOON).build())
                        .build()
                        .roles())
                .hasSize(4);
        assertThat(acme(unique)
                        .role(twin.toBuilder().name("Members").build())
                        .build()
                        .roles())
                .hasSize(4);
        for (String name : List.of("member", " Member ", "\uFF2Dember", "Mem\u200Bber")) {
            assertThat(codesAndPaths(thrownBy(
                            acme(unique).role(twin.toBuilder().name(name).build()))))
                    .containsExactly("NAME_TAKEN /roles/3/name");
        }
        assertThat(codesAndPaths(thrownBy(acme(unique).role(twin)))).containsExactly("NAME_TAKEN /roles/3/name");
    }

    @Test
    @Tag("B41")
    void strange_names_are_kept_as_they_are() {
        for (String name :
                List.of("'); DROP TABLE roles", "${jndi:ldap://x}", "<script>", " Lead ", "null", "\u0430dmin")) {
            assertThat(acme().role(role("r").name(name).build())
                            .build()
                            .role("r")
                            .map(Role::name))
                    .contains(name);
        }
    }

    @Test
    @Tag("B36")
    @Tag("B42")
    @Tag("B43")
    void ids_that_look_alike_are_different_ids() {
        List<String> ids = List.of(
                "admin",
                "\u0430dmin",
                "ADMIN",
                "K",
                "\u212A",
                "I",
                "\u0131",
                "i",
                "1",
                "01",
                "1.0",
                "\uFF11",
                "null",
                "undefined",
                "true",
                "system",
                "default",
                "none",
                "*",
                "a",
                "a$$b",
                "b$$c",
                "../x",
                "\u00E9",
                "e\u0301");
        Policy.Builder builder = acme();
        for (String id : ids) {
            builder.role(role(id).build()).team(id).chat(id, id).assign(id, id, Target.team(id));
        }
        Policy policy = builder.build();
        assertThat(policy.roles()).hasSize(ids.size() + 3);
        for (String id : ids) {
            assertThat(policy.rolesOf(id)).containsExactly(new Assignment(id, id, Target.team(id)));
            assertThat(policy.usersOf(id)).containsExactly(id);
            assertThat(policy.targetsIn(Target.team(id))).containsExactly(Target.chat(id));
        }
    }

    // all violations at once

    @Test
    void every_violation_is_reported_at_once() {
        PolicyRules rules = PolicyRules.builder()
                .lockout(List.of("user:fly"))
                .defaults(Scope.TEAM, 0, 0)
                .rolesPerTarget(1)
                .build();
        Policy.Builder builder = Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .rules(rules)
                .role(role(" r").name("").defaultRole(true).build())
                .role(LEAD)
                .role(LEAD)
                .role(role("lead2").rights(CATALOG.rights("message:read")).build())
                .team("support")
                .team("")
                .team("support")
                .chat("c-42", "nowhere")
                .chat("c-42")
                .assign("bob", "lead", SUPPORT)
                .assign("bob", "lead", SUPPORT)
                .assign("bob", "lead2", SUPPORT)
                .assign("", "ghost", Target.team("nowhere"))
                .assign("eve", "lead", Target.account());
        assertThat(codesAndPaths(thrownBy(builder)))
                .containsExactlyInAnyOrder(
                        "UNKNOWN_PERMISSION /rules/lockout/0",
                        "ID_INVALID /roles/0/id",
                        "NAME_BLANK /roles/0/name",
                        "DUPLICATE_ID /roles/2/id",
                        "PERMISSION_NOT_IN_SCOPE /roles/3/rights/message/read",
                        "LAST_DEFAULT_ROLE /roles",
                        "TOO_MANY_DEFAULTS /roles",
                        "ID_INVALID /targets/1",
                        "DUPLICATE_ID /targets/2",
                        "TARGET_NOT_FOUND /targets/3/in",
                        "DUPLICATE_ID /targets/4",
                        "DUPLICATE_ID /assignments/1",
                        "ID_INVALID /assignments/3/user",
                        "ROLE_NOT_FOUND /assignments/3/role",
                        "TARGET_NOT_FOUND /assignments/3/at",
                        "SCOPE_MISMATCH /assignments/4/role",
                        "TOO_MANY_ROLES /assignments");
    }

    @Test
    void faults_of_account_and_revision_are_reported_together_with_all_others() {
        Policy.Builder builder = Policy.builder()
                .account("")
                .catalog(CATALOG)
                .revision(-1)
                .role(MEMBER.toBuilder().name("").build())
                .assign("ada", "ghost", Target.account());
        assertThat(codesAndPaths(thrownBy(builder)))
                .containsExactly(
                        "ID_INVALID /account",
                        "LIMIT_EXCEEDED /revision",
                        "NAME_BLANK /roles/0/name",
                        "ROLE_NOT_FOUND /assignments/0/role");
    }

    @Test
    @Tag("B03")
    void what_is_given_twice_is_reported_each_time_with_the_first() {
        Policy.Builder builder = acme().assign("ada", "member", Target.account())
                .assign("bob", "lead", SUPPORT)
                .assign("ada", "member", Target.account())
                .team("support")
                .team("support");
        assertThat(thrownBy(builder).violations().stream().map(Violation::message))
                .containsExactlyInAnyOrder(
                        "user `ada` holds role `member` at `account` twice: first at `/assignments/0`",
                        "user `ada` holds role `member` at `account` twice: first at `/assignments/0`",
                        "user `bob` holds role `lead` at `team/support` twice: first at `/assignments/1`",
                        "team `support` is given twice: first at `/targets/0`",
                        "team `support` is given twice: first at `/targets/0`");
    }

    @Test
    void what_is_given_twice_counts_once() {
        PolicyRules rules = PolicyRules.builder()
                .requiresUniqueNames(true)
                .defaults(Scope.ACCOUNT, 1, 1)
                .rolesPerTarget(1)
                .build();
        Policy.Builder builder = acme(rules).role(MEMBER).assign("ada", "member", Target.account());
        assertThat(codesAndPaths(thrownBy(builder)))
                .containsExactly("DUPLICATE_ID /roles/3/id", "DUPLICATE_ID /assignments/3");
    }

    @Test
    void a_thousand_violations_are_kept_and_all_are_counted() {
        Policy.Builder builder = acme();
        IntStream.range(0, 2_500).forEach(i -> builder.assign("u" + i, "ghost", Target.account()));
        PolicyViolationException thrown = thrownBy(builder);
        assertThat(thrown.total()).isEqualTo(2_500);
        assertThat(thrown.violations()).hasSize(1_000);
        assertThat(thrown.getMessage()).endsWith("\n  and 2490 more").hasSizeLessThan(1_024);
    }

    @Test
    @Tag("B41")
    void what_is_foreign_is_escaped_in_messages() {
        String hostile = "\r\n\u001B[31m\u202E`";
        Policy.Builder builder = acme().role(role(hostile).name(hostile).build())
                .team(hostile)
                .chat(hostile, hostile + 1)
                .assign(hostile, hostile + 2, Target.team(hostile + 3));
        PolicyViolationException thrown = thrownBy(builder);
        assertThat(thrown.violations()).hasSizeGreaterThan(6);
        assertThat(thrown.violations())
                .allSatisfy(v -> assertThat(v.message())
                        .doesNotContain("\r", "\n", "\u001B", "\u202E")
                        .hasSizeLessThanOrEqualTo(1_024));
        assertThat(thrown.violations().get(0).value()).contains(hostile);
    }

    // the order of additions, and the builder used again

    @Test
    @Tag("P12")
    void the_order_of_additions_does_not_matter() {
        List<Addition> additions = new ArrayList<>(List.of(
                b -> b.role(MEMBER),
                b -> b.role(LEAD),
                b -> b.role(WRITER),
                b -> b.team("support"),
                b -> b.team("sales"),
                b -> b.chat("c-42", "support"),
                b -> b.chat("c-1"),
                b -> b.assign("ada", "member", Target.account()),
                b -> b.assign("bob", "lead", SUPPORT),
                b -> b.assign("bob", "lead", Target.team("sales")),
                b -> b.assign("bob", "member", Target.account()),
                b -> b.assign("eve", "writer", CHAT),
                b -> b.assign("ada", "writer", Target.chat("c-1"))));
        Policy expected = built(additions);
        for (int seed = 0; seed < 200; seed++) {
            Collections.shuffle(additions, new Random(seed));
            Policy policy = built(additions);
            assertThat(policy).as("seed %d", seed).isEqualTo(expected).hasSameHashCodeAs(expected);
            assertThat(policy.assignments()).isEqualTo(expected.assignments());
            assertThat(policy.targetsIn(SUPPORT)).containsExactly(CHAT);
        }
    }

    private static Policy built(List<Addition> additions) {
        Policy.Builder builder = Policy.builder().account("acme").catalog(CATALOG);
        additions.forEach(addition -> addition.accept(builder));
        return builder.build();
    }

    @Test
    void a_builder_can_be_added_to_and_used_again() {
        Policy.Builder builder = acme();
        Policy first = builder.build();
        Policy same = builder.build();
        Policy second = builder.team("sales")
                .assign("ada", "lead", Target.team("sales"))
                .revision(3)
                .build();
        assertThat(same).isEqualTo(first);
        assertThat(first).isEqualTo(acme().build());
        assertThat(second)
                .isEqualTo(acme().team("sales")
                        .assign("ada", "lead", Target.team("sales"))
                        .revision(3)
                        .build());
        builder.assign("ada", "ghost", Target.account());
        assertThat(codesAndPaths(thrownBy(builder))).containsExactly("ROLE_NOT_FOUND /assignments/4/role");
        assertThat(codesAndPaths(thrownBy(builder))).containsExactly("ROLE_NOT_FOUND /assignments/4/role");
        Policy repaired = builder.role(
                        Role.builder("ghost", Scope.ACCOUNT).name("Ghost").build())
                .build();
        assertThat(repaired.usersOf("ghost")).containsExactly("ada");
        assertThat(second.role("ghost")).isEmpty();
    }

    @Test
    @Tag("B28")
    void an_addition_of_null_adds_nothing() {
        Policy.Builder builder = acme();
        assertThatNullPointerException().isThrownBy(() -> builder.assign("u", "member", null));
        assertThatNullPointerException().isThrownBy(() -> builder.assign("u", null, SUPPORT));
        assertThatNullPointerException().isThrownBy(() -> builder.assign(null, "member", SUPPORT));
        assertThatNullPointerException().isThrownBy(() -> builder.team(null));
        assertThatNullPointerException().isThrownBy(() -> builder.chat(null));
        assertThatNullPointerException().isThrownBy(() -> builder.chat("c", null));
        assertThatNullPointerException().isThrownBy(() -> builder.role(null));
        assertThatNullPointerException().isThrownBy(() -> builder.account(null));
        assertThatNullPointerException().isThrownBy(() -> builder.catalog(null));
        assertThatNullPointerException().isThrownBy(() -> builder.rules(null));
        assertThat(builder.build()).isEqualTo(acme().build());
    }

    @Test
    @Tag("S5")
    void the_place_of_an_assigned_chat_is_not_looked_at() {
        Policy policy = acme().assign("ada", "writer", CHAT.inTeam("nowhere")).build();
        assertThat(policy.rolesOf("ada")).contains(new Assignment("ada", "writer", CHAT));
    }

    @Test
    @Tag("S9")
    void a_discarded_role_may_be_assigned_and_counts_for_the_most_roles() {
        PolicyRules one = PolicyRules.builder().rolesPerTarget(1).build();
        Role old = role("old").discardedAt(NOON).build();
        assertThat(acme(one).role(old).assign("ada", "old", SUPPORT).build().usersOf("old"))
                .containsExactly("ada");
        assertThat(codesAndPaths(thrownBy(acme(one).role(old).assign("bob", "old", SUPPORT))))
                .containsExactly("TOO_MANY_ROLES /assignments");
    }

    // catalogs

    @Test
    void rights_of_another_catalog_are_taken_over_by_key() {
        PermissionCatalog other = PermissionCatalog.builder()
                .group("message", "read", "create")
                .group("user", "delete", "export", "create")
                .build();
        Role role = role("r")
                .rights(other.rights("user:create", "user:delete", "user:export"))
                .build();
        Policy policy = acme().role(role).build();
        Rights rights = policy.role("r").orElseThrow().rights();
        assertThat(rights).isEqualTo(CATALOG.rights("user:create", "user:delete"));
        assertThat(rights.catalog()).isSameAs(CATALOG);
    }

    @Test
    @Tag("S2")
    void a_retired_permission_is_dropped_without_an_error() {
        Role role = role("r").rights(rightsOfAnotherCatalog("user", "export")).build();
        assertThat(acme().role(role).build().role("r").orElseThrow().rights()).isEmpty();
    }

    @Test
    @Tag("S2")
    void a_policy_under_the_same_catalog_is_the_same() {
        Policy policy = acme().build();
        assertThat(policy.withCatalog(CATALOG)).isSameAs(policy);
    }

    @Test
    @Tag("S2")
    void another_catalog_takes_rights_over_by_key() {
        PermissionCatalog reordered = PermissionCatalog.builder()
                .group("new", "one", "two")
                .group("message", Set.of(Scope.CHAT), "read", "create")
                .group("team_membership", "manage")
                .group("user", "update", "fly", "read")
                .build();
        Policy policy = acme().revision(4).build();
        Policy moved = policy.withCatalog(reordered);
        assertThat(moved.catalog()).isSameAs(reordered);
        assertThat(moved.revision()).isEqualTo(4);
        assertThat(moved.roles()).isEqualTo(policy.roles());
        assertThat(moved.roles())
                .allSatisfy(role -> assertThat(role.rights().catalog()).isSameAs(reordered));
        assertThat(moved.assignments()).isEqualTo(policy.assignments());
        assertThat(moved.userCount("lead")).isEqualTo(1);
        assertThat(moved.usersOf("lead")).containsExactly("bob");
        assertThat(moved).isNotEqualTo(policy);
        assertThat(moved.withCatalog(CATALOG)).isEqualTo(policy);
        assertThat(policy.roles())
                .allSatisfy(role -> assertThat(role.rights().catalog()).isSameAs(CATALOG));
    }

    @Test
    @Tag("S2")
    void what_another_catalog_lacks_or_does_not_allow_is_reported_by_role() {
        PolicyRules lockout =
                PolicyRules.builder().lockout(List.of("user:delete")).build();
        Role doomed = role("doomed")
                .rights(CATALOG.rights("user:delete"))
                .createdAt(NOON)
                .build();
        Policy policy = acme(lockout).role(doomed).build();
        PermissionCatalog other = PermissionCatalog.builder()
                .group("user", "create", "read", "update", "deletes")
                .group(
                        "team_membership",
                        Set.of(Scope.ACCOUNT, Scope.TEAM, Scope.CHAT),
                        List.of(Action.of("manage").withScopes(Set.of(Scope.ACCOUNT))))
                .retired("message:create")
                .build();
        PolicyViolationException thrown =
                catchThrowableOfType(PolicyViolationException.class, () -> policy.withCatalog(other));
        assertThat(thrown.violations().stream().map(Violation::toString))
                .containsExactly(
                        "UNKNOWN_PERMISSION at /rules/lockout/0: `user:delete` is not a permission of the catalog;"
                                + " did you mean `user:deletes`?",
                        "PERMISSION_NOT_IN_SCOPE at /roles/0/rights/team_membership/manage: role `lead` of the scope"
                                + " `team` holds `team_membership:manage`: only roles of [account] may",
                        "UNKNOWN_PERMISSION at /roles/3/rights/user/delete: role `doomed` holds `user:delete`,"
                                + " which is not a permission of the catalog; did you mean `user:deletes`?");
    }

    @Test
    @Tag("S2")
    void what_another_catalog_lists_as_retired_is_dropped() {
        PermissionCatalog other = PermissionCatalog.builder()
                .group("user", "read", "update")
                .group("team_membership", "manage")
                .retired("message:create")
                .build();
        Policy moved = acme().build().withCatalog(other);
        assertThat(moved.role("writer").orElseThrow().rights()).isEmpty();
        assertThat(moved.role("lead").orElseThrow().rights()).isEqualTo(LEAD.rights());
    }

    @Test
    @Tag("S2")
    void what_another_catalog_has_renamed_is_taken_over_under_its_new_key() {
        PermissionCatalog other = PermissionCatalog.builder()
                .group("user", "read", "update")
                .group("team_membership", "manage")
                .group("post", Set.of(Scope.CHAT), "write")
                .renamed("message:create", "post:write")
                .build();
        Policy moved = acme().build().withCatalog(other);
        assertThat(moved.role("writer").orElseThrow().rights()).isEqualTo(other.rights("post:write"));
        PermissionCatalog narrower = PermissionCatalog.builder()
                .group("user", "read", "update")
                .group("team_membership", "manage")
                .group("post", Set.of(Scope.TEAM), "write")
                .renamed("message:create", "post:write")
                .build();
        assertThat(catchThrowableOfType(
                                PolicyViolationException.class,
                                () -> acme().build().withCatalog(narrower))
                        .violations())
                .extracting(Violation::code)
                .containsExactly(Violation.Code.PERMISSION_NOT_IN_SCOPE);
    }

    // sizes

    @ParameterizedTest
    @ValueSource(longs = {0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void any_revision_from_zero_up_can_be_stated(long revision) {
        assertThat(acme().revision(revision).build().revision()).isEqualTo(revision);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    @Tag("B98")
    void a_negative_revision_is_refused(long revision) {
        assertThat(thrownBy(acme().revision(revision)))
                .hasMessage("LIMIT_EXCEEDED at /revision: the revision is `" + revision + "`: expected at least 0");
    }

    @Test
    void a_policy_has_at_most_65536_roles() {
        Policy.Builder builder =
                Policy.builder().account("acme").catalog(CATALOG).role(MEMBER);
        IntStream.rangeClosed(1, 65_535).forEach(i -> builder.role(role("r" + i).build()));
        builder.team("t").assign("u", "r65535", Target.team("t")).assign("u", "r1", Target.team("t"));
        Policy policy = builder.build();
        assertThat(policy.roles()).hasSize(65_536);
        assertThat(policy.rolesOf("u", Target.team("t")).stream().map(Role::id)).containsExactly("r1", "r65535");
        builder.role(role("one too many").build());
        assertThat(thrownBy(builder))
                .hasMessage("LIMIT_EXCEEDED at /roles: there are 65537 roles: at most 65536 are allowed");
    }

    @Test
    void assignments_of_many_unknown_roles_are_reported_and_touch_no_other_assignment() {
        Policy.Builder builder = Policy.builder().account("acme").catalog(CATALOG);
        IntStream.range(0, 65_536).forEach(i -> builder.assign("u", "ghost" + i, Target.account()));
        builder.role(MEMBER).assign("u", "member", Target.account());
        PolicyViolationException thrown = thrownBy(builder);
        assertThat(thrown.total()).isEqualTo(65_536);
        assertThat(thrown.violations()).allMatch(v -> v.code() == Code.ROLE_NOT_FOUND);
    }

    /** Assigns as many times an unknown role as there are known ones. */
    public static final class UnknownRoles implements IntConsumer {
        @Override
        public void accept(int size) {
            Policy.Builder builder =
                    Policy.builder().account("acme").catalog(CATALOG).role(MEMBER);
            IntStream.range(0, size)
                    .forEach(i -> builder.role(role("r" + i).build()).assign("u", "ghost", Target.account()));
            assertThat(thrownBy(builder).total()).isEqualTo(size);
        }
    }

    /** Assigns one role twice in each of several teams. */
    public static final class GivenTwice implements IntConsumer {
        @Override
        public void accept(int size) {
            Policy.Builder builder = acme();
            IntStream.range(0, size)
                    .forEach(i -> builder.team("t" + i)
                            .assign("u", "lead", Target.team("t" + i))
                            .assign("u", "lead", Target.team("t" + i)));
            assertThat(thrownBy(builder).total()).isEqualTo(size);
        }
    }

    /** Assigns one role over and over. */
    public static final class GivenManyTimes implements IntConsumer {
        @Override
        public void accept(int size) {
            Policy.Builder builder = acme();
            IntStream.range(0, size + 1).forEach(i -> builder.assign("u", "lead", SUPPORT));
            assertThat(thrownBy(builder).total()).isEqualTo(size);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {UnknownRoles.class, GivenTwice.class, GivenManyTimes.class})
    void the_steps_to_report_what_is_wrong_grow_like_the_number_of_what_was_added(Class<? extends IntConsumer> work) {
        long few = Steps.of(work, 2_000);
        long many = Steps.of(work, 16_000);
        assertThat(few).isGreaterThan(2_000);
        assertThat(many).isLessThan(2 * 8 * few);
    }

    @Test
    void everything_wrong_with_many_roles_and_assignments_is_counted() {
        assertThatCode(() -> new UnknownRoles().accept(50_000)).doesNotThrowAnyException();
        assertThatCode(() -> new GivenTwice().accept(65_536)).doesNotThrowAnyException();
    }

    @Test
    @Tag("B97")
    void assignments_beyond_the_most_are_counted_and_not_kept() {
        AssignmentBuffer draft = new AssignmentBuffer(100);
        IntStream.range(0, 100).forEach(i -> draft.add("u" + i % 7, "r" + i, Target.team("t" + i % 3)));
        assertThat(draft.total()).isEqualTo(100);
        assertThat(draft.count()).isEqualTo(100);
        assertThat(draft.max()).isEqualTo(100);
        IntStream.range(0, 100_000).forEach(i -> draft.add("v" + i, "s" + i, Target.chat("c" + i)));
        draft.numberWaiting();
        assertThat(draft.total()).isEqualTo(100_100);
        assertThat(draft.count()).isEqualTo(100);
        assertThat(draft.users().size()).isEqualTo(7);
        assertThat(draft.roles().size()).isEqualTo(100);
        assertThat(IntStream.range(0, 100))
                .allMatch(i -> draft.users().id(draft.userOf(i)).equals("u" + i % 7)
                        && draft.roles().id(draft.roleOf(i)).equals("r" + i)
                        && draft.targetOf(i).equals(Target.team("t" + i % 3)));
    }

    @Test
    @Tag("B97")
    void targets_of_assignments_beyond_the_most_are_not_kept_either() {
        AssignmentBuffer draft = new AssignmentBuffer(1);
        IntStream.range(0, 1_000).forEach(i -> draft.add("u", "r", Target.chat("c" + i)));
        draft.numberWaiting();
        assertThat(draft.targetOf(0)).isEqualTo(Target.chat("c0"));
        assertThat(draft.numberOf(draft.numberOf(Scope.CHAT), "c0")).isZero();
        assertThat(draft.numberOf(draft.numberOf(Scope.CHAT), "c1")).isEqualTo(-1);
        assertThat(draft.targets(draft.numberOf(Scope.CHAT))).isEqualTo(1);
        assertThat(draft.numberOf(Scope.TEAM)).isEqualTo(-1);
    }

    @Test
    void a_draft_refuses_null_before_it_keeps_anything() {
        AssignmentBuffer draft = new AssignmentBuffer();
        assertThatNullPointerException().isThrownBy(() -> draft.add("u", "r", null));
        assertThat(draft.total()).isZero();
        assertThat(draft.users().size()).isZero();
        assertThat(draft.max()).isEqualTo(Policy.MAX_ASSIGNMENTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 65_537})
    @Tag("B99")
    void a_role_and_a_target_have_as_many_users_as_there_are_assignments(int count) {
        Policy.Builder builder = acme();
        IntStream.range(0, count).forEach(i -> builder.assign("u" + i, "lead", SUPPORT));
        Policy policy = builder.build();
        List<String> expected = sorted(count + 1, i -> i == count ? "bob" : "u" + i);
        assertThat(policy.userCount("lead")).isEqualTo(count + 1);
        assertThat(policy.usersOf("lead")).isEqualTo(expected);
        assertThat(policy.usersAt(SUPPORT)).isEqualTo(expected);
        assertThat(policy.users()).hasSize(count + 3);
        assertThat(IntStream.range(0, count)
                        .filter(i -> !policy.rolesOf("u" + i, SUPPORT)
                                .equals(List.of(policy.role("lead").orElseThrow()))))
                .isEmpty();
        assertThat(policy.rolesOf("u" + count)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 65_537})
    @Tag("B99")
    void a_user_has_as_many_targets_as_there_are_assignments(int count) {
        Policy.Builder builder = acme().role(role("second").build());
        IntStream.range(0, count)
                .forEach(i -> builder.team("t" + i).assign("u", i % 3 == 0 ? "second" : "lead", Target.team("t" + i)));
        Policy policy = builder.build();
        assertThat(policy.rolesOf("u"))
                .isEqualTo(sorted(count, i -> "t" + i).stream()
                        .map(team -> new Assignment(
                                "u",
                                Integer.parseInt(team.substring(1)) % 3 == 0 ? "second" : "lead",
                                Target.team(team)))
                        .toList());
        assertThat(policy.userCount("lead")).isEqualTo(2);
        assertThat(policy.userCount("second")).isEqualTo(1);
        assertThat(policy.usersOf("second")).containsExactly("u");
        assertThat(policy.usersAt(Target.team("t" + (count - 1)))).containsExactly("u");
        assertThat(policy.rolesOf("u", Target.team("t" + count))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {65_534, 65_535})
    @Tag("B99")
    void a_user_has_nearly_all_roles_at_one_target(int count) {
        Policy.Builder builder =
                Policy.builder().account("acme").catalog(CATALOG).role(MEMBER).team("t");
        IntStream.range(0, count)
                .forEach(i -> builder.role(role("r" + i).build()).assign("u", "r" + i, Target.team("t")));
        Policy policy = builder.build();
        assertThat(policy.rolesOf("u", Target.team("t")).stream().map(Role::id).toList())
                .isEqualTo(sorted(count, i -> "r" + i));
        assertThat(policy.userCount("r" + (count - 1))).isEqualTo(1);
    }

    private static List<String> sorted(int count, IntFunction<String> id) {
        return IntStream.range(0, count).mapToObj(id).sorted().toList();
    }
}
