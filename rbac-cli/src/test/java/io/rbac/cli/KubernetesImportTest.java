package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Imports from Kubernetes. The answers are those of the page "Using RBAC Authorization" of its documentation and, for wildcards, of
 * the reference of {@code PolicyRule}, worked out by hand.
 */
class KubernetesImportTest {

    private static final String CATALOG = """
            {
              "scopes": [ { "scope": "cluster" }, { "scope": "namespace" } ],
              "catalog": [
                { "group": "pods", "actions": ["get", "list", "create", "delete"] },
                { "group": "pods/log", "actions": ["get"] },
                { "group": "pods/scale", "actions": ["get"] },
                { "group": "secrets", "actions": ["get", "list"] },
                { "group": "nodes", "actions": ["get", "list"], "scopes": ["cluster"] },
                { "group": "deployments.apps", "actions": ["get", "create", "delete"] },
                { "group": "deployments.apps/scale", "actions": ["get", "update"] }
              ]
            }
            """;

    private static final String ROLE = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: %s
            metadata: { name: %s%s }
            rules:
            - { apiGroups: %s, resources: %s, verbs: %s }
            ---
            """;

    private static final String BINDING = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: %s
            metadata: { name: %s%s }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: %s, name: %s }
            subjects:
            - %s
            ---
            """;

    @TempDir
    private Path folder;

    private static String clusterRole(String name, String apiGroups, String resources, String verbs) {
        return ROLE.formatted("ClusterRole", name, "", apiGroups, resources, verbs);
    }

    private static String role(String namespace, String name, String apiGroups, String resources, String verbs) {
        return ROLE.formatted("Role", name, ", namespace: " + namespace, apiGroups, resources, verbs);
    }

    private static String bindClusterWide(String role, String subject) {
        return BINDING.formatted(
                "ClusterRoleBinding", role + "-all-" + subject.hashCode(), "", "ClusterRole", role, subject);
    }

    private static String bindIn(String namespace, String kind, String role, String subject) {
        return BINDING.formatted(
                "RoleBinding", role + "-" + subject.hashCode(), ", namespace: " + namespace, kind, role, subject);
    }

    private static String user(String name) {
        return "{ kind: User, name: " + name + ", apiGroup: rbac.authorization.k8s.io }";
    }

    private String catalog() {
        return Acme.file(folder, "catalog.json", CATALOG);
    }

    private Imported imported(String... manifests) {
        return Imported.by(
                "kubernetes", "--catalog", catalog(), Acme.file(folder, "rbac.yaml", String.join("", manifests)));
    }

    private Rbac run(String manifest) {
        return Rbac.run("import", "kubernetes", "--catalog", catalog(), Acme.file(folder, "rbac.yaml", manifest));
    }

