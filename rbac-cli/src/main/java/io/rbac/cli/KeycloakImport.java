package io.rbac.cli;

import io.rbac.policy.PolicyImport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rbac import keycloak}: makes a policy of a realm of Keycloak. */
@Command(
        name = "keycloak",
        sortOptions = false,
        description = "Makes a policy of a realm that Keycloak exported, with its users in the same or in other files.",
        exitCodeList = {
            "0:everything is expressed",
            "1:something is not: it is left out and listed",
            "2:error, no policy: invalid arguments, or a file that is invalid or cannot be read"
        },
        footer = {
            "",
            "A role of the realm becomes the role and the permission `realm:NAME`, one of a client",
            "`CLIENT:NAME`, so that users have a permission exactly if the role is in effect for them.",
            "Composite roles grant what they are composed of. Users hold the roles of their groups, and of",
            "the groups in which those lie. The realm's default role is the default. Users who are not",
            "enabled can do nothing in Keycloak, and are left out.",
            "",
            "Example:",
            "  rbac import keycloak realm-export.json -o policy.json",
            "  rbac import keycloak acme-realm.json acme-users-*.json -o policy.json"
        })
final class KeycloakImport implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "The export of the realm, then further files with its users; `-` is standard input.")
    private List<String> files = new ArrayList<>();

    @Mixin
    private final ImportOutput output = new ImportOutput();

    KeycloakImport(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        output.requireUsable(files);
        List<ForeignObject> read = new ArrayList<>();
        for (String file : files) {
            read.add(ForeignObject.of(documents.json(file), Documents.shown(file)));
        }
        String realm = read.get(0).requiredText("realm");
        PolicyImport.Builder builder = PolicyImport.builder(output.account(realm));
        List<String> lost = new ArrayList<>();
        new KeycloakRealm(read.get(0), lost).addTo(builder, read);
        return output.write(builder, lost, terminal);
    }
}
