package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.PolicyRules;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.util.List;
import java.util.Set;
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
                    Set.of(Scope.ACCOUNT, Scope.TEAM, Scope.CHAT),
                    List.of(Action.of("own"), Action.of("see").withKey("agent_view")))
            .group("user", Set.of(Scope.ACCOUNT, Scope.TEAM), "delete", "update", "read", "more")
            .retired("user:export", "gone:x", "gone:y", "agents:fly", "old_key")
            .build();

    private final PolicyJson host = new PolicyJson(CATALOG, RULES);

    private static PermissionCatalog without(String key) {
        PermissionCatalog.Builder builder = PermissionCatalog.builder();
        for (String group : List.of("user", "agents")) {
            builder.group(
                    group,
                    Set.of(Scope.ACCOUNT, Scope.TEAM, Scope.CHAT),
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
    void what_is_renamed_is_read_under_its_new_key_wherever_it_is_named() {
        PolicyJson renaming = new PolicyJson(
                PermissionCatalog.builder()
                        .group("agents", "own", "see")
                        .group("person", "read", "update", "delete")
                        .renamed("user:read", "person:read")
                        .renamed("user:update", "person:update")
                        .renamed("agent_view", "agents:see")
                        .retired("user:create", "user:delete")
                        .build(),
                RULES);
        Policy own = renaming.read(Documents.ACME);
        assertThat(own.role("lead").orElseThrow().rights())
                .isEqualTo(own.catalog().rights("person:read", "person:update"));
        assertThat(own.role("writer").orElseThrow().rights())
                .isEqualTo(own.catalog().rights("agents:see"));
        String catalog = Documents.ACME.substring(
                Documents.ACME.indexOf("  \"catalog\""), Documents.ACME.indexOf("  \"roles\""));
        Policy none = renaming.read(Documents.acme(catalog, "").replace("\"view\": true", "\"see\": true"));
        assertThat(none).isEqualTo(own);
        assertThat(Documents.codesAndPaths(() -> renaming.read(Documents.acme(catalog, "")
                        .replace("\"view\": true", "\"see\": true")
                        .replace(LEAD_RIGHTS, "{ \"user\": { \"read\": true, \"fly\": true } }"))))
                .containsExactly("ACTION_NOT_ALLOWED /roles/0/rights/user/fly");
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

    // scopes

    private static PermissionCatalog.Builder catalogOf(ScopeTree tree) {
        return PermissionCatalog.builder().scopes(tree).group("org", "read").group("page", "read", "write");
    }

    private static PolicyJson hostOf(ScopeTree.Builder tree) {
        return new PolicyJson(catalogOf(tree.build()).build(), PolicyRules.standard());
    }

    @Test
    @Tag("S2")
    void scopes_are_looked_up_by_name_in_the_tree_of_the_application() {
        ScopeTree wider = ScopeTree.builder()
                .scope("company")
                .scope("site")
                .nestingScope("folder")
                .nestingScope("page")
                .scope("comment")
                .build();
        Policy policy = new PolicyJson(catalogOf(wider).build(), PolicyRules.standard()).read(Documents.TREE);
        Scope folder = wider.scope("folder");
        assertThat(policy.role("member").orElseThrow().scope()).isEqualTo(Scope.ACCOUNT);
        assertThat(policy.role("editor").orElseThrow().scope()).isEqualTo(folder);
        assertThat(policy.parentOf(Target.of(wider.scope("page"), "plan"))).contains(Target.of(folder, "older"));
        assertThat(policy.rolesOf("bob", Target.of(folder, "drafts"))).hasSize(1);
        assertThat(PolicyJson.selfContained().write(policy))
                .contains("{ \"scope\": \"company\" }")
                .contains("\"name\": \"Member\", \"scope\": \"company\"");
    }

    @Test
    @Tag("S2")
    void scopes_that_the_application_lacks_are_refused_where_something_has_them() {
        PolicyJson noPages = hostOf(ScopeTree.builder().scope("org").nestingScope("folder"));
        List<Violation> violations = Documents.violations(() -> noPages.read(Documents.TREE));
        assertThat(violations.stream().map(v -> v.code() + " " + v.path()))
                .containsExactly(
                        "SCOPE_INVALID /roles/0/scope",
                        "SCOPE_INVALID /targets/3/page",
                        "SCOPE_INVALID /targets/4/page",
                        "SCOPE_INVALID /assignments/2/at");
        assertThat(violations.get(0).message())
                .isEqualTo("`page` is not a scope of the application's catalog: expected one of [org, folder]");
        assertThat(violations.stream().map(violation -> violation.value().orElseThrow()))
                .containsExactly("page", "page", "page", "page/plan");
        assertThat(Documents.locations(violations)).containsExactly("15:50", "23:5", "24:5", "29:46");
        String unused = Documents.TREE
                .replace(
                        "    { \"id\": \"author\", \"name\": \"Author\", \"scope\": \"page\", \"rights\": { \"page\": { \"write\": true } } },\n",
                        "")
                .replace(",\n    { \"page\": \"home\" },\n    { \"page\": \"plan\", \"in\": \"folder/older\" }", "")
                .replace(",\n    { \"user\": \"eve\", \"role\": \"author\", \"at\": \"page/plan\" }", "");
        assertThat(noPages.read(unused).targets()).hasSize(3);
    }

    @Test
    @Tag("S2")
    void a_target_that_cannot_lie_in_its_parent_at_the_application_is_refused() {
        PolicyJson flat =
                hostOf(ScopeTree.builder().scope("org").scope("folder").scope("page"));
        assertThat(Documents.codesAndPaths(() -> flat.read(Documents.TREE)))
                .containsExactly("PARENT_INVALID /targets/1/in", "PARENT_INVALID /targets/2/in");
        PolicyJson turned =
                hostOf(ScopeTree.builder().scope("org").scope("page").nestingScope("folder"));
        assertThat(Documents.codesAndPaths(() -> turned.read(Documents.TREE)))
                .containsExactly("PARENT_INVALID /targets/4/in");
    }

    @Test
    void a_scope_that_is_the_account_of_the_application_is_no_scope_of_a_target() {
        PolicyJson folders = hostOf(ScopeTree.builder().scope("folder").scope("page"));
        assertThat(Documents.codesAndPaths(() -> folders.read(Documents.TREE)))
                .contains(
                        "SCOPE_INVALID /roles/1/scope",
                        "SCOPE_INVALID /targets/0/folder",
                        "SCOPE_INVALID /targets/4/in");
    }

    @Test
    @Tag("S2")
    void the_scopes_of_a_document_are_checked_though_they_are_put_aside() {
        PolicyJson own =
                hostOf(ScopeTree.builder().scope("org").nestingScope("folder").scope("page"));
        assertThat(own.read(Documents.TREE).account()).isEqualTo("acme");
        assertThat(Documents.codesAndPaths(() -> own.read(Documents.TREE.replace("\"nests\": true", "\"nests\": 1"))))
                .containsExactly("WRONG_TYPE /scopes/1/nests");
        String unstated = Documents.replace(Documents.TREE, ",\n    { \"scope\": \"page\" }", "");
        assertThat(Documents.codesAndPaths(() -> own.read(unstated)))
                .contains(
                        "SCOPE_INVALID /roles/0/scope", "SCOPE_INVALID /targets/3/page", "MALFORMED /assignments/2/at");
    }

    private static String without(String field, String next) {
        return Documents.TREE.substring(0, Documents.TREE.indexOf("  \"" + field + '"'))
                + Documents.TREE.substring(Documents.TREE.indexOf("  \"" + next + '"'));
    }

    @Test
    @Tag("S2")
    void a_document_may_leave_its_scopes_to_the_application_with_its_catalog() {
        PolicyJson own =
                hostOf(ScopeTree.builder().scope("org").nestingScope("folder").scope("page"));
        Policy policy = own.read(Documents.TREE);
        String noCatalog = without("catalog", "roles");
        assertThat(own.read(noCatalog)).isEqualTo(policy);
        int scopes = noCatalog.indexOf("  \"scopes\"");
        String neither = noCatalog.substring(0, scopes) + noCatalog.substring(noCatalog.indexOf("  \"rules\""));
        assertThat(own.read(neither)).isEqualTo(policy);
        String onlyCatalog = without("scopes", "rules");
        assertThat(Documents.codesAndPaths(() -> own.read(onlyCatalog)))
                .contains(
                        "SCOPE_INVALID /rules/scopes/0",
                        "SCOPE_INVALID /catalog/0/scopes/0",
                        "SCOPE_INVALID /roles/0/scope");
        String catalogLast = Documents.replace(onlyCatalog, "\"catalog\": [", "\"x\": [")
                .stripTrailing()
                .replaceAll("}$", ", \"catalog\": [] }");
        assertThat(Documents.codesAndPaths(() -> own.read(catalogLast)))
                .contains("SCOPE_INVALID /roles/0/scope", "UNKNOWN_FIELD /x");
        String large = catalogLast.replace(", \"catalog\": []", " ".repeat(Source.MAX_KEPT) + ", \"catalog\": []");
        Violation violation = Documents.onlyViolation(() -> own.read(large));
        assertThat(violation.code()).isEqualTo(Code.LIMIT_EXCEEDED);
        assertThat(violation.message())
                .startsWith("`catalog` comes after names of scopes and cannot be looked for again");
    }

    @Test
    @Tag("S2")
    void a_document_of_the_first_format_has_the_standard_scopes_at_any_application() {
        PolicyJson own = new PolicyJson(
                PermissionCatalog.builder()
                        .scopes(ScopeTree.builder()
                                .scope("org")
                                .scope("team")
                                .nestingScope("chat")
                                .scope("page")
                                .build())
                        .group("user", "create", "read", "update", "delete")
                        .group(
                                "agents",
                                List.of(Action.of("view").withKey("agent_view"), Action.of("edit"), Action.of("own")))
                        .build(),
                RULES);
        assertThat(own.read(Documents.ACME_1)).isEqualTo(own.read(Documents.ACME));
        PolicyJson pages = hostOf(ScopeTree.builder().scope("org").nestingScope("page"));
        assertThat(Documents.codesAndPaths(() -> pages.read(Documents.ACME_1)))
                .contains(
                        "SCOPE_INVALID /roles/0/scope",
                        "SCOPE_INVALID /teams/0",
                        "SCOPE_INVALID /chats/0/id",
                        "SCOPE_INVALID /chats/1/team",
                        "SCOPE_INVALID /assignments/1/team",
                        "SCOPE_INVALID /assignments/2/chat");
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
