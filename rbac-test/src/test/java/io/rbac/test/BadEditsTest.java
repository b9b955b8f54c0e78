package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.engine.Commit;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.engine.PolicyListener;
import io.rbac.model.Change;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Edits of a live engine that are wrong or without effect: each of them leaves no trace. */
class BadEditsTest {
    private static final Target ACCOUNT = Target.account();
    private static final Target SUPPORT = Target.team("support");
    private static final Target C42 = Target.chat("c-42");

    private static final PlainPolicy ACME = PlainPolicy.of(
                    "acme",
                    PlainGroup.of("user", "read", "update"),
                    PlainGroup.of("message", List.of(PlainScope.CHAT), "read"))
            .withRole(PlainRole.of("member", PlainScope.ACCOUNT, "user:read").withDefault(true))
            .withRole(PlainRole.of("lead", PlainScope.TEAM, "user:update", "user:read"))
            .withRole(PlainRole.of("host", PlainScope.ACCOUNT).withSystem(true))
            .withRole(PlainRole.of("old", PlainScope.TEAM, "user:read").withTimes(null, null, 1L))
            .withTeam("sales")
            .withTeam("support")
            .withChat("c-42", "support")
            .withAssignment("ada", "member", PlainTarget.account())
            .withAssignment("bob", "lead", PlainTarget.team("support"))
            .withAssignment("bob", "old", PlainTarget.team("support"));

    private final CountingStore store = new CountingStore(false);
    private final List<Commit> received = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private PermissionEngine engine = engine(PolicyRules.standard());

    private PermissionEngine engine(PolicyRules rules) {
        PermissionEngine made = PermissionEngine.builder()
                .catalog(PolicyConverter.catalog(ACME))
                .rules(rules)
                .store(store)
                .clock(() -> now)
                .executor(Runnable::run)
                .build();
        made.addListener(new PolicyListener() {
            @Override
            public void committed(Commit commit) {
                received.add(commit);
            }

            @Override
            public void resync(String account, long revision) {}

            @Override
            public void removed(String account) {}
        });
        made.remove("acme");
        made.create(PolicyConverter.policy(ACME));
        return made;
    }

