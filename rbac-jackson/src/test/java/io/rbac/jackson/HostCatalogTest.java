package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.PolicyRules;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Documents that an application reads, which has a catalog and rules of its own (S2). */
class HostCatalogTest {

    private static final String LEAD_RIGHTS = "{ \"user\": { \"read\": true, \"update\": true } }";
    private static final PolicyRules RULES = PolicyRules.builder()
            .nameMax(60)
            .deletion(PolicyRules.Deletion.REFUSE)
            .build();

    /** The catalog of the small document in another order, with more in it. */
    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("more", "x")
            .group(
                    "agents",
                    EnumSet.allOf(Scope.class),
                    List.of(Action.of("own"), Action.of("see").withKey("agent_view")))
            .group("user", EnumSet.of(Scope.ACCOUNT, Scope.TEAM), "delete", "update", "read", "more")
            .retired("user:export", "gone:x", "gone:y", "agents:fly", "old_key")
            .build();

    private final PolicyJson host = new PolicyJson(CATALOG, RULES);

    private static PermissionCatalog without(String key) {
        PermissionCatalog.Builder builder = PermissionCatalog.builder();
        for (String group : List.of("user", "agents")) {
            builder.group(
                    group,
                    EnumSet.allOf(Scope.class),
                    PolicyJson.selfContained()
                            .read(Documents.ACME)
                            .catalog()
                            .group(group)
                            .orElseThrow()
                            .permissions()
                            .stream()
                            .filter(permission -> !permission.key().equals(key))
                            .map(permission -> Action.of(permission.action()).withKey(permission.key()))
                            .toList());
        }
        return builder.build();
    }

    @Test
    void a_policy_has_the_catalog_and_the_rules_of_the_application() {
        Policy policy = host.read(Documents.ACME);
        assertThat(policy.catalog()).isSameAs(CATALOG);
        assertThat(policy.rules()).isSameAs(RULES);
        assertThat(policy.role("lead").orElseThrow().rights().toString()).isEqualTo("[user:update, user:read]");
        assertThat(policy.role("writer").orElseThrow().rights()).isEqualTo(CATALOG.rights("agent_view"));
        assertThat(policy.role("writer").orElseThrow().rights().catalog()).isSameAs(CATALOG);
    }

    @Test
    void the_rules_of_the_application_hold() {
        PolicyRules strict = PolicyRules.builder().nameMax(8).build();
        assertThat(Documents.codesAndPaths(() -> new PolicyJson(CATALOG, strict).read(Documents.ACME)))
                .containsExactly("NAME_TOO_LONG /roles/0/name", "NAME_TOO_LONG /roles/1/name");
    }

    @Test
    @Tag("P64")
    void a_permission_that_a_role_holds_and_the_application_lacks_is_unknown() {
        Violation violation =
                Documents.onlyViolation(() -> new PolicyJson(without("agent_view"), RULES).read(Documents.ACME));
        assertThat(violation.toString())
                .isEqualTo(
                        "UNKNOWN_PERMISSION at /roles/2/rights/agents/view: role `writer` holds `agent_view`, which is"
                                + " not a permission of the application's catalog (line 13, column 90)");
        assertThat(violation.value()).contains("agent_view");
    }

