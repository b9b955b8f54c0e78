package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No permission, role, user or target is taken for another, at sizes around the words of bits and the pages of tables.
 * There are as many of each: user i holds role i at team i, and role i grants permission i and nothing else.
 */
@Tag("deep")
class AliasingTest {
    private static final int MAX_EXHAUSTIVE = 129;

    private static Policy diagonal(int size) {
        PermissionCatalog catalog = PermissionCatalog.builder()
                .group("p", IntStream.range(0, size).mapToObj(i -> "" + i).toArray(String[]::new))
                .build();
        Policy.Builder builder = Policy.builder()
                .account("acme")
                .catalog(catalog)
                .rules(PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null).build());
        for (int i = 0; i < size; i++) {
            builder.role(Role.builder("r" + i, Scope.TEAM)
                            .name("Role")
                            .rights(catalog.rights("p:" + i))
                            .build())
                    .team("t" + i)
                    .assign("u" + i, "r" + i, Target.team("t" + i));
        }
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 129, 511, 512, 513, 1000, 4096})
    @Tag("P74")
    void each_user_has_one_permission_at_one_target(int size) {
        Policy policy = diagonal(size);
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        List<Permission> permissions = policy.catalog().permissions();
        List<Target> targets =
                IntStream.range(0, size).mapToObj(i -> Target.team("t" + i)).toList();
        for (int user = 0; user < size; user++) {
            String id = "u" + user;
            Target own = targets.get(user);
            Rights rights = matrix.rightsOf(id, own);
            assertThat(rights.size()).isEqualTo(1);
            assertThat(rights.contains(permissions.get(user))).isTrue();
            for (int i = 0; i < size; i++) {
                assertAnswer(matrix.hasPermission(id, permissions.get(i), own), i == user, id, i, own);
                Target other = targets.get(i);
                assertAnswer(matrix.hasPermission(id, permissions.get(user), other), i == user, id, user, other);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 33, 63, 64, 65, 127, 128, MAX_EXHAUSTIVE})
    @Tag("P74")
    void nothing_else_is_allowed_anywhere(int size) {
        Policy policy = diagonal(size);
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        for (int user = 0; user < size; user++) {
            for (int i = 0; i < size; i++) {
                for (int team = 0; team < size; team++) {
                    Target target = Target.team("t" + team);
                    boolean answer = matrix.hasPermission(
                            "u" + user, policy.catalog().permissions().get(i), target);
                    assertAnswer(answer, user == i && i == team, "u" + user, i, target);
                }
                assertThat(matrix.hasPermission("u" + user, "p:" + i, Target.account()))
                        .isFalse();
            }
        }
    }

    private static void assertAnswer(boolean answer, boolean expected, String user, int permission, Target target) {
        if (answer != expected) {
            throw new AssertionError(
                    user + " with permission " + permission + " at " + target + ": expected " + expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 129, 511, 512, 513, 1000, 4096})
    @Tag("P74")
    void one_bit_is_one_permission(int size) {
        Policy policy = diagonal(size);
        PermissionCatalog catalog = policy.catalog();
        for (int i = 0; i < size; i++) {
            Rights one = catalog.rights("p:" + i);
            assertThat(one.size()).isEqualTo(1);
            assertThat(one.iterator().next()).isSameAs(catalog.permissions().get(i));
            long[] words = one.toLongArray();
            assertThat(words[i / 64]).isEqualTo(1L << i % 64);
            assertThat(Rights.valueOf(catalog, words)).isEqualTo(one);
            assertThat(catalog.allRights().minus(one).contains("p:" + i)).isFalse();
            assertThat(catalog.allRights().minus(one).size()).isEqualTo(size - 1);
        }
    }
}
