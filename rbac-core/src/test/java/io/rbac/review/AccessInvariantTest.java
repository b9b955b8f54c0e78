package io.rbac.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.review.AccessInvariant.Counterexample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P83")
class AccessInvariantTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("bill", "read", "write", "approve")
            .build();
    private static final Target ACCOUNT = Target.account();

    private final PermissionMatrix matrix = PermissionMatrix.compile(Policy.builder()
            .account("acme")
            .catalog(CATALOG)
            .role(role("reader", Scope.ACCOUNT, "bill:read").toBuilder()
                    .defaultRole(true)
                    .build())
            .role(role("writer", Scope.TEAM, "bill:write"))
            .role(role("approver", Scope.CHAT, "bill:approve"))
            .team("a")
            .team("b")
            .chat("a1", "a")
            .chat("a2", "a")
            .chat("b1", "b")
            .assign("ada", "reader", ACCOUNT)
            .assign("ada", "writer", Target.team("a"))
            .assign("bob", "writer", Target.team("b"))
            .assign("bob", "writer", Target.team("a"))
            .assign("bob", "approver", Target.chat("a2"))
            .assign("bob", "approver", Target.chat("b1"))
            .build());

    private static Role role(String id, Scope scope, String... permissions) {
        return Role.builder(id, scope)
                .name(id)
                .rights(CATALOG.rights(permissions))
                .build();
    }

    @Test
    void one_permission_implies_another() {
        AccessInvariant invariant = AccessInvariant.implies("bill:write", "bill:read");
        assertThat(invariant).hasToString("whoever has `bill:write` has `bill:read`");
        assertThat(invariant.holdsIn(matrix)).isFalse();
        assertThat(invariant.counterexamples(matrix))
                .as("the highest places only, of whoever violates it")
                .extracting(Counterexample::toString)
                .containsExactly(
                        "`bob` has `bill:write` and not `bill:read` at `team/a`",
                        "`bob` has `bill:write` and not `bill:read` at `team/b`");
        assertThat(AccessInvariant.implies("bill:read", "bill:read").holdsIn(matrix))
                .isTrue();
    }

    @Test
    void two_permissions_exclude_each_other() {
        AccessInvariant invariant = AccessInvariant.excludes("bill:write", "bill:approve");
        assertThat(invariant).hasToString("nobody has both `bill:write` and `bill:approve`");
        assertThat(invariant.counterexamples(matrix)).hasSize(2).first().satisfies(example -> {
            assertThat(example.user()).contains("bob");
            assertThat(example.target()).isEqualTo(Target.chat("a2"));
            assertThat(example.message()).isEqualTo("`bob` has `bill:write` and `bill:approve` at `chat/a2`");
        });
        assertThat(AccessInvariant.excludes("bill:read", "bill:approve").holdsIn(matrix))
                .isTrue();
    }

    @Test
    void enough_users_have_a_permission() {
        assertThat(AccessInvariant.atLeast(2, "bill:write", Target.team("a")).holdsIn(matrix))
                .isTrue();
        AccessInvariant more = AccessInvariant.atLeast(3, "bill:write", Target.team("a"));
        assertThat(more).hasToString("at least 3 users have `bill:write` at `team/a`");
        assertThat(more.counterexamples(matrix)).singleElement().satisfies(example -> {
            assertThat(example.user()).isEmpty();
            assertThat(example.target()).isEqualTo(Target.team("a"));
            assertThat(example).hasToString("`2` users have `bill:write` at `team/a`: expected at least 3");
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessInvariant.atLeast(0, "bill:write", ACCOUNT))
                .withMessage("the number of users is `0`: expected at least 1");
    }

    @Test
    void nobody_has_a_permission_that_the_catalog_lacks() {
        AccessInvariant unknown = AccessInvariant.implies("bill:write", "bill:fly");
        assertThat(unknown.isKnownTo(matrix.policy())).isFalse();
        assertThat(unknown.counterexamples(matrix)).hasSize(3);
        assertThat(AccessInvariant.implies("bill:fly", "bill:write").holdsIn(matrix))
                .isTrue();
        assertThat(AccessInvariant.implies("bill:fly", "bill:write").isKnownTo(matrix.policy()))
                .isFalse();
        assertThat(AccessInvariant.implies("bill:read", "bill:write").isKnownTo(matrix.policy()))
                .isTrue();
        assertThat(AccessInvariant.atLeast(1, "bill:read", ACCOUNT).isKnownTo(matrix.policy()))
                .isTrue();
    }

    private List<String> since(AccessInvariant invariant, Change... changes) {
        Policy after = matrix.policy().apply(List.of(changes), Instant.EPOCH).policy();
        return invariant.counterexamplesSince(AccessDiff.between(matrix, matrix.updatedTo(after))).stream()
                .map(Counterexample::toString)
                .toList();
    }

    @Test
    void an_edit_breaks_what_held_before() {
        AccessInvariant excludes = AccessInvariant.excludes("bill:write", "bill:approve");
        assertThat(since(excludes)).isEmpty();
        assertThat(since(excludes, Change.assign("ada", "approver", Target.chat("a1"))))
                .containsExactly("`ada` has `bill:write` and `bill:approve` at `chat/a1`");
        assertThat(since(excludes, Change.assign("cyd", "approver", Target.chat("a1"))))
                .isEmpty();
        assertThat(since(excludes, Change.unassign("bob", "writer", Target.team("a"))))
                .isEmpty();
    }

    @Test
    void what_failed_before_is_no_news() {
        AccessInvariant implies = AccessInvariant.implies("bill:write", "bill:read");
        assertThat(since(implies, Change.addChat("a3", "a")))
                .as("the new chat lies where it failed")
                .isEmpty();
        assertThat(since(implies, Change.moveChat("a1", "b")))
                .as("bob failed in both teams, ada writes in team a only")
                .isEmpty();
        assertThat(since(implies, Change.unassign("ada", "reader", ACCOUNT)))
                .containsExactly("`ada` has `bill:write` and not `bill:read` at `team/a`");
    }

    @Test
    void who_loses_below_a_failing_place_what_they_held_there_fails_there() {
        AccessInvariant implies = AccessInvariant.implies("bill:write", "bill:approve");
        assertThat(since(implies, Change.unassign("bob", "approver", Target.chat("a2"))))
                .containsExactly("`bob` has `bill:write` and not `bill:approve` at `chat/a2`");
    }

    @Test
    void what_is_moved_away_from_a_role_fails_for_users_whose_assignments_stay() {
        AccessInvariant implies = AccessInvariant.implies("bill:read", "bill:write");
        assertThat(since(implies, Change.moveChat("a1", "b")))
                .containsExactly("`ada` has `bill:read` and not `bill:write` at `chat/a1`");
    }

    @Test
    void a_move_breaks_it_below_what_is_moved_for_users_whose_assignments_stay() {
        AccessInvariant excludes = AccessInvariant.excludes("bill:write", "bill:approve");
        PermissionMatrix held = matrix.updatedTo(matrix.policy()
                .apply(
                        List.of(
                                Change.unassign("bob", "writer", Target.team("b")),
                                Change.unassign("bob", "approver", Target.chat("a2"))),
                        Instant.EPOCH)
                .policy());
        assertThat(excludes.holdsIn(held)).isTrue();
        Policy moved = held.policy()
                .apply(List.of(Change.moveChat("b1", "a")), Instant.EPOCH)
                .policy();
        assertThat(excludes.counterexamplesSince(AccessDiff.between(held, held.updatedTo(moved))))
                .singleElement()
                .hasToString("`bob` has `bill:write` and `bill:approve` at `chat/b1`");
    }

    /** The places of a user may change their order on a path by moves, while the user loses a role at one of them. */
    @Test
    void a_target_that_is_moved_between_two_places_of_a_user_is_looked_at() {
        ScopeTree tree = ScopeTree.builder().scope("org").nestingScope("folder").build();
        PermissionCatalog catalog = PermissionCatalog.builder()
                .scopes(tree)
                .group("page", "write", "read")
                .build();
        Scope folder = tree.scope("folder");
        Target v = Target.of(folder, "v");
        Target h = Target.of(folder, "h");
        Target y = Target.of(folder, "y");
        PermissionMatrix before = PermissionMatrix.compile(Policy.builder()
                .account("acme")
                .catalog(catalog)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .build())
                .role(Role.builder("writer", folder)
                        .name("Writer")
                        .rights(catalog.rights("page:write"))
                        .build())
                .role(Role.builder("reader", folder)
                        .name("Reader")
                        .rights(catalog.rights("page:read"))
                        .build())
                .target(v)
                .target(h, v)
                .target(y, h)
                .assign("ada", "writer", v)
                .assign("ada", "reader", h)
                .build());
        Policy after = before.policy()
                .apply(
                        List.of(
                                Change.moveTarget(h, ACCOUNT),
                                Change.moveTarget(y, v),
                                Change.moveTarget(v, h),
                                Change.unassign("ada", "reader", h)),
                        Instant.EPOCH)
                .policy();
        assertThat(AccessInvariant.implies("page:write", "page:read")
                        .counterexamplesSince(AccessDiff.between(before, before.updatedTo(after))))
                .singleElement()
                .hasToString("`ada` has `page:write` and not `page:read` at `folder/y`");
    }

    @Test
    void fewer_users_than_before_and_than_are_enough_are_news() {
        AccessInvariant two = AccessInvariant.atLeast(2, "bill:write", Target.team("a"));
        assertThat(since(two, Change.unassign("bob", "writer", Target.team("b"))))
                .isEmpty();
        assertThat(since(two, Change.removeUser("bob")))
                .containsExactly("`1` users have `bill:write` at `team/a`: expected at least 2");
        assertThat(since(two, Change.removeTeam("a")))
                .containsExactly("`0` users have `bill:write` at `team/a`: expected at least 2");
        assertThat(since(two, Change.deleteRole("writer"))).hasSize(1);
        assertThat(since(two, Change.removeUser("bob"), Change.assign("cyd", "writer", Target.team("a"))))
                .isEmpty();
        AccessInvariant many = AccessInvariant.atLeast(9, "bill:write", Target.team("a"));
        assertThat(since(many, Change.assign("cyd", "writer", Target.team("a"))))
                .isEmpty();
        assertThat(since(many, Change.removeUser("bob"), Change.assign("cyd", "writer", Target.team("a"))))
                .as("as few as before")
                .isEmpty();
        assertThat(since(many, Change.removeUser("bob")))
                .containsExactly("`1` users have `bill:write` at `team/a`: expected at least 9");
    }

    @Test
    void a_move_takes_users_away_whose_assignments_stay() {
        AccessInvariant two = AccessInvariant.atLeast(2, "bill:write", Target.chat("a1"));
        assertThat(since(two, Change.moveChat("a1", "b")))
                .containsExactly("`1` users have `bill:write` at `chat/a1`: expected at least 2");
    }

    @Test
    void policies_of_different_catalogs_are_compared_by_keys() {
        PermissionCatalog reordered = PermissionCatalog.builder()
                .group("bill", "approve", "write", "read")
                .build();
        PermissionMatrix same = PermissionMatrix.compile(matrix.policy().withCatalog(reordered));
        PermissionCatalog fewer = PermissionCatalog.builder()
                .group("bill", "write", "approve")
                .retired("bill:read")
                .build();
        PermissionMatrix other = PermissionMatrix.compile(matrix.policy().withCatalog(fewer));
        AccessInvariant implies = AccessInvariant.implies("bill:write", "bill:read");
        AccessInvariant two = AccessInvariant.atLeast(1, "bill:read", ACCOUNT);
        assertThat(implies.counterexamplesSince(AccessDiff.between(matrix, same)))
                .isEmpty();
        assertThat(two.counterexamplesSince(AccessDiff.between(matrix, same))).isEmpty();
        assertThat(implies.counterexamplesSince(AccessDiff.between(matrix, other)))
                .singleElement()
                .hasToString("`ada` has `bill:write` and not `bill:read` at `team/a`");
        assertThat(two.counterexamplesSince(AccessDiff.between(matrix, other)))
                .singleElement()
                .hasToString("`0` users have `bill:read` at `account`: expected at least 1");
    }

    @Test
    void an_invariant_tells_its_parts() {
        AccessInvariant implies = AccessInvariant.implies("bill:write", "bill:read");
        assertThat(implies.kind()).isEqualTo(AccessInvariant.Kind.IMPLIES);
        assertThat(implies.permission()).isEqualTo("bill:write");
        assertThat(implies.other()).contains("bill:read");
        assertThat(implies.count()).isZero();
        assertThat(implies.target()).isEqualTo(ACCOUNT);
        AccessInvariant atLeast =
                AccessInvariant.atLeast(2, "bill:read", Target.chat("a1").inTeam("a"));
        assertThat(atLeast.kind()).isEqualTo(AccessInvariant.Kind.AT_LEAST);
        assertThat(atLeast.other()).isEmpty();
        assertThat(atLeast.count()).isEqualTo(2);
        assertThat(atLeast.target()).as("without the given parent").isEqualTo(Target.chat("a1"));
    }
}
