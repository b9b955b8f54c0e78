package io.rbac.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RoleTest {

    private static final PermissionCatalog CATALOG =
            PermissionCatalog.builder().group("user", "create", "read").build();
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");

    private static Role.Builder lead() {
        return Role.builder("lead", Scope.TEAM).name("Team lead");
    }

    @Test
    void a_role_is_custom_active_no_default_and_without_rights_unless_said_otherwise() {
        Role role = lead().build();
        assertThat(role.id()).isEqualTo("lead");
        assertThat(role.scope()).isEqualTo(Scope.TEAM);
        assertThat(role.name()).isEqualTo("Team lead");
        assertThat(role.description()).isEmpty();
        assertThat(role.type()).isEqualTo(RoleType.CUSTOM);
        assertThat(role.isDefault()).isFalse();
        assertThat(role.isActive()).isTrue();
        assertThat(role.rights()).isEqualTo(Rights.none());
        assertThat(role.createdAt()).isEmpty();
        assertThat(role.updatedAt()).isEmpty();
        assertThat(role.discardedAt()).isEmpty();
        assertThat(role).hasToString("Role lead (team, Team lead) []");
    }

    @Test
    void every_part_that_was_given_is_there_again() {
        Role role = lead().description("Leads")
                .type(RoleType.SYSTEM)
                .defaultRole(true)
                .rights(CATALOG.rights("user:read"))
                .createdAt(NOON)
                .updatedAt(NOON.plusSeconds(1))
                .discardedAt(NOON.plusSeconds(2))
                .build();
        assertThat(role.description()).contains("Leads");
        assertThat(role.type()).isEqualTo(RoleType.SYSTEM);
        assertThat(role.isDefault()).isTrue();
        assertThat(role.isActive()).isFalse();
        assertThat(role.rights()).isEqualTo(CATALOG.rights("user:read"));
        assertThat(role.createdAt()).contains(NOON);
        assertThat(role.updatedAt()).contains(NOON.plusSeconds(1));
        assertThat(role.discardedAt()).contains(NOON.plusSeconds(2));
        assertThat(role).hasToString("Role lead (team, Team lead, discarded) [user:read]");
        assertThat(role.toBuilder().build()).isEqualTo(role).hasSameHashCodeAs(role);
        assertThat(role.toBuilder()
                        .description(null)
                        .createdAt(null)
                        .updatedAt(null)
                        .discardedAt(null)
                        .build())
                .isEqualTo(lead().type(RoleType.SYSTEM)
                        .defaultRole(true)
                        .rights(CATALOG.rights("user:read"))
                        .build());
    }

    @Test
    @Tag("S3")
    void instants_are_kept_in_milliseconds() {
        Instant finer = NOON.plusNanos(456_789);
        Role role = lead().createdAt(finer).updatedAt(finer).discardedAt(finer).build();
        assertThat(role.createdAt()).contains(NOON);
        assertThat(role.updatedAt()).contains(NOON);
        assertThat(role.discardedAt()).contains(NOON);
    }

    @Test
    @Tag("S7")
    void rights_are_replaced_whole() {
        Role role = lead().rights(CATALOG.rights("user:create"))
                .rights(CATALOG.rights("user:read"))
                .build();
        assertThat(role.rights()).isEqualTo(CATALOG.rights("user:read"));
        assertThat(role.toBuilder().rights(Rights.none()).build().rights()).isEmpty();
    }

    @Test
    void there_is_no_role_without_a_name() {
        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(() -> Role.builder("le\nad", Scope.TEAM).build())
                .withMessage("NAME_MISSING at /name: role `le\\u{A}ad` has no name: expected one");
    }

    @Test
    void two_roles_are_equal_when_all_their_parts_are() {
        List<UnaryOperator<Role.Builder>> changes = List.of(
                b -> b.name("Lead"),
                b -> b.description("d"),
                b -> b.type(RoleType.SYSTEM),
                b -> b.defaultRole(true),
                b -> b.rights(CATALOG.rights("user:read")),
                b -> b.createdAt(NOON),
                b -> b.updatedAt(NOON),
                b -> b.discardedAt(NOON));
        Role role = lead().build();
        assertThat(role).isEqualTo(lead().build()).hasSameHashCodeAs(lead().build());
        assertThat(role)
                .isNotEqualTo(Role.builder("Lead", Scope.TEAM).name("Team lead").build());
        assertThat(role)
                .isNotEqualTo(Role.builder("lead", Scope.CHAT).name("Team lead").build());
        changes.forEach(change -> assertThat(change.apply(lead()).build())
                .isNotEqualTo(role)
                .isEqualTo(change.apply(lead()).build()));
    }

    @Test
    void a_role_with_another_scope_differs_in_nothing_else() {
        Role role = lead().description("d")
                .type(RoleType.SYSTEM)
                .defaultRole(true)
                .rights(CATALOG.rights("user:read"))
                .createdAt(NOON)
                .updatedAt(NOON.plusMillis(1))
                .discardedAt(NOON.plusMillis(2))
                .build();
        Role moved = role.withScope(Scope.CHAT);
        assertThat(moved).isNotEqualTo(role);
        assertThat(moved.scope()).isEqualTo(Scope.CHAT);
        assertThat(moved.withScope(Scope.TEAM)).isEqualTo(role).hasToString(role.toString());
        assertThat(moved.rights()).isSameAs(role.rights());
    }

    @Test
    void a_role_that_was_built_does_not_change_with_its_builder() {
        Role.Builder builder = lead();
        Role role = builder.build();
        builder.name("Other").defaultRole(true).discardedAt(NOON);
        assertThat(role).isEqualTo(lead().build());
    }
}
