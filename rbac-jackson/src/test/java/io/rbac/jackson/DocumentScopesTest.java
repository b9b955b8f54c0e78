package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.jackson.Documents.Entry;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents with scopes of their own (S5). */
class DocumentScopesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ScopeTree TREE = ScopeTree.builder()
            .scope("org")
            .nestingScope("folder")
            .scope("page")
            .build();
    private static final Scope FOLDER = TREE.scope("folder");
    private static final Scope PAGE = TREE.scope("page");

    private final PolicyJson json = PolicyJson.selfContained();

    @Test
    void a_document_with_scopes_of_its_own_is_in_canonical_form() {
        assertThat(json.write(json.read(Documents.TREE))).isEqualTo(Documents.TREE);
    }

    @Test
    void scopes_targets_and_assignments_are_those_of_the_document() {
        Policy policy = json.read(Documents.TREE);
        assertThat(policy.catalog().scopes()).isEqualTo(TREE);
        assertThat(policy.role("editor").orElseThrow().scope()).isEqualTo(FOLDER);
        assertThat(policy.rules().defaultScope()).contains(FOLDER);
        assertThat(policy.rules().defaults().keySet()).containsExactly(Scope.ACCOUNT, PAGE);
        assertThat(policy.targets())
                .containsExactly(
                        Target.of(FOLDER, "drafts"),
                        Target.of(FOLDER, "old"),
                        Target.of(FOLDER, "older"),
                        Target.of(PAGE, "home"),
                        Target.of(PAGE, "plan"));
        assertThat(policy.parentOf(Target.of(PAGE, "plan"))).contains(Target.of(FOLDER, "older"));
        assertThat(policy.rolesOf("bob", Target.of(FOLDER, "drafts")))
                .containsExactly(policy.role("editor").orElseThrow());
    }

    @Test
    void the_account_has_two_names() {
        Policy policy = json.read(Documents.TREE);
        String other = Documents.TREE
                .replace("[\"org\", \"folder\", \"page\"]", "[\"account\", \"folder\", \"page\"]")
                .replace("\"defaults\": { \"org\"", "\"defaults\": { \"account\"")
                .replace("\"scopes\": [\"org\"]", "\"scopes\": [\"account\"]")
                .replace("\"Member\", \"scope\": \"org\"", "\"Member\", \"scope\": \"account\"")
                .replace("{ \"page\": \"home\" }", "{ \"page\": \"home\", \"in\": \"account\" }")
                .replace("{ \"folder\": \"drafts\" }", "{ \"folder\": \"drafts\", \"in\": \"org\" }")
                .replace("\"role\": \"member\" }", "\"role\": \"member\", \"at\": \"org\" }");
        assertThat(json.read(other)).isEqualTo(policy);
        assertThat(json.read(other.replace("\"at\": \"org\"", "\"at\": \"account\"")))
                .isEqualTo(policy);
        assertThat(json.write(json.read(other))).isEqualTo(Documents.TREE);
    }

    @Test
    void the_account_is_written_as_its_tree_calls_it_whatever_role_and_rules_call_it() {
        PermissionCatalog catalog = PermissionCatalog.builder()
                .scopes(TREE)
                .group("g", Set.of(Scope.ACCOUNT), "x")
                .build();
        Policy policy = Policy.builder()
                .account("a")
                .catalog(catalog)
                .rules(PolicyRules.builder()
                        .scopes(Set.of(Scope.ACCOUNT))
                        .defaultScope(Scope.ACCOUNT)
                        .defaults(Scope.ACCOUNT, 0, 4)
                        .build())
                .role(Role.builder("r", Scope.ACCOUNT).name("R").build())
                .build();
        String document = json.write(policy);
        assertThat(document).doesNotContain("\"account\"]").contains("\"account\": \"a\"");
        assertThat(document.replace("\"account\": \"a\"", "")).doesNotContain("account");
        assertThat(json.read(document).roles()).isEqualTo(policy.roles());
        assertThat(json.read(document).rules().defaultScope()).contains(Scope.ACCOUNT);
        assertThat(json.write(json.read(document))).isEqualTo(document);
    }

    @Test
    void the_standard_scopes_may_be_stated_and_are_not_written() {
        String stated = Documents.acme(
                "\"format\": 2,",
                "\"format\": 2, \"scopes\": [{ \"scope\": \"account\" }, { \"scope\": \"team\", \"nests\": false },"
                        + " { \"scope\": \"chat\" }],");
        assertThat(json.read(stated)).isEqualTo(json.read(Documents.ACME));
        assertThat(json.write(json.read(stated))).isEqualTo(Documents.ACME);
    }

    @Test
    void an_account_may_have_no_other_scope() {
        String document = """
                {
                  "format": 2,
                  "account": "a",
                  "scopes": [
                    { "scope": "account" }
                  ],
                  "catalog": [],
                  "roles": [
                    { "id": "r", "name": "R", "scope": "account", "default": true }
                  ]
                }
                """;
        assertThat(json.write(json.read(document))).isEqualTo(document);
        String withTarget = document.replace("\"roles\"", "\"targets\": [{ \"team\": \"t\" }, {}], \"roles\"");
        List<Violation> violations = Documents.violations(() -> json.read(withTarget));
        assertThat(violations.stream().map(Violation::message))
                .containsExactly(
                        "`team` is not a scope: expected no target, because there is no scope but that of the account",
                        "the target has no scope: expected no target, because there is no scope but that of the account");
    }

    @Test
    void an_id_may_look_like_a_target_or_a_field() {
        String document =
                Documents.TREE.replace("\"drafts\"", "\"page/in\"").replace("folder/drafts", "folder/page/in");
        Policy policy = json.read(document);
        assertThat(policy.parentOf(Target.of(FOLDER, "old"))).contains(Target.of(FOLDER, "page/in"));
        assertThat(json.write(policy)).contains("{ \"folder\": \"old\", \"in\": \"folder/page/in\" }");
        assertThat(json.read(json.write(policy))).isEqualTo(policy);
    }

    @Test
    @Tag("S5")
    void a_path_may_have_16_targets_in_any_order() {
        String document = Documents.replace(
                Documents.TREE,
                "{ \"page\": \"home\" }",
                "{ \"page\": \"home\", \"in\": \"folder/f-14\" }, " + BadScopes.deep(14));
        Policy policy = json.read(document);
        int length = 1;
        for (Target target = Target.of(PAGE, "home"); !target.isAccount(); length++) {
            target = policy.parentOf(target).orElseThrow();
        }
        assertThat(length).isEqualTo(16);
        assertThat(json.read(json.write(policy))).isEqualTo(policy);
    }

    @Test
    @Tag("S5")
    void the_targets_of_a_cycle_are_refused_and_those_below_it_are_not() {
        String document = Documents.replace(
                Documents.TREE, "{ \"folder\": \"drafts\" }", "{ \"folder\": \"drafts\", \"in\": \"folder/older\" }");
        List<Violation> violations = Documents.violations(() -> json.read(document));
        assertThat(violations.stream().map(v -> v.code() + " " + v.path() + " " + v.line()))
                .containsExactlyInAnyOrder(
                        "PARENT_INVALID /targets/0/in 20",
                        "PARENT_INVALID /targets/1/in 21",
                        "PARENT_INVALID /targets/2/in 22");
    }

    // fields in any order

    @ParameterizedTest
    @EnumSource(Entry.class)
    void scopes_and_format_may_come_last(Entry entry) throws IOException {
        Policy policy = json.read(Documents.TREE);
        ObjectNode document = (ObjectNode) MAPPER.readTree(Documents.TREE);
        JsonNode format = document.remove("format");
        JsonNode scopes = document.remove("scopes");
        document.set("scopes", scopes);
        document.set("format", format);
        assertThat(entry.read(json, document.toString())).isEqualTo(policy);
        document.remove("scopes");
        document.set("scopes", scopes);
        assertThat(entry.read(json, document.toString())).isEqualTo(policy);
    }

    @Test
    void the_fields_may_come_in_any_order() throws IOException {
        for (String canonical : List.of(Documents.TREE, Documents.ACME, Documents.ACME_1)) {
            Policy policy = json.read(canonical);
            JsonNode document = MAPPER.readTree(canonical);
            List<String> fields = new ArrayList<>();
            document.fieldNames().forEachRemaining(fields::add);
            for (int seed = 0; seed < 100; seed++) {
                Collections.shuffle(fields, new Random(seed));
                ObjectNode other = MAPPER.createObjectNode();
                fields.forEach(field -> other.set(field, document.get(field)));
                assertThat(json.read(other.toString())).as("%s", fields).isEqualTo(policy);
            }
        }
    }

    @Test
    void names_of_the_standard_scopes_may_stand_for_others_that_are_stated_later() {
        String scopes = "\"scopes\": [{ \"scope\": \"account\" }, { \"scope\": \"unit\" },"
                + " { \"scope\": \"team\", \"nests\": true }, { \"scope\": \"chat\" }]";
        Policy first = json.read(Documents.acme("\"revision\": 7,", "\"revision\": 7, " + scopes + ","));
        Policy last = json.read(Documents.ACME.stripTrailing().replaceAll("}$", ", " + scopes + "}"));
        assertThat(last).isEqualTo(first);
        assertThat(last.role("lead").orElseThrow().scope().level()).isEqualTo(2);
    }

    @Test
    void what_is_wrong_is_reported_once_though_the_document_is_read_again() {
        String faults = Documents.TREE
                .replace("{ \"scope\": \"org\" }", "{ \"scope\": \"org\", \"x\": 1 }")
                .replace("\"Author\"", "\"\"")
                .replace("\"page/plan\"", "\"page/plans\"");
        int start = faults.indexOf("  \"scopes\": [");
        int end = faults.indexOf("  \"rules\"");
        String stated = faults.substring(start, end);
        String late = faults.replace(stated, "")
                .stripTrailing()
                .replaceAll("}$", "," + stated.stripTrailing().replaceAll(",$", "}"));
        assertThat(Documents.codesAndPaths(() -> json.read(late)))
                .containsExactly("UNKNOWN_FIELD /scopes/0/x", "NAME_BLANK /roles/0/name");
        String known = late.replace(", \"x\": 1", "");
        assertThat(Documents.codesAndPaths(() -> json.read(known)))
                .containsExactly("NAME_BLANK /roles/0/name", "TARGET_NOT_FOUND /assignments/2/at");
    }

    @Test
    void scopes_that_cannot_be_read_hide_nothing_but_what_depends_on_them() {
        String document = Documents.replace(Documents.TREE, "{ \"scope\": \"org\" }", "{ \"scope\": 7 }")
                .replace("\"id\": \"author\"", "\"id\": \" \"")
                .replace("\"name\": \"Editor\"", "\"name\": \"\"")
                .replace("\"user\": \"bob\"", "\"user\": 7")
                .replace("{ \"page\": \"home\" }", "7")
                .replace("\"in\": \"folder/drafts\"", "\"in\": 7")
                .replace("\"write\": true } }", "\"write\": 1, \"fly\": true } }")
                .replace("\"max\": 2", "\"max\": -2");
        assertThat(Documents.codesAndPaths(() -> json.read(document)))
                .contains(
                        "WRONG_TYPE /scopes/0/scope",
                        "WRONG_TYPE /roles/0/rights/page/write",
                        "ACTION_NOT_ALLOWED /roles/0/rights/page/fly",
                        "WRONG_TYPE /targets/1/in",
                        "WRONG_TYPE /targets/3",
                        "WRONG_TYPE /assignments/1/user",
                        "ID_INVALID /roles/0/id",
                        "NAME_BLANK /roles/1/name")
                .noneMatch(violation -> violation.startsWith("SCOPE_INVALID")
                        || violation.startsWith("TARGET_NOT_FOUND")
                        || violation.startsWith("ROLE_NOT_FOUND")
                        || violation.startsWith("LAST_DEFAULT_ROLE")
                        || violation.startsWith("PERMISSION_NOT_IN_SCOPE")
                        || violation.startsWith("MALFORMED"));
    }

    // what can be read again

    /** The small document, with white space behind its account. */
    private static String spaced(String document, int spaces) {
        return Documents.replace(document, "\"account\": \"acme\",", "\"account\": \"acme\"," + " ".repeat(spaces));
    }

    private static String withScopesLast(String document) {
        int start = document.indexOf("  \"scopes\": [");
        int end = document.indexOf("  \"rules\"");
        String scopes = document.substring(start, end).stripTrailing().replaceAll(",$", "");
        return document.substring(0, start)
                + document.substring(end).stripTrailing().replaceAll("}$", ", " + scopes + "}");
    }

    @ParameterizedTest
    @EnumSource(Entry.class)
    void scopes_that_come_last_are_looked_for_in_the_first_million_characters(Entry entry) throws IOException {
        String late = withScopesLast(Documents.TREE);
        int fitting = Source.MAX_KEPT - late.length();
        assertThat(entry.read(json, spaced(late, fitting))).isEqualTo(json.read(Documents.TREE));
        Violation violation = Documents.onlyViolation(() -> entry.read(json, spaced(late, fitting + 20_000)));
        assertThat(violation.code()).isEqualTo(Code.LIMIT_EXCEEDED);
        assertThat(violation.path()).isEqualTo("/scopes");
        assertThat(violation.message())
                .isEqualTo("`scopes` comes after names of scopes and cannot be looked for again: expected it within the"
                        + " first `1048576` characters, best as one of the first fields");
        assertThat(violation.line()).isEqualTo(26);
        assertThat(violation.column()).isEqualTo(15);
    }

    @Test
    void a_large_document_is_read_where_its_scopes_come_first_or_are_as_assumed() {
        String much = " ".repeat(Source.MAX_KEPT + 1);
        assertThat(json.read(spaced(Documents.TREE, much.length()))).isEqualTo(json.read(Documents.TREE));
        assertThat(json.read(Documents.replace(Documents.TREE, "\"targets\": [", "\"targets\": [" + much)))
                .isEqualTo(json.read(Documents.TREE));
        assertThat(json.read(spaced(Documents.ACME, much.length()))).isEqualTo(json.read(Documents.ACME));
        String standard = "\"scopes\": [{ \"scope\": \"account\" }, { \"scope\": \"team\" }, { \"scope\": \"chat\" }]";
        String late = Documents.ACME.stripTrailing().replaceAll("}$", ", " + standard + "}");
        assertThat(json.read(spaced(late, much.length()))).isEqualTo(json.read(Documents.ACME));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_large_document_may_state_its_format_last(boolean isFirstFormat) {
        String canonical = isFirstFormat ? Documents.ACME_1 : Documents.ACME;
        String format = isFirstFormat ? "\"format\": 1" : "\"format\": 2";
        String late =
                Documents.replace(canonical, format + ",", "").stripTrailing().replaceAll("}$", ", " + format + "}");
        String much = spaced(late, Source.MAX_KEPT + 1);
        assertThat(json.read(much)).isEqualTo(json.read(canonical));
        String wrong = isFirstFormat ? "\"format\": 2" : "\"format\": 1";
        Violation violation = Documents.onlyViolation(() -> json.read(much.replace(format, wrong)));
        assertThat(violation.code()).isEqualTo(Code.LIMIT_EXCEEDED);
        assertThat(violation.path()).isEqualTo("/format");
        assertThat(violation.message())
                .startsWith("`format` comes after fields of another format and cannot be looked for again");
    }
}
