package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A null argument is a mistake of the caller and never an answer, whatever the other arguments are. */
@SuppressWarnings("NullAway") // null is what is tested
class NullTest {
    private static final PlainPolicy ACME = PlainPolicy.of("acme", PlainGroup.of("user", "read", "update"))
            .withRole(PlainRole.of("member", PlainScope.ACCOUNT, "user:read").withDefault(true))
            .withTeam("support")
            .withChat("c-42", "support")
            .withAssignment("ada", "member", PlainTarget.account());

    private static final Policy POLICY = PolicyConverter.policy(ACME);
    private static final PermissionMatrix MATRIX = PermissionMatrix.compile(POLICY);
    private static final Permission READ = POLICY.catalog().permission("user:read");
    private static final Rights BOTH = POLICY.catalog().allRights();

    private static final List<PermissionChecker> CHECKERS = List.of(
            MATRIX,
            MATRIX.restrictedTo(BOTH),
            MATRIX.restrictedTo(Rights.none()),
            MATRIX.restrictedTo(POLICY.catalog().rights("user:update")),
            (user, permission, target) -> MATRIX.hasPermission(user, permission, target));

    private static final List<String> USERS = List.of("ada", "nobody");
    private static final List<Target> TARGETS = List.of(
            Target.account(),
            Target.team("support"),
            Target.team("gone"),
            Target.chat("c-42"),
            Target.chat("c-42").inAccount(),
            Target.chat("gone").inTeam("support"));

    private static void assertRefused(ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call);
    }

    @Test
    @Tag("P02")
    @Tag("B48")
    void a_null_user_is_refused() {
        for (PermissionChecker checker : CHECKERS) {
            for (Target target : TARGETS) {
                for (String key : List.of("user:read", "user:fly")) {
                    assertRefused(() -> checker.hasPermission(null, key, target));
                    assertRefused(() -> checker.require(null, key, target));
                }
                assertRefused(() -> checker.hasPermission(null, READ, target));
                assertRefused(() -> checker.require(null, READ, target));
                assertRefused(() -> checker.hasAny(null, BOTH, target));
                assertRefused(() -> checker.hasAll(null, BOTH, target));
            }
        }
        assertRefused(() -> MATRIX.user(null));
        TARGETS.forEach(target -> assertRefused(() -> MATRIX.rightsOf(null, target)));
        TARGETS.forEach(target -> assertRefused(() -> POLICY.rolesOf(null, target)));
        assertRefused(() -> POLICY.rolesOf(null));
    }

    @Test
    @Tag("P02")
    @Tag("B48")
    void a_null_permission_is_refused() {
        for (PermissionChecker checker : CHECKERS) {
            for (String user : USERS) {
                for (Target target : TARGETS) {
                    assertRefused(() -> checker.hasPermission(user, (String) null, target));
                    assertRefused(() -> checker.hasPermission(user, (Permission) null, target));
                    assertRefused(() -> checker.require(user, (String) null, target));
                    assertRefused(() -> checker.require(user, (Permission) null, target));
                    assertRefused(() -> checker.hasAny(user, null, target));
                    assertRefused(() -> checker.hasAll(user, null, target));
                }
            }
            assertRefused(() -> checker.restrictedTo(null));
        }
    }

    @Test
    @Tag("P02")
    @Tag("B48")
    void a_null_target_is_refused() {
        for (PermissionChecker checker : CHECKERS) {
            for (String user : USERS) {
                for (String key : List.of("user:read", "user:fly")) {
                    assertRefused(() -> checker.hasPermission(user, key, null));
                    assertRefused(() -> checker.require(user, key, null));
                }
                assertRefused(() -> checker.hasPermission(user, READ, null));
                assertRefused(() -> checker.require(user, READ, null));
                assertRefused(() -> checker.hasAny(user, BOTH, null));
                assertRefused(() -> checker.hasAll(user, BOTH, null));
            }
        }
        USERS.forEach(user -> assertRefused(() -> MATRIX.rightsOf(user, null)));
        USERS.forEach(user -> assertRefused(() -> POLICY.rolesOf(user, null)));
        assertRefused(() -> POLICY.usersAt(null));
    }

    @Test
    @Tag("B48")
    void a_null_id_is_refused_by_the_readers_of_a_policy() {
        assertRefused(() -> POLICY.role(null));
        assertRefused(() -> POLICY.usersOf(null));
        assertRefused(() -> POLICY.userCount(null));
        assertRefused(() -> POLICY.parentOf(null));
        assertRefused(() -> POLICY.targetsIn(null));
        assertRefused(() -> POLICY.targets(null));
        assertRefused(() -> POLICY.hasTarget(null));
        assertRefused(() -> POLICY.withCatalog(null));
        assertRefused(() -> PermissionMatrix.compile(null));
    }
}
