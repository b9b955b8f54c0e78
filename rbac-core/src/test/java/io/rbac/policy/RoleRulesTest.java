package io.rbac.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the rules of a host say about roles, in edits and in policies that are built. */
class RoleRulesTest {

    private static final PermissionCatalog CATALOG =
            PermissionCatalog.builder().group("user", "read", "update").build();
    private static final Rights READ = CATALOG.rights("user:read");

    private static final Role OWNER = role("owner").type(RoleType.SYSTEM).build();
    private static final RoleUpdate RENAMED = RoleUpdate.builder().name("Boss").build();
    private static final RoleUpdate DESCRIBED =
            RoleUpdate.builder().description("Runs it all").build();
    private static final RoleUpdate DEFAULT =
            RoleUpdate.builder().defaultRole(true).build();
    private static final RoleUpdate NOT_DEFAULT =
            RoleUpdate.builder().defaultRole(false).build();

    private static Role.Builder role(String id) {
        return Role.builder(id, Scope.ACCOUNT).name("Role " + id).rights(READ);
    }

    private static Role defaultRole(String id) {
        return role(id).defaultRole(true).build();
    }

    private static Policy policy(PolicyRules.Builder rules, Role... roles) {
        Policy.Builder builder =
                Policy.builder().account("acme").catalog(CATALOG).rules(rules.build());
        List.of(roles).forEach(builder::role);
        return builder.build();
    }

    private static Policy applied(Policy policy, Change... changes) {
        return policy.apply(List.of(changes), Instant.EPOCH).policy();
    }

    private static List<Code> codes(Policy policy, Change... changes) {
        return codes(() -> applied(policy, changes));
    }

    private static List<Code> codes(ThrowingCallable refused) {
        return catchThrowableOfType(PolicyViolationException.class, refused).violations().stream()
                .map(Violation::code)
                .toList();
    }

    @Test
    void a_system_role_keeps_its_rights_and_what_the_rules_keep() {
        Policy policy = policy(
                PolicyRules.builder().allowsSystemRoleNames(false).allowsSystemRoleDefaults(false),
                OWNER,
                defaultRole("member"));
        RoleUpdate mighty = RoleUpdate.builder()
                .rights(CATALOG.rights("user:read", "user:update"))
                .build();
        RoleUpdate powerless = RoleUpdate.builder().rights(CATALOG.noRights()).build();

        for (RoleUpdate update : List.of(RENAMED, DESCRIBED, DEFAULT, mighty, powerless)) {
            assertThat(codes(policy, Change.updateRole("owner", update)))
                    .as("%s", update)
                    .containsExactly(Code.SYSTEM_ROLE);
        }
        RoleUpdate same = RoleUpdate.builder()
                .name("Role owner")
                .description(null)
                .defaultRole(false)
                .rights(READ)
                .build();
        assertThat(applied(policy, Change.updateRole("owner", same)).role("owner"))
                .contains(OWNER);
    }

    @Test
    void the_rules_may_leave_names_and_defaults_of_system_roles_to_the_account() {
        Policy policy = policy(
                PolicyRules.builder().allowsSystemRoleNames(true).allowsSystemRoleDefaults(true),
                OWNER,
                defaultRole("member"));

        Role changed = applied(
                        policy,
                        Change.updateRole("owner", RENAMED),
                        Change.updateRole("owner", DESCRIBED),
                        Change.updateRole("owner", DEFAULT))
                .role("owner")
                .orElseThrow();

        assertThat(changed.name()).isEqualTo("Boss");
        assertThat(changed.description()).contains("Runs it all");
        assertThat(changed.isDefault()).isTrue();
    }

    @Test
    void there_are_as_many_default_roles_as_the_rules_ask_for() {
        PolicyRules.Builder rules = PolicyRules.builder().defaults(Scope.ACCOUNT, 2, 3);
        Policy two = policy(
                rules,
                defaultRole("a"),
                defaultRole("b"),
                role("c").build(),
                role("d").build());

        assertThat(codes(two, Change.updateRole("a", NOT_DEFAULT))).containsExactly(Code.LAST_DEFAULT_ROLE);
        Policy three = applied(two, Change.updateRole("c", DEFAULT));
        assertThat(codes(three, Change.updateRole("d", DEFAULT))).containsExactly(Code.TOO_MANY_DEFAULTS);
        assertThat(codes(() -> policy(rules, defaultRole("a")))).containsExactly(Code.LAST_DEFAULT_ROLE);
        assertThat(codes(() -> policy(rules, defaultRole("a"), defaultRole("b"), defaultRole("c"), defaultRole("d"))))
                .containsExactly(Code.TOO_MANY_DEFAULTS);
    }

