package io.rbac.cli;

import io.rbac.policy.PolicyImport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rbac import casbin}: makes a policy of the policy of Casbin. */
@Command(
        name = "casbin",
        sortOptions = false,
        description = "Makes a policy of the policy of Casbin, a file of comma-separated values.",
        exitCodeList = {
            "0:everything is expressed",
            "1:something is not: it is left out and listed",
            "2:error, no policy: invalid arguments, or a file that is invalid or cannot be read"
        },
        footer = {
            "",
            "What a line means, the model says. Without `--model` it is the model of Casbin's documentation",
            "for RBAC, `p = sub, obj, act` and `g = _, _`; the same without roles, and with domains, can be",
            "given. Any other model is refused: what a matcher of one's own means cannot be told.",
            "",
            "A permission is `OBJECT:ACTION`. Roles that inherit are expanded, as far as Casbin follows them:",
            "ten steps. A domain becomes a target `domain/NAME`, and `DOMAIN/ROLE` the role in it. A subject",
            "becomes a role if another one has it, otherwise a user. Casbin answers for a role as if it were",
            "a user; that is not taken over.",
            "",
            "Example:",
            "  rbac import casbin policy.csv --model model.conf -o policy.json"
        })
final class CasbinImport implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FILE", description = "The policy of Casbin; `-` is standard input.")
    private String file = "";

    @Option(names = "--model", paramLabel = "FILE", description = "The model of Casbin, by default that for RBAC.")
    private @Nullable String model;

    @Mixin
    private final ImportOutput output = new ImportOutput();

    CasbinImport(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<String> all = model == null ? List.of(file) : List.of(file, model);
        output.requireUsable(all);
        CasbinModel known =
                model == null ? CasbinModel.RBAC : CasbinModel.of(documents.lines(model), Documents.name(model));
        List<String> lost = new ArrayList<>();
        CasbinPolicy policy = CasbinPolicy.read(documents.lines(file), known, Documents.shown(file), lost);
        PolicyImport.Builder builder = PolicyImport.builder(output.account("imported"));
        policy.addTo(builder);
        return output.write(builder, lost, terminal);
    }
}
