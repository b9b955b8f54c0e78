package io.rbac.cli;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.Scope;
import io.rbac.policy.PolicyImport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rbac import kubernetes}: makes a policy of the roles and bindings of a cluster. */
@Command(
        name = "kubernetes",
        sortOptions = false,
        description = "Makes a policy of the roles and bindings of a cluster, in YAML or JSON.",
        exitCodeList = {
            "0:everything is expressed",
            "1:something is not: it is left out and listed",
            "2:error, no policy: invalid arguments, or a file that is invalid or cannot be read"
        },
        footer = {
            "",
            "The catalog says what a wildcard stands for. Its scopes are that of the cluster and `namespace`,",
            "its groups are resources as `pods`, `pods/log`, `deployments.apps` or `deployments.apps/scale`,",
            "and its actions are verbs. A resource that is in no namespace has the scope of the cluster alone.",
            "",
            "A role becomes `Role/NAMESPACE/NAME`, a cluster role `ClusterRole/NAME`, and where it is bound in",
            "a namespace `ClusterRole/NAME/namespace`. Namespaces are those that the files name. A service",
            "account is the user `system:serviceaccount:NAMESPACE:NAME`. Who is in a group, the files do not",
            "say.",
            "",
            "Example:",
            "  rbac import kubernetes --catalog kubernetes-catalog.json roles.yaml bindings.yaml -o policy.json"
        })
final class KubernetesImport implements Callable<Integer> {

    private static final String NAMESPACE = "namespace";

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The manifests; `-` is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--catalog",
            required = true,
            paramLabel = "FILE",
            description = "The catalog with every resource and verb of the cluster.")
    private String catalogFile = "";

    @Mixin
    private final ImportOutput output = new ImportOutput();

    KubernetesImport(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<String> all = new ArrayList<>(files);
        all.add(catalogFile);
        output.requireUsable(all);
        PermissionCatalog catalog = documents.catalog(catalogFile);
        List<Scope> scopes = catalog.scopes().scopes();
        if (scopes.size() != 2
                || !scopes.get(1).name().equals(NAMESPACE)
                || scopes.get(1).nests()) {
            throw new CommandFailure(Documents.name(catalogFile) + " has the scopes `" + catalog.scopes()
                    + "`: expected that of the cluster and `" + NAMESPACE + "`");
        }
        List<String> lost = new ArrayList<>();
        KubernetesObjects objects = new KubernetesObjects(lost);
        for (String file : files) {
            objects.add(documents.yaml(file), Documents.shown(file));
        }
        PolicyImport.Builder builder =
                PolicyImport.builder(output.account("imported")).catalog(catalog);
        new KubernetesRoles(objects, catalog, builder, lost).addAll();
        return output.write(builder, lost, terminal);
    }
}
