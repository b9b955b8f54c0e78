package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Change;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where in a request something is wrong. */
class RequestedChangesTest {

    private final RequestedChanges requested = new RequestedChanges()
            .add(
                    Change.deleteRole("r"),
                    Map.of("name", "/data/name", "rights", "/data/rights/*", "default", "/data/default"))
            .add(Change.setUsers("r", Target.account(), List.of("u")), Map.of("users", "/userIds/*"));

    private static Violation violation(Code code, String path) {
        return Violation.of(code, path, null, "it is wrong");
    }

    private String place(Code code, String path) {
        return requested
                .refusal(List.of(violation(code, path)))
                .violations()
                .get(0)
                .path();
    }

    @Test
    void a_part_of_a_change_is_where_the_request_has_it() {
        assertThat(place(Code.NAME_TOO_LONG, "/changes/0/name")).isEqualTo("/data/name");
    }

    @Test
    void an_element_of_a_part_is_below_it() {
        assertThat(place(Code.PERMISSION_NOT_IN_SCOPE, "/changes/0/rights/a~1b/read"))
                .isEqualTo("/data/rights/a~1b/read");
    }

    @Test
    void an_element_of_a_list_is_at_its_position() {
        assertThat(place(Code.ID_INVALID, "/changes/1/users/12")).isEqualTo("/userIds/12");
    }

    @Test
    void what_the_request_has_not_is_the_whole_request() {
        assertThat(place(Code.ROLE_NOT_FOUND, "/changes/1/role")).isEmpty();
    }

    @Test
    void what_names_no_part_is_where_such_a_fault_usually_is() {
        assertThat(place(Code.ESCALATION, "/changes/0")).isEqualTo("/data/rights");
    }

    @Test
    void what_names_no_change_is_looked_for_in_all() {
        assertThat(place(Code.TOO_MANY_ROLES, "/changes")).isEqualTo("/userIds");
    }

    @Test
    void what_concerns_the_revision_is_the_whole_request() {
        assertThat(place(Code.CONFLICT, "")).isEmpty();
    }

    @Test
    void who_may_not_do_it_is_told_just_that() {
        requested.faults().add(violation(Code.WRONG_TYPE, "/data/name"));

        assertThat(requested
                        .refusal(List.of(
                                violation(Code.ESCALATION, "/changes/0"),
                                violation(Code.FORBIDDEN, "/changes/0"),
                                violation(Code.FORBIDDEN, "/changes/1")))
                        .violations())
                .containsExactly(violation(Code.FORBIDDEN, ""));
    }

    @Test
    void what_follows_from_something_unreadable_is_not_told() {
        requested.faults().add(violation(Code.WRONG_TYPE, "/data/name"));
        requested.faults().add(violation(Code.WRONG_TYPE, "/data/rights/user/read"));
        requested.faults().add(violation(Code.WRONG_TYPE, "/userIds"));

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
    void nothing_more_is_told_of_a_body_that_is_not_what_was_expected() {
        requested.faults().add(violation(Code.WRONG_TYPE, ""));

        assertThat(requested
                        .refusal(List.of(violation(Code.NAME_MISSING, "/changes/0/name")))
                        .violations())
                .extracting(Violation::code)
                .containsExactly(Code.WRONG_TYPE);
    }
}
