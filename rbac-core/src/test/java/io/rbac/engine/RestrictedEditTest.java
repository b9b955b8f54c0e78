package io.rbac.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.guard.AdminGuard;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Edits that are restricted to rights, with an actor and without. Ann holds {@code role:edit}, {@code doc:read} and {@code
 * doc:write} at the account.
 */
class RestrictedEditTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("role", "edit")
            .group("doc", "read", "write", "share")
            .group("admin", "escalate")
            .build();

    private static final Target ACCOUNT = Target.account();
    private static final Target SUPPORT = Target.team("support");

    private final PermissionEngine engine = engine(guard());

    private static AdminGuard.Builder guard() {
        Permission edit = CATALOG.permission("role:edit");
        return AdminGuard.builder(CATALOG)
                .escalation(CATALOG.permission("admin:escalate"))
                .needsForRoles(edit)
                .needsForMemberships(edit)
                .needsForTargets(edit);
    }

    private static PermissionEngine engine(AdminGuard.Builder guard) {
        return PermissionEngine.builder()
                .catalog(CATALOG)
                .guard(guard.build())
                .executor(Runnable::run)
                .build();
    }

    private static Role.Builder role(String id, Scope scope, String... keys) {
        return Role.builder(id, scope).name(id).rights(CATALOG.rights(keys));
    }

    @BeforeEach
    void create() {
        engine.create(policy());
    }

    private static Policy policy() {
        return Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .role(role("member", Scope.ACCOUNT).defaultRole(true).build())
                .role(role("editor", Scope.ACCOUNT, "role:edit", "doc:read", "doc:write")
                        .build())
                .role(role("reader", Scope.ACCOUNT, "doc:read").build())
                .role(role("escalator", Scope.ACCOUNT, "admin:escalate").build())
                .role(role("former", Scope.ACCOUNT, "doc:write")
                        .discardedAt(Instant.EPOCH)
                        .build())
                .role(role("owner", Scope.ACCOUNT, "doc:share")
                        .type(RoleType.SYSTEM)
                        .build())
                .role(role("lead", Scope.TEAM, "doc:share").build())
                .team("support")
                .chat("c-1")
                .assign("ann", "editor", ACCOUNT)
                .assign("max", "lead", SUPPORT)
                .build();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static Change creation(String... keys) {
        return Change.createRole(
                "new",
                Scope.ACCOUNT,
                RoleUpdate.builder().name("New").rights(CATALOG.rights(keys)).build());
    }

    /** Ann's edit, restricted to these rights. */
    private static PolicyEdit anns(String... restriction) {
        return PolicyEdit.of("acme").by("ann").restrictedTo(CATALOG.rights(restriction));
    }

    /** An edit of nobody in particular, restricted to these rights. */
    private static PolicyEdit accounts(String... restriction) {
        return PolicyEdit.of("acme").restrictedTo(CATALOG.rights(restriction));
    }

    private List<String> refusals(PolicyEdit edit, Change... changes) {
        return engine.preview(edit.changes(changes)).violations().stream()
                .map(violation ->
                        violation.code() + " " + violation.value().orElse("-").replace(", ", " "))
                .toList();
    }

    @Test
    void need_the_permission_from_the_actor_and_from_the_restriction() {
        assertThat(refusals(anns("role:edit"), Change.addTeam("t"))).isEmpty();
        assertThat(refusals(anns("doc:read", "doc:write"), Change.addTeam("t"))).containsExactly("FORBIDDEN ann");
        assertThat(refusals(PolicyEdit.of("acme").by("max").restrictedTo(CATALOG.allRights()), Change.addTeam("t")))
                .containsExactly("FORBIDDEN max");
    }

    @Test
    void give_away_what_the_actor_holds_and_the_restriction_has() {
        assertThat(refusals(anns("role:edit", "doc:read"), creation("doc:read")))
                .isEmpty();
        assertThat(refusals(anns("role:edit", "doc:read"), creation("doc:read", "doc:write")))
                .containsExactly("ESCALATION doc:write");
        assertThat(refusals(anns("role:edit", "doc:read", "doc:share"), creation("doc:share", "doc:write")))
                .containsExactly("ESCALATION doc:write doc:share");
        assertThat(refusals(anns("role:edit"), Change.assign("max", "reader", ACCOUNT)))
                .containsExactly("ESCALATION doc:read");
        assertThat(refusals(anns("role:edit", "doc:read"), Change.restoreRole("former")))
                .containsExactly("ESCALATION doc:write");
        assertThat(refusals(anns("role:edit"), Change.moveChat("c-1", "support")))
                .containsExactly("ESCALATION doc:share");
    }

    @Test
    void take_away_whatever_the_restriction_has() {
        assertThat(refusals(
                        anns("role:edit"),
                        Change.unassign("max", "lead", SUPPORT),
                        Change.updateRole(
                                "reader",
                                RoleUpdate.builder().rights(CATALOG.noRights()).build())))
                .isEmpty();
    }

    @Test
    void escalate_by_a_permission_that_the_actor_and_the_restriction_have() {
        engine.commit("acme", Change.assign("ann", "escalator", ACCOUNT));

        assertThat(refusals(anns("role:edit", "admin:escalate"), creation("doc:share")))
                .isEmpty();
        assertThat(refusals(anns("role:edit", "doc:read"), creation("doc:share")))
                .containsExactly("ESCALATION doc:share");
        assertThat(refusals(accounts("role:edit", "admin:escalate"), creation("doc:share")))
                .isEmpty();
    }

    @Test
    void without_an_actor_hold_the_restriction_everywhere_and_nothing_else() {
        assertThat(refusals(accounts("role:edit", "doc:share"), creation("doc:share")))
                .isEmpty();
        assertThat(refusals(accounts("role:edit", "doc:share"), Change.assign("eve", "lead", SUPPORT)))
                .isEmpty();
        assertThat(refusals(accounts("role:edit"), creation("doc:share"))).containsExactly("ESCALATION doc:share");
        assertThat(refusals(accounts("doc:share"), creation("doc:share"))).containsExactly("FORBIDDEN -");
        assertThat(engine.preview(accounts().changes(Change.addTeam("t"))).violations())
                .singleElement()
                .hasToString("FORBIDDEN at /changes/0: the restricted account may not do this at `account`: expected"
                        + " `role:edit` there");
    }

    @Test
    void to_all_rights_leave_only_system_roles_out_of_reach() {
        PolicyEdit account = PolicyEdit.of("acme").restrictedTo(CATALOG.allRights());

        assertThat(refusals(account, creation("doc:share", "admin:escalate"), Change.addTeam("t")))
                .isEmpty();
        assertThat(refusals(account, Change.assign("eve", "owner", ACCOUNT))).isEmpty();
        assertThat(refusals(account, Change.deleteRole("owner"))).containsExactly("SYSTEM_ROLE owner");
        assertThat(refusals(
                        account,
                        Change.updateRole(
                                "owner",
                                RoleUpdate.builder().rights(CATALOG.noRights()).build())))
                .containsExactly("SYSTEM_ROLE owner");
        assertThat(refusals(
                        account,
                        Change.putSystemRole(role("root", Scope.ACCOUNT).build())))
                .containsExactly("SYSTEM_ROLE root");
        assertThat(refusals(account, Change.purgeRole("former"))).containsExactly("FORBIDDEN -");
    }

    @Test
    void know_permissions_by_their_keys() {
        PermissionCatalog other = PermissionCatalog.builder()
                .group("doc", "read")
                .group("role", "edit")
                .build();
        PolicyEdit edit = PolicyEdit.of("acme").by("ann").restrictedTo(other.allRights());

        assertThat(refusals(edit, creation("doc:read"))).isEmpty();
        assertThat(refusals(edit, creation("doc:write"))).containsExactly("ESCALATION doc:write");
    }

    @Test
    void that_are_refused_change_nothing_and_others_name_their_actor() {
        PolicyViolationException refused = catchThrowableOfType(
                PolicyViolationException.class,
                () -> engine.commit(anns("role:edit").changes(creation("doc:read"))));
        assertThat(refused.violations()).hasSize(1);
        assertThat(engine.policy("acme").revision()).isEqualTo(1);

        assertThat(engine.commit(anns("role:edit").changes(creation())).actor()).contains("ann");
        assertThat(engine.commit(accounts("role:edit").changes(Change.addTeam("t")))
                        .actor())
                .isEmpty();
        assertThat(engine.policy("acme").revision()).isEqualTo(3);
    }

    @Test
    void are_forbidden_without_a_guard() {
        try (PermissionEngine unguarded =
                PermissionEngine.builder().catalog(CATALOG).build()) {
            unguarded.create(policy());
            PolicyEdit edit = accounts("role:edit").changes(Change.addTeam("t"));
            assertThatThrownBy(() -> unguarded.commit(edit))
                    .hasMessage("FORBIDDEN: the edit is restricted, and the engine has no guard: expected an edit of"
                            + " the host");
        }
    }
}
