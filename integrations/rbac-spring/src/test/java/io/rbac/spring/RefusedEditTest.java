package io.rbac.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.guard.AdminGuard;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Target;
import io.rbac.spring.ProblemOptions.Details;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** What a client learns of an edit that the guard refuses. Eve has no permission in c-42, which is a secret. */
class RefusedEditTest {

    private static final Permission DELETE = Chats.CATALOG.permission("message:delete");
    private static final ProblemOptions OPEN = new ProblemOptions(Details.REASON, Set.of(), Duration.ofSeconds(1));
    private static final ProblemOptions SECRET =
            new ProblemOptions(Details.REASON, Set.of("chat"), Duration.ofSeconds(1));

    private final PermissionEngine engine = PermissionEngine.builder()
            .catalog(Chats.CATALOG)
            .guard(AdminGuard.builder(Chats.CATALOG)
                    .needsForRoles(DELETE)
                    .needsForMemberships(DELETE)
                    .needsForTargets(DELETE)
                    .build())
            .build();

    @BeforeEach
    void create() {
        engine.create(Chats.policy("acme"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private ResponseEntity<ProblemDetail> answer(ProblemOptions options, String user, Change... changes) {
        PolicyEdit edit = PolicyEdit.of("acme").by(user).changes(changes);
        return new Problems(options)
                .refused(catchThrowableOfType(PolicyViolationException.class, () -> engine.commit(edit)));
    }

    private static String text(ResponseEntity<ProblemDetail> answer) {
        return answer.getStatusCode().value() + " "
                + requireNonNull(answer.getBody()).getProperties();
    }

    private static List<?> violations(ResponseEntity<ProblemDetail> answer) {
        Map<String, Object> properties =
                requireNonNull(requireNonNull(answer.getBody()).getProperties());
        return (List<?>) requireNonNull(properties.get("violations"));
    }

    static Stream<Function<Target, Change>> changes() {
        return Stream.of(
                chat -> Change.assign("bob", "writer", chat),
                chat -> Change.assign("zoe", "writer", chat),
                chat -> Change.unassign("bob", "writer", chat),
                chat -> Change.connect("bob", chat),
                chat -> Change.setRoles("bob", chat, List.of("writer")),
                chat -> Change.setUsers("writer", chat, List.of("bob")),
                Change::removeTarget,
                chat -> Change.moveTarget(chat, Target.account()),
                chat -> Change.moveTarget(chat, Target.team("support")));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_refused_edit_does_not_tell_whether_a_secret_is_there(Function<Target, Change> change) {
        String existing = text(answer(SECRET, "eve", change.apply(Target.chat("c-42"))));
        String unknown = text(answer(SECRET, "eve", change.apply(Target.chat("c-9"))));
        assertThat(existing).startsWith("403 ").isEqualTo(unknown);
    }

    @Test
    void a_change_that_lacks_its_permission_says_no_more_where_there_are_secrets() {
        assertThat(violations(answer(
                        SECRET,
                        "eve",
                        Change.moveTarget(Target.chat("c-42"), Target.account()),
                        Change.assign("zoe", "writer", Target.chat("c-42")))))
                .isEqualTo(List.of(
                        Map.of(
                                "code", "FORBIDDEN",
                                "path", "/changes/0",
                                "message", "the permission that this change needs is missing"),
                        Map.of(
                                "code", "FORBIDDEN",
                                "path", "/changes/1",
                                "message", "the permission that this change needs is missing")));
    }

    @Test
    void whoever_may_edit_learns_which_rights_they_cannot_give_away() {
        Change change = Change.assign("zoe", "writer", Target.chat("c-42"));
        assertThat(text(answer(SECRET, "ada", change)))
                .isEqualTo(text(answer(OPEN, "ada", change)))
                .contains("ESCALATION", "`message:create`", "`chat/c-42`");
    }

    @Test
    void without_secrets_everything_is_said() {
        assertThat(text(answer(OPEN, "eve", Change.removeTarget(Target.chat("c-42")))))
                .contains("FORBIDDEN", "`team/support`", "`message:delete`");
    }

    @Test
    void what_has_nothing_to_do_with_a_place_is_said() {
        assertThat(text(answer(SECRET, "ada", Change.addChat("c-42"))))
                .startsWith("409 ")
                .contains("DUPLICATE_ID");
        try (PermissionEngine unguarded =
                PermissionEngine.builder().catalog(Chats.CATALOG).build()) {
            unguarded.create(Chats.policy("acme"));
            PolicyEdit edit = PolicyEdit.of("acme").by("eve").changes(Change.addChat("c-9"));
            assertThat(text(new Problems(SECRET)
                            .refused(catchThrowableOfType(
                                    PolicyViolationException.class, () -> unguarded.commit(edit)))))
                    .contains("the engine has no guard");
        }
    }
}
