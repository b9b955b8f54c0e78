package io.rbac.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.review.PolicyLint.Finding;
import io.rbac.review.PolicyLint.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P82")
class PolicyLintTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "read", "update", "delete")
            .group("chat", Set.of(Scope.CHAT), "write")
            .build();
    private static final Target ACCOUNT = Target.account();
    private static final Target SUPPORT = Target.team("support");

    private static Role.Builder role(String id, Scope scope, String... permissions) {
        return Role.builder(id, scope).name(id).rights(CATALOG.rights(permissions));
    }

    /** Returns a policy in which nothing is found. */
    private static Policy.Builder clean() {
        return Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .role(role("member", Scope.ACCOUNT, "user:read")
                        .defaultRole(true)
                        .build())
                .role(role("owner", Scope.ACCOUNT, "user:update", "user:delete").build())
                .role(role("writer", Scope.CHAT, "chat:write").defaultRole(true).build())
                .team("support")
                .chat("c", "support")
                .assign("ada", "owner", ACCOUNT);
    }

    private static final PolicyLint LINT = PolicyLint.standard().withReadActions(Set.of("write", "read"));

    private static List<Finding> findings(Policy policy) {
        return LINT.check(PermissionMatrix.compile(policy));
    }

    private static List<String> texts(Policy policy) {
        return findings(policy).stream().map(Finding::toString).toList();
    }

    @Test
    void nothing_is_found_where_nothing_is_wrong() {
        assertThat(findings(clean().build())).isEmpty();
        assertThat(LINT).hasToString("PolicyLint, actions that only read: [read, write]");
        assertThat(PolicyLint.standard()).hasToString("PolicyLint, actions that only read: [get, list, read, view]");
    }

    @Test
    void a_default_that_grants_more_than_reading_is_found() {
        assertThat(PolicyLint.standard().check(PermissionMatrix.compile(clean().build())))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(Rule.DEFAULT_WITH_WRITE);
                    assertThat(finding.rule().severity()).isEqualTo(PolicyLint.Severity.WARNING);
                    assertThat(finding.place()).isEqualTo("role/writer");
                    assertThat(finding.suggestion()).isEmpty();
                    assertThat(finding)
                            .hasToString("warning: role `writer` is a default role and grants more than reading:"
                                    + " [chat:write] [default-with-write]");
                });
    }

    @Test
    void an_assignment_that_adds_nothing_is_found_and_to_be_revoked() {
        Policy policy = clean().role(role("deleter", Scope.TEAM, "user:delete").build())
                .assign("ada", "deleter", SUPPORT)
                .assign("bob", "deleter", SUPPORT)
                .build();
        assertThat(findings(policy)).singleElement().satisfies(finding -> {
            assertThat(finding)
                    .hasToString("note: user `ada` has everything that role `deleter` at `team/support` grants by other"
                            + " assignments, too [redundant-assignment]");
            assertThat(finding.place()).isEqualTo("user/ada");
            assertThat(finding.suggestion()).contains(Change.unassign("ada", "deleter", SUPPORT));
        });
    }

    @Test
    void assignments_beside_and_below_do_not_make_one_redundant() {
        Policy policy = clean().role(role("deleter", Scope.TEAM, "user:delete").build())
                .team("sales")
                .assign("bob", "deleter", SUPPORT)
                .assign("bob", "deleter", Target.team("sales"))
                .build();
        assertThat(findings(policy)).isEmpty();
    }

    @Test
    void roles_that_are_alike_or_contained_or_empty_or_unused_are_found() {
        Policy policy = clean().role(role("twin", Scope.ACCOUNT, "user:update", "user:delete")
                        .build())
                .role(role("less", Scope.ACCOUNT, "user:delete").build())
                .role(role("empty", Scope.TEAM).build())
                .role(role("gone", Scope.TEAM).discardedAt(Instant.EPOCH).build())
                .assign("bob", "twin", ACCOUNT)
                .assign("eve", "less", ACCOUNT)
                .build();
        assertThat(texts(policy))
                .containsExactly(
                        "note: role `twin` grants exactly what role `owner` grants [duplicate-role]",
                        "note: role `less` grants nothing that role `owner` does not grant, too [subsumed-role]",
                        "note: role `empty` is held by nobody [unused-role]",
                        "note: role `empty` grants nothing [role-without-rights]");
        assertThat(findings(policy).get(2).suggestion()).contains(Change.deleteRole("empty"));
    }

    @Test
    void a_system_role_is_not_to_be_deleted_for_good() {
        Policy policy = clean().role(role("unused", Scope.TEAM, "user:read")
                        .type(RoleType.SYSTEM)
                        .build())
                .build();
        assertThat(findings(policy))
                .singleElement()
                .extracting(Finding::suggestion)
                .isNotNull();
        assertThat(findings(policy).get(0).suggestion()).contains(Change.deleteRole("unused"));
        Policy forGood = policy.withRules(
                PolicyRules.builder().deletion(PolicyRules.Deletion.DELETE).build());
        assertThat(findings(forGood).get(0).suggestion()).isEmpty();
    }

    @Test
    void a_permission_that_no_role_grants_and_a_user_who_holds_everything_are_found() {
        Policy policy = Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .role(role("all", Scope.ACCOUNT, "user:read", "user:update", "user:delete")
                        .build())
                .role(role("member", Scope.ACCOUNT, "user:read")
                        .defaultRole(true)
                        .build())
                .assign("root", "all", ACCOUNT)
                .assign("root", "member", ACCOUNT)
                .build();
        assertThat(texts(policy))
                .containsExactly(
                        "warning: user `root` has every permission that a role of the account can grant, everywhere"
                                + " [holds-everything]",
                        "note: user `root` has everything that role `member` at `account` grants by other assignments,"
                                + " too [redundant-assignment]",
                        "note: role `member` grants nothing that role `all` does not grant, too [subsumed-role]",
                        "note: permission `chat:write` is granted by no active role [ungranted-permission]");
        assertThat(findings(policy).get(3).place()).isEqualTo("permission/chat:write");
    }

    @Test
    void the_ids_of_the_rules_are_stable() {
        assertThat(Rule.values())
                .extracting(Rule::id)
                .containsExactly(
                        "holds-everything",
                        "default-with-write",
                        "redundant-assignment",
                        "duplicate-role",
                        "subsumed-role",
                        "unused-role",
                        "role-without-rights",
                        "ungranted-permission");
    }
}