    private void restart(PolicyRules rules) {
        engine.close();
        engine = engine(rules);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static RoleUpdate name(String name) {
        return RoleUpdate.builder().name(name).build();
    }

    private static RoleUpdate defaultRole(boolean isDefault) {
        return RoleUpdate.builder().defaultRole(isDefault).build();
    }

    private void assertRefused(String violation, Change... changes) {
        assertRefused(violation, PolicyEdit.of("acme").changes(changes));
    }

    /** Asserts that an edit is refused with one violation, and that nothing was written and nobody was notified. */
    private void assertRefused(String violation, PolicyEdit edit) {
        Policy policy = engine.policy("acme");
        int writes = store.writes();
        int notices = received.size();
        PolicyViolationException refusal =
                catchThrowableOfType(PolicyViolationException.class, () -> engine.commit(edit));
        assertThat(refusal).isNotNull();
        assertThat(PolicyConverter.violations(refusal))
                .extracting(PlainViolation::toString)
                .containsExactly(violation);
        assertThat(engine.policy("acme")).isSameAs(policy);
        assertThat(store.writes()).isEqualTo(writes);
        assertThat(received).hasSize(notices);
    }

    /** Asserts that changes have no effect: no revision, no write and no notice. */
    private void assertWithoutEffect(Change... changes) {
        Policy policy = engine.policy("acme");
        int writes = store.writes();
        int notices = received.size();
        Commit commit = engine.commit("acme", changes);
        assertThat(commit.effects()).isEmpty();
        assertThat(commit.revision()).isEqualTo(policy.revision());
        assertThat(engine.policy("acme")).isSameAs(policy);
        assertThat(store.writes()).isEqualTo(writes);
        assertThat(received).hasSize(notices);
    }

    private Policy committed(Change... changes) {
        assertThat(engine.commit("acme", changes).effects()).isNotEmpty();
        return engine.policy("acme");
    }

    @Test
    @Tag("B60")
    void a_role_without_scope_gets_the_default_scope_or_is_refused() {
        Change create = new Change.CreateRole("new", null, name("New"));
        assertRefused("MISSING_FIELD at /changes/0/scope", create);
        restart(PolicyRules.builder().defaultScope(Scope.CHAT).build());
        assertThat(committed(create).role("new").orElseThrow().scope()).isEqualTo(Scope.CHAT);
    }

    @Test
    @Tag("B61")
    void the_scope_of_a_role_cannot_change() {
        Role host = engine.policy("acme").role("host").orElseThrow();
        Role other = Role.builder("host", Scope.TEAM).name(host.name()).build();
        assertRefused("SCOPE_IMMUTABLE at /changes/0/role/scope", Change.putSystemRole(other));
    }

    @Test
    @Tag("B64")
    @Tag("P33")
    void the_last_default_role_of_the_account_stays() {
        assertRefused("LAST_DEFAULT_ROLE at /changes", Change.deleteRole("member"));
        assertRefused("LAST_DEFAULT_ROLE at /changes", Change.updateRole("member", defaultRole(false)));
    }

    @Test
    @Tag("B66")
    void a_default_role_of_a_team_does_not_count_for_the_account() {
        committed(Change.updateRole("lead", defaultRole(true)));
        assertRefused("LAST_DEFAULT_ROLE at /changes", Change.updateRole("member", defaultRole(false)));
    }

    @Test
    @Tag("B67")
    @Tag("P34")
    @Tag("P36")
    void a_role_is_discarded_once_restored_once_and_not_while_its_name_is_taken() {
        assertRefused("ROLE_DISCARDED at /changes/0/role", Change.deleteRole("old"));
        assertWithoutEffect(Change.restoreRole("lead"));
        restart(PolicyRules.builder().requiresUniqueNames(true).build());
        committed(Change.updateRole("lead", name("OLD ")));
        assertRefused("NAME_TAKEN at /changes", Change.restoreRole("old"));
    }

    @Test
    @Tag("B68")
    @Tag("B69")
    void a_discarded_or_unknown_role_is_neither_updated_nor_assigned() {
        assertRefused("ROLE_DISCARDED at /changes/0/role", Change.updateRole("old", name("New")));
        assertRefused("ROLE_DISCARDED at /changes/0/role", Change.assign("ada", "old", SUPPORT));
        assertRefused("ROLE_NOT_FOUND at /changes/0/role", Change.updateRole("gone", name("New")));
        assertRefused("ROLE_NOT_FOUND at /changes/0/role", Change.assign("ada", "gone", SUPPORT));
    }

    @Test
    @Tag("B70")
    void a_role_is_assigned_only_at_a_target_of_its_scope() {
        assertRefused("SCOPE_MISMATCH at /changes/0/role", Change.assign("ada", "lead", ACCOUNT));
        assertRefused("SCOPE_MISMATCH at /changes/0/role", Change.assign("ada", "lead", C42));
        assertRefused("SCOPE_MISMATCH at /changes/0/role", Change.assign("ada", "member", SUPPORT));
    }

    @Test
    @Tag("B72")
    @Tag("P35")
    void the_id_of_a_discarded_role_is_taken() {
        assertRefused("DUPLICATE_ID at /changes/0/id", Change.createRole("old", Scope.TEAM, name("New")));
    }

    @Test
    @Tag("B73")
    @Tag("P23")
    @Tag("P24")
    void an_id_added_again_has_no_old_assignment() {
        committed(Change.assign("ada", "lead", SUPPORT));
        Policy policy =
                committed(Change.removeTeam("support"), Change.addTeam("support"), Change.addChat("c-42", "support"));
        assertThat(policy.usersAt(SUPPORT)).isEmpty();
        assertThat(engine.hasPermission("acme", "bob", "user:update", C42)).isFalse();
        policy = committed(Change.removeUser("ada"), Change.assign("ada", "lead", SUPPORT));
        assertThat(policy.rolesOf("ada")).hasSize(1);
        assertThat(engine.hasPermission("acme", "ada", "user:read", ACCOUNT)).isFalse();
    }

    @Test
    @Tag("B74")
    @Tag("B75")
    @Tag("P11")
    void assigning_again_and_ending_what_does_not_exist_have_no_effect() {
        assertWithoutEffect(Change.assign("bob", "lead", SUPPORT), Change.assign("bob", "lead", SUPPORT));
        assertWithoutEffect(Change.unassign("ada", "lead", SUPPORT));
        assertWithoutEffect(Change.unassign("nobody", "lead", SUPPORT), Change.removeUser("nobody"));
    }

    @Test
    @Tag("B76")
    @Tag("P30")
    void rights_of_an_update_are_never_merged_with_the_old_ones() {
        RoleUpdate update = RoleUpdate.builder()
                .rights(PolicyConverter.catalog(ACME).rights("user:read"))
                .build();
        Policy policy = committed(Change.updateRole("lead", update));
        assertThat(policy.role("lead").orElseThrow().rights())
                .isEqualTo(policy.catalog().rights("user:read"));
        assertThat(engine.hasPermission("acme", "bob", "user:update", SUPPORT)).isFalse();
    }

    @Test
    @Tag("B79")
    @Tag("B80")
    @Tag("B81")
    void a_chat_is_moved_and_added_only_to_a_known_team_and_under_a_new_id() {
        engine.create(PolicyConverter.policy(ACME.withAccount("other").withTeam("theirs")));
        received.clear();
        assertRefused("TARGET_NOT_FOUND at /changes/0/parent", Change.moveChat("c-42", "theirs"));
        assertRefused("TARGET_NOT_FOUND at /changes/0/parent", Change.moveChat("c-42", "nowhere"));
        assertRefused("TARGET_NOT_FOUND at /changes/0/parent", Change.addChat("new", "c-42"));
        assertRefused("DUPLICATE_ID at /changes/0/target", Change.addChat("c-42", "sales"));
        assertRefused("DUPLICATE_ID at /changes/1/target", Change.addChat("new"), Change.addChat("new"));
        committed(Change.moveChat("c-42", "sales"));
        assertThat(engine.hasPermission("acme", "bob", "user:update", C42)).isFalse();
        engine.remove("other");
    }

    @Test
    @Tag("B123")
    void a_target_lies_in_no_other_of_a_narrower_scope_of_its_own_or_in_itself() {
        String violation = "PARENT_INVALID at /changes/0/parent";
        assertRefused(violation, Change.moveTarget(SUPPORT, C42));
        assertRefused(violation, Change.moveTarget(SUPPORT, Target.team("sales")));
        assertRefused(violation, Change.moveTarget(SUPPORT, SUPPORT));
        assertRefused(violation, Change.addTarget(Target.team("new"), SUPPORT));
        assertRefused(violation, Change.addTarget(Target.chat("new"), C42));
    }

    @Test
    @Tag("B124")
    void the_account_and_targets_of_another_tree_are_not_added_moved_or_removed() {
        ScopeTree other =
                ScopeTree.builder().scope("account").nestingScope("team").build();
        for (Target target : List.of(ACCOUNT, Target.of(other.scope("team"), "support"))) {
            for (Change change : List.of(
                    Change.addTarget(target),
                    Change.addTarget(target, SUPPORT),
                    Change.moveTarget(target, ACCOUNT),
                    Change.removeTarget(target))) {
                assertRefused("SCOPE_INVALID at /changes/0/target", change);
            }
        }
        Target foreign = Target.of(other.scope("team"), "support");
        assertRefused("TARGET_NOT_FOUND at /changes/0/parent", Change.moveTarget(C42, foreign));
        assertRefused("TARGET_NOT_FOUND at /changes/0/target", Change.connect("ada", foreign));
        assertRefused("SCOPE_INVALID at /changes/0/scope", Change.createRole("new", other.scope("team"), name("New")));
    }

    @Test
    @Tag("B82")
    @Tag("B83")
    @Tag("P47")
    void an_expected_revision_must_be_the_current_one_even_if_the_content_is_the_same() {
        PolicyEdit edit = PolicyEdit.of("acme").changes(Change.addTeam("late"));
        Policy first = engine.policy("acme");
        committed(Change.addTeam("new"));
        Policy third = committed(Change.removeTeam("new"));
        assertThat(third.withRevision(first.revision())).isEqualTo(first);
        for (long other :
                new long[] {0, first.revision(), third.revision() - 1, third.revision() + 1, Long.MAX_VALUE}) {
            assertRefused("CONFLICT at ", edit.expecting(third.version().at(other)));
        }
        assertThat(engine.commit(edit.expecting(third.version())).revision()).isEqualTo(third.revision() + 1);
    }

    @Test
    @Tag("B85")
    @Tag("P38")
    @Tag("P39")
    void a_batch_with_one_invalid_change_is_refused_as_a_whole_with_its_path() {
        for (int invalid : List.of(0, 4, 8)) {
            Change[] changes = IntStream.range(0, 9)
                    .mapToObj(k -> Change.addTeam(k == invalid ? "support" : "new" + k))
                    .toArray(Change[]::new);
            assertRefused("DUPLICATE_ID at /changes/" + invalid + "/target", changes);
        }
    }

    @Test
    @Tag("B86")
    void contradicting_changes_take_effect_in_order() {
        Policy policy = committed(
                Change.updateRole("lead", name("First")),
                Change.updateRole("lead", name("Second")),
                Change.unassign("bob", "lead", SUPPORT),
                Change.assign("bob", "lead", SUPPORT),
                Change.moveChat("c-42", "sales"),
                Change.moveChat("c-42"));
        assertThat(policy.role("lead").orElseThrow().name()).isEqualTo("Second");
        assertThat(policy.usersOf("lead")).containsExactly("bob");
        assertThat(policy.parentOf(C42)).contains(ACCOUNT);
        assertWithoutEffect(Change.addTeam("new"), Change.removeTeam("new"));
    }

    @Test
    @Tag("B108")
    void a_clock_that_jumps_changes_only_the_times_of_roles() {
        restart(PolicyRules.builder().deletion(Deletion.DISCARD).build());
        List<Duration> jumps =
                List.of(Duration.ofHours(-1), Duration.ofDays(3650), Duration.ofDays(-36_500), Duration.ZERO);
        long revision = engine.policy("acme").revision();
        for (Duration jump : jumps) {
            now = Instant.parse("2025-06-30T15:00:00Z").plus(jump);
            committed(Change.deleteRole("lead"));
            assertThat(engine.hasPermission("acme", "bob", "user:update", SUPPORT))
                    .isFalse();
            Policy policy = committed(Change.restoreRole("lead"));
            assertThat(engine.hasPermission("acme", "bob", "user:update", SUPPORT))
                    .isTrue();
            assertThat(policy.role("lead").orElseThrow().updatedAt()).contains(now);
            assertThat(policy.revision()).isEqualTo(revision += 2);
        }
        assertThat(received).extracting(Commit::revision).isSorted();
    }

    @Test
    @Tag("B104")
    void a_clock_or_a_source_of_ids_that_throws_fails_the_edit_and_changes_no_decision() {
        engine.close();
        IllegalStateException failure = new IllegalStateException("planned");
        Change create = Change.createRole(Scope.TEAM, name("New"));
        engine = PermissionEngine.builder()
                .catalog(PolicyConverter.catalog(ACME))
                .store(store)
                .clock(() -> {
                    throw failure;
                })
                .build();
        assertFails(failure, Change.addTeam("new"));
        engine.close();
        engine = PermissionEngine.builder()
                .catalog(PolicyConverter.catalog(ACME))
                .store(store)
                .ids(() -> {
                    throw failure;
                })
                .build();
        assertFails(failure, create);
    }

    private void assertFails(RuntimeException failure, Change change) {
        Policy policy = engine.policy("acme");
        int writes = store.writes();
        assertThatThrownBy(() -> engine.commit("acme", change)).isSameAs(failure);
        assertThat(engine.policy("acme")).isSameAs(policy);
        assertThat(store.writes()).isEqualTo(writes);
        assertThat(engine.hasPermission("acme", "bob", "user:update", SUPPORT)).isTrue();
        assertThat(engine.hasPermission("acme", "ada", "user:update", SUPPORT)).isFalse();
    }

    @Test
    @Tag("B56")
    void a_list_is_copied_once_and_what_it_throws_passes_through() {
        List<String> names = new ArrayList<>(List.of("lead"));
        Change setRoles = Change.setRoles("ada", SUPPORT, names);
        Change setUsers = Change.setUsers("lead", SUPPORT, names);
        Rights rights = PolicyConverter.catalog(ACME).rights(new ArrayList<>(List.of("user:read")));
        List<Change> changes = new ArrayList<>(List.of(setRoles));
        PolicyEdit edit = PolicyEdit.of("acme").changes(changes);
        names.add("gone");
        changes.clear();
        assertThat(setRoles).isEqualTo(Change.setRoles("ada", SUPPORT, List.of("lead")));
        assertThat(setUsers).isEqualTo(Change.setUsers("lead", SUPPORT, List.of("lead")));
        assertThat(rights.size()).isEqualTo(1);
        assertThat(edit.changes()).containsExactly(setRoles);
        IllegalStateException failure = new IllegalStateException("planned");
        List<String> throwing = new AbstractList<>() {
            @Override
            public String get(int index) {
                throw failure;
            }

            @Override
            public int size() {
                return 1;
            }
        };
        assertThatThrownBy(() -> Change.setRoles("ada", SUPPORT, throwing)).isSameAs(failure);
        assertThatThrownBy(() -> Change.setUsers("lead", SUPPORT, throwing)).isSameAs(failure);
        assertThatThrownBy(() -> PolicyConverter.catalog(ACME).rights(throwing)).isSameAs(failure);
    }
}
