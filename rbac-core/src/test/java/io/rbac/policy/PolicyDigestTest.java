package io.rbac.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDigestTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "read", "update", "export")
            .build();
    private static final PermissionCatalog WITHOUT_EXPORT = PermissionCatalog.builder()
            .group("user", "read", "update")
            .retired("user:export")
            .build();
    private static final PolicyRules RULES = PolicyRules.builder()
            .allowsDescriptions(true)
            .requiresUniqueNames(false)
            .build();

    private static Role.Builder lead() {
        return Role.builder("lead", Scope.TEAM).name("Lead").rights(CATALOG.rights("user:update", "user:export"));
    }

    private static Policy.Builder builder(Role lead) {
        return Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .rules(RULES)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .rights(CATALOG.rights("user:read"))
                        .build())
                .role(lead)
                .team("support")
                .team("sales")
                .chat("c-42", "support");
    }

    private static Policy.Builder builder() {
        return builder(lead().build());
    }

    private static Policy policy() {
        return builder().assign("bob", "lead", Target.team("support")).build();
    }

    @Test
    void is_another_one_for_each_fact_that_differs() {
        Version first = Version.of("0123456789abcdef", 1);
        Stream<Policy> roles = Stream.<UnaryOperator<Role.Builder>>of(
                        role -> role.name("Leaf"),
                        role -> role.description(""),
                        role -> role.description("text"),
                        role -> role.type(RoleType.SYSTEM),
                        role -> role.defaultRole(true),
                        role -> role.rights(CATALOG.noRights()),
                        role -> role.rights(CATALOG.rights("user:update")),
                        role -> role.rights(CATALOG.rights("user:read", "user:update")),
                        role -> role.createdAt(NOON),
                        role -> role.updatedAt(NOON),
                        role -> role.discardedAt(NOON),
                        role -> role.discardedAt(NOON.plusMillis(1)))
                .map(difference -> builder(difference.apply(lead()).build())
                        .assign("bob", "lead", Target.team("support"))
                        .build());
        Stream<Policy> others = Stream.of(
                policy(),
                builder().build(),
                builder().assign("bo", "lead", Target.team("support")).build(),
                builder().assign("bob", "lead", Target.team("sales")).build(),
                builder().assign("bob", "member", Target.account()).build(),
                builder()
                        .assign("bob", "lead", Target.team("support"))
                        .team("third")
                        .build(),
                builder()
                        .assign("bob", "lead", Target.team("support"))
                        .chat("c-43", "support")
                        .build(),
                builder()
                        .assign("bob", "lead", Target.team("support"))
                        .chat("c-43", "sales")
                        .build(),
                builder()
                        .assign("bob", "lead", Target.team("support"))
                        .chat("c-43")
                        .build(),
                policy().withVersion(first),
                policy().withVersion(first.at(2)),
                policy().withVersion(Version.of("0123456789abcdee", 1)));
        List<PolicyDigest> digests =
                Stream.concat(roles, others).map(Policy::digest).toList();

        assertThat(digests).hasSize(24).doesNotHaveDuplicates();
    }

    @Test
    void does_not_depend_on_the_order() {
        Policy other = Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .rules(RULES)
                .team("sales")
                .team("support")
                .chat("c-42", "support")
                .role(lead().build())
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .rights(CATALOG.rights("user:read"))
                        .build())
                .assign("bob", "lead", Target.team("support"))
                .build();
        assertThat(other.digest()).isEqualTo(policy().digest()).hasSameHashCodeAs(policy().digest());
    }

    /** The rows of a store still have a retired permission: only a change of its role takes it out of them. */
    @Test
    void says_a_retired_permission_until_its_role_is_changed() {
        Policy stored = policy();
        Policy bound = stored.reboundTo(WITHOUT_EXPORT, RULES);
        assertThat(bound.role("lead").orElseThrow().rights()).isEqualTo(WITHOUT_EXPORT.rights("user:update"));
        assertThat(bound.digest()).isEqualTo(stored.digest());
        assertThat(policy().reboundTo(WITHOUT_EXPORT, RULES).digest()).isEqualTo(stored.digest());

        AppliedChanges unrelated = bound.apply(List.of(Change.addTeam("third")), NOON);
        assertThat(stored.after(unrelated.effects()).digest())
                .isEqualTo(unrelated.policy().digest());

        Set<PolicyDigest> digests = new HashSet<>();
        for (List<Change> changes : List.of(
                List.of(Change.updateRole(
                        "lead", RoleUpdate.builder().name("Leader").build())),
                List.of(Change.deleteRole("lead")),
                List.of(
                        Change.unassign("bob", "lead", Target.team("support")),
                        Change.deleteRole("lead"),
                        Change.purgeRole("lead")))) {
            AppliedChanges applied = bound.apply(changes, NOON);
            Policy result = applied.policy();
            assertThat(stored.after(applied.effects()).digest()).isEqualTo(result.digest());
            assertThat(rebuilt(result).digest()).isEqualTo(result.digest());
            digests.add(result.digest());
        }
        assertThat(digests).hasSize(3);
    }

    /** The same policy, of which every digest is computed anew. */
    private static Policy rebuilt(Policy policy) {
        return Rebuilt.of(policy).withVersion(policy.version());
    }

    @Test
    void is_read_from_its_text() {
        PolicyDigest digest = policy().digest();
        assertThat(digest.toString()).matches("[0-9a-f]{32}");
        assertThat(PolicyDigest.parse(digest.toString())).isEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4b1f0c6d2a9e83575d7c1e0b9a3f684",
                "4b1f0c6d2a9e83575d7c1e0b9a3f68421",
                "4B1f0c6d2a9e83575d7c1e0b9a3f6842",
                "4b1f0c6d2a9e83575d7c1e0b9a3f684g",
                "-b1f0c6d2a9e83575d7c1e0b9a3f6842"
            })
    void is_not_read_from_other_text(String text) {
        assertThatThrownBy(() -> PolicyDigest.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 32 lower-case hexadecimal digits");
    }
}