    /** A release may ask for more or for less than a stored policy has: edits may only come nearer. */
    @Test
    void a_policy_with_too_few_or_too_many_default_roles_may_come_nearer() {
        Policy one = policy(
                PolicyRules.builder(),
                defaultRole("a"),
                role("b").build(),
                role("c").build(),
                role("d").build());
        Policy tooFew = one.reboundTo(
                CATALOG, PolicyRules.builder().defaults(Scope.ACCOUNT, 3, 3).build());
        Change makeB = Change.updateRole("b", DEFAULT);
        Change makeC = Change.updateRole("c", DEFAULT);
        Change makeD = Change.updateRole("d", DEFAULT);

        assertThat(applied(tooFew, makeB).role("b").orElseThrow().isDefault()).isTrue();
        assertThat(applied(tooFew, makeB, makeC).role("c").orElseThrow().isDefault())
                .isTrue();
        assertThat(codes(tooFew, makeB, makeC, makeD)).containsExactly(Code.TOO_MANY_DEFAULTS);
        assertThat(codes(tooFew, Change.updateRole("a", NOT_DEFAULT))).containsExactly(Code.LAST_DEFAULT_ROLE);

        Policy tooMany = applied(one, makeB, makeC, makeD)
                .reboundTo(
                        CATALOG,
                        PolicyRules.builder().defaults(Scope.ACCOUNT, 2, 2).build());
        Change dropB = Change.updateRole("b", NOT_DEFAULT);
        Change dropC = Change.updateRole("c", NOT_DEFAULT);
        Change dropD = Change.updateRole("d", NOT_DEFAULT);
        assertThat(applied(tooMany, dropB).role("b").orElseThrow().isDefault()).isFalse();
        assertThat(codes(tooMany, dropB, dropC, dropD)).containsExactly(Code.LAST_DEFAULT_ROLE);
    }

    @Test
    void an_edit_may_not_take_the_name_of_another_role() {
        PolicyRules.Builder rules = PolicyRules.builder().requiresUniqueNames(true);
        Policy policy = policy(rules, defaultRole("a"), role("b").build());
        RoleUpdate taken = RoleUpdate.builder().name("role A").build();

        assertThat(codes(policy, Change.updateRole("b", taken))).containsExactly(Code.NAME_TAKEN);
        assertThat(codes(
                        policy,
                        Change.createRole(
                                "c",
                                Scope.ACCOUNT,
                                RoleUpdate.builder().name("Role b").build())))
                .containsExactly(Code.NAME_TAKEN);

        Policy discarded = applied(policy, Change.deleteRole("b"));
        Policy renamed = applied(
                discarded,
                Change.updateRole("a", RoleUpdate.builder().name("Role b").build()));
        assertThat(codes(renamed, Change.restoreRole("b"))).containsExactly(Code.NAME_TAKEN);
    }

    /** A release may ask for unique names where there are none: only what an edit changes is judged. */
    @Test
    void names_that_were_equal_before_do_not_refuse_an_edit_of_something_else() {
        Policy policy = policy(
                        PolicyRules.builder(),
                        defaultRole("a"),
                        role("b").name("Role a").build())
                .reboundTo(
                        CATALOG, PolicyRules.builder().requiresUniqueNames(true).build());

        assertThat(applied(policy, Change.updateRole("b", DESCRIBED))
                        .role("b")
                        .orElseThrow()
                        .description())
                .contains("Runs it all");
    }

    @Test
    void a_role_that_is_created_needs_what_the_rules_do_not_give() {
        PolicyRules.Builder rules = PolicyRules.builder().requiresRights(true).defaultScope(null);
        Policy policy = policy(rules, defaultRole("a"));

        assertThat(codes(policy, new Change.CreateRole(null, null, RoleUpdate.none())))
                .containsExactlyInAnyOrder(
                        Code.MISSING_FIELD, Code.MISSING_FIELD, Code.NAME_MISSING, Code.RIGHTS_REQUIRED);
    }

    @Test
    void a_policy_needs_an_account_and_a_catalog() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Policy.builder().catalog(CATALOG).build())
                .withMessageStartingWith("no account is given");
        assertThatIllegalStateException()
                .isThrownBy(() -> Policy.builder().account("acme").build())
                .withMessageStartingWith("no catalog is given");
    }

    @Test
    void updates_are_equal_if_they_give_the_same() {
        List<RoleUpdate> updates = List.of(
                RoleUpdate.none(),
                RENAMED,
                DESCRIBED,
                RoleUpdate.builder().description(null).build(),
                RoleUpdate.builder().description("Other").build(),
                DEFAULT,
                NOT_DEFAULT,
                RoleUpdate.builder().rights(READ).build());
        assertThat(new HashSet<>(updates)).hasSameSizeAs(updates);
        for (RoleUpdate one : updates) {
            assertThat(updates.stream().filter(one::equals)).containsExactly(one);
        }
        assertThat(RoleUpdate.builder().name("Boss").build()).isEqualTo(RENAMED).hasSameHashCodeAs(RENAMED);
        assertThat(RENAMED).isNotEqualTo(null);
    }
}
