package io.rbac.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.review.AccessInvariant.Counterexample;
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
}
