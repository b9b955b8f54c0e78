package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Change;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The locations of violations in a request. */
class RequestedChangesTest {

    private final RequestedChanges requested = new RequestedChanges()
            .add(
                    Change.deleteRole("r"),
                    Map.of("name", "/data/name", "rights", "/data/rights/*", "default", "/data/default"))
            .add(Change.setUsers("r", Target.account(), List.of("u")), Map.of("users", "/userIds/*"));

    private static Violation violation(Code code, String path) {
        return Violation.of(code, path, null, "it is wrong");
    }

    private String location(Code code, String path) {
        return requested
                .refusal(List.of(violation(code, path)))
                .violations()
                .get(0)
                .path();
    }

    @Test
    void a_part_of_a_change_is_located_in_the_request() {
        assertThat(location(Code.NAME_TOO_LONG, "/changes/0/name")).isEqualTo("/data/name");
    }

    @Test
    void an_element_of_a_part_is_below_it() {
        assertThat(location(Code.PERMISSION_NOT_IN_SCOPE, "/changes/0/rights/a~1b/read"))
                .isEqualTo("/data/rights/a~1b/read");
    }

    @Test
    void an_element_of_a_list_is_at_its_position() {
        assertThat(location(Code.ID_INVALID, "/changes/1/users/12")).isEqualTo("/userIds/12");
    }

    @Test
    void a_part_that_the_request_lacks_is_located_at_the_whole_request() {
        assertThat(location(Code.ROLE_NOT_FOUND, "/changes/1/role")).isEmpty();
    }

    @Test
    void a_violation_without_a_part_is_located_at_the_usual_one() {
        assertThat(location(Code.ESCALATION, "/changes/0")).isEqualTo("/data/rights");
    }

    @Test
    void a_violation_without_a_change_is_located_in_any_change() {
        assertThat(location(Code.TOO_MANY_ROLES, "/changes")).isEqualTo("/userIds");
    }

    @Test
    void a_conflict_is_located_at_the_whole_request() {
        assertThat(location(Code.CONFLICT, "")).isEmpty();
    }

    @Test
    void a_forbidden_request_is_refused_only_for_that() {
        requested.violations().add(violation(Code.WRONG_TYPE, "/data/name"));

        assertThat(requested
                        .refusal(List.of(
                                violation(Code.ESCALATION, "/changes/0"),
                                violation(Code.FORBIDDEN, "/changes/0"),
                                violation(Code.FORBIDDEN, "/changes/1")))
                        .violations())
                .containsExactly(violation(Code.FORBIDDEN, ""));
    }

    @Test
    void violations_that_follow_from_something_unreadable_are_not_reported() {
        requested.violations().add(violation(Code.WRONG_TYPE, "/data/name"));
        requested.violations().add(violation(Code.WRONG_TYPE, "/data/rights/user/read"));
        requested.violations().add(violation(Code.WRONG_TYPE, "/userIds"));

        assertThat(requested
                        .refusal(List.of(
                                violation(Code.NAME_MISSING, "/changes/0/name"),
                                violation(Code.RIGHTS_REQUIRED, "/changes/0/rights"),
                                violation(Code.LAST_DEFAULT_ROLE, "/changes"),
                                violation(Code.ID_INVALID, "/changes/1/users/0"),
                                violation(Code.ROLE_NOT_FOUND, "/changes/1/role")))
                        .violations())
                .extracting(Violation::code)
                .containsExactly(
                        Code.WRONG_TYPE, Code.WRONG_TYPE, Code.WRONG_TYPE, Code.LAST_DEFAULT_ROLE, Code.ROLE_NOT_FOUND);
    }

    @Test
    void nothing_else_is_reported_for_a_body_of_a_wrong_type() {
        requested.violations().add(violation(Code.WRONG_TYPE, ""));

        assertThat(requested
                        .refusal(List.of(violation(Code.NAME_MISSING, "/changes/0/name")))
                        .violations())
                .extracting(Violation::code)
                .containsExactly(Code.WRONG_TYPE);
    }
}
