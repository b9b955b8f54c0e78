package io.rbac.engine;

import static io.rbac.engine.Acme.ACCOUNT;
import static io.rbac.engine.Acme.CATALOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.model.Change;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import io.rbac.review.AccessInvariant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Invariants of an engine, which no commit may break. */
@Tag("P84")
class InvariantRuleTest {

    private static final AccessInvariant TWO_READERS = AccessInvariant.atLeast(2, "user:read", ACCOUNT);
    private static final AccessInvariant UPDATERS_READ = AccessInvariant.implies("user:update", "user:read");
    private static final AccessInvariant APART = AccessInvariant.excludes("user:update", "user:delete");
    private static final Role ELSEWHERE = Role.builder("remover", Scope.ACCOUNT)
            .name("Remover")
            .rights(CATALOG.rights("user:delete"))
            .build();

    private final FakeStore store = new FakeStore();
    private final PermissionEngine engine = engineWith(TWO_READERS, UPDATERS_READ, APART);

    private PermissionEngine engineWith(AccessInvariant... invariants) {
        return Acme.engine(store).invariants(List.of(invariants)).build();
    }

    private static Policy policy() {
        return Acme.builder("acme").role(ELSEWHERE).build();
    }

    @BeforeEach
    void create() {
        engine.create(policy());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static List<Violation> violations(ThrowingCallable call) {
        List<Violation> violations = new ArrayList<>();
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PolicyViolationException.class, refusal -> violations.addAll(refusal.violations()));
        return violations;
    }

    @Test
    void a_commit_that_breaks_one_is_refused_with_the_counterexample() {
        Policy before = engine.policy("acme");
        PolicyEdit edit = PolicyEdit.of("acme").changes(Change.assign("bob", "remover", ACCOUNT));
        assertThatThrownBy(() -> engine.commit(edit))
                .hasMessage("INVARIANT_BROKEN at /changes: `bob` has `user:update` and `user:delete` at `team/support`:"
                        + " expected that nobody has both `user:update` and `user:delete`");
        assertThat(violations(() -> engine.commit(edit))).singleElement().satisfies(violation -> {
            assertThat(violation.code()).isEqualTo(Code.INVARIANT_BROKEN);
            assertThat(violation.code().kind()).isEqualTo(Violation.Kind.CONFLICT);
            assertThat(violation.path()).isEqualTo("/changes");
            assertThat(violation.value()).contains("bob");
        });
        assertThat(engine.policy("acme")).isSameAs(before);
        assertThat(store.writes).hasValue(1);
        assertThat(engine.preview(edit).violations()).isEqualTo(violations(() -> engine.commit(edit)));
    }

    @Test
    void every_invariant_that_would_break_is_named() {
        assertThat(violations(() -> engine.commit("acme", Change.unassign("bob", "member", ACCOUNT))))
                .extracting(Violation::message)
                .containsExactly(
                        "`1` users have `user:read` at `account`: expected at least 2",
                        "`bob` has `user:update` and not `user:read` at `team/support`:"
                                + " expected that whoever has `user:update` has `user:read`");
    }

    @Test
    void a_commit_that_breaks_none_is_made() {
        assertThat(engine.preview(PolicyEdit.of("acme").changes(Change.assign("zoe", "member", ACCOUNT)))
                        .isAccepted())
                .isTrue();
        engine.commit("acme", Change.assign("zoe", "member", ACCOUNT));
        engine.commit("acme", Change.removeUser("bob"));
        engine.commit("acme", Change.assign("ada", "remover", ACCOUNT));
        assertThat(engine.policy("acme").users()).containsExactly("ada", "zoe");
    }

