package io.rbac.engine;

import static io.rbac.engine.Acme.C42;
import static io.rbac.engine.Acme.READ;
import static io.rbac.engine.Acme.SUPPORT;
import static io.rbac.engine.Acme.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import io.rbac.model.Violation.Kind;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RefusalTest {

    /** Writes down what is refused. */
    private static final class Audit implements RefusalListener {

        final List<String> seen = new ArrayList<>();

        @Override
        public void refused(PolicyEdit edit, PolicyViolationException refusal) {
            seen.add(edit + " -> " + refusal.violations().get(0).code());
        }

        @Override
        public void denied(PermissionDeniedException denial) {
            seen.add(denial.account().orElseThrow() + " " + denial.user() + " " + denial.permission() + " "
                    + denial.target());
        }
    }

    private final Audit audit = new Audit();
    private final PermissionEngine engine = Acme.engine().onRefusal(audit).build();

    private static PermissionDeniedException denied(Runnable call) {
        return catchThrowableOfType(PermissionDeniedException.class, call::run);
    }

    @Test
    void require_passes_who_has_the_permission_and_denies_who_has_not() {
        engine.create(Acme.policy());
        engine.require("acme", "bob", "user:update", C42);
        engine.require("acme", "bob", UPDATE, C42);
        assertThat(audit.seen).isEmpty();

        PermissionDeniedException denial = denied(() -> engine.require("acme", "ada", "user:update", C42));
        assertThat(denial).hasMessage("user `ada` lacks `user:update` at `chat/c-42`");
        assertThat(denial.account()).contains("acme");
        assertThat(denial.user()).isEqualTo("ada");
        assertThat(denied(() -> engine.require("acme", "ada", UPDATE, SUPPORT)).permission())
                .isEqualTo("user:update");
        assertThat(audit.seen).containsExactly("acme ada user:update chat/c-42", "acme ada user:update team/support");
    }

    @Test
    @Tag("S1")
    void require_denies_everybody_in_an_unknown_account() {
        assertThat(denied(() -> engine.require("globex", "bob", READ, C42)).account())
                .contains("globex");
        assertThat(audit.seen).containsExactly("globex bob user:read chat/c-42");
    }

    @Test
    void a_checker_of_an_account_reports_whom_it_denies_and_a_matrix_does_not() {
        engine.create(Acme.policy());
        PermissionChecker checker = engine.checker("acme");
        checker.require("bob", "user:update", C42);
        assertThat(denied(() -> checker.require("ada", "user:update", C42)).account())
                .contains("acme");
        assertThat(denied(() -> checker.require("ada", UPDATE, C42)).account()).contains("acme");
        assertThat(audit.seen).hasSize(2);

        PermissionChecker matrix = engine.matrix("acme");
        PermissionDeniedException denial = denied(() -> matrix.require("ada", UPDATE, C42));
        assertThat(denial.account()).contains("acme");
        assertThat(denied(() -> matrix.require("ada", "user:update", C42)).account())
                .contains("acme");
        assertThat(audit.seen).hasSize(2);
        engine.reportDenial(denial);
        assertThat(audit.seen).hasSize(3);
    }

    @Test
    void a_checker_that_knows_no_account_names_none() {
        PermissionChecker nobody = (user, permission, target) -> false;
        assertThat(denied(() -> nobody.require("ada", "user:read", C42)).account())
                .isEmpty();
    }

    @Test
    void a_question_that_is_answered_with_no_is_not_reported() {
        engine.create(Acme.policy());
        assertThat(engine.hasPermission("acme", "ada", "user:update", C42)).isFalse();
        assertThat(engine.user("acme", "ada").has(UPDATE, C42)).isFalse();
        assertThat(audit.seen).isEmpty();
    }

    @Test
    void a_refused_edit_is_reported_and_an_accepted_one_and_a_preview_are_not() {
        engine.create(Acme.policy());
        engine.commit("acme", Change.addTeam("sales"));
        PolicyEdit edit = PolicyEdit.of("acme").by("ada").changes(Change.addTeam("legal"));
        assertThat(engine.preview(edit).isAccepted()).isFalse();
        assertThat(audit.seen).isEmpty();

        PolicyViolationException refusal =
                catchThrowableOfType(PolicyViolationException.class, () -> engine.commit(edit));
        assertThat(refusal.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(audit.seen).containsExactly("PolicyEdit of acme by ada: 1 changes -> FORBIDDEN");
        assertThatThrownBy(() -> engine.commit("globex")).isInstanceOf(PolicyViolationException.class);
        assertThat(audit.seen)
                .hasSize(2)
                .last()
                .isEqualTo("PolicyEdit of globex: 0 changes -> " + Code.ACCOUNT_NOT_FOUND);
    }

    @Test
    void what_a_listener_throws_keeps_neither_the_caller_nor_other_listeners_from_the_refusal() {
        RefusalListener broken = new RefusalListener() {
            @Override
            public void denied(PermissionDeniedException denial) {
                throw new IllegalStateException("broken");
            }
        };
        List<Throwable> uncaught = new ArrayList<>();
        Thread thread = new Thread(() -> {
            try (PermissionEngine two =
                    Acme.engine().onRefusal(broken).onRefusal(audit).build()) {
                assertThat(denied(() -> two.require("acme", "ada", READ, C42))).isNotNull();
            }
        });
        thread.setUncaughtExceptionHandler((in, thrown) -> uncaught.add(thrown));
        thread.start();
        join(thread);
        assertThat(uncaught).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(audit.seen).hasSize(1);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag("S2")
    void a_stored_right_under_a_former_key_counts_under_the_new_one() {
        PermissionCatalog old = PermissionCatalog.builder()
                .group("user", "read", "export", "fly")
                .build();
        PermissionCatalog now = PermissionCatalog.builder()
                .group("user", "read")
                .group("report", "export")
                .renamed("user:export", "report:export")
                .build();
        InMemoryPolicyStore store = new InMemoryPolicyStore();
        for (String unknown : List.of("user:read", "user:fly")) {
            Policy policy = Policy.builder()
                    .account(unknown)
                    .catalog(old)
                    .role(Role.builder("member", Scope.ACCOUNT)
                            .name("Member")
                            .defaultRole(true)
                            .rights(old.rights("user:export", unknown))
                            .build())
                    .assign("ada", "member", Target.account())
                    .build();
            try (PermissionEngine before =
                    PermissionEngine.builder().catalog(old).store(store).build()) {
                before.create(policy);
            }
            try (PermissionEngine after =
                    PermissionEngine.builder().catalog(now).store(store).build()) {
                assertThat(after.hasPermission(unknown, "ada", "report:export", Target.account()))
                        .isTrue();
                assertThat(after.hasPermission(unknown, "ada", "user:export", Target.account()))
                        .isFalse();
                assertThat(after.violations(unknown)).hasSize(unknown.equals("user:fly") ? 1 : 0);
                after.commit(unknown, Change.addTeam("new"));
            }
            try (PermissionEngine again =
                    PermissionEngine.builder().catalog(now).store(store).build()) {
                assertThat(again.policy(unknown).revision()).isEqualTo(2);
                assertThat(again.hasPermission(unknown, "ada", "report:export", Target.team("new")))
                        .isTrue();
            }
        }
    }
}
