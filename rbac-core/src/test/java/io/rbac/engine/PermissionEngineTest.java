package io.rbac.engine;

import static io.rbac.engine.Acme.ACCOUNT;
import static io.rbac.engine.Acme.C42;
import static io.rbac.engine.Acme.CATALOG;
import static io.rbac.engine.Acme.SUPPORT;
import static io.rbac.engine.Acme.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.guard.AdminGuard;
import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.UserPermissions;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.AppliedChanges;
import io.rbac.policy.Folders;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PermissionEngineTest {

    private final FakeStore store = new FakeStore();
    private final PermissionEngine engine = Acme.engine(store)
            .clock(InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.678901Z")))
            .build();

    @AfterEach
    void close() {
        engine.close();
    }

    static void assertRefused(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PolicyViolationException.class,
                        e -> assertThat(e.violations())
                                .extracting(Violation::code)
                                .containsExactly(code));
    }

    @Nested
    class Accounts {

        @Test
        void created_at_revision_one_whatever_the_policy_states() {
            Policy policy = Acme.builder("acme").revision(99).build();
            Commit commit = engine.create(policy);

            assertThat(commit.account()).isEqualTo("acme");
            assertThat(commit.revision()).isEqualTo(1);
            assertThat(commit.actor()).isEmpty();
            assertThat(commit.reason()).isEmpty();
            assertThat(commit.time()).isEqualTo("2026-01-02T03:04:05.678Z");
            assertThat(commit.changes()).isEmpty();
            assertThat(commit.effects()).hasSize(3 + 2 + 3);
            assertThat(engine.policy("acme")).isEqualTo(policy.withRevision(1));
            assertThat(store.memory.load("acme").orElseThrow().policy()).isEqualTo(policy.withRevision(1));
        }

        @Test
        void are_not_created_twice() {
            engine.create(Acme.policy());
            assertThatThrownBy(() -> engine.create(Acme.policy()))
                    .hasMessage("ACCOUNT_EXISTS at /account: account `acme` exists already");
            assertThat(engine.policy("acme").revision()).isEqualTo(1);
        }

        @Test
        void are_under_the_catalog_and_the_rules_of_the_engine() {
            PermissionCatalog other = PermissionCatalog.builder()
                    .group("message", "read", "create")
                    .group("user", "delete", "update", "read", "unused")
                    .build();
            engine.create(Policy.builder()
                    .account("acme")
                    .catalog(other)
                    .rules(PolicyRules.builder().nameMax(9).build())
                    .role(Role.builder("member", Scope.ACCOUNT)
                            .name("Member")
                            .defaultRole(true)
                            .rights(other.rights("user:read", "message:create"))
                            .build())
                    .assign("ada", "member", ACCOUNT)
                    .build());
            assertThat(engine.policy("acme").catalog()).isSameAs(CATALOG);
            assertThat(engine.policy("acme").rules()).isSameAs(PolicyRules.standard());
            assertThat(engine.hasPermission("acme", "ada", "message:create", ACCOUNT))
                    .isTrue();
            assertThat(engine.hasPermission("acme", "ada", "message:read", ACCOUNT))
                    .isFalse();
        }

        @Test
        void that_break_catalog_or_rules_are_refused_with_all_they_break() {
            PermissionCatalog other =
                    PermissionCatalog.builder().group("door", "open").build();
            Policy policy = Policy.builder()
                    .account("acme")
                    .catalog(other)
                    .rules(PolicyRules.builder()
                            .defaults(Scope.ACCOUNT, 0, null)
                            .build())
                    .role(Role.builder("porter", Scope.ACCOUNT)
                            .name("Porter")
                            .rights(other.allRights())
                            .build())
                    .build();
            assertThatThrownBy(() -> engine.create(policy))
                    .isInstanceOfSatisfying(
                            PolicyViolationException.class,
                            e -> assertThat(e.violations())
                                    .extracting(Violation::code)
                                    .containsExactlyInAnyOrder(Code.UNKNOWN_PERMISSION, Code.LAST_DEFAULT_ROLE));
            assertThat(store.writes).hasValue(0);
        }

        @Test
        void are_replaced_as_one_new_revision() {
            engine.create(Acme.policy());
            engine.commit("acme", Acme.rename("Boss"));
            Policy backup = Acme.builder("acme")
                    .revision(77)
                    .team("sales")
                    .assign("eve", "member", ACCOUNT)
                    .build();
            Policy before = engine.policy("acme");
            Commit commit = engine.replace(backup);

            assertThat(commit.revision()).isEqualTo(3);
            assertThat(commit.effects())
                    .containsExactlyElementsOf(backup.effectsSince(before))
                    .hasSize(3);
            assertThat(engine.policy("acme")).isEqualTo(backup.withRevision(3));
            assertThat(store.memory.load("acme").orElseThrow().policy()).isEqualTo(backup.withRevision(3));
        }

        @Test
        void are_not_replaced_by_one_in_which_the_last_holder_is_gone() {
            PolicyRules lockout =
                    PolicyRules.builder().lockout(List.of("user:read")).build();
            try (PermissionEngine guarded = Acme.engine(store).rules(lockout).build()) {
                Policy empty = Policy.builder()
                        .account("acme")
                        .catalog(CATALOG)
                        .role(Acme.member())
                        .build();
                guarded.create(empty);
                assertThat(guarded.replace(empty).revision()).isEqualTo(2);
                assertThat(guarded.replace(Acme.policy()).revision()).isEqualTo(3);
                Policy before = guarded.policy("acme");
                assertThatThrownBy(() -> guarded.replace(empty))
                        .hasMessage(
                                "LAST_HOLDER at /assignments: no user would hold `user:read` at the account any more:"
                                        + " expected at least one");
                assertThat(guarded.policy("acme")).isSameAs(before);
                assertThat(store.writes).hasValue(3);
            }
        }

        @Test
        void unknown_ones_are_not_replaced_edited_or_shown() {
            assertRefused(Code.ACCOUNT_NOT_FOUND, () -> engine.replace(Acme.policy()));
            assertRefused(Code.ACCOUNT_NOT_FOUND, () -> engine.commit("acme", Acme.rename("Boss")));
            assertRefused(Code.ACCOUNT_NOT_FOUND, () -> engine.preview(PolicyEdit.of("acme")));
            assertRefused(Code.ACCOUNT_NOT_FOUND, () -> engine.policy("acme"));
            assertRefused(Code.ACCOUNT_NOT_FOUND, () -> engine.matrix("acme"));
            assertRefused(Code.ACCOUNT_NOT_FOUND, () -> engine.violations("acme"));
            assertThatThrownBy(() -> engine.checker("acme"))
                    .hasMessage("ACCOUNT_NOT_FOUND: there is no account `acme`");
            assertThat(engine.remove("acme")).isFalse();
        }

        @Test
        void unknown_ones_deny_and_leave_nothing_behind() {
            for (int i = 0; i < 10_000; i++) {
                assertThat(engine.hasPermission("ghost-" + i, "ada", UPDATE, ACCOUNT))
                        .isFalse();
            }
            assertThat(engine.hasPermission("ghost", "ada", "user:update", ACCOUNT))
                    .isFalse();
            assertThat(engine.accountsInUse()).isZero();
            assertThat(engine.statistics().accounts()).isZero();
        }

        @Test
        void removed_ones_are_gone_and_inherit_nothing() {
            engine.create(Acme.policy());
            engine.commit("acme", Change.assign("eve", "lead", SUPPORT));
            PermissionChecker old = engine.checker("acme");
            assertThat(old.hasPermission("eve", UPDATE, C42)).isTrue();

            assertThat(engine.remove("acme")).isTrue();
            assertThat(engine.remove("acme")).isFalse();
            assertThat(engine.hasPermission("acme", "eve", UPDATE, C42)).isFalse();
            assertThat(old.hasPermission("eve", UPDATE, C42)).isFalse();
            assertThat(engine.accountsInUse()).isZero();

            assertThat(engine.create(Acme.policy()).revision()).isEqualTo(1);
            assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isTrue();
            assertThat(engine.hasPermission("acme", "eve", UPDATE, C42)).isFalse();
            assertThat(old.hasPermission("bob", UPDATE, C42)).isFalse();
            assertThat(old.hasPermission("bob", "user:update", C42)).isFalse();
            assertThat(old.hasAny("bob", CATALOG.allRights(), C42)).isFalse();
            assertThat(old.hasAll("bob", CATALOG.rights("user:update"), C42)).isFalse();
            assertThat(engine.checker("acme").hasPermission("bob", UPDATE, C42)).isTrue();
        }

        @Test
        @Tag("P79")
        void removed_ones_deny_everything_to_a_user_who_is_asked_for_afterwards() {
            engine.create(Acme.policy());
            AccountChecker old = engine.checker("acme");
            UserPermissions before = old.user("bob");
            engine.remove("acme");
            for (UserPermissions bob : List.of(old.user("bob"), engine.user("acme", "bob"))) {
                assertThat(bob.id()).isEqualTo("bob");
                assertThat(bob.has(UPDATE, C42)).isFalse();
                assertThat(bob.hasAny(CATALOG.allRights(), ACCOUNT)).isFalse();
                assertThat(bob.rightsAt(C42)).isEqualTo(CATALOG.noRights());
                assertThat(bob.filter(UPDATE, List.of(C42, ACCOUNT))).isEmpty();
            }
            engine.create(Acme.policy());
            assertThat(old.user("bob").has(UPDATE, C42)).isFalse();
            assertThat(before.has(UPDATE, C42)).isTrue();
            assertThat(engine.user("acme", "bob").has(UPDATE, C42)).isTrue();
        }
    }

    @Nested
    class Answers {

        @Test
        void are_the_same_through_every_way() {
            engine.create(Acme.policy());
            PermissionChecker checker = engine.checker("acme");
            PermissionMatrix matrix = engine.matrix("acme");
            for (String user : List.of("ada", "bob", "ghost")) {
                for (Target target : List.of(ACCOUNT, SUPPORT, C42, Target.team("ghost"))) {
                    CATALOG.permissions().forEach(permission -> {
                        boolean answer = matrix.hasPermission(user, permission, target);
                        String key = permission.key();
                        assertThat(checker.hasPermission(user, permission, target))
                                .isEqualTo(answer);
                        assertThat(checker.hasPermission(user, key, target)).isEqualTo(answer);
                        assertThat(checker.hasAny(user, CATALOG.rights(key), target))
                                .isEqualTo(answer);
                        assertThat(checker.hasAll(user, CATALOG.rights(key), target))
                                .isEqualTo(answer);
                        assertThat(engine.hasPermission("acme", user, permission, target))
                                .isEqualTo(answer);
                        assertThat(engine.hasPermission("acme", user, key, target))
                                .isEqualTo(answer);
                    });
                }
            }
            assertThat(matrix.hasPermission("bob", UPDATE, C42)).isTrue();
            assertThat(checker.hasPermission("bob", "no:such", C42)).isFalse();
        }

        @Test
        @Tag("P79")
        void about_one_user_stay_those_of_the_revision_at_which_they_were_asked_for() {
            engine.create(Acme.policy());
            AccountChecker checker = engine.checker("acme");
            UserPermissions live = checker.user("bob");
            UserPermissions throughEngine = engine.user("acme", "bob");
            engine.commit("acme", Change.unassign("bob", "lead", SUPPORT));
            for (UserPermissions bob : List.of(live, throughEngine)) {
                assertThat(bob.has(UPDATE, C42)).isTrue();
                assertThat(bob.filter("user:update", List.of(ACCOUNT, C42))).containsExactly(C42);
                assertThat(bob).hasToString("UserPermissions of bob in acme at revision 1");
            }
            assertThat(checker.user("bob").has(UPDATE, C42)).isFalse();
            assertThat(engine.user("acme", "bob").has(UPDATE, C42)).isFalse();
            assertThat(engine.user("ghost", "bob").has(UPDATE, C42)).isFalse();
            assertThat(engine.accountsInUse()).isEqualTo(1);
        }

        @Test
        void of_a_checker_follow_commits_and_those_of_a_matrix_do_not() {
            engine.create(Acme.policy());
            PermissionChecker checker = engine.checker("acme");
            PermissionMatrix matrix = engine.matrix("acme");
            engine.commit("acme", Acme.leadGets("user:delete"));
            assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
            assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isFalse();
            assertThat(matrix.hasPermission("bob", UPDATE, C42)).isTrue();
            assertThat(checker.hasPermission("bob", "user:delete", C42)).isTrue();
        }

        @Test
        @Tag("B48")
        void null_is_never_one() {
            engine.create(Acme.policy());
            PermissionChecker removed = removedAccount();
            for (PermissionChecker checker : List.of(engine.checker("acme"), removed)) {
                assertThatNullPointerException().isThrownBy(() -> checker.hasPermission(null, UPDATE, ACCOUNT));
                assertThatNullPointerException().isThrownBy(() -> checker.hasPermission("ada", UPDATE, null));
                assertThatNullPointerException().isThrownBy(() -> checker.hasPermission("ada", (String) null, ACCOUNT));
            }
            for (String account : new String[] {"acme", "ghost", null}) {
                String user = account == null ? "ada" : null;
                assertThatNullPointerException().isThrownBy(() -> engine.hasPermission(account, user, UPDATE, ACCOUNT));
                assertThatNullPointerException()
                        .isThrownBy(() -> engine.hasPermission(account, user, "user:update", ACCOUNT));
            }
        }

        private PermissionChecker removedAccount() {
            engine.create(Acme.policy("gone"));
            PermissionChecker checker = engine.checker("gone");
            engine.remove("gone");
            return checker;
        }
    }

    @Nested
    class StoredPolicies {

        private final PermissionCatalog newer = PermissionCatalog.builder()
                .group("user", "read", "update", "delete", "export")
                .group("message", "create", "read")
                .build();

        private void storeNewer() {
            Policy policy = Policy.builder()
                    .account("acme")
                    .catalog(newer)
                    .role(Role.builder("member", Scope.ACCOUNT)
                            .name("Member")
                            .defaultRole(true)
                            .rights(newer.rights("user:read", "user:export"))
                            .build())
                    .assign("ada", "member", ACCOUNT)
                    .build();
            Acme.create(store.memory, policy.withVersion(Acme.version(5)));
        }

        @Test
        @Tag("P64")
        void that_hold_an_unknown_permission_are_answered_from_without_it() {
            storeNewer();
            assertThat(engine.hasPermission("acme", "ada", "user:read", ACCOUNT))
                    .isTrue();
            assertThat(engine.hasPermission("acme", "ada", "user:export", ACCOUNT))
                    .isFalse();
            assertThat(engine.hasPermission("acme", "ada", newer.permission("user:export"), ACCOUNT))
                    .isFalse();
            assertThat(engine.violations("acme")).extracting(Violation::code).containsExactly(Code.UNKNOWN_PERMISSION);
        }

        @Test
        @Tag("S2")
        void that_break_something_take_a_commit_that_breaks_nothing_more() {
            storeNewer();
            assertThat(engine.commit("acme", Change.assign("bob", "member", ACCOUNT))
                            .revision())
                    .isEqualTo(6);
            assertThat(engine.commit("acme", Change.removeUser("ada")).revision())
                    .isEqualTo(7);
            assertThat(engine.hasPermission("acme", "ada", "user:read", ACCOUNT))
                    .isFalse();
            assertThat(engine.violations("acme")).extracting(Violation::code).containsExactly(Code.UNKNOWN_PERMISSION);
            assertThat(store.memory
                            .load("acme")
                            .orElseThrow()
                            .policy()
                            .role("member")
                            .orElseThrow()
                            .rights())
                    .isEqualTo(newer.rights("user:read", "user:export"));

            RoleUpdate more = RoleUpdate.builder()
                    .name("Other")
                    .rights(newer.rights("user:export"))
                    .build();
            assertRefused(
                    Code.UNKNOWN_PERMISSION,
                    () -> engine.commit("acme", Change.createRole("other", Scope.ACCOUNT, more)));
            assertRefused(Code.LAST_DEFAULT_ROLE, () -> engine.commit("acme", Change.deleteRole("member")));
            assertThat(engine.policy("acme").revision()).isEqualTo(7);
            assertThat(store.writes).hasValue(2);

            Commit repair = engine.commit(
                    "acme",
                    Change.updateRole(
                            "member",
                            RoleUpdate.builder()
                                    .rights(CATALOG.rights("user:read"))
                                    .build()));
            assertThat(repair.revision()).isEqualTo(8);
            assertThat(engine.violations("acme")).isEmpty();
        }

        @Test
        void that_are_sound_have_no_violations() {
            engine.create(Acme.policy());
            assertThat(engine.violations("acme")).isEmpty();
        }

        @Test
        void of_another_account_are_no_answer() {
            Policy other = Acme.policy("other");
            store.load = inner -> Optional.of(new StoredPolicy(other, other.digest()));
            assertThatThrownBy(() -> engine.hasPermission("acme", "ada", UPDATE, ACCOUNT))
                    .isInstanceOf(PolicyStoreException.class)
                    .hasMessageContaining("the store has the policy of account `other` instead");
        }
    }

    @Nested
    class Edits {

        @Test
        void take_one_revision_and_say_what_they_did() {
            engine.create(Acme.policy());
            Policy before = engine.policy("acme");
            Change change = Change.assign("eve", "lead", SUPPORT);
            Commit commit = engine.commit(PolicyEdit.of("acme")
                    .expecting(before.version())
                    .because("help")
                    .changes(change));
            AppliedChanges applied = before.apply(List.of(change), commit.time());
            assertThat(commit)
                    .isEqualTo(Commit.of(
                            "acme",
                            before.version().at(2),
                            applied.policy().digest(),
                            null,
                            commit.time(),
                            "help",
                            List.of(change),
                            applied.effects()));
            assertThat(commit.time()).isEqualTo("2026-01-02T03:04:05.678Z");
            assertThat(store.committed).containsExactly(commit);
            assertThat(engine.policy("acme")).isEqualTo(applied.policy());
            assertThat(store.memory.load("acme").orElseThrow().policy()).isEqualTo(applied.policy());
        }

        @Test
        @Tag("P46")
        void that_change_nothing_take_no_revision() {
            engine.create(Acme.policy());
            Policy before = engine.policy("acme");
            for (Change nothing : List.of(
                    Change.assign("bob", "lead", SUPPORT),
                    Change.unassign("ada", "lead", SUPPORT),
                    Acme.leadGets("user:update"),
                    Change.removeUser("ghost"))) {
                Commit commit = engine.commit("acme", nothing);
                assertThat(commit.revision()).isEqualTo(1);
                assertThat(commit.effects()).isEmpty();
            }
            assertThat(engine.commit("acme").revision()).isEqualTo(1);
            assertThat(engine.policy("acme")).isSameAs(before);
            assertThat(store.committed).isEmpty();
            assertThat(store.writes).hasValue(1);
        }

        @Test
        @Tag("P47")
        @Tag("B82")
        void expecting_another_revision_are_in_conflict() {
            engine.create(Acme.policy());
            engine.commit("acme", Acme.rename("Boss"));
            engine.commit("acme", Acme.rename("Team lead"));
            PolicyEdit edit = PolicyEdit.of("acme").changes(Acme.rename("Chief"));
            Version version = engine.policy("acme").version();
            for (Version expected : List.of(
                    Version.UNCOMMITTED,
                    version.at(0),
                    version.at(1),
                    version.at(2),
                    version.at(4),
                    version.at(Long.MAX_VALUE),
                    Acme.version(3))) {
                assertThatThrownBy(() -> engine.commit(edit.expecting(expected)))
                        .hasMessage(
                                "CONFLICT: account `acme` is at version `" + version + "`: expected `" + expected + "`")
                        .isInstanceOfSatisfying(
                                PolicyViolationException.class,
                                e -> assertThat(e.violations().get(0).value()).contains(expected.toString()));
            }
            assertThat(store.committed).hasSize(2);
            assertThat(store.loads).hasValue(0);
            assertThat(engine.commit(edit.expecting(version)).revision()).isEqualTo(4);
        }

        @Test
        @Tag("B82")
        void of_a_life_that_has_ended_never_fit_its_successor() {
            engine.create(Acme.policy());
            Version first = engine.policy("acme").version();
            engine.remove("acme");
            engine.create(Acme.policy());
            assertThat(engine.policy("acme").version()).isNotEqualTo(first);
            assertRefused(
                    Code.CONFLICT,
                    () -> engine.commit(PolicyEdit.of("acme").expecting(first).changes(Acme.rename("Boss"))));
        }

        @Test
        @Tag("P38")
        void that_are_refused_leave_the_same_object_and_write_nothing() {
            engine.create(Acme.policy());
            Policy before = engine.policy("acme");
            for (int bad = 0; bad < 3; bad++) {
                Change[] changes = {Change.addTeam("a"), Change.addTeam("b"), Change.addTeam("c")};
                changes[bad] = Change.assign("ada", "ghost", ACCOUNT);
                String path = "/changes/" + bad;
                assertThatThrownBy(() -> engine.commit("acme", changes))
                        .isInstanceOfSatisfying(
                                PolicyViolationException.class,
                                e -> assertThat(e.violations())
                                        .singleElement()
                                        .satisfies(v -> assertThat(v.path()).startsWith(path)));
            }
            assertThat(engine.policy("acme")).isSameAs(before);
            assertThat(store.writes).hasValue(1);
        }

        @Test
        @Tag("B87")
        void are_limited_in_size() {
            engine.create(Acme.policy());
            List<Change> most = Collections.nCopies(EditPlanner.MAX_CHANGES, Change.removeUser("ghost"));
            assertThat(engine.commit(PolicyEdit.of("acme").changes(most)).revision())
                    .isEqualTo(1);
            List<Change> more = Collections.nCopies(EditPlanner.MAX_CHANGES + 1, Change.removeUser("ghost"));
            assertThatThrownBy(() -> engine.commit(PolicyEdit.of("acme").changes(more)))
                    .hasMessage("LIMIT_EXCEEDED at /changes: the batch has `100001` changes: expected at most 100000");
        }

        @Test
        @Tag("B98")
        void stop_at_the_highest_revision() {
            Acme.create(store.memory, Acme.policy().withVersion(Acme.version(Long.MAX_VALUE)));
            assertRefused(Code.LIMIT_EXCEEDED, () -> engine.commit("acme", Acme.rename("Boss")));
            assertRefused(Code.LIMIT_EXCEEDED, () -> engine.replace(Acme.policy()));
            assertThat(engine.commit("acme", Acme.rename("Team lead")).effects())
                    .isEmpty();
            assertThat(engine.policy("acme").revision()).isEqualTo(Long.MAX_VALUE);
            assertThat(store.writes).hasValue(0);
        }

        @Test
        void that_name_an_actor_are_forbidden_without_a_guard() {
            engine.create(Acme.policy());
            PolicyEdit edit = PolicyEdit.of("acme").by("bob").changes(Acme.rename("Boss"));
            assertThatThrownBy(() -> engine.commit(edit))
                    .hasMessage("FORBIDDEN: the edit names the actor `bob`, and the engine has no guard:"
                            + " expected an edit of the host");
            assertThat(engine.preview(edit).violations())
                    .extracting(Violation::code)
                    .containsExactly(Code.FORBIDDEN);
            assertThat(store.writes).hasValue(1);
        }

        @Test
        void make_ids_that_are_free_in_the_account_and_in_the_batch() {
            Iterator<String> ids =
                    List.of("lead", "old", "mine", "sys", "r-1", "r-1", "r-2").iterator();
            RoleUpdate named = RoleUpdate.builder().name("New").build();
            try (PermissionEngine made = Acme.engine().ids(ids::next).build()) {
                made.create(Acme.builder("acme")
                        .role(Role.builder("old", Scope.TEAM)
                                .name("Old")
                                .discardedAt(Instant.EPOCH)
                                .build())
                        .build());
                Commit commit = made.commit(
                        "acme",
                        Change.createRole(Scope.TEAM, named),
                        Change.createRole("mine", Scope.TEAM, named),
                        Change.createRole(Scope.CHAT, named),
                        Change.putSystemRole(Role.builder("sys", Scope.TEAM)
                                .name("System")
                                .type(io.rbac.model.RoleType.SYSTEM)
                                .build()));
                assertThat(commit.changes())
                        .startsWith(
                                Change.createRole("r-1", Scope.TEAM, named),
                                Change.createRole("mine", Scope.TEAM, named),
                                Change.createRole("r-2", Scope.CHAT, named));
                assertThat(made.policy("acme").role("r-2")).isPresent();
            }
        }

        @Test
        void are_not_made_with_ids_that_never_become_free() {
            try (PermissionEngine broken = Acme.engine().ids(() -> "lead").build()) {
                broken.create(Acme.policy());
                Change create = Change.createRole(
                        Scope.TEAM, RoleUpdate.builder().name("New").build());
                assertThatThrownBy(() -> broken.commit("acme", create))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("the supplier of role ids gave 100 ids that exist: expected one that does not");
                assertThat(broken.policy("acme").revision()).isEqualTo(1);
            }
        }

        @Test
        void make_uuids_by_default() {
            engine.create(Acme.policy());
            Commit commit = engine.commit(
                    "acme",
                    Change.createRole(
                            Scope.TEAM, RoleUpdate.builder().name("New").build()));
            assertThat(commit.effects()).singleElement().isInstanceOfSatisfying(Effect.RoleAdded.class, added -> {
                assertThat(java.util.UUID.fromString(added.role().id()).version())
                        .isEqualTo(4);
                assertThat(added.role().createdAt()).contains(commit.time());
            });
        }
    }

    @Nested
    class Previews {

        @Test
        @Tag("P59")
        void show_what_a_commit_then_does_and_write_nothing() {
            engine.create(Acme.policy());
            PolicyEdit edit = PolicyEdit.of("acme").changes(Change.connect("eve", SUPPORT));
            Preview preview = engine.preview(edit);
            assertThat(preview.isAccepted()).isTrue();
            assertThat(preview.violations()).isEmpty();
            assertThat(store.writes).hasValue(1);
            assertThat(preview.base()).isSameAs(engine.policy("acme"));

            Commit commit = engine.commit(edit);
            assertThat(preview.effects()).isEqualTo(commit.effects()).hasSize(2);
            assertThat(preview.policy()).isEqualTo(engine.policy("acme"));
        }

        @Test
        @Tag("P59")
        void show_why_a_commit_is_refused() {
            engine.create(Acme.policy());
            PolicyEdit edit = PolicyEdit.of("acme").changes(Change.deleteRole("ghost"), Change.deleteRole("member"));
            Preview preview = engine.preview(edit);
            assertThat(preview.isAccepted()).isFalse();
            assertThat(preview.policy()).isSameAs(preview.base());
            assertThat(preview.effects()).isEmpty();
            assertThatThrownBy(() -> engine.commit(edit))
                    .isInstanceOfSatisfying(
                            PolicyViolationException.class,
                            e -> assertThat(preview.violations())
                                    .isEqualTo(e.violations())
                                    .hasSize(2));
            assertThat(engine.preview(edit.expecting(Acme.version(1))).violations())
                    .extracting(Violation::code)
                    .containsExactly(Code.CONFLICT);
        }
    }

    @Nested
    class Closing {

        @Test
        void ends_everything() {
            engine.create(Acme.policy());
            PermissionChecker checker = engine.checker("acme");
            PermissionMatrix matrix = engine.matrix("acme");
            engine.close();
            engine.close();
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> engine.commit("acme", Acme.rename("Boss")),
                    () -> engine.create(Acme.policy("other")),
                    () -> engine.replace(Acme.policy()),
                    () -> engine.remove("acme"),
                    () -> engine.policy("acme"),
                    () -> engine.matrixInMemory("acme"),
                    () -> engine.matricesInMemory(1),
                    () -> engine.checker("acme"),
                    () -> engine.hasPermission("acme", "bob", UPDATE, C42),
                    () -> checker.hasPermission("bob", UPDATE, C42))) {
                assertThatThrownBy(call)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("the engine is closed");
            }
            assertThat(matrix.hasPermission("bob", UPDATE, C42)).isTrue();
            assertThat(store.committed).isEmpty();
            assertThat(engine.statistics().accounts()).isZero();
        }
    }

    @Test
    void an_engine_needs_a_catalog() {
        assertThatThrownBy(() -> PermissionEngine.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no catalog is given: expected the catalog of the application");
    }

    /** Organization, folder, page. */
    private static PermissionEngine.Builder foldersEngine() {
        return PermissionEngine.builder().catalog(Folders.CATALOG).rules(Folders.RULES);
    }

    @Test
    void a_guard_has_the_scopes_of_the_engine() {
        AdminGuard guard = AdminGuard.builder(Folders.CATALOG)
                .needsForRoles(Folders.CATALOG.permission("doc:share"))
                .needsForMemberships(Folders.CATALOG.permission("doc:share"))
                .needsForTargets(Folders.CATALOG.permission("doc:share"))
                .build();
        foldersEngine().guard(guard).build().close();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Acme.engine().guard(guard).build())
                .withMessage("the guard has the scopes org > folder > folder > page, the catalog account > team > chat:"
                        + " expected the same");
    }

    @Test
    void rules_name_scopes_and_lockout_permissions_of_the_engines_catalog() {
        PolicyRules rules = PolicyRules.builder()
                .defaultScope(Scope.TEAM)
                .lockout(List.of("doc:share", "doc:shara"))
                .build();

        assertThatThrownBy(() -> foldersEngine().rules(rules).build())
                .isInstanceOfSatisfying(
                        PolicyViolationException.class,
                        e -> assertThat(e.violations())
                                .extracting(violation -> violation.code() + " " + violation.path())
                                .containsExactly(
                                        "SCOPE_INVALID /rules/defaultScope", "UNKNOWN_PERMISSION /rules/lockout/1"));
    }

    @Test
    @Tag("S11")
    void a_folder_is_moved_with_all_below_it_in_one_commit() {
        Target low = Folders.page("low");
        Policy policy = Folders.withChain(Folders.policy(), 10)
                .target(Folders.folder("mine"))
                .target(low, Folders.folder(10))
                .role(Role.builder("reader", Folders.FOLDER)
                        .name("Reader")
                        .rights(Folders.CATALOG.rights("doc:read"))
                        .build())
                .assign("ada", "reader", Folders.folder(1))
                .assign("bob", "reader", Folders.folder("mine"))
                .build();
        try (PermissionEngine folders = foldersEngine().build()) {
            folders.create(policy);
            PermissionChecker checker = folders.checker("acme");
            assertThat(checker.hasPermission("ada", "doc:read", low)).isTrue();
            assertThat(checker.hasPermission("bob", "doc:read", low)).isFalse();
            Commit commit = folders.commit("acme", Change.moveTarget(Folders.folder(2), Folders.folder("mine")));
            assertThat(commit.effects())
                    .containsExactly(
                            new Effect.TargetMoved(Folders.folder(2), Folders.folder(1), Folders.folder("mine")));
            assertThat(checker.hasPermission("ada", "doc:read", low)).isFalse();
            assertThat(checker.hasPermission("bob", "doc:read", low)).isTrue();
        }
    }

    @Test
    @Tag("S2")
    void a_stored_policy_of_scopes_that_the_catalog_lacks_is_not_answered_from() {
        InMemoryPolicyStore stored = new InMemoryPolicyStore();
        Acme.create(stored, Acme.policy().withVersion(Acme.version(1)));
        try (PermissionEngine folders = foldersEngine().store(stored).build()) {
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> folders.hasPermission("acme", "bob", "doc:read", ACCOUNT),
                    () -> folders.policy("acme"),
                    () -> folders.commit("acme", Change.removeUser("bob")))) {
                assertThatThrownBy(call)
                        .isInstanceOf(PolicyStoreException.class)
                        .cause()
                        .isInstanceOfSatisfying(
                                PolicyViolationException.class,
                                e -> assertThat(e.violations())
                                        .hasSize(4)
                                        .extracting(Violation::code)
                                        .containsOnly(Code.SCOPE_INVALID));
            }
        }
    }

    @Test
    @Tag("B105")
    void a_cache_has_no_negative_size() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Acme.engine().cacheBytes(-1))
                .withMessage("the cache has `-1` bytes: expected zero or more");
    }
}
