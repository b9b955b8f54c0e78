package io.rbac.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P54")
class AccessDiffTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "create", "read", "update", "delete")
            .group("message", "create", "read")
            .build();
    private static final Target ACCOUNT = Target.account();
    private static final Target SUPPORT = Target.team("support");
    private static final Target SALES = Target.team("sales");

    /** How many users a large account has: enough for pages that split. */
    private static final int USERS = 2_000;

    private final Policy policy = builder(CATALOG).build();
    private final PermissionMatrix matrix = PermissionMatrix.compile(policy);

    private static Policy.Builder builder(PermissionCatalog catalog) {
        return Policy.builder()
                .account("acme")
                .catalog(catalog)
                .role(role(catalog, "member", Scope.ACCOUNT, "user:read").toBuilder()
                        .defaultRole(true)
                        .build())
                .role(role(catalog, "lead", Scope.TEAM, "user:read", "user:update"))
                .role(role(catalog, "writer", Scope.CHAT, "message:create"))
                .team("sales")
                .team("support")
                .chat("c-1")
                .chat("c-42", "support")
                .assign("ada", "member", ACCOUNT)
                .assign("bob", "lead", SUPPORT)
                .assign("eve", "writer", Target.chat("c-42"));
    }

    private static Role role(PermissionCatalog catalog, String id, Scope scope, String... permissions) {
        return Role.builder(id, scope)
                .name(id)
                .rights(catalog.rights(permissions))
                .build();
    }

    private AccessDiff after(Change... changes) {
        return AccessDiff.between(matrix, matrix.updatedTo(applied(policy, changes)));
    }

    private static Policy applied(Policy policy, Change... changes) {
        return policy.apply(List.of(changes), Instant.EPOCH).policy();
    }

    private static List<String> texts(Stream<?> entries) {
        return entries.map(Object::toString).toList();
    }

    @Test
    void an_assignment_is_a_gain_at_its_target() {
        AccessDiff diff = after(Change.assign("eve", "lead", SUPPORT));
        assertThat(texts(diff.gains())).containsExactly("`eve`: [user:read, user:update] at `team/support`");
        assertThat(diff.losses()).isEmpty();
        assertThat(diff.isEquivalent()).isFalse();
        assertThat(diff.gainedCells())
                .extracting(cell -> cell.user() + " " + cell.permission() + " " + cell.target())
                .containsExactlyInAnyOrder(
                        "eve user:read team/support",
                        "eve user:update team/support",
                        "eve user:read chat/c-42",
                        "eve user:update chat/c-42");
        assertThat(diff.lostCells()).isEmpty();
        assertThat(diff.before()).isSameAs(matrix);
        assertThat(diff.after().policy().revision()).isEqualTo(1);
        assertThat(diff)
                .hasToString("AccessDiff from PermissionMatrix of acme at revision 0 to PermissionMatrix of acme at"
                        + " revision 1");
    }

    @Test
    void a_role_that_loses_a_permission_is_a_loss_of_its_holders() {
        Change update = Change.updateRole(
                "lead", RoleUpdate.builder().rights(CATALOG.rights("user:read")).build());
        AccessDiff diff = after(update);
        assertThat(diff.gains()).isEmpty();
        assertThat(texts(diff.losses())).containsExactly("`bob`: [user:update] at `team/support`");
        assertThat(texts(diff.lossGroups().stream()))
                .containsExactly("[user:update] by `lead`: `bob` at `team/support`");
        assertThat(diff.gainGroups()).isEmpty();
        assertThat(diff.lostCells())
                .extracting(cell -> cell.target().toString())
                .containsExactlyInAnyOrder("team/support", "chat/c-42");
    }

    @Test
    void what_a_user_has_from_elsewhere_is_neither_gained_nor_lost() {
        assertThat(after(Change.assign("ada", "lead", SALES)).gains())
                .singleElement()
                .hasToString("`ada`: [user:update] at `team/sales`");
        assertThat(texts(after(Change.assign("bob", "member", ACCOUNT)).gains()))
                .containsExactly("`bob`: [user:read] at `account`");
        assertThat(after(Change.assign("bob", "member", ACCOUNT)).gainedCells())
                .extracting(cell -> cell.target().toString())
                .as("all but the team that bob leads and its chat")
                .containsExactlyInAnyOrder("account", "team/sales", "chat/c-1");
    }

    @Test
    void a_moved_target_is_a_loss_of_some_and_a_gain_of_others() {
        AccessDiff away = after(Change.moveChat("c-42"));
        assertThat(texts(away.losses())).containsExactly("`bob`: [user:read, user:update] at `chat/c-42`");
        assertThat(away.gains()).isEmpty();
        PermissionMatrix moved = away.after();
        AccessDiff back = AccessDiff.between(moved, matrix);
        assertThat(texts(back.gains())).containsExactly("`bob`: [user:read, user:update] at `chat/c-42`");
        assertThat(back.losses()).isEmpty();
    }

    @Test
    void an_added_target_is_a_gain_of_those_who_have_rights_above_it() {
        AccessDiff diff = after(Change.addChat("c-7", "support"), Change.assign("eve", "writer", Target.chat("c-7")));
        assertThat(texts(diff.gains()))
                .containsExactly(
                        "`eve`: [message:create] at `chat/c-7`",
                        "`ada`: [user:read] at `chat/c-7`",
                        "`bob`: [user:read, user:update] at `chat/c-7`");
        AccessDiff team = after(Change.addTeam("new"), Change.addChat("c-8", "new"));
        assertThat(texts(team.gains()))
                .as("the team stands for what was added in it")
                .containsExactly("`ada`: [user:read] at `team/new`");
        assertThat(team.gainedCells()).hasSize(2);
        PermissionMatrix added = team.after();
        assertThat(texts(AccessDiff.between(added, matrix).losses()))
                .containsExactly("`ada`: [user:read] at `team/new`");
    }

    @Test
    void names_and_redundant_assignments_change_nothing() {
        AccessDiff diff = after(
                Change.updateRole("lead", RoleUpdate.builder().name("Head").build()),
                Change.createRole(
                        "reader",
                        Scope.TEAM,
                        RoleUpdate.builder()
                                .name("Reader")
                                .rights(CATALOG.rights("user:read"))
                                .build()),
                Change.assign("bob", "reader", SUPPORT));
        assertThat(diff.isEquivalent()).isTrue();
        assertThat(AccessDiff.between(policy, policy).isEquivalent()).isTrue();
    }

    @Test
    void a_gate_lets_only_losses_pass() {
        after(Change.removeUser("ada"), Change.unassign("bob", "lead", SUPPORT)).requireNoGain();
        AccessDiff diff = after(Change.assign("eve", "member", ACCOUNT), Change.removeUser("bob"));
        assertThatThrownBy(diff::requireNoGain)
                .isInstanceOfSatisfying(
                        AccessGainedException.class, e -> assertThat(e.gains()).hasSize(1))
                .hasMessage("access is gained: [user:read] by `member`: `eve` at `account`");
        AccessDiff many = after(
                Change.assign("eve", "member", ACCOUNT),
                Change.assign("eve", "lead", SUPPORT),
                Change.assign("bob", "writer", Target.chat("c-1")),
                Change.assign("ada", "lead", SALES),
                Change.assign("zoe", "lead", SALES));
        assertThatThrownBy(many::requireNoGain).hasMessageEndingWith("; and more");
    }

    @Test
    void groups_put_the_same_rights_by_the_same_roles_together() {
        List<Change> changes = new ArrayList<>();
        for (int i = 10; i < 22; i++) {
            changes.add(Change.assign("u" + i, "lead", i % 2 == 0 ? SUPPORT : SALES));
        }
        changes.add(Change.assign("eve", "member", ACCOUNT));
        List<AccessDiff.Group> groups = after(changes.toArray(Change[]::new)).gainGroups();
        assertThat(groups).hasSize(2);
        assertThat(groups.get(0).roles()).containsExactly("lead");
        assertThat(groups.get(0).rights()).hasToString("[user:read, user:update]");
        assertThat(groups.get(0).entryCount()).isEqualTo(12);
        assertThat(groups.get(0).examples())
                .hasSize(10)
                .first()
                .hasToString("`u10`: [user:read, user:update] at `team/support`");
        assertThat(groups.get(0).toString())
                .startsWith("[user:read, user:update] by `lead`: `u10` at `team/support`, `u11` at `team/sales`, ")
                .endsWith(" and 2 more");
        assertThat(groups.get(1)).hasToString("[user:read] by `member`: `eve` at `account`");
    }

    /** Under another catalog instance, permissions are the same if their keys are. */
    @Test
    void permissions_of_two_catalogs_are_compared_by_key() {
        PermissionCatalog other = PermissionCatalog.builder()
                .group("message", "read", "create", "fly")
                .group("user", "update", "read")
                .build();
        Policy moved = builder(other).build();
        assertThat(AccessDiff.between(policy, moved).isEquivalent()).isTrue();
        Policy more = applied(
                moved,
                Change.updateRole(
                        "writer",
                        RoleUpdate.builder()
                                .rights(other.rights("message:fly", "message:create"))
                                .build()));
        assertThat(texts(AccessDiff.between(policy, more).gains()))
                .containsExactly("`eve`: [message:fly] at `chat/c-42`");
        assertThat(texts(AccessDiff.between(more, policy).losses()))
                .containsExactly("`eve`: [message:fly] at `chat/c-42`");
    }

    /** A stored policy under the catalog of a new release: what that does not allow any more is lost. */
    @Test
    void the_same_policy_under_another_catalog_is_compared_by_what_it_grants() {
        PermissionCatalog less = PermissionCatalog.builder()
                .group("user", "create", "read", "delete")
                .group("message", "create", "read")
                .build();
        Policy rebound = policy.reboundTo(less, PolicyRules.standard());
        AccessDiff diff = AccessDiff.between(matrix, matrix.updatedTo(rebound));
        assertThat(texts(diff.losses())).containsExactly("`bob`: [user:update] at `team/support`");
        assertThat(diff.gains()).isEmpty();
    }

    /** Scopes are the same if their names are, whatever their level and whether they nest. */
    @Test
    void targets_of_two_trees_are_compared_by_the_names_of_their_scopes() {
        ScopeTree tree = ScopeTree.builder()
                .scope("account")
                .scope("region")
                .nestingScope("team")
                .scope("chat")
                .build();
        PermissionCatalog other = PermissionCatalog.builder()
                .scopes(tree)
                .group("user", "create", "read", "update", "delete")
                .group("message", "create", "read")
                .build();
        Policy rebound = policy.reboundTo(other, PolicyRules.standard());
        assertThat(AccessDiff.between(policy, rebound).isEquivalent()).isTrue();
        Policy more = applied(
                rebound,
                Change.addTarget(Target.of(tree.scope("region"), "eu"), ACCOUNT),
                Change.unassign("bob", "lead", Target.of(tree.scope("team"), "support")));
        AccessDiff diff = AccessDiff.between(policy, more);
        assertThat(texts(diff.gains())).containsExactly("`ada`: [user:read] at `region/eu`");
        assertThat(texts(diff.losses())).containsExactly("`bob`: [user:read, user:update] at `team/support`");
    }

    private static Policy large() {
        Policy.Builder builder = builder(CATALOG);
        for (int i = 0; i < USERS; i++) {
            builder.assign("u" + i, "member", ACCOUNT);
            if (i % 100 == 0) {
                builder.team("t" + i);
            }
        }
        return builder.build();
    }

    /** The promise about cost: of thousands, what an edit did not touch is not looked at. */
    @Test
    void what_an_edit_did_not_touch_is_skipped() {
        Policy before = large();
        Policy after = applied(
                before, Change.assign("u7", "lead", SUPPORT), Change.addTeam("new"), Change.moveChat("c-42", "sales"));
        List<String> users = new ArrayList<>();
        after.table().forEachChangedUser(before.table(), users::add);
        assertThat(users).containsExactly("u7");
        List<String> targets = new ArrayList<>();
        after.table()
                .forEachChangedTarget(
                        before.table(),
                        ordinal -> targets.add(
                                after.table().targetOf(ordinal).orElseThrow().toString()));
        assertThat(targets).containsExactlyInAnyOrder("team/new", "chat/c-42");
        after.table().forEachChangedRole(before.table(), role -> {
            throw new AssertionError("changed: " + role);
        });
        before.table().forEachChangedUser(before.table(), user -> {
            throw new AssertionError("changed: " + user);
        });
    }

    /** Tables of different depth, with pages split in between, and ids that collide. */
    @Test
    void edits_that_split_pages_are_compared_like_others() {
        Policy state = policy;
        PermissionMatrix first = matrix;
        for (int round = 0; round < 6; round++) {
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                changes.add(Change.assign(colliding(round * 300 + i), "member", ACCOUNT));
                changes.add(Change.assign("v" + (round * 300 + i), "lead", SUPPORT));
            }
            Policy next = applied(state, changes.toArray(Change[]::new));
            PermissionMatrix matrixBefore = PermissionMatrix.compile(state);
            PermissionMatrix matrixAfter = matrixBefore.updatedTo(next);
            AccessDiff diff = AccessDiff.between(matrixBefore, matrixAfter);
            assertThat(diff.gains()).hasSize(600);
            assertThat(diff.losses()).isEmpty();
            AccessDiff back = AccessDiff.between(matrixAfter, matrixBefore);
            assertThat(back.losses()).hasSize(600);
            assertThat(back.gains()).isEmpty();
            assertThat(AccessDiff.between(first, matrixAfter).gains()).hasSize(600 * (round + 1));
            state = next;
        }
    }

    /** Returns one of many strings with the same hash code. */
    private static String colliding(int number) {
        StringBuilder id = new StringBuilder();
        for (int bit = 0; bit < 12; bit++) {
            id.append((number >>> bit & 1) == 0 ? "Aa" : "BB");
        }
        return id.toString();
    }
}
