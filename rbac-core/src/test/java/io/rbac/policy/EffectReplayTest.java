package io.rbac.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Assignment;
import io.rbac.model.Effect;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Effects that another process committed, applied to the policy before them. */
class EffectReplayTest {

    private static final PermissionCatalog CATALOG =
            PermissionCatalog.builder().group("user", "read", "update").build();

    /** Has the permissions of the other catalog at other places. */
    private static final PermissionCatalog OTHER = PermissionCatalog.builder()
            .group("a", "b", "c", "d")
            .group("user", "update", "read")
            .build();

    private static final Role MEMBER = Role.builder("member", Scope.ACCOUNT)
            .name("Member")
            .defaultRole(true)
            .rights(CATALOG.rights("user:read"))
            .build();
    private static final Role LEAD = Role.builder("lead", Scope.TEAM)
            .name("Lead")
            .rights(CATALOG.rights("user:update"))
            .build();
    private static final Target SUPPORT = Target.team("support");
    private static final Target SALES = Target.team("sales");
    private static final Target C42 = Target.chat("c-42");
    private static final Target NOWHERE = Target.team("nowhere");
    private static final Scope FOLDER =
            ScopeTree.builder().scope("account").scope("folder").build().scope("folder");

    private static Policy policy() {
        return Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .role(MEMBER)
                .role(LEAD)
                .team("support")
                .team("sales")
                .chat("c-42", "support")
                .assign("bob", "lead", SUPPORT)
                .build();
    }

    @Test
    void rights_of_another_catalog_are_taken_over_by_their_keys() {
        Role leader = LEAD.toBuilder().rights(OTHER.rights("user:read")).build();
        Policy result = policy().after(List.of(new Effect.RoleChanged(LEAD, leader)));

        PermissionMatrix matrix = PermissionMatrix.compile(result);
        assertThat(matrix.hasPermission("bob", "user:read", SUPPORT)).isTrue();
        assertThat(matrix.hasPermission("bob", "user:update", SUPPORT)).isFalse();
        assertThat(result.revision()).isEqualTo(policy().revision() + 1);
    }

    static Stream<Arguments> unfit() {
        return Stream.of(
                Arguments.of(new Effect.RoleAdded(LEAD), "role `lead` is already there"),
                Arguments.of(
                        new Effect.RoleAdded(Role.builder("new", Scope.TEAM)
                                .name("New")
                                .rights(OTHER.rights("a:b"))
                                .build()),
                        "role `new` is one with unknown permissions"),
                Arguments.of(
                        new Effect.RoleAdded(
                                Role.builder("new", FOLDER).name("New").build()),
                        "scope `folder` is not there"),
                Arguments.of(new Effect.RoleChanged(LEAD, MEMBER), "role `member` is another one"),
                Arguments.of(new Effect.RoleChanged(other("x"), other("x")), "role `x` is not there"),
                Arguments.of(new Effect.RoleRemoved(other("x")), "role `x` is not there"),
                Arguments.of(new Effect.TargetAdded(SALES, Target.account()), "target `team/sales` is already there"),
                Arguments.of(new Effect.TargetAdded(Target.chat("c"), NOWHERE), "target `team/nowhere` is not there"),
                Arguments.of(new Effect.TargetMoved(C42, SUPPORT, NOWHERE), "target `team/nowhere` is not there"),
                Arguments.of(new Effect.TargetMoved(Target.chat("c"), SUPPORT, SALES), "target `chat/c` is not there"),
                Arguments.of(new Effect.TargetRemoved(NOWHERE, Target.account()), "target `team/nowhere` is not there"),
                Arguments.of(new Effect.AssignmentAdded(new Assignment("eve", "x", SUPPORT)), "role `x` is not there"),
                Arguments.of(
                        new Effect.AssignmentAdded(new Assignment("eve", "lead", NOWHERE)),
                        "target `team/nowhere` is not there"),
                Arguments.of(
                        new Effect.AssignmentRemoved(new Assignment("bob", "x", SUPPORT)), "role `x` is not there"),
                Arguments.of(
                        new Effect.AssignmentRemoved(new Assignment("bob", "lead", NOWHERE)),
                        "target `team/nowhere` is not there"));
    }

    private static Role other(String id) {
        return Role.builder(id, Scope.TEAM).name(id).build();
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void effects_that_do_not_fit_are_refused(Effect effect, String why) {
        assertThatThrownBy(() -> policy().after(List.of(effect)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the effects do not fit the policy: " + why);
    }
}
