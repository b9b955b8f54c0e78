package io.rbac.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReviewTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "create", "read", "update", "delete")
            .group("message", "create", "read")
            .build();
    private static final Target ACCOUNT = Target.account();
    private static final Target SUPPORT = Target.team("support");
    private static final Target SALES = Target.team("sales");
    private static final Target C42 = Target.chat("c-42");

    private final Policy policy = Policy.builder()
            .account("acme")
            .catalog(CATALOG)
            .role(role("member", Scope.ACCOUNT, "user:read").toBuilder()
                    .defaultRole(true)
                    .build())
            .role(role("owner", Scope.ACCOUNT, "user:create", "user:read", "user:update", "user:delete"))
            .role(role("lead", Scope.TEAM, "user:read", "user:update"))
            .role(role("editor", Scope.TEAM, "user:update"))
            .role(role("old", Scope.TEAM, "message:read").toBuilder()
                    .discardedAt(Instant.EPOCH)
                    .build())
            .role(role("writer", Scope.CHAT, "message:create"))
            .team("sales")
            .team("support")
            .chat("c-1")
            .chat("c-42", "support")
            .assign("ada", "member", ACCOUNT)
            .assign("bob", "lead", SUPPORT)
            .assign("bob", "member", ACCOUNT)
            .assign("bob", "writer", C42)
            .assign("eve", "old", SUPPORT)
            .build();
    private final PolicyReview review = PolicyReview.of(PermissionMatrix.compile(policy));

    private static Role role(String id, Scope scope, String... permissions) {
        return Role.builder(id, scope)
                .name(id)
                .rights(CATALOG.rights(permissions))
                .build();
    }

    @Test
    @Tag("P58")
    void a_granted_permission_is_explained_by_every_way_from_the_target_to_a_role() {
        Explanation explanation = review.explain("bob", "user:read", C42);
        assertThat(explanation.isGranted()).isTrue();
        assertThat(explanation.reason()).isEmpty();
        assertThat(explanation.grants())
                .extracting(held -> held.role().id() + " " + held.path())
                .containsExactly("member [chat/c-42, team/support, account]", "lead [chat/c-42, team/support]");
        assertThat(explanation.held()).extracting(held -> held.role().id()).containsExactly("member", "lead", "writer");
        assertThat(explanation)
                .hasToString(
                        "`bob` has `user:read` at `chat/c-42` by `member` at `account` (chat/c-42 in team/support in"
                                + " account), `lead` at `team/support` (chat/c-42 in team/support)");
        assertThat(explanation.nearest()).isEmpty();
        assertThat(explanation.user()).isEqualTo("bob");
        assertThat(explanation.permission()).isEqualTo("user:read");
        assertThat(explanation.target()).isEqualTo(C42);
    }

    @Test
    @Tag("P58")
    void a_denial_has_the_first_reason_that_applies() {
        assertDenied("zoe", "fly", SALES, Explanation.Reason.UNKNOWN_USER, ": the user is unknown");
        assertDenied(
                "bob", "fly", Target.team("x"), Explanation.Reason.UNKNOWN_PERMISSION, ": the permission is unknown");
        assertDenied(
                "bob", "user:read", Target.team("x"), Explanation.Reason.UNKNOWN_TARGET, ": the target is unknown");
        assertDenied("eve", "message:read", SALES, Explanation.Reason.NOTHING_HELD, ": holds no role there");
        assertDenied(
                "ada",
                "user:update",
                SALES,
                Explanation.Reason.NOT_IN_RIGHTS,
                ": not granted by `member` at `account` (team/sales in account)");
        assertDenied(
                "eve",
                "message:read",
                SUPPORT,
                Explanation.Reason.DISCARDED,
                ": granted by discarded roles only, among `old` (discarded) at `team/support`");
        assertDenied(
                "eve",
                "user:read",
                SUPPORT,
                Explanation.Reason.NOT_IN_RIGHTS,
                ": not granted by `old` (discarded) at `team/support`");
    }

    private void assertDenied(String user, String permission, Target target, Explanation.Reason reason, String text) {
        Explanation explanation = review.explain(user, permission, target);
        assertThat(explanation.isGranted()).isFalse();
        assertThat(explanation.reason()).contains(reason);
        assertThat(explanation.grants()).isEmpty();
        assertThat(explanation).hasToString("`" + user + "` lacks `" + permission + "` at `" + target + "`" + text);
    }

    @Test
    @Tag("P58")
    void the_nearest_roles_add_least_first() {
        assertThat(review.explain("ada", "user:update", C42).nearest())
                .extracting(nearest -> nearest.role().id() + " at " + nearest.target() + " adds " + nearest.adds())
                .containsExactly(
                        "editor at team/support adds []",
                        "lead at team/support adds []",
                        "owner at account adds [user:create, user:delete]");
        assertThat(review.explain("zoe", "user:update", C42).nearest())
                .extracting(nearest -> nearest.role().id())
                .containsExactly("editor", "lead", "owner");
        assertThat(review.explain("ada", "user:fly", C42).nearest()).isEmpty();
        assertThat(review.explain("ada", "user:update", Target.chat("x")).nearest())
                .isEmpty();
        assertThat(review.explain("ada", "message:read", C42).nearest()).isEmpty();
    }

    @Test
    @Tag("P58")
    void an_unknown_target_with_a_given_parent_is_explained_where_it_counts() {
        Policy trusting = policy.withRules(PolicyRules.builder()
                .unknownTargets(PolicyRules.UnknownTargets.TRUSTED)
                .build());
        Target asked = Target.chat("new").inTeam("support");
        Explanation explanation =
                PolicyReview.of(PermissionMatrix.compile(trusting)).explain("bob", "user:update", asked);
        assertThat(explanation.grants())
                .extracting(Explanation.HeldRole::path)
                .containsExactly(List.of(Target.chat("new"), SUPPORT));
        assertThat(review.explain("bob", "user:update", asked).reason()).contains(Explanation.Reason.UNKNOWN_TARGET);
    }

    @Test
    @Tag("P55")
    void who_can_lists_users_in_order() {
        assertThat(review.whoCan("user:read", C42).toList()).containsExactly("ada", "bob");
        assertThat(review.whoCan("user:update", C42).toList()).containsExactly("bob");
        assertThat(review.whoCan("user:update", SALES).count()).isZero();
        assertThat(review.whoCan("fly", SALES).toList()).isEmpty();
        assertThat(review.whoCan("user:read", Target.team("x")).toList()).isEmpty();
    }

    @Test
    @Tag("P56")
    void where_can_lists_targets_in_order() {
        assertThat(review.whereCan("ada", "user:read").toList())
                .containsExactly(ACCOUNT, SALES, SUPPORT, Target.chat("c-1"), C42);
        assertThat(review.whereCan("bob", "user:update").toList()).containsExactly(SUPPORT, C42);
        assertThat(review.whereCan("bob", "user:update", Scope.CHAT).toList()).containsExactly(C42);
        assertThat(review.whereCan("ada", "user:read", Scope.CHAT).count()).isEqualTo(2);
        assertThat(review.whereCan("ada", "user:read", Scope.ACCOUNT).toList()).containsExactly(ACCOUNT);
        assertThat(review.whereCan("zoe", "user:read").toList()).isEmpty();
    }

    @Test
    void the_roles_that_grant_a_permission_are_active() {
        assertThat(review.rolesGranting("user:update")).extracting(Role::id).containsExactly("editor", "lead", "owner");
        assertThat(review.rolesGranting("message:read")).isEmpty();
        assertThat(review.rolesGranting("fly")).isEmpty();
        assertThat(review.rightsOf("bob", C42)).hasToString("[user:read, user:update, message:create]");
        assertThat(review).hasToString("PolicyReview of acme at revision 0");
    }

    @Test
    @Tag("P55")
    void a_cursor_is_for_one_question_at_one_version() {
        Answers<String> readers = review.whoCan("user:read", C42);
        Answers.Page<String> page = readers.page(1);
        String cursor = page.next().orElseThrow();
        assertThat(page).hasToString("[ada] and more");
        assertThat(readers.page(1, cursor)).hasToString("[bob]");
        assertThat(readers).hasToString("Answers to [who, user:read, chat/c-42]");

        assertRefused(review.whoCan("user:read", SUPPORT), cursor, Code.MALFORMED, "it is of another question");
        assertRefused(review.whoCan("user:update", C42), cursor, Code.MALFORMED, "it is of another question");
        assertRefused(review.whereCan("user:read", "chat/c-42"), cursor, Code.MALFORMED, "it is of another question");
        assertRefused(readers, "", Code.MALFORMED, "it is none");
        assertRefused(readers, "?", Code.MALFORMED, "it is none");
        assertRefused(readers, cursor.substring(0, 44), Code.MALFORMED, "it is of another question");
        Policy next = policy.apply(List.of(Change.unassign("ada", "member", ACCOUNT)), Instant.EPOCH)
                .policy();
        assertRefused(
                PolicyReview.of(PermissionMatrix.compile(next)).whoCan("user:read", C42),
                cursor,
                Code.CONFLICT,
                "it is of another version of the policy");
        assertRefused(
                PolicyReview.of(PermissionMatrix.compile(policy.withRevision(9)))
                        .whoCan("user:read", C42),
                cursor,
                Code.CONFLICT,
                "it is of another version of the policy");
    }

    private static void assertRefused(Answers<?> answers, String cursor, Code code, String problem) {
        assertThatThrownBy(() -> answers.page(1, cursor))
                .isInstanceOfSatisfying(
                        PolicyViolationException.class,
                        e -> assertThat(e.violations()).singleElement().satisfies(violation -> {
                            assertThat(violation.code()).isEqualTo(code);
                            assertThat(violation.path()).isEqualTo("/cursor");
                            assertThat(violation.message())
                                    .contains("cannot be used: " + problem + "; expected one that this question gave");
                        }));
    }

    @Test
    @Tag("P55")
    void a_cursor_goes_on_in_a_policy_that_was_built_in_another_order() {
        Policy.Builder other = Policy.builder().account("acme").catalog(CATALOG);
        List<Role> roles = new ArrayList<>(policy.roles());
        roles.sort((a, b) -> b.id().compareTo(a.id()));
        roles.forEach(other::role);
        other.chat("c-42", "support").chat("c-1").team("support").team("sales");
        List.of("eve", "bob", "ada")
                .forEach(user -> policy.rolesOf(user).forEach(held -> other.assign(user, held.role(), held.target())));
        String cursor = review.whoCan("user:read", C42).page(1).next().orElseThrow();
        assertThat(PolicyReview.of(PermissionMatrix.compile(other.build()))
                        .whoCan("user:read", C42)
                        .page(5, cursor)
                        .answers())
                .containsExactly("bob");
    }

    /** Names of targets may be any string in a question; UTF-8 would make the same bytes of these two. */
    @Test
    @Tag("P55")
    void questions_about_strings_with_lone_surrogates_are_told_apart() {
        Policy trusting = policy.withRules(PolicyRules.builder()
                .unknownTargets(PolicyRules.UnknownTargets.TRUSTED)
                .build());
        PolicyReview trusted = PolicyReview.of(PermissionMatrix.compile(trusting));
        Answers<String> one =
                trusted.whoCan("user:read", Target.chat("a\uD800é").inAccount());
        String cursor = one.page(1).next().orElseThrow();
        assertThat(one.page(1, cursor).answers()).containsExactly("bob");
        assertRefused(
                trusted.whoCan("user:read", Target.chat("a\uD801é").inAccount()),
                cursor,
                Code.MALFORMED,
                "it is of another question");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void a_page_has_room_for_an_answer(int limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> review.whoCan("user:read", C42).page(limit))
                .withMessage("the limit is `" + limit + "`: expected at least 1");
    }

    /** More users at a target than are fetched at once, in teams of every size up to hundreds. */
    @Test
    @Tag("P55")
    @Tag("P56")
    void many_users_are_found_as_by_checks() {
        Random random = new Random(7);
        Policy.Builder builder = Policy.builder()
                .account("big")
                .catalog(CATALOG)
                .role(role("member", Scope.ACCOUNT, "user:read").toBuilder()
                        .defaultRole(true)
                        .build())
                .role(role("lead", Scope.TEAM, "user:update"))
                .role(role("mate", Scope.TEAM));
        for (int team = 0; team < 40; team++) {
            builder.team("t" + team);
            for (int chat = 0; chat < 20; chat++) {
                builder.chat("c" + team + "-" + chat, "t" + team);
            }
        }
        for (int user = 0; user < 700; user++) {
            if (user % 3 > 0) {
                builder.assign("u" + user, "member", ACCOUNT);
            }
            Target own = Target.team("t" + random.nextInt(40));
            builder.assign("u" + user, random.nextBoolean() ? "lead" : "mate", own);
            if (!own.id().equals("t0")) {
                builder.assign("u" + user, user % 2 > 0 ? "lead" : "mate", Target.team("t0"));
            }
        }
        Policy big = builder.build();
        PermissionMatrix matrix = PermissionMatrix.compile(big);
        PolicyReview all = PolicyReview.of(matrix);
        int found = 0;
        for (String permission : List.of("user:read", "user:update", "user:delete")) {
            for (Target target : List.of(ACCOUNT, Target.team("t0"), Target.chat("c0-3"), Target.chat("c7-1"))) {
                List<String> expected = matching(big.users(), user -> matrix.hasPermission(user, permission, target));
                assertThat(all.whoCan(permission, target).toList()).isEqualTo(expected);
                assertThat(all.whoCan(permission, target).count()).isEqualTo(expected.size());
                found += expected.size();
            }
            for (String user : List.of("u0", "u1", "u2", "u699")) {
                List<Target> known = new ArrayList<>(big.targets());
                known.add(0, ACCOUNT);
                List<Target> expected = matching(known, target -> matrix.hasPermission(user, permission, target));
                assertThat(all.whereCan(user, permission).toList()).isEqualTo(expected);
                assertThat(all.whereCan(user, permission).count()).isEqualTo(expected.size());
                found += expected.size();
            }
        }
        assertThat(found).isGreaterThan(3_000);
    }

    private static <T> List<T> matching(List<T> all, Predicate<T> condition) {
        return IntStream.range(0, all.size())
                .mapToObj(all::get)
                .filter(condition)
                .toList();
    }
}
