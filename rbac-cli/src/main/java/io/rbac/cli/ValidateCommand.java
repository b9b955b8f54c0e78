package io.rbac.cli;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rbac validate}: lists everything that is wrong with policies. */
@Command(
        name = "validate",
        sortOptions = false,
        description = "Lists everything that is wrong with policies, with line and column.",
        exitCodeList = {"0:all policies are valid", "2:error: one is invalid or cannot be read, or invalid arguments"},
        footer = {"", "Example:", "  rbac validate policy.json", "  rbac validate policies/*.json"})
final class ValidateCommand implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The policies; `-` is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--json", description = "Print the result as a JSON object, one line for each file.")
    private boolean json;

    ValidateCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Documents.requireReadableOnce(files);
        int code = ExitCode.YES;
        for (String file : files) {
            code = Math.max(code, validate(file));
        }
        return code;
    }

    private int validate(String file) {
        try {
            print(file, documents.read(file));
            return ExitCode.YES;
        } catch (PolicyViolationException e) {
            print(ViolationReport.of(file, e));
            return ExitCode.ERROR;
        } catch (CommandFailure e) {
            terminal.error(e);
            return ExitCode.ERROR;
        }
    }

    private void print(String file, Policy policy) {
        if (json) {
            terminal.print(fields -> {
                fields.writeStringField("file", file);
                fields.writeBooleanField("valid", true);
                fields.writeStringField("account", policy.account());
                fields.writeNumberField("revision", policy.revision());
            });
        } else {
            terminal.print(prefix(file) + "valid: account " + Violation.quote(policy.account()) + ", revision "
                    + policy.revision()
                    + ": " + Counted.of(policy.roles().size(), "role")
                    + ", " + targets(policy)
                    + ", " + Counted.of(policy.userCount(), "user")
                    + ", " + Counted.of(policy.assignments().size(), "assignment"));
        }
    }

    /** Returns how many targets there are, by scope; only of the standard scopes the plural is known. */
    private static String targets(Policy policy) {
        ScopeTree scopes = policy.catalog().scopes();
        boolean isStandard = scopes.equals(ScopeTree.standard());
        List<String> counts = new ArrayList<>();
        for (Scope scope : scopes.scopes()) {
            if (!scope.isAccount()) {
                int count = policy.targets(scope).size();
                counts.add(isStandard ? Counted.of(count, scope.name()) : count + " " + scope);
            }
        }
        String listed = String.join(", ", counts);
        return isStandard
                ? listed
                : Counted.of(policy.targets().size(), "target") + (counts.isEmpty() ? "" : " (" + listed + ")");
    }

    private void print(ViolationReport report) {
        if (json) {
            terminal.print(fields -> {
                fields.writeStringField("file", report.file());
                fields.writeBooleanField("valid", false);
                report.writeFields(fields);
            });
        } else {
            report.lines().forEach(terminal::print);
            terminal.print(prefix(report.file()) + "not valid: " + report.count());
        }
    }

    /** Returns the name of the file that a line is about, if there are several. */
    private String prefix(String file) {
        return files.size() == 1 ? "" : Documents.shown(file) + ": ";
    }
}
