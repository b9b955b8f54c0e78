package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rbac validate}: all that is wrong with a document. */
@Command(
        name = "validate",
        sortOptions = false,
        description = "Lists everything that is wrong with a policy, with line and column.",
        exitCodeList = {"0:valid", "2:not valid, or not readable"},
        footer = {"", "Example:", "  rbac validate policy.json"})
final class ValidateCommand implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FILE", description = "The policy; `-` is standard input.")
    private String file = "";

    @Option(names = "--json", description = "Print the result as a JSON object.")
    private boolean json;

    ValidateCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            report(documents.read(file));
            return ExitCode.YES;
        } catch (PolicyViolationException e) {
            report(e);
            return ExitCode.ERROR;
        }
    }

    private void report(Policy policy) {
        if (json) {
            terminal.print(fields -> {
                fields.writeBooleanField("valid", true);
                fields.writeStringField("account", policy.account());
                fields.writeNumberField("revision", policy.revision());
            });
        } else {
            terminal.print("valid: account " + Violation.quote(policy.account()) + ", revision " + policy.revision()
                    + ": " + Counted.of(policy.roles().size(), "role")
                    + ", " + Counted.of(policy.teams().size(), "team")
                    + ", " + Counted.of(policy.chats().size(), "chat")
                    + ", " + Counted.of(policy.users().size(), "user")
                    + ", " + Counted.of(assignments(policy), "assignment"));
        }
    }

    private static long assignments(Policy policy) {
        long assignments = 0;
        for (String user : policy.users()) {
            assignments += policy.rolesOf(user).size();
        }
        return assignments;
    }

    private void report(PolicyViolationException refusal) {
        if (json) {
            terminal.print(fields -> {
                fields.writeBooleanField("valid", false);
                fields.writeNumberField("total", refusal.total());
                fields.writeArrayFieldStart("violations");
                for (Violation violation : refusal.violations()) {
                    write(violation, fields);
                }
                fields.writeEndArray();
            });
        } else {
            Documents.lines(file, refusal).forEach(terminal::print);
            terminal.print("not valid: " + Documents.count(refusal));
        }
    }

    private static void write(Violation violation, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", violation.code().name());
        json.writeStringField("path", violation.path());
        json.writeNumberField("line", violation.line());
        json.writeNumberField("column", violation.column());
        json.writeStringField("message", violation.message());
        json.writeEndObject();
    }
}
