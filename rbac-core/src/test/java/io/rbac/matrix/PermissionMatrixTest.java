package io.rbac.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionMatrixTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "create", "read", "update", "delete")
            .group("team_membership", Set.of(Scope.ACCOUNT, Scope.TEAM), "read", "manage")
            .group("message", Set.of(Scope.CHAT), "create", "read")
            .build();
    private static final Permission READ = CATALOG.permission("user:read");
    private static final Permission MANAGE = CATALOG.permission("team_membership:manage");
    private static final Permission WRITE = CATALOG.permission("message:create");
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    /** Ada is a member of the account, bob leads support, eve writes in c-42, which lies in support. */
    private static Policy.Builder acme(PolicyRules rules) {
        return Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .rules(rules)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .rights(CATALOG.rights("user:read"))
                        .build())
                .role(Role.builder("lead", Scope.TEAM)
                        .name("Team lead")
                        .rights(CATALOG.rights("user:update", "team_membership:manage"))
                        .build())
                .role(Role.builder("writer", Scope.CHAT)
                        .name("Writer")
                        .rights(CATALOG.rights("message:create"))
                        .build())
                .team("support")
                .team("sales")
                .chat("c-42", "support")
                .chat("c-43", "sales")
                .chat("c-1")
                .assign("ada", "member", Target.account())
                .assign("bob", "lead", Target.team("support"))
                .assign("eve", "writer", Target.chat("c-42"));
    }

    private static PermissionMatrix matrix(PolicyRules rules) {
        return PermissionMatrix.compile(acme(rules).build());
    }

    private static PermissionMatrix matrix() {
        return matrix(PolicyRules.standard());
    }

    private static PermissionMatrix trusting() {
        return matrix(PolicyRules.builder()
                .unknownTargets(PolicyRules.UnknownTargets.TRUSTED)
                .build());
    }

    private static Target target(String text) {
        String[] parts = text.split(" in ", -1);
        Target target = Target.parse(parts[0]);
        if (parts.length == 1) {
            return target;
        }
        return target.in(Target.parse(parts[1]));
    }

    /** Asks in every way there is, which must all give one answer. */
    private static boolean ask(PermissionChecker checker, String user, String key, Target target) {
        boolean answer = checker.hasPermission(user, key, target);
        CATALOG.find(key).ifPresent(permission -> {
            Rights one = CATALOG.rights(key);
            assertThat(checker.hasPermission(user, permission, target)).isEqualTo(answer);
            assertThat(checker.hasAny(user, one, target)).isEqualTo(answer);
            assertThat(checker.hasAll(user, one, target)).isEqualTo(answer);
            assertThat(catchThrowableOfType(
                                    PermissionDeniedException.class, () -> checker.require(user, permission, target))
                            == null)
                    .isEqualTo(answer);
        });
        assertThat(catchThrowableOfType(PermissionDeniedException.class, () -> checker.require(user, key, target))
                        == null)
                .isEqualTo(answer);
        if (checker instanceof PermissionMatrix matrix) {
            assertThat(matrix.rightsOf(user, target).contains(key)).isEqualTo(answer);
            assertThat(matrix.user(user).has(key, target)).isEqualTo(answer);
        }
        return answer;
    }

    @ParameterizedTest
    @CsvSource({
        "ada, user:read, account, true",
        "ada, user:read, team/support, true",
        "ada, user:read, team/sales, true",
        "ada, user:read, chat/c-42, true",
        "ada, user:read, chat/c-1, true",
        "ada, user:update, account, false",
        "bob, team_membership:manage, team/support, true",
        "bob, user:update, chat/c-42, true",
        "bob, user:update, chat/c-43, false",
        "bob, user:update, chat/c-1, false",
        "bob, user:update, team/sales, false",
        "bob, user:update, account, false",
        "bob, user:read, team/support, false",
        "eve, message:create, chat/c-42, true",
        "eve, message:create, chat/c-43, false",
        "eve, message:create, team/support, false",
        "eve, message:create, account, false",
        "eve, message:read, chat/c-42, false"
    })
    @Tag("S6")
    void a_role_grants_at_its_target_and_below_and_nowhere_else(
            String user, String permission, String target, boolean allowed) {
        assertThat(ask(matrix(), user, permission, target(target))).isEqualTo(allowed);
        assertThat(ask(trusting(), user, permission, target(target))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "ada, chat/c-42 in team/support, true, true",
        "ada, chat/c-42 in team/sales, false, false",
        "ada, chat/c-42 in team/nowhere, false, false",
        "ada, chat/c-42 in account, false, false",
        "ada, chat/c-1 in account, true, true",
        "ada, chat/c-1 in team/support, false, false",
        "ada, chat/c-77, false, false",
        "ada, chat/c-77 in account, false, true",
        "ada, chat/c-77 in team/support, false, true",
        "ada, chat/c-77 in team/nowhere, false, false",
        "bob, chat/c-42 in team/support, true, true",
        "bob, chat/c-43 in team/support, false, false",
        "bob, chat/c-77 in team/support, false, true",
        "bob, chat/c-77 in team/sales, false, false",
        "bob, chat/c-77 in account, false, false",
        "bob, chat/support in team/support, false, true"
    })
    @Tag("S5")
    @Tag("P21")
    void a_stated_place_counts_for_unknown_chats_where_it_is_trusted_and_never_overrules_the_policy(
            String user, String target, boolean refused, boolean trusted) {
        String permission = user.equals("ada") ? "user:read" : "user:update";
        assertThat(ask(matrix(), user, permission, target(target))).isEqualTo(refused);
        assertThat(ask(trusting(), user, permission, target(target))).isEqualTo(trusted);
    }

    @Test
    @Tag("S6")
    @Tag("P10")
    void the_roles_of_a_path_add_up() {
        PermissionMatrix matrix = PermissionMatrix.compile(acme(PolicyRules.standard())
                .assign("all", "member", Target.account())
                .assign("all", "lead", Target.team("support"))
                .assign("all", "writer", Target.chat("c-42"))
                .build());
        assertThat(matrix.rightsOf("all", Target.account())).isEqualTo(CATALOG.rights("user:read"));
        assertThat(matrix.rightsOf("all", Target.team("support")))
                .isEqualTo(CATALOG.rights("user:read", "user:update", "team_membership:manage"));
        assertThat(matrix.rightsOf("all", Target.chat("c-42")))
                .isEqualTo(CATALOG.rights("user:read", "user:update", "team_membership:manage", "message:create"));
        assertThat(matrix.rightsOf("all", Target.chat("c-43"))).isEqualTo(CATALOG.rights("user:read"));
        assertThat(matrix.rightsOf("all", Target.chat("c-77"))).isEmpty();
        assertThat(matrix.rightsOf("nobody", Target.account())).isEmpty();
        assertThat(matrix.rightsOf("all", Target.account()).catalog()).isSameAs(CATALOG);
    }

    @Test
    @Tag("S9")
    void a_discarded_role_grants_nothing_and_what_is_held_beside_it_stays() {
        Policy policy = acme(PolicyRules.standard())
                .role(Role.builder("old", Scope.TEAM)
                        .name("Old")
                        .rights(CATALOG.rights("user:delete", "user:update"))
                        .discardedAt(NOON)
                        .build())
                .assign("bob", "old", Target.team("support"))
                .assign("ada", "old", Target.team("support"))
                .build();
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        assertThat(ask(matrix, "bob", "user:delete", Target.team("support"))).isFalse();
        assertThat(ask(matrix, "bob", "user:update", Target.team("support"))).isTrue();
        assertThat(ask(matrix, "ada", "user:update", Target.team("support"))).isFalse();
        assertThat(ask(matrix, "ada", "user:read", Target.team("support"))).isTrue();
    }

    @Test
    @Tag("B77")
    void a_role_without_rights_grants_nothing() {
        PermissionMatrix matrix = PermissionMatrix.compile(acme(PolicyRules.standard())
                .role(Role.builder("empty", Scope.TEAM).name("Empty").build())
                .assign("joe", "empty", Target.team("support"))
                .build());
        assertThat(matrix.rightsOf("joe", Target.team("support"))).isEmpty();
    }

    @Test
    void a_matrix_knows_its_policy() {
        Policy policy = acme(PolicyRules.standard()).revision(7).build();
        assertThat(PermissionMatrix.compile(policy).policy()).isSameAs(policy);
        assertThat(PermissionMatrix.compile(policy)).hasToString("PermissionMatrix of acme at revision 7");
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, user:read, account",
        "Ada, user:read, account",
        "'ada ', user:read, account",
        "'', user:read, account",
        "*, user:read, account",
        "member, user:read, account",
        "ada, user:fly, account",
        "ada, User:read, account",
        "ada, 'user:read ', account",
        "ada, user:*, account",
        "ada, *, account",
        "ada, user, account",
        "ada, '', account",
        "ada, 1, account",
        "ada, user:read, team/nowhere",
        "ada, user:read, team/Support",
        "ada, user:read, team/*",
        "ada, user:read, team/account",
        "ada, user:read, team/c-42",
        "ada, user:read, chat/support",
        "ada, user:read, chat/nowhere"
    })
    @Tag("B38")
    @Tag("B45")
    @Tag("B46")
    @Tag("B47")
    @Tag("B50")
    @Tag("B52")
    void whatever_is_unknown_is_denied(String user, String permission, String target) {
        assertThat(ask(matrix(), user, permission, Target.parse(target))).isFalse();
        assertThat(ask(trusting(), user, permission, Target.parse(target))).isFalse();
    }

    @Test
    @Tag("B47")
    void a_target_with_an_empty_id_is_unknown() {
        assertThat(ask(matrix(), "ada", "user:read", Target.team(""))).isFalse();
        assertThat(ask(trusting(), "ada", "user:read", Target.chat("").inTeam("")))
                .isFalse();
    }

    @Test
    @Tag("B40")
    void ids_are_never_glued_together() {
        Role role = Role.builder("r", Scope.TEAM)
                .name("R")
                .rights(CATALOG.rights("user:read"))
                .build();
        PermissionMatrix matrix = PermissionMatrix.compile(acme(PolicyRules.standard())
                .role(role)
                .team("c")
                .team("b$$c")
                .team("a/b")
                .chat("b", "c")
                .assign("a$$b", "r", Target.team("c"))
                .assign("x", "r", Target.team("a/b"))
                .build());
        assertThat(ask(matrix, "a$$b", "user:read", Target.team("c"))).isTrue();
        assertThat(ask(matrix, "a", "user:read", Target.team("b$$c"))).isFalse();
        assertThat(ask(matrix, "a$$b", "user:read", Target.team("b$$c"))).isFalse();
        assertThat(ask(matrix, "x", "user:read", Target.parse("team/a/b"))).isTrue();
        assertThat(ask(matrix, "x", "user:read", Target.chat("b"))).isFalse();
    }

    static Stream<PermissionChecker> checkers() {
        PermissionMatrix matrix = matrix();
        PermissionChecker lambda = (user, permission, target) -> matrix.hasPermission(user, permission, target);
        return Stream.of(
                matrix,
                trusting(),
                PermissionMatrix.compile(Policy.builder()
                        .account("empty")
                        .catalog(CATALOG)
                        .rules(PolicyRules.builder()
                                .defaults(Scope.ACCOUNT, 0, null)
                                .build())
                        .build()),
                lambda,
                matrix.restrictedTo(CATALOG.allRights()),
                matrix.restrictedTo(Rights.none()),
                lambda.restrictedTo(CATALOG.rights("user:read")),
                matrix.restrictedTo(CATALOG.rights("user:read")).restrictedTo(CATALOG.rights("user:update")));
    }

    @ParameterizedTest
    @MethodSource("checkers")
    @Tag("B48")
    void null_is_never_an_answer(PermissionChecker checker) {
        Target account = Target.account();
        Rights rights = CATALOG.rights("user:read", "user:delete");
        List<ThrowingCallable> calls = new ArrayList<>();
        for (String user : new String[] {"ada", "nobody"}) {
            for (Target target : List.of(account, Target.team("nowhere"), Target.chat("c-42"))) {
                calls.add(() -> checker.hasPermission(null, "user:read", target));
                calls.add(() -> checker.hasPermission(null, "user:fly", target));
                calls.add(() -> checker.hasPermission(null, READ, target));
                calls.add(() -> checker.hasPermission(user, (String) null, target));
                calls.add(() -> checker.hasPermission(user, (Permission) null, target));
                calls.add(() -> checker.hasAny(null, rights, target));
                calls.add(() -> checker.hasAny(user, null, target));
                calls.add(() -> checker.hasAll(null, rights, target));
                calls.add(() -> checker.hasAll(user, null, target));
                calls.add(() -> checker.require(null, "user:read", target));
                calls.add(() -> checker.require(null, READ, target));
                calls.add(() -> checker.require(user, (String) null, target));
                calls.add(() -> checker.require(user, (Permission) null, target));
            }
            calls.add(() -> checker.hasPermission(user, "user:read", null));
            calls.add(() -> checker.hasPermission(user, "user:fly", null));
            calls.add(() -> checker.hasPermission(user, READ, null));
            calls.add(() -> checker.hasAny(user, rights, null));
            calls.add(() -> checker.hasAll(user, rights, null));
            calls.add(() -> checker.require(user, "user:read", null));
            calls.add(() -> checker.require(user, READ, null));
        }
        calls.add(() -> checker.restrictedTo(null));
        for (int i = 0; i < calls.size(); i++) {
            assertThatNullPointerException().as("call %d", i).isThrownBy(calls.get(i));
        }
    }

    @Test
    @Tag("B48")
    void null_has_no_rights_and_no_matrix() {
        assertThatNullPointerException().isThrownBy(() -> matrix().rightsOf(null, Target.account()));
        assertThatNullPointerException().isThrownBy(() -> matrix().rightsOf("ada", null));
        assertThatNullPointerException().isThrownBy(() -> PermissionMatrix.compile(null));
    }

    @Test
    void a_restricted_checker_asks_for_several_at_once_so_that_a_live_one_answers_from_one_revision() {
        List<Rights> asked = new ArrayList<>();
        PermissionChecker recording = new PermissionChecker() {
            @Override
            public boolean hasPermission(String user, String permission, Target target) {
                throw new AssertionError("asked one by one");
            }

            @Override
            public boolean hasAny(String user, Rights rights, Target target) {
                return asked.add(rights);
            }

            @Override
            public boolean hasAll(String user, Rights rights, Target target) {
                return asked.add(rights);
            }
        };
        Rights read = CATALOG.rights("user:read");
        Rights both = CATALOG.rights("user:read", "user:update");
        PermissionChecker restricted = recording.restrictedTo(read);
        assertThat(restricted.hasAny("ada", both, Target.account())).isTrue();
        assertThat(restricted.hasAny("ada", CATALOG.rights("user:update"), Target.account()))
                .isFalse();
        assertThat(restricted.hasAll("ada", both, Target.account())).isFalse();
        assertThat(restricted.hasAll("ada", read, Target.account())).isTrue();
        assertThat(asked).containsExactly(read, both, read);
    }

    @ParameterizedTest
    @MethodSource("checkers")
    @Tag("B49")
    void asking_for_nothing_grants_nothing(PermissionChecker checker) {
        String message = "no permission is given: expected at least one";
        for (Rights none : List.of(Rights.none(), CATALOG.noRights())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> checker.hasAny("ada", none, Target.account()))
                    .withMessage(message);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> checker.hasAll("ada", none, Target.account()))
                    .withMessage(message);
        }
    }

    @Test
    @Tag("P15")
    void any_and_all_are_or_and_and() {
        PermissionMatrix matrix = matrix();
        for (String user : List.of("ada", "bob", "eve", "nobody")) {
            for (Target target : List.of(Target.account(), Target.team("support"), Target.chat("c-42"))) {
                Rights held = matrix.rightsOf(user, target);
                for (long bits = 1; bits < 1 << CATALOG.size(); bits++) {
                    Rights asked = Rights.valueOf(CATALOG, new long[] {bits});
                    assertThat(matrix.hasAny(user, asked, target)).isEqualTo(held.intersects(asked));
                    assertThat(matrix.hasAll(user, asked, target)).isEqualTo(held.containsAll(asked));
                }
            }
        }
    }

    @Test
    @Tag("B53")
    void a_permission_of_another_catalog_is_asked_for_by_its_key_never_by_its_number() {
        PermissionCatalog other = PermissionCatalog.builder()
                .group("x", "a", "b", "c", "d")
                .group("user", "read", "fly", "update")
                .build();
        Map<String, Boolean> expected = new HashMap<>();
        other.permissions().forEach(p -> expected.put(p.key(), p.key().equals("user:read")));
        PermissionMatrix matrix = matrix();
        for (PermissionChecker checker : List.of(matrix, matrix.restrictedTo(CATALOG.allRights()))) {
            for (Permission permission : other.permissions()) {
                assertThat(checker.hasPermission("ada", permission, Target.account()))
                        .as(permission.key())
                        .isEqualTo(expected.get(permission.key()));
            }
        }
        assertThat(matrix.hasAny("ada", other.rights("x:a", "user:read"), Target.account()))
                .isTrue();
        assertThat(matrix.hasAll("ada", other.rights("x:a", "user:read"), Target.account()))
                .isFalse();
    }

    @Test
    @Tag("S2")
    void a_policy_under_another_catalog_answers_the_same() {
        PermissionCatalog reordered = PermissionCatalog.builder()
                .group("new", IntStream.range(0, 100).mapToObj(i -> "n" + i).toArray(String[]::new))
                .group("message", Set.of(Scope.CHAT), "read", "create")
                .group("team_membership", "manage", "read")
                .group("user", "delete", "update", "read", "create")
                .build();
        PermissionMatrix before = matrix();
        PermissionMatrix after = PermissionMatrix.compile(before.policy().withCatalog(reordered));
        int allowed = 0;
        for (String user : List.of("ada", "bob", "eve", "nobody")) {
            for (Target target : List.of(
                    Target.account(),
                    Target.team("support"),
                    Target.team("sales"),
                    Target.chat("c-42"),
                    Target.chat("c-43"),
                    Target.chat("c-77"))) {
                for (Permission permission : reordered.permissions()) {
                    boolean answer = before.hasPermission(user, permission, target);
                    assertThat(after.hasPermission(user, permission, target)).isEqualTo(answer);
                    assertThat(after.hasPermission(user, permission.key(), target))
                            .isEqualTo(answer);
                    allowed += answer ? 1 : 0;
                }
                assertThat(after.rightsOf(user, target)).isEqualTo(before.rightsOf(user, target));
            }
        }
        assertThat(allowed).isEqualTo(5 + 4 + 1);
    }

    // require

    @Test
    void require_says_who_lacks_what_and_where() {
        PermissionMatrix matrix = matrix();
        Target place = Target.chat("c-42").inTeam("support");
        assertThatCode(() -> matrix.require("bob", MANAGE, place)).doesNotThrowAnyException();
        assertThatCode(() -> matrix.require("bob", "user:update", place)).doesNotThrowAnyException();
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> matrix.require("ada", MANAGE, place), () -> matrix.require("ada", MANAGE.key(), place))) {
            PermissionDeniedException denied = catchThrowableOfType(PermissionDeniedException.class, call);
            assertThat(denied).hasMessage("user `ada` lacks `team_membership:manage` at `chat/c-42 (in team/support)`");
            assertThat(denied.user()).isEqualTo("ada");
            assertThat(denied.permission()).isEqualTo("team_membership:manage");
            assertThat(denied.target()).isEqualTo(place);
        }
    }

    @Test
    @Tag("B41")
    void the_message_of_a_denial_is_escaped_and_takes_at_most_a_kilobyte() {
        String hostile = "\r\n\u001B[31m\uDB40\uDC41".repeat(1_000);
        PermissionDeniedException denied = catchThrowableOfType(
                PermissionDeniedException.class, () -> matrix().require(hostile, hostile, Target.chat(hostile)));
        assertThat(denied.getMessage())
                .startsWith("user `\\u{D}\\u{A}\\u{1B}[31m")
                .doesNotContain("\n", "\r", "\u001B");
        assertThat(denied.user()).isEqualTo(hostile);
        assertThat(denied.getMessage()).hasSizeLessThanOrEqualTo(1_024);
    }

    // restricted checkers

    @Test
    void a_restricted_checker_allows_what_the_checker_allows_and_the_rights_contain() {
        PermissionMatrix matrix = matrix();
        for (long bits = 0; bits < 1 << CATALOG.size(); bits++) {
            Rights cut = Rights.valueOf(CATALOG, new long[] {bits});
            PermissionChecker restricted = matrix.restrictedTo(cut);
            for (String user : List.of("ada", "bob", "eve", "nobody")) {
                for (Permission permission : CATALOG.permissions()) {
                    Target target = Target.chat("c-42");
                    boolean expected = matrix.hasPermission(user, permission, target) && cut.contains(permission);
                    assertThat(restricted.hasPermission(user, permission, target))
                            .isEqualTo(expected);
                    assertThat(restricted.hasPermission(user, permission.key(), target))
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void a_restricted_checker_answers_for_whoever_is_asked() {
        PermissionChecker restricted = matrix().restrictedTo(CATALOG.rights("user:read", "user:update", "user:delete"));
        assertThat(ask(restricted, "ada", "user:read", Target.account())).isTrue();
        assertThat(ask(restricted, "bob", "user:update", Target.team("support")))
                .isTrue();
        assertThat(ask(restricted, "bob", "team_membership:manage", Target.team("support")))
                .isFalse();
        assertThat(ask(restricted, "ada", "user:delete", Target.account())).isFalse();
        assertThat(ask(restricted, "ada", "user:fly", Target.account())).isFalse();
        assertThat(restricted.hasAny("bob", CATALOG.allRights(), Target.team("support")))
                .isTrue();
        assertThat(restricted.hasAll(
                        "bob", CATALOG.rights("user:update", "team_membership:manage"), Target.team("support")))
                .isFalse();
    }

    @Test
    void nested_restrictions_cut_one_after_the_other() {
        PermissionChecker nested = matrix().restrictedTo(CATALOG.rights("user:update", "user:read"))
                .restrictedTo(CATALOG.rights("user:update", "team_membership:manage"));
        Target support = Target.team("support");
        assertThat(ask(nested, "bob", "user:update", support)).isTrue();
        assertThat(ask(nested, "bob", "team_membership:manage", support)).isFalse();
        assertThat(ask(nested, "ada", "user:read", support)).isFalse();
        assertThat(nested)
                .hasToString("PermissionMatrix of acme at revision 0 restricted to [user:read, user:update]"
                        + " restricted to [user:update, team_membership:manage]");
    }

    @Test
    void a_restriction_to_rights_of_another_catalog_cuts_by_key() {
        Rights other = PermissionCatalog.builder()
                .group("x", "a", "b")
                .group("user", "update", "fly")
                .build()
                .allRights();
        PermissionChecker restricted = matrix().restrictedTo(other);
        assertThat(ask(restricted, "bob", "user:update", Target.team("support")))
                .isTrue();
        assertThat(ask(restricted, "bob", "team_membership:manage", Target.team("support")))
                .isFalse();
        assertThat(ask(restricted, "ada", "user:read", Target.account())).isFalse();
        assertThat(ask(restricted, "ada", "user:fly", Target.account())).isFalse();
    }

    @Test
    void a_restriction_follows_the_answers_of_its_checker() {
        boolean[] open = {false};
        PermissionChecker live = (user, permission, target) -> open[0];
        PermissionChecker restricted = live.restrictedTo(CATALOG.rights("user:read"));
        assertThat(restricted.hasPermission("ada", READ, Target.account())).isFalse();
        open[0] = true;
        assertThat(restricted.hasPermission("ada", READ, Target.account())).isTrue();
        assertThat(restricted.hasPermission("ada", WRITE, Target.account())).isFalse();
    }

    // sizes

    private static PermissionCatalog catalogOf(int size) {
        return PermissionCatalog.builder()
                .group("g", IntStream.range(0, size).mapToObj(i -> "a" + i).toArray(String[]::new))
                .build();
    }

    private static Role roleOf(String id, Rights rights) {
        return Role.builder(id, Scope.TEAM).name("Name").rights(rights).build();
    }

    @Test
    @Tag("B95")
    void under_an_empty_catalog_everything_is_denied() {
        PermissionMatrix matrix = PermissionMatrix.compile(Policy.builder()
                .account("acme")
                .catalog(PermissionCatalog.empty())
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .build())
                .assign("ada", "member", Target.account())
                .build());
        assertThat(matrix.hasPermission("ada", "user:read", Target.account())).isFalse();
        assertThat(matrix.hasPermission("ada", "", Target.account())).isFalse();
        assertThat(matrix.hasPermission("ada", READ, Target.account())).isFalse();
        assertThat(matrix.rightsOf("ada", Target.account())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1_000, 4_096, 65_536})
    @Tag("P74")
    void of_a_single_permission_exactly_one_cell_is_allowed(int size) {
        PermissionCatalog catalog = catalogOf(size);
        int step = size <= 129 ? 1 : size <= 4_096 ? 61 : 9_362;
        IntStream edges = IntStream.of(0, 1, 31, 32, 63, 64, 65, 127, 128, size / 2, size - 2, size - 1);
        IntStream.concat(edges, IntStream.iterate(0, i -> i < size, i -> i + step))
                .filter(bit -> bit >= 0 && bit < size)
                .distinct()
                .forEach(bit -> assertThat(allowedByOne(catalog, bit)).containsExactly(bit));
    }

    private static List<Integer> allowedByOne(PermissionCatalog catalog, int bit) {
        Permission only = catalog.permissions().get(bit);
        Role member = Role.builder("member", Scope.ACCOUNT)
                .name("Member")
                .defaultRole(true)
                .build();
        PermissionMatrix matrix = PermissionMatrix.compile(Policy.builder()
                .account("acme")
                .catalog(catalog)
                .role(member)
                .role(roleOf("r", catalog.rights(only.key())))
                .team("t")
                .assign("u", "member", Target.account())
                .assign("u", "r", Target.team("t"))
                .build());
        Target team = Target.team("t");
        assertThat(matrix.rightsOf("u", team)).containsExactly(only);
        assertThat(matrix.rightsOf("u", Target.account())).isEmpty();
        List<Integer> allowed = new ArrayList<>();
        for (int i = 0; i < catalog.size(); i++) {
            Permission permission = catalog.permissions().get(i);
            boolean answer = matrix.hasPermission("u", permission, team);
            if (answer != matrix.hasPermission("u", permission.key(), team)
                    || matrix.hasPermission("u", permission, Target.account())) {
                allowed.add(-1 - i);
            }
            if (answer) {
                allowed.add(i);
            }
        }
        return allowed;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 63, 64, 65, 127, 128, 129, 600, 1_000, 4_096})
    @Tag("P74")
    void of_as_many_users_teams_roles_and_permissions_each_answers_on_its_own_cell(int size) {
        PermissionCatalog catalog = catalogOf(size);
        Policy.Builder builder = Policy.builder()
                .account("acme")
                .catalog(catalog)
                .rules(PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null).build());
        for (int i = 0; i < size; i++) {
            builder.role(roleOf("r" + i, catalog.rights("g:a" + i)))
                    .team("t" + i)
                    .assign("u" + i, "r" + i, Target.team("t" + i));
        }
        Policy policy = builder.build();
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        assertThat(policy.table().roleSets()).isEqualTo(size + 1);
        List<Target> teams =
                IntStream.range(0, size).mapToObj(i -> Target.team("t" + i)).toList();
        int userStep = size <= 129 ? 1 : size / 67;
        int teamStep = size <= 129 ? 1 : size / 59;
        List<String> wrong = new ArrayList<>();
        for (int u = 0; u < size; u += userStep) {
            String user = "u" + u;
            Permission own = catalog.permissions().get(u);
            for (int t = 0; t < size; t++) {
                if (matrix.hasPermission(user, own, teams.get(t)) != (t == u)) {
                    wrong.add(user + " " + own + " " + teams.get(t));
                }
            }
            for (int t = u % teamStep; t < size; t += teamStep) {
                for (int p = 0; p < size; p++) {
                    if (matrix.hasPermission(user, catalog.permissions().get(p), teams.get(t)) != (t == u && p == u)) {
                        wrong.add(user + " " + catalog.permissions().get(p) + " " + teams.get(t));
                    }
                }
            }
            assertThat(matrix.rightsOf(user, teams.get(u))).containsExactly(own);
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"700, 10", "700, 64", "700, 700", "1500, 130", "5000, 13"})
    void of_many_sets_of_roles_each_grants_what_its_roles_grant(int sets, int permissions) {
        PermissionCatalog catalog = catalogOf(permissions);
        int roles = 13;
        Policy.Builder builder = Policy.builder()
                .account("acme")
                .catalog(catalog)
                .rules(PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null).build());
        List<Rights> rights = new ArrayList<>();
        for (int role = 0; role < roles; role++) {
            Rights granted = Rights.none();
            for (int i = role; i < permissions; i += roles) {
                granted = granted.union(catalog.rights("g:a" + i));
            }
            boolean active = role % 4 != 3;
            rights.add(active ? granted : catalog.noRights());
            builder.role(roleOf("r" + role, granted).toBuilder()
                    .discardedAt(active ? null : NOON)
                    .build());
        }
        builder.team("t");
        for (int set = 1; set <= sets; set++) {
            for (int role = 0; role < roles; role++) {
                if ((set >>> role & 1) != 0) {
                    builder.assign("u" + set, "r" + role, Target.team("t"));
                }
            }
        }
        PermissionMatrix matrix = PermissionMatrix.compile(builder.build());
        assertThat(matrix.policy().table().roleSets()).isEqualTo(sets + 1);
        for (int set = 1; set <= sets; set++) {
            Rights expected = catalog.noRights();
            for (int role = 0; role < roles; role++) {
                expected = (set >>> role & 1) == 0 ? expected : expected.union(rights.get(role));
            }
            assertThat(matrix.rightsOf("u" + set, Target.team("t"))).isEqualTo(expected);
            int last = permissions - 1;
            assertThat(matrix.hasPermission("u" + set, "g:a" + last, Target.team("t")))
                    .isEqualTo(expected.contains("g:a" + last));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 65_537})
    @Tag("B99")
    void many_assignments_of_a_user_a_role_and_a_target_answer_like_few(int count) {
        PolicyRules none =
                PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null).build();
        Policy.Builder builder = Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .rules(none)
                .role(roleOf("even", CATALOG.rights("user:read")))
                .role(roleOf("odd", CATALOG.rights("user:update")))
                .team("all");
        for (int i = 0; i < count; i++) {
            builder.team("t" + i)
                    .assign("u", i % 2 == 0 ? "even" : "odd", Target.team("t" + i))
                    .assign("v" + i, i % 2 == 0 ? "even" : "odd", Target.team("all"));
        }
        PermissionMatrix matrix = PermissionMatrix.compile(builder.build());
        List<Integer> wrong = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean even = i % 2 == 0;
            Target own = Target.team("t" + i);
            if (matrix.hasPermission("u", READ, own) != even
                    || matrix.hasPermission("u", "user:update", own) == even
                    || matrix.hasPermission("v" + i, READ, Target.team("all")) != even
                    || matrix.hasPermission("v" + i, READ, own)) {
                wrong.add(i);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(matrix.hasPermission("u", READ, Target.team("t" + count))).isFalse();
        assertThat(matrix.hasPermission("u", READ, Target.team("all"))).isFalse();
    }
}
