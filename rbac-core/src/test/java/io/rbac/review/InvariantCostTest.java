package io.rbac.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.AllocatedBytes;
import io.rbac.engine.Steps;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether an edit breaks an invariant is found without a look at those whom it does not touch, told by what is allocated. */
@Tag("P84")
class InvariantCostTest {

    private static final int USERS = 20_000;
    private static final int ROUNDS = 10;

    /** Much less than one byte for each user; one edit takes some kilobytes. */
    private static final long MAX_BYTES = USERS / 2;

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("bill", "read", "write", "approve")
            .build();
    private static final List<AccessInvariant> INVARIANTS = List.of(
            AccessInvariant.implies("bill:write", "bill:read"),
            AccessInvariant.excludes("bill:write", "bill:approve"),
            AccessInvariant.atLeast(2, "bill:read", Target.account()));

    private static final PermissionMatrix MATRIX = PermissionMatrix.compile(policy());

    private final AllocatedBytes allocated = new AllocatedBytes();

    private static Policy policy() {
        Policy.Builder builder = Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .role(Role.builder("reader", Scope.ACCOUNT)
                        .name("Reader")
                        .defaultRole(true)
                        .rights(CATALOG.rights("bill:read"))
                        .build())
                .role(Role.builder("writer", Scope.TEAM)
                        .name("Writer")
                        .rights(CATALOG.rights("bill:write"))
                        .build())
                .team("a")
                .team("b")
                .chat("a1", "a");
        for (int i = 0; i < USERS; i++) {
            builder.assign("user-" + i, "reader", Target.account());
        }
        return builder.build();
    }

    static List<Change> edits() {
        return List.of(
                Change.assign("user-7", "writer", Target.team("a")),
                Change.unassign("user-7", "reader", Target.account()),
                Change.removeUser("user-7"),
                Change.assign("zoe", "reader", Target.account()),
                Change.addChat("a2", "a"),
                Change.moveChat("a1", "b"),
                Change.removeTeam("a"),
                Change.deleteRole("writer"));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void one_edit_of_a_large_account_is_checked_by_what_it_touches(Change change) {
        Policy after = MATRIX.policy().apply(List.of(change), Instant.EPOCH).policy();
        AccessDiff diff = AccessDiff.between(MATRIX, MATRIX.updatedTo(after));
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = allocated.bytes();
            int broken = 0;
            for (AccessInvariant invariant : INVARIANTS) {
                broken += invariant.counterexamplesSince(diff).size();
            }
            least = Math.min(least, allocated.bytes() - before);
            assertThat(broken).isZero();
        }
        assertThat(least).isLessThan(MAX_BYTES);
    }

    /** Many who held something at the account only and are given more there, and many targets that are moved. */
    public static final class ManyGrantsAndMoves implements IntConsumer {

        @Override
        public void accept(int size) {
            Policy.Builder builder = Policy.builder()
                    .account("acme")
                    .catalog(CATALOG)
                    .role(Role.builder("reader", Scope.ACCOUNT)
                            .name("Reader")
                            .defaultRole(true)
                            .rights(CATALOG.rights("bill:read"))
                            .build())
                    .role(Role.builder("approver", Scope.ACCOUNT)
                            .name("Approver")
                            .rights(CATALOG.rights("bill:approve"))
                            .build())
                    .team("a")
                    .team("b");
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                builder.assign("user-" + i, "reader", Target.account()).chat("chat-" + i, "a");
                changes.add(Change.assign("user-" + i, "approver", Target.account()));
                changes.add(Change.moveChat("chat-" + i, "b"));
            }
            PermissionMatrix before = PermissionMatrix.compile(builder.build());
            Policy after = before.policy().apply(changes, Instant.EPOCH).policy();
            AccessDiff diff = AccessDiff.between(before, before.updatedTo(after));
            assertThat(AccessInvariant.implies("bill:write", "bill:read").counterexamplesSince(diff))
                    .isEmpty();
        }
    }

    @Test
    void the_steps_of_many_grants_and_moves_grow_like_their_number() {
        long few = Steps.of(ManyGrantsAndMoves.class, 500);
        long many = Steps.of(ManyGrantsAndMoves.class, 4_000);

        assertThat(few).isGreaterThan(500);
        assertThat(many).isLessThan(2 * 8 * few);
    }
}
