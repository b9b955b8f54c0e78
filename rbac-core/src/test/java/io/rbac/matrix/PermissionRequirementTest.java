package io.rbac.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionRequirementTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("message", "read", "create", "delete")
            .group("typing", Set.of(Scope.CHAT), "show")
            .group("report", Set.of(Scope.ACCOUNT), "export")
            .build();
    private static final PermissionMatrix MATRIX = PermissionMatrix.compile(Policy.builder()
            .account("acme")
            .catalog(CATALOG)
            .role(Role.builder("member", Scope.ACCOUNT)
                    .name("Member")
                    .defaultRole(true)
                    .build())
            .role(Role.builder("writer", Scope.CHAT)
                    .name("Writer")
                    .rights(CATALOG.rights("message:read", "message:create"))
                    .build())
            .chat("c-1")
            .assign("bob", "writer", Target.chat("c-1"))
            .build());

    private static PermissionRequirement all(String place, String... permissions) {
        return PermissionRequirement.allOf(CATALOG, List.of(permissions), place);
    }

    private static PermissionRequirement any(String place, String... permissions) {
        return PermissionRequirement.anyOf(CATALOG, List.of(permissions), place);
    }

    private static boolean isMet(PermissionRequirement requirement) {
        return requirement.isMet(MATRIX, "bob", Target.chat("c-1"));
    }

    @Test
    void all_permissions_are_required_or_one_of_them() {
        assertThat(isMet(all("chat/c-1", "message:read"))).isTrue();
        assertThat(isMet(all("chat/c-1", "message:read", "message:create"))).isTrue();
        assertThat(isMet(all("chat/c-1", "message:read", "message:delete"))).isFalse();
        assertThat(isMet(any("chat/c-1", "message:read", "message:delete"))).isTrue();
        assertThat(isMet(any("chat/c-1", "message:delete"))).isFalse();
    }

    @Test
    void the_first_permission_that_is_lacked_is_named() {
        Target chat = Target.chat("c-1");
        PermissionRequirement two = all("chat/c-1", "message:delete", "message:read");
        assertThat(two.permissions()).containsExactly("message:read", "message:delete");
        assertThat(two.firstLacking(MATRIX, "bob", chat)).contains("message:delete");
        assertThat(two.firstLacking(MATRIX, "eve", chat)).contains("message:read");
        assertThat(all("chat/c-1", "message:read").firstLacking(MATRIX, "bob", chat))
                .isEmpty();
    }

    @Test
    void the_value_of_the_placeholder_becomes_the_id_as_it_is() {
        PermissionRequirement requirement = all("chat/{chatId}", "message:read");
        assertThat(requirement.placeholder()).contains("chatId");
        assertThat(requirement.target(name -> name + "/../account")).contains(Target.chat("chatId/../account"));
        assertThat(requirement.target(name -> "")).contains(Target.chat(""));
        assertThat(requirement.target(name -> null)).isEmpty();
        assertThat(requirement).hasToString("message:read at chat/{chatId}");
    }

    @Test
    void a_fixed_target_asks_for_no_value() {
        PermissionRequirement requirement = any("chat/c/1", "message:read", "typing:show");
        assertThat(requirement.placeholder()).isEmpty();
        assertThat(requirement.target(name -> {
                    throw new AssertionError(name);
                }))
                .contains(Target.chat("c/1"));
        assertThat(all("account", "report:export").target(name -> null)).contains(Target.account());
        assertThat(requirement).hasToString("message:read or typing:show at chat/c/1");
    }

    @Test
    void places_are_those_of_the_catalog() {
        ScopeTree tree = ScopeTree.builder().scope("org").nestingScope("folder").build();
        PermissionCatalog catalog =
                PermissionCatalog.builder().scopes(tree).group("file", "read").build();
        assertThat(PermissionRequirement.allOf(catalog, List.of("file:read"), "folder/{id}")
                        .target(name -> "f"))
                .contains(Target.of(tree.scope("folder"), "f"));
        assertThat(PermissionRequirement.allOf(catalog, List.of("file:read"), "org")
                        .target(name -> null))
                .contains(Target.account());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "mesage:read  | chat/{id}   | UNKNOWN_PERMISSION at /0: `mesage:read` is not a permission of the catalog; did"
                        + " you mean `message:read`?",
                "message:read | chatt/{id}  | MALFORMED: `chatt/{id}` is not a target: expected `account`, `team/ID` or"
                        + " `chat/ID`",
                "message:read | chat/{a}{b} | MALFORMED: `chat/{a}{b}` is not a target: expected an id or one placeholder and"
                        + " nothing else",
                "message:read | chat/{}     | MALFORMED: `chat/{}` is not a target: expected an id or one placeholder and"
                        + " nothing else",
                "message:read | chat/x-{a}  | MALFORMED: `chat/x-{a}` is not a target: expected an id or one placeholder and"
                        + " nothing else",
                "message:read | {scope}/1   | MALFORMED: `{scope}/1` is not a target: expected an id or one placeholder and"
                        + " nothing else",
                "message:read | chat        | MALFORMED: `chat` is not a target: expected `account`, `team/ID` or `chat/ID`",
                "typing:show  | team/{id}   | PERMISSION_NOT_IN_SCOPE: nobody can have `typing:show` at `team/{id}`: only"
                        + " roles of [chat] may hold it"
            })
    void what_cannot_be_meant_is_refused(String permission, String place, String message) {
        assertThat(catchThrowableOfType(PolicyViolationException.class, () -> all(place, permission)))
                .hasMessage(message);
    }

    @Test
    void everything_that_is_wrong_is_reported() {
        assertThat(catchThrowableOfType(PolicyViolationException.class, () -> any("chatt/1", "x", "typing:show", "y"))
                        .violations())
                .extracting(Violation::code)
                .containsExactly(
                        Violation.Code.UNKNOWN_PERMISSION, Violation.Code.UNKNOWN_PERMISSION, Violation.Code.MALFORMED);
        assertThat(catchThrowableOfType(PolicyViolationException.class, () -> all("account"))
                        .violations())
                .extracting(Violation::code)
                .containsExactly(Violation.Code.MISSING_FIELD);
    }
}
