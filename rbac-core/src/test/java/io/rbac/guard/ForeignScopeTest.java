package io.rbac.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets of the standard scopes where an application has scopes of its own. */
class ForeignScopeTest {

    private static final Target FOREIGN = Target.chat("c-42");
    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .scopes(ScopeTree.builder().scope("org").nestingScope("folder").build())
            .group("folder", "manage")
            .build();
    private static final Role ADMIN = Role.builder("admin", CATALOG.scopes().account())
            .name("Admin")
            .defaultRole(true)
            .rights(CATALOG.allRights())
            .build();
    private static final Policy POLICY = Policy.builder()
            .account("acme")
            .catalog(CATALOG)
            .role(ADMIN)
            .assign("ada", "admin", Target.account())
            .build();
    private static final PermissionMatrix MATRIX = PermissionMatrix.compile(POLICY);
    private static final AdminGuard GUARD = AdminGuard.builder(CATALOG)
            .needsForRoles(CATALOG.permission("folder:manage"))
            .needsForMemberships(CATALOG.permission("folder:manage"))
            .needsForTargets(CATALOG.permission("folder:manage"))
            .refusesEscalation(false)
            .build();

    static List<Change> changes() {
        return List.of(
                Change.assign("bob", "admin", FOREIGN),
                Change.unassign("bob", "admin", FOREIGN),
                Change.connect("bob", FOREIGN),
                Change.setRoles("bob", FOREIGN, List.of()),
                Change.setUsers("admin", FOREIGN, List.of("bob")),
                Change.addTarget(FOREIGN),
                Change.addTarget(Target.of(CATALOG.scopes().scope("folder"), "f-1"), FOREIGN),
                Change.moveTarget(FOREIGN, Target.account()),
                Change.removeTarget(FOREIGN));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void an_actor_needs_the_permission_at_the_account_and_the_change_is_refused_as_a_violation(Change change) {
        GUARD.check(MATRIX, "ada", List.of(change));
        assertThatThrownBy(() -> GUARD.check(MATRIX, "eve", List.of(change)))
                .isInstanceOfSatisfying(
                        PolicyViolationException.class,
                        thrown -> assertThat(thrown.violations())
                                .extracting(Violation::code)
                                .containsExactly(Violation.Code.FORBIDDEN));
        assertThatThrownBy(() -> POLICY.apply(List.of(change), Instant.EPOCH))
                .isInstanceOf(PolicyViolationException.class);
    }

    @Test
    void nobody_can_be_given_a_role_there() {
        assertThat(Capabilities.of(GUARD, MATRIX, "ada", ADMIN, FOREIGN).mayAssign())
                .isFalse();
    }
}
