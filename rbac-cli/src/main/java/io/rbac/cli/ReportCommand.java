package io.rbac.cli;

import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rbac report}: writes what a policy allows, and what another one would change, as a page for a browser. */
@Command(
        name = "report",
        sortOptions = false,
        description = {
            "Writes what a policy allows as one HTML page that needs no network: roles and permissions, users, who can do"
                    + " what, and what looks wrong.",
            "With a second policy, also what it changes for whom."
        },
        exitCodeList = {
            "0:written",
            "2:error, nothing written: invalid arguments, a file that is invalid or cannot be read, or a page that cannot"
                    + " be written"
        },
        footer = {
            "",
            "The page holds all of the policy: show it to those who may see that.",
            "A report that exists is replaced as a whole, once the new one is complete; no other file is.",
            "Two policies may have different catalogs: permissions are the same if their keys are.",
            "",
            "Example:",
            "  rbac report policy.json -o report.html",
            "  rbac report old.json new.json -o changes.html"
        })
final class ReportCommand implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "POLICY", description = ArgumentHelp.POLICY)
    private String file = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NEW",
            description = "The policy that is compared with it; `-` is standard input.")
    private @Nullable String newFile;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "PAGE",
            description = "The page to write, for example `report.html`.")
    private String output = "";

    @Option(names = "--json", description = "Print what was written as a JSON object.")
    private boolean json;

    ReportCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Documents.requireReadableOnce(newFile == null ? List.of(file) : List.of(file, newFile));
        PageFile page = PageFile.named(output);
        Policy policy = documents.policy(file);
        ReportData data = newFile == null ? ReportData.of(policy) : ReportData.of(policy, documents.policy(newFile));
        page.write(ReportPage.with(data::write));
        print(data);
        if (!json) {
            data.remarks().forEach(terminal::note);
        }
        return ExitCode.YES;
    }

    private void print(ReportData data) {
        Policy policy = data.policy();
        int findings = data.findings().size();
        if (json) {
            terminal.print(fields -> {
                fields.writeStringField("page", output);
                fields.writeStringField("account", policy.account());
                fields.writeNumberField("revision", policy.revision());
                fields.writeNumberField("findings", findings);
                if (data.diff().isPresent()) {
                    fields.writeNumberField("gains", data.diff().get().gainCount());
                    fields.writeNumberField("losses", data.diff().get().lossCount());
                    JsonStrings.write("notes", data.remarks(), fields);
                }
            });
        } else {
            terminal.print("written: " + Violation.quote(output) + ", account " + Violation.quote(policy.account())
                    + ", revision " + policy.revision() + ": " + Counted.of(findings, "finding")
                    + data.diff().map(ReportCommand::counts).orElse(""));
        }
    }

    private static String counts(ReportDiff diff) {
        return ", " + Counted.of(diff.gainCount(), "gain") + ", " + Counted.of(diff.lossCount(), "loss", "losses");
    }
}