    @Test
    void a_permission_that_no_role_holds_may_be_unknown_to_the_application() {
        PermissionCatalog lacking = without("user:delete");
        assertThat(new PolicyJson(lacking, RULES).read(Documents.ACME).catalog())
                .isSameAs(lacking);
        String stated = Documents.acme(LEAD_RIGHTS, "{ \"user\": { \"delete\": false } }");
        assertThat(new PolicyJson(lacking, RULES)
                        .read(stated)
                        .role("lead")
                        .orElseThrow()
                        .rights()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void what_no_role_holds_is_still_checked_against_the_scopes_of_the_document() {
        String stated = Documents.acme("{ \"agents\": { \"view\": true } }", "{ \"user\": { \"delete\": false } }");
        assertThat(Documents.codesAndPaths(() -> new PolicyJson(without("user:delete"), RULES).read(stated)))
                .containsExactly("PERMISSION_NOT_IN_SCOPE /roles/2/rights/user/delete");
    }

    @Test
    void the_scopes_of_the_application_decide() {
        String wide = Documents.acme(", \"scopes\": [\"account\", \"team\"]", "")
                .replace("\"agents\": { \"view\": true }", "\"user\": { \"read\": true }");
        assertThat(Documents.codesAndPaths(() -> host.read(wide)))
                .containsExactly("PERMISSION_NOT_IN_SCOPE /roles/2/rights/user/read");
        String narrow = Documents.acme("[\"account\", \"team\"]", "[\"account\"]");
        assertThat(host.read(narrow).role("lead").orElseThrow().rights().size()).isEqualTo(2);
        assertThat(Documents.codesAndPaths(() -> PolicyJson.selfContained().read(narrow)))
                .containsExactly(
                        "PERMISSION_NOT_IN_SCOPE /roles/0/rights/user/read",
                        "PERMISSION_NOT_IN_SCOPE /roles/0/rights/user/update");
    }

    @Test
    void a_refused_permission_is_named_with_its_scopes() {
        String stated = Documents.acme(LEAD_RIGHTS, "{ \"agents\": { \"own\": true } }");
        Violation violation =
                Documents.onlyViolation(() -> PolicyJson.selfContained().read(stated));
        assertThat(violation.message())
                .isEqualTo("role `lead` of the scope `team` names `agents:own`: only roles of [account] may hold it");
    }

    @Test
    void what_is_retired_is_dropped_wherever_it_is_named() {
        for (String rights : List.of(
                "{ \"user\": { \"read\": true, \"update\": true, \"export\": true } }",
                "{ \"user\": { \"read\": true, \"update\": true }, \"gone\": { \"x\": true, \"y\": false } }",
                "{ \"user\": { \"read\": true, \"update\": true }, \"agents\": { \"fly\": false } }")) {
            Policy policy = host.read(Documents.acme(LEAD_RIGHTS, rights));
            assertThat(policy).isEqualTo(host.read(Documents.ACME));
        }
        String keyed = Documents.acme("\"key\": \"agent_view\"", "\"key\": \"old_key\"");
        assertThat(host.read(keyed).role("writer").orElseThrow().rights().isEmpty())
                .isTrue();
    }

    @Test
    void a_group_is_unknown_if_not_all_that_is_named_of_it_is_retired() {
        String partly = Documents.acme(LEAD_RIGHTS, "{ \"gone\": { \"x\": true, \"z\": false } }");
        assertThat(Documents.codesAndPaths(() -> host.read(partly)))
                .containsExactly("UNKNOWN_GROUP /roles/0/rights/gone");
        String empty = Documents.acme(LEAD_RIGHTS, "{ \"gone\": {} }");
        assertThat(Documents.codesAndPaths(() -> host.read(empty)))
                .containsExactly("UNKNOWN_GROUP /roles/0/rights/gone");
    }

    @Test
    void a_document_may_leave_its_catalog_to_the_application() {
        String catalog = Documents.ACME.substring(
                Documents.ACME.indexOf("  \"catalog\""), Documents.ACME.indexOf("  \"roles\""));
        String document = Documents.acme(catalog, "").replace("\"view\": true", "\"see\": true");
        assertThat(host.read(document)).isEqualTo(host.read(Documents.ACME));
        assertThat(Documents.codesAndPaths(() -> PolicyJson.selfContained().read(document)))
                .containsExactly("MISSING_FIELD /catalog");
        String unknown = document.replace("\"see\": true", "\"view\": true");
        assertThat(Documents.codesAndPaths(() -> host.read(unknown)))
                .containsExactly("ACTION_NOT_ALLOWED /roles/2/rights/agents/view");
    }

    @Test
    void a_catalog_that_is_put_aside_is_checked() {
        String document = Documents.acme("\"create\", \"read\"", "\"create\", \"create\", 7, \"read\"");
        assertThat(Documents.codesAndPaths(() -> host.read(document)))
                .containsExactly("WRONG_TYPE /catalog/0/actions/2", "DUPLICATE_ID /catalog/0/actions/1");
    }

    @Test
    void rules_that_are_put_aside_are_checked() {
        String document = Documents.acme("{ \"max\": 60 }", "{ \"max\": -1 }");
        assertThat(Documents.codesAndPaths(() -> host.read(document)))
                .containsExactly("LIMIT_EXCEEDED /rules/name/max");
        String lockout = Documents.acme("\"deletion\": \"refuse\"", "\"lockout\": [\"user:read\", \"more:x\"]");
        Violation violation = Documents.onlyViolation(() -> host.read(lockout));
        assertThat(violation.code()).isEqualTo(Code.UNKNOWN_PERMISSION);
        assertThat(violation.path()).isEqualTo("/rules/lockout/1");
        assertThat(violation.line()).isEqualTo(5);
        assertThat(violation.column()).isEqualTo(62);
    }

    @Test
    void without_a_catalog_everything_but_rights_is_checked() {
        String document = Documents.acme("\"group\": \"user\"", "\"group\": 7")
                .replace("\"read\": true, \"update\": true", "\"nonsense\": true, \"update\": 1")
                .replace("\"user\": \"ada\"", "\"user\": \"\"")
                .replace("\"deletion\": \"refuse\"", "\"lockout\": [\"user:read\"]");
        assertThat(Documents.codesAndPaths(() -> PolicyJson.selfContained().read(document)))
                .containsExactly(
                        "WRONG_TYPE /catalog/0/group",
                        "WRONG_TYPE /roles/0/rights/user/update",
                        "ID_INVALID /assignments/0/user");
    }

    @Test
    void without_rules_everything_else_is_checked() {
        String document = Documents.acme("\"max\": 60", "\"max\": \"60\"")
                .replace("Team lead", "x".repeat(80))
                .replace("\"Writer\"", "\"\\u0000\"")
                .replace("\"default\": true", "\"default\": false");
        assertThat(Documents.codesAndPaths(() -> PolicyJson.selfContained().read(document)))
                .containsExactly("WRONG_TYPE /rules/name/max", "NAME_INVALID /roles/2/name");
    }

    @Test
    void what_is_needed_is_not_null() {
        assertThatNullPointerException()
                .isThrownBy(() -> new PolicyJson(null, RULES))
                .withMessage("catalog");
        assertThatNullPointerException()
                .isThrownBy(() -> new PolicyJson(CATALOG, null))
                .withMessage("rules");
    }
}