    @Test
    void a_policy_that_breaks_one_can_be_edited_and_repaired_but_not_made_worse() {
        try (PermissionEngine without = Acme.engine(store).build()) {
            without.commit("acme", Change.assign("bob", "remover", ACCOUNT), Change.unassign("ada", "member", ACCOUNT));
        }
        engine.refresh("acme");
        engine.commit("acme", Change.addTeam("sales"), Acme.rename("Head"));
        assertThat(violations(() -> engine.commit("acme", Change.assign("bob", "lead", Target.team("sales")))))
                .extracting(Violation::message)
                .containsExactly("`bob` has `user:update` and `user:delete` at `team/sales`: expected that nobody has"
                        + " both `user:update` and `user:delete`");
        assertThat(violations(() -> engine.commit("acme", Change.setUsers("member", ACCOUNT, List.of()))))
                .hasSize(2);
        engine.commit("acme", Change.unassign("bob", "remover", ACCOUNT));
        engine.commit("acme", Change.assign("ada", "member", ACCOUNT));
        assertThat(violations(() -> engine.commit("acme", Change.assign("bob", "remover", ACCOUNT))))
                .hasSize(1);
    }

    @Test
    void a_first_policy_breaks_none_for_any_user_and_may_have_too_few() {
        assertThatThrownBy(() -> engine.create(Acme.builder("other")
                        .role(ELSEWHERE)
                        .assign("bob", "remover", ACCOUNT)
                        .build()))
                .hasMessage("INVARIANT_BROKEN at /assignments: `bob` has `user:update` and `user:delete` at"
                        + " `team/support`: expected that nobody has both `user:update` and `user:delete`");
        engine.create(Policy.builder()
                .account("other")
                .catalog(CATALOG)
                .role(Acme.member())
                .build());
        assertThat(engine.commit("other", Change.assign("ada", "member", ACCOUNT))
                        .revision())
                .isEqualTo(2);
    }

    @Test
    void a_replacement_is_compared_with_what_it_replaces() {
        Policy one = Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .role(Acme.member())
                .assign("ada", "member", ACCOUNT)
                .build();
        assertThatThrownBy(() -> engine.replace(one))
                .hasMessage("INVARIANT_BROKEN at /assignments: `1` users have `user:read` at `account`:"
                        + " expected at least 2");
        assertThat(engine.replace(policy()).revision()).isEqualTo(2);
    }

    @Test
    void a_replacement_is_refused_on_the_newest_revision_only() {
        AccessInvariant three = AccessInvariant.atLeast(3, "user:read", ACCOUNT);
        engine.commit("acme", Change.assign("zoe", "member", ACCOUNT));
        try (PermissionEngine first = engineWith(three)) {
            assertThat(first.policy("acme").revision()).isEqualTo(2);
            Acme.commitElsewhere(store, "acme", Change.removeUser("zoe"));
            assertThat(first.replace(policy()).revision())
                    .as("two is as few as before")
                    .isEqualTo(4);
        }
    }

    @Test
    void a_replacement_that_leaves_no_holder_is_refused_on_the_newest_revision_only() {
        PolicyRules lockout =
                PolicyRules.builder().lockout(List.of("user:update")).build();
        Policy account = Policy.builder()
                .account("locked")
                .catalog(CATALOG)
                .rules(lockout)
                .role(Acme.member())
                .build();
        Role boss = Role.builder("boss", Scope.ACCOUNT)
                .name("Boss")
                .rights(CATALOG.rights("user:update"))
                .build();
        try (PermissionEngine first = Acme.engine(store).rules(lockout).build();
                PermissionEngine other = Acme.engine(store).build()) {
            first.create(Policy.builder()
                    .account("locked")
                    .catalog(CATALOG)
                    .rules(lockout)
                    .role(Acme.member())
                    .role(boss)
                    .assign("ada", "boss", ACCOUNT)
                    .build());
            other.commit("locked", Change.removeUser("ada"));
            assertThat(first.policy("locked").revision()).isEqualTo(1);
            assertThat(first.replace(account).revision()).isEqualTo(3);
        }
    }

