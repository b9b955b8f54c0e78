package io.rbac.cli;

import io.rbac.jackson.PolicyJson;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.policy.Policy;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rbac fingerprint}: prints what tells a policy from all others. */
@Command(
        name = "fingerprint",
        sortOptions = false,
        description = "Prints two fingerprints of a policy: of its answers, and of its document.",
        exitCodeList = {"0:printed", "2:error: invalid arguments, or a file that is invalid or cannot be read"},
        footer = {
            "",
            "`answers` is equal for two policies exactly if every check has the same answer under both, whatever",
            "their roles are. `document` is the SHA-256 of the canonical document: of all that the policy says.",
            "",
            "Example:",
            "  rbac fingerprint policy.json"
        })
final class FingerprintCommand implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FILE", description = ArgumentHelp.POLICY)
    private String file = "";

    @Option(names = "--json", description = "Print the fingerprints as a JSON object.")
    private boolean json;

    FingerprintCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Policy policy = documents.policy(file);
        String answers = PermissionMatrix.compile(policy).fingerprint();
        String document = PolicyJson.selfContained().fingerprint(policy);
        if (json) {
            terminal.print(fields -> {
                fields.writeStringField("account", policy.account());
                fields.writeNumberField("revision", policy.revision());
                fields.writeStringField("answers", answers);
                fields.writeStringField("document", document);
            });
        } else {
            terminal.print("answers   " + answers);
            terminal.print("document  " + document);
        }
        return ExitCode.YES;
    }
}
