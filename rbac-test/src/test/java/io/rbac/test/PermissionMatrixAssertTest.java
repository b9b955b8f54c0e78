package io.rbac.test;

import static io.rbac.test.RbacAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionMatrixAssertTest {

    private static final PermissionCatalog CATALOG =
            PermissionCatalog.builder().group("user", "read", "update").build();
    private static final Target SUPPORT = Target.team("support");
    private static final PermissionMatrix MATRIX = matrix("user:update");

    private static PermissionMatrix matrix(String ofLeads) {
        return PermissionMatrix.compile(Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .rights(CATALOG.rights("user:read"))
                        .build())
                .role(Role.builder("lead", Scope.TEAM)
                        .name("Lead")
                        .rights(CATALOG.rights(ofLeads))
                        .build())
                .team("support")
                .team("sales")
                .assign("ada", "member", Target.account())
                .assign("bob", "lead", SUPPORT)
                .build());
    }

    @Test
    void what_is_so_passes() {
        assertThat(MATRIX)
                .allows("bob", "user:update", SUPPORT)
                .denies("bob", "user:read", SUPPORT)
                .denies("bob", "user:update", Target.team("sales"))
                .denies("zoe", "user:read", Target.account())
                .hasExactlyRights("bob", SUPPORT, "user:update")
                .hasExactlyRights("bob", Target.account());
    }

    @Test
    void what_is_not_so_fails_and_says_what_is() {
        assertThatThrownBy(() -> assertThat(MATRIX).allows("bob", "user:read", SUPPORT))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "Expecting user `bob` to have `user:read` at `team/support`, but they have `user:update` there");
        assertThatThrownBy(() -> assertThat(MATRIX).allows("zoe", "user:read", SUPPORT))
                .hasMessage("Expecting user `zoe` to have `user:read` at `team/support`, but they have nothing there");
        assertThatThrownBy(() -> assertThat(MATRIX).denies("bob", "user:update", SUPPORT))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expecting user `bob` not to have `user:update` at `team/support`, but they have it");
        assertThatThrownBy(() -> assertThat(MATRIX).hasExactlyRights("bob", SUPPORT, "user:read"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "Expecting user `bob` to have exactly `user:read` at `team/support`, but they lack `user:read`"
                                + " and also have `user:update`");
    }

    @Test
    void a_misspelt_permission_fails_whatever_is_asserted() {
        String message = "`user:updte` is not a permission of the catalog; did you mean `user:update`?";
        assertThatThrownBy(() -> assertThat(MATRIX).allows("bob", "user:updte", SUPPORT))
                .hasMessage(message);
        assertThatThrownBy(() -> assertThat(MATRIX).denies("bob", "user:updte", SUPPORT))
                .isInstanceOf(AssertionError.class)
                .hasMessage(message);
        assertThatThrownBy(() -> assertThat(MATRIX).hasExactlyRights("bob", SUPPORT, "user:updte"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(message);
    }

    @Test
    void a_golden_file_has_a_line_for_each_user_and_target(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("matrix.txt");
        assertThatThrownBy(() -> assertThat(MATRIX).isAsIn(file))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("which does not exist: -Drbac.golden.update=true writes it");
        updating(() -> assertThat(MATRIX).isAsIn(file));
        Assertions.assertThat(Files.readAllLines(file))
                .containsExactly(
                        "ada at account: user:read",
                        "ada at team/sales: user:read",
                        "ada at team/support: user:read",
                        "bob at team/support: user:update");
        assertThat(MATRIX).isAsIn(file);
        assertThatThrownBy(() -> assertThat(matrix("user:read")).isAsIn(file))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "Expecting the matrix that is in " + file + " (-Drbac.golden.update=true writes the new one):\n"
                                + "- bob at team/support: user:update\n"
                                + "+ bob at team/support: user:read");
        updating(() -> assertThat(matrix("user:read")).isAsIn(file));
        assertThat(matrix("user:read")).isAsIn(file);
    }

    private static void updating(Runnable work) {
        System.setProperty(PermissionMatrixAssert.UPDATE, "true");
        try {
            work.run();
        } finally {
            System.clearProperty(PermissionMatrixAssert.UPDATE);
        }
    }
}