    /** The first engine still has the revision before, on which the edit would be allowed. */
    @Test
    void a_commit_is_checked_against_the_revision_that_it_replaces() {
        engine.commit("acme", Change.assign("zoe", "member", ACCOUNT));
        try (PermissionEngine other = engineWith(TWO_READERS)) {
            other.commit("acme", Change.removeUser("zoe"));
            assertThat(engine.policy("acme").users()).contains("zoe");
            assertThatThrownBy(() -> engine.commit("acme", Change.removeUser("ada")))
                    .hasMessage("INVARIANT_BROKEN at /changes: `1` users have `user:read` at `account`:"
                            + " expected at least 2");
        }
        assertThat(engine.policy("acme").users()).containsExactly("ada", "bob");
    }

    /** And the other way round: it is refused on an older revision, but not on the one that it would replace. */
    @Test
    void a_commit_is_refused_on_the_newest_revision_only() {
        try (PermissionEngine other = engineWith(TWO_READERS)) {
            other.commit("acme", Change.assign("zoe", "member", ACCOUNT));
            assertThat(engine.policy("acme").users()).doesNotContain("zoe");
            engine.commit("acme", Change.removeUser("ada"));
        }
        assertThat(engine.policy("acme").users()).containsExactly("bob", "zoe");
    }

    /** Each of many commits takes a reader away, through two engines at once; two of the readers stay. */
    @Test
    void concurrent_commits_through_two_engines_leave_enough_users() throws Exception {
        int readers = 24;
        List<String> users = new ArrayList<>(List.of("ada", "bob"));
        while (users.size() < readers) {
            users.add("reader-" + users.size());
        }
        engine.commit("acme", Change.setUsers("member", ACCOUNT, users));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        int made = 0;
        try (PermissionEngine other = engineWith(TWO_READERS)) {
            List<Callable<Boolean>> commits = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                PermissionEngine one = i % 2 == 0 ? engine : other;
                String user = users.get(i);
                commits.add(() -> isMade(one, Change.removeUser(user)));
            }
            for (Future<Boolean> commit : threads.invokeAll(commits)) {
                made += commit.get() ? 1 : 0;
            }
        } finally {
            threads.shutdownNow();
        }
        engine.refresh("acme");
        List<String> left = engine.policy("acme").users();
        assertThat(left).hasSize(readers - made).hasSizeGreaterThanOrEqualTo(2);
        assertThat(TWO_READERS.holdsIn(engine.matrix("acme"))).isTrue();
    }

    /** Refused for the invariant, or for having lost too many races. */
    private static boolean isMade(PermissionEngine engine, Change change) {
        try {
            engine.commit("acme", change);
            return true;
        } catch (PolicyViolationException e) {
            assertThat(e.violations())
                    .extracting(Violation::code)
                    .allMatch(code -> code == Code.INVARIANT_BROKEN || code == Code.CONFLICT);
            return false;
        }
    }

    @Test
    void an_engine_is_not_built_with_invariants_about_what_the_catalog_lacks() {
        Target folder = Target.of(
                ScopeTree.builder().scope("org").scope("folder").build().scope("folder"), "f");
        PermissionEngine.Builder builder = Acme.engine(store)
                .invariants(List.of(
                        AccessInvariant.implies("user:updat", "user:fly"),
                        AccessInvariant.excludes("user:read", "user:gone"),
                        AccessInvariant.atLeast(1, "user:read", folder)));
        assertThat(violations(builder::build))
                .extracting(violation -> violation.code() + " " + violation.path())
                .containsExactly(
                        "UNKNOWN_PERMISSION /invariants/0/permission",
                        "UNKNOWN_PERMISSION /invariants/0/implies",
                        "UNKNOWN_PERMISSION /invariants/1/excludes",
                        "SCOPE_INVALID /invariants/2/at");
        assertThat(violations(builder::build))
                .extracting(Violation::message)
                .contains(
                        "`user:updat` is not a permission of the catalog; did you mean `user:update`?",
                        "`folder` is not a scope of the catalog: expected one of [account, team, chat]");
    }
}
