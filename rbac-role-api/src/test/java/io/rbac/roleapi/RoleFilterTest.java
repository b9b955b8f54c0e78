package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.roleapi.RequestTarget.Parameter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operator on every attribute, over three roles. */
class RoleFilterTest {

    private static final Instant NOON = Instant.parse("2024-06-01T12:00:00Z");

    private static final Policy POLICY = Policy.builder()
            .account("acme")
            .catalog(PermissionCatalog.empty())
            .role(Role.builder("a", Scope.ACCOUNT)
                    .name("Admin")
                    .type(RoleType.SYSTEM)
                    .defaultRole(true)
                    .build())
            .role(Role.builder("b", Scope.TEAM)
                    .name("Bad,min")
                    .discardedAt(NOON)
                    .build())
            .role(Role.builder("c", Scope.CHAT)
                    .name("\uD83D\uDE00 \uFF5E")
                    .discardedAt(NOON.plusMillis(1))
                    .build())
            .build();

    private static String listed(String name, String value) {
        Violation.Collector violations = new Violation.Collector();
        RoleFilter filter = RoleFilter.read(new Parameter(name, value), violations);
        if (filter == null) {
            return violations.violations().get(0).code() + " "
                    + violations.violations().get(0).path();
        }
        assertThat(violations.isEmpty()).isTrue();
        StringBuilder ids = new StringBuilder();
        POLICY.roles().stream().filter(role -> filter.accepts(POLICY, role)).forEach(role -> ids.append(role.id()));
        return ids.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    id           | eq:a                            | a
                    id           | !eq:a                           | bc
                    id           | gt:a                            | bc
                    id           | gte:b                           | bc
                    id           | lt:b                            | a
                    id           | lte:b                           | ab
                    id           | in:a,c                          | ac
                    id           | !in:a,c                         | b
                    id           | present                         | abc
                    id           | blank                           | ''
                    account_id   | eq:acme                         | abc
                    account_id   | !eq:acme                        | ''
                    name         | eq:admin                        | ''
                    name         | pre:Ad                          | a
                    name         | suf:min                         | ab
                    name         | ct:dmin                         | a
                    name         | !ct:min                         | c
                    name         | ct:d,m                          | b
                    name         | in:Bad,min                      | ''
                    name         | gt:\uFF5E                       | c
                    name         | eq:                             | ''
                    name         | pre:                            | abc
                    scope        | eq:team                         | b
                    scope        | !eq:team                        | ac
                    scope        | in:team,chat                    | bc
                    scope        | present:1                       | abc
                    default      | eq:true                         | a
                    default      | !eq:true                        | bc
                    default      | in:true,false                   | abc
                    role_type    | eq:system                       | a
                    role_type    | !in:system                      | bc
                    discarded_at | eq:2024-06-01T12:00:00.000Z     | b
                    discarded_at | !eq:2024-06-01T12:00:00Z        | ac
                    discarded_at | gt:2024-06-01T12:00:00Z         | c
                    discarded_at | gte:2024-06-01T12:00:00Z        | bc
                    discarded_at | lt:2024-06-01T12:00:00.001Z     | b
                    discarded_at | lte:2024-06-01T12:00:00.001Z    | bc
                    discarded_at | in:2024-06-01T12:00:00Z         | b
                    discarded_at | blank                           | a
                    discarded_at | blank:0                         | bc
                    discarded_at | present:true                    | bc
                    discarded_at | present:false                   | a
                    """)
    void compares_the_value_of_an_attribute(String attribute, String filter, String expected) {
        assertThat(listed("filter[" + attribute + "]", filter)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "discarded_at_blank, 1, a",
        "discarded_at_blank, true, a",
        "discarded_at_blank, 0, bc",
        "discarded_at_present, 1, bc",
        "discarded_at_present, false, a",
        "name_blank, 1, ''"
    })
    void asks_by_the_name_of_a_parameter(String name, String value, String expected) {
        assertThat(listed("filter[" + name + "]", value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "nope, eq:x, UNKNOWN_FIELD",
        "created_at, present, UNKNOWN_FIELD",
        "'', eq:x, UNKNOWN_FIELD",
        "users][name, ct:Peter, UNKNOWN_FIELD",
        "nope_blank, 1, UNKNOWN_FIELD",
        "_blank, 1, UNKNOWN_FIELD",
        "name_eq, x, UNKNOWN_FIELD",
        "name, Admin, MALFORMED",
        "name, like:x, MALFORMED",
        "name, '', MALFORMED",
        "scope, gt:team, MALFORMED",
        "scope, ct:ea, MALFORMED",
        "default, lt:true, MALFORMED",
        "discarded_at, pre:2024, MALFORMED",
        "scope, eq:Team, SCOPE_INVALID",
        "scope, 'in:team,', SCOPE_INVALID",
        "role_type, eq:host, WRONG_TYPE",
        "default, eq:yes, WRONG_TYPE",
        "discarded_at, gt:2024, WRONG_TYPE",
        "discarded_at_blank, yes, WRONG_TYPE",
        "discarded_at, blank:yes, WRONG_TYPE"
    })
    void refuses_unknown_attributes_operators_and_values(String attribute, String value, String code) {
        String name = "filter[" + attribute + "]";
        assertThat(listed(name, value)).isEqualTo(code + " ?" + name);
    }

    @Test
    void refuses_a_name_without_an_end() {
        assertThat(listed("filter[name", "eq:x")).isEqualTo("UNKNOWN_FIELD ?filter[name");
    }

    @Test
    void has_the_documented_operators() {
        assertThat(FilterOperator.words())
                .isEqualTo(List.of(
                        "eq", "!eq", "gt", "gte", "lt", "lte", "pre", "suf", "ct", "!ct", "in", "!in", "blank",
                        "present"));
    }
}