    @Test
    void a_role_counts_in_its_namespace_and_a_cluster_role_where_it_is_bound() {
        Imported imported = imported(
                role("dev", "pod-reader", "[\"\"]", "[pods]", "[get, list]"),
                clusterRole("secret-reader", "[\"\"]", "[secrets]", "[get]"),
                clusterRole("node-reader", "[\"\"]", "[nodes, pods]", "[get]"),
                bindIn("dev", "Role", "pod-reader", user("jane")),
                bindIn("dev", "ClusterRole", "secret-reader", user("dave")),
                bindIn("prod", "ClusterRole", "node-reader", user("nina")),
                bindClusterWide("secret-reader", user("mona")),
                bindClusterWide("node-reader", user("omar")),
                bindIn("prod", "ClusterRole", "secret-reader", "{ kind: ServiceAccount, name: robot, namespace: dev }"),
                "apiVersion: v1\nkind: Namespace\nmetadata: { name: spare }\n");
        assertThat(imported.notExpressed()).isEmpty();
        imported.hasAnswers("""
                jane pods:get     namespace/dev   yes
                jane pods:list    namespace/dev   yes
                jane pods:delete  namespace/dev   no
                jane pods:get     namespace/prod  no
                jane pods:get     cluster         no
                jane pods/log:get namespace/dev   no
                dave secrets:get  namespace/dev   yes
                dave secrets:list namespace/dev   no
                dave secrets:get  namespace/prod  no
                dave secrets:get  cluster         no
                mona secrets:get  cluster         yes
                mona secrets:get  namespace/dev   yes
                mona secrets:get  namespace/prod  yes
                mona secrets:get  namespace/spare yes
                omar nodes:get    cluster         yes
                omar pods:get     namespace/spare yes
                nina pods:get     namespace/prod  yes
                nina pods:get     namespace/dev   no
                nina nodes:get    cluster         no
                nina nodes:get    namespace/prod  no
                system:serviceaccount:dev:robot secrets:get namespace/prod yes
                system:serviceaccount:dev:robot secrets:get namespace/dev  no
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [""]       | ["*"]             | [get]  | pods:get pods/log:get pods/scale:get secrets:get nodes:get
                    [apps]     | ["*"]             | ["*"]  | deployments.apps:get deployments.apps:create deployments.apps:delete deployments.apps/scale:get deployments.apps/scale:update
                    ["*"]      | ["*/scale"]       | ["*"]  | pods/scale:get deployments.apps/scale:get deployments.apps/scale:update
                    ["", apps] | ["*/scale"]       | [get]  | pods/scale:get deployments.apps/scale:get
                    [""]       | [pods]            | ["*"]  | pods:get pods:list pods:create pods:delete
                    [""]       | [pods, pods/log]  | [get]  | pods:get pods/log:get
                    ["", apps] | [deployments, pods] | [create] | pods:create deployments.apps:create
                    ["*"]      | [nodes]           | [list, "*"] | nodes:get nodes:list
                    """)
    void wildcards_stand_for_what_the_catalog_has(String groups, String resources, String verbs, String keys) {
        Imported imported = imported(clusterRole("r", groups, resources, verbs), bindClusterWide("r", user("ann")));
        assertThat(imported.notExpressed()).isEmpty();
        assertThat(imported.policy().role("ClusterRole/r").orElseThrow().rights().stream()
                        .map(Object::toString))
                .containsExactlyInAnyOrder(keys.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [""]     | ["pods/*"]     | [get]        | has rights to `pods/*` of the API groups ``, which the catalog lacks
                    [""]     | [deployments]  | [get]        | has rights to `deployments` of the API groups ``, which the catalog lacks
                    [batch]  | ["*"]          | ["*"]        | has rights to `*` of the API groups `batch`, which the catalog lacks
                    [""]     | [pods]         | [watch]      | may `watch` `pods`, a verb that the catalog lacks
                    ["*"]    | [nodes/proxy]  | [get]        | has rights to `nodes/proxy` of the API groups `*`, which the catalog lacks
                    """)
    void what_the_catalog_lacks_is_listed(String groups, String resources, String verbs, String message) {
        Imported imported = imported(clusterRole("r", groups, resources, verbs), bindClusterWide("r", user("ann")));
        assertThat(imported.notExpressed()).containsExactly("ClusterRole/r " + message);
        assertThat(imported.allows(List.of("ann"))).isZero();
    }

    @Test
    void what_cannot_be_expressed_is_left_out_and_listed() {
        Imported imported = imported(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: { name: mixed }
                rules:
                - { apiGroups: [""], resources: [secrets], resourceNames: [db], verbs: [get] }
                - { nonResourceURLs: [/healthz], verbs: [get] }
                - { apiGroups: [""], resources: [pods], resourceNames: [], verbs: [list] }
                ---
                """,
                bindClusterWide("mixed", user("ann")),
                bindClusterWide("mixed", "{ kind: Group, name: ops }"),
                bindClusterWide("gone", user("bob")),
                bindIn("dev", "Role", "gone", user("bob")),
                bindClusterWide("mixed", "{ kind: ServiceAccount, name: robot }"),
                role("dev", "x", "[\"\"]", "[pods]", "[get]").replace(", namespace: dev", ""),
                clusterRole("openshift", "[\"\"]", "[pods]", "[get]")
                        .replace("rbac.authorization.k8s.io/v1", "authorization.openshift.io/v1"));
        assertThat(imported.notExpressed())
                .hasSize(8)
                .anyMatch(line -> line.equals("ClusterRole/mixed has rights to single objects of `secrets`: `db`"))
                .anyMatch(line -> line.equals("ClusterRole/mixed has rights to URLs that are no resources: `/healthz`"))
                .anyMatch(line -> line.endsWith(" names the group `ops`, whose members the files do not say"))
                .anyMatch(line -> line.endsWith(" gives ClusterRole `gone`, which is not in the files"))
                .anyMatch(line -> line.endsWith(" gives Role `gone`, which is not in the files"))
                .anyMatch(line -> line.endsWith(" names the service account `robot` without a namespace"))
                .anyMatch(line -> line.endsWith("Role `x` has no namespace: it would be created in the current one"))
                .anyMatch(
                        line -> line.endsWith("ClusterRole `openshift` is of the API `authorization.openshift.io/v1`"));
        imported.hasAnswers("""
                ann pods:list   cluster       yes
                ann pods:list   namespace/dev yes
                ann secrets:get cluster       no
                """);
        assertThat(imported.allows(List.of("bob", "ops", "robot"))).isZero();
    }

    @Test
    void cluster_roles_that_aggregate_have_the_rules_of_those_that_they_select() {
        String labelled = """
                metadata: { name: %s, labels: { tier: %s, "rbac/to-all": "true" } }""";
        Imported imported = imported(
                clusterRole("pods", "[\"\"]", "[pods]", "[get]")
                        .replace("metadata: { name: pods }", labelled.formatted("pods", "low")),
                clusterRole("secrets", "[\"\"]", "[secrets]", "[get]")
                        .replace("metadata: { name: secrets }", labelled.formatted("secrets", "high")),
                aggregating("low", "matchLabels: { tier: low }"),
                aggregating(
                        "not-low",
                        "matchExpressions: [ { key: tier, operator: NotIn, values: [low] }, { key: tier, operator: Exists } ]"),
                aggregating("both", "matchExpressions: [ { key: tier, operator: In, values: [low, high] } ]"),
                aggregating("nested", "matchExpressions: [ { key: aggregates, operator: Exists } ]"),
                aggregating(
                        "without",
                        "matchExpressions: [ { key: tier, operator: DoesNotExist }, { key: aggregates, operator: DoesNotExist } ]"),
                bindClusterWide("low", user("lo")),
                bindClusterWide("not-low", user("hi")),
                bindClusterWide("both", user("bo")),
                bindClusterWide("nested", user("ne")),
                bindClusterWide("without", user("wi")));
        assertThat(imported.notExpressed()).isEmpty();
        imported.hasAnswers("""
                lo pods:get    cluster yes
                lo secrets:get cluster no
                hi pods:get    cluster no
                hi secrets:get cluster yes
                bo pods:get    cluster yes
                bo secrets:get cluster yes
                ne pods:get    cluster yes
                ne secrets:get cluster yes
                wi pods:get    cluster no
                """);
    }

    private static String aggregating(String name, String selector) {
        return """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: { name: %s, labels: { aggregates: "yes" } }
                aggregationRule: { clusterRoleSelectors: [ { %s } ] }
                ---
                """.formatted(name, selector);
    }

    @Test
    void rules_in_an_aggregating_role_that_nobody_gives_it_do_not_count() {
        Imported imported = imported(
                aggregating("all", "matchLabels: { none: here }")
                        .replace("---", "rules: [ { apiGroups: [\"\"], resources: [pods], verbs: [get] } ]\n---"),
                bindClusterWide("all", user("ann")));
        assertThat(imported.allows(List.of("ann"))).isZero();
        assertThat(imported.notExpressed())
                .containsExactly(
                        "ClusterRole `all` has rules of cluster roles that are not in the files, or will lose them");
    }

    @Test
    void lists_and_json_are_read_and_other_kinds_are_not() {
        Imported imported = imported("""
                { "apiVersion": "v1", "kind": "List", "items": [
                  { "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "c" }, "data": { "kind": "ClusterRole" } },
                  { "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": { "name": "b" },
                    "roleRef": { "kind": "ClusterRole", "name": "r" }, "subjects": [ { "kind": "User", "name": "ann" } ] } ] }
                ---
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleList
                items:
                - metadata: { name: r, creationTimestamp: 2026-01-01T00:00:00Z }
                  rules:
                  - &rule { apiGroups: [""], resources: [pods], verbs: [get] }
                  - *rule
                """);
        assertThat(imported.notExpressed()).isEmpty();
        imported.hasAnswers("ann pods:get cluster yes\nann pods:list cluster no");
    }

    @Test
    void bindings_in_a_list_that_do_not_repeat_its_kind_are_read() {
        Imported imported = imported(clusterRole("r", "['']", "[pods]", "[get]") + """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBindingList
                items:
                - metadata: { name: b, namespace: dev }
                  roleRef: { kind: ClusterRole, name: r }
                  subjects: [ { kind: User, name: ann }, { kind: Group, name: devs } ]
                """);
        assertThat(imported.notExpressed())
                .containsExactly("RoleBinding `b` names the group `devs`, whose members the files do not say");
        imported.hasAnswers("ann pods:get namespace/dev yes\nann pods:get cluster no");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {                                         | rbac.yaml:1:
                    - a                                       | rbac.yaml is not an object
                    { kind: Role, kind: Role }                | found duplicate key kind
                    { a: 1 }                                  | rbac.yaml has no `kind`
                    { kind: Role }                            | rbac.yaml has no `apiVersion`
                    { kind: Role, apiVersion: rbac.authorization.k8s.io/v1 } | has no `metadata`
                    { kind: Role, apiVersion: 1 }             | `apiVersion` is not a string
                    { kind: List, items: [ 7 ] }              | `items` item 1 is not an object
                    !!javax.script.ScriptEngineManager []     | Global tag is not allowed
                    { kind: RoleBinding, apiVersion: rbac.authorization.k8s.io/v1, metadata: { name: b, namespace: n } } | has no `roleRef`
                    """)
    void a_file_that_is_no_manifest_is_an_error(String text, String message) {
        Rbac run = run(text + "\n");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }

    @Test
    void what_is_given_twice_or_selected_by_an_unknown_operator_is_an_error() {
        String role = clusterRole("r", "[\"\"]", "[pods]", "[get]");
        assertThat(run(role + role).err()).endsWith("document 2: ClusterRole `r` is given twice\n");
        assertThat(run(role + aggregating("all", "matchExpressions: [ { key: tier, operator: Like } ]"))
                        .err())
                .contains("`operator` is `Like`: expected `In`, `NotIn`, `Exists` or `DoesNotExist`");
        assertThat(run(clusterRole("r", "[\"\"]", "[pods]", "[on]")).err()).contains("`verbs` is not a string");
    }

    @Test
    void a_file_that_is_made_to_grow_is_refused() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        Rbac run = run(laughs.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("aliases");
    }

    @Test
    void the_catalog_is_required_and_has_two_scopes() {
        String manifest = Acme.file(folder, "rbac.yaml", clusterRole("r", "[\"\"]", "[pods]", "[get]"));
        assertThat(Rbac.run("import", "kubernetes", manifest).err())
                .startsWith("rbac: missing required option: '--catalog");
        for (String scopes : List.of("", "\"scopes\": [ { \"scope\": \"cluster\" } ],")) {
            String wrong = Acme.file(
                    folder,
                    "wrong.json",
                    "{ SCOPES \"catalog\": [ { \"group\": \"pods\", \"actions\": [\"get\"] } ] }"
                            .replace("SCOPES", scopes));
            assertThat(Rbac.run("import", "kubernetes", "--catalog", wrong, manifest)
                            .err())
                    .contains("expected that of the cluster and `namespace`");
        }
        Rbac broken = Rbac.run("import", "kubernetes", "--catalog", Acme.file(folder, "b.json", "{}"), manifest);
        assertThat(broken.exitCode()).isEqualTo(2);
        assertThat(broken.err()).contains("b.json");
    }
}
