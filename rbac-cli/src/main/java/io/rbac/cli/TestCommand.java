package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.jackson.ExpectedAnswer;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rbac test}: a policy against the answers that are expected of it. */
@Command(
        name = "test",
        sortOptions = false,
        description = "Asks a policy questions and compares its answers with the expected ones.",
        exitCodeList = {
            "0:all answers are as expected",
            "1:some are not",
            "2:no result: a mistake in the arguments or in a document"
        },
        footer = {
            "",
            "The expected answers are a JSON document:",
            "",
            "  { \"tests\": [",
            "    { \"user\": \"bob\", \"permission\": \"user:update\", \"target\": \"chat/c-42\", \"allowed\": true },",
            "    { \"user\": \"bob\", \"permission\": \"user:update\", \"target\": \"chat/c-77\","
                    + " \"in\": \"team/support\", \"allowed\": false }",
            "  ] }",
            "",
            "Example:",
            "  rbac test policy.json policy.tests.json"
        })
final class TestCommand implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "POLICY", description = "The policy; `-` is standard input.")
    private String policyFile = "";

    @Parameters(index = "1", paramLabel = "TESTS", description = "The expected answers; `-` is standard input.")
    private String testsFile = "";

    @Option(names = "--json", description = "Print the report as a JSON object.")
    private boolean json;

    TestCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (policyFile.equals(Documents.STANDARD_INPUT) && testsFile.equals(Documents.STANDARD_INPUT)) {
            throw new CommandFailure("`-` stands for the policy or for the expected answers, not for both");
        }
        Policy policy = documents.policy(policyFile);
        List<ExpectedAnswer> expected = documents.expectedAnswers(testsFile);
        List<ExpectedAnswer> failed = failed(PermissionMatrix.compile(policy), expected);
        if (json) {
            printJson(expected.size(), failed);
        } else {
            print(policy, expected.size(), failed);
        }
        return failed.isEmpty() ? ExitCode.YES : ExitCode.NO;
    }

    private List<ExpectedAnswer> failed(PermissionMatrix matrix, List<ExpectedAnswer> expected) {
        List<ExpectedAnswer> failed = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (ExpectedAnswer answer : expected) {
            try {
                Permission permission = matrix.policy().catalog().permission(answer.permission());
                if (matrix.hasPermission(answer.user(), permission, answer.target()) != answer.allowed()) {
                    failed.add(answer);
                }
            } catch (PolicyViolationException e) {
                Violation violation = e.violations().get(0);
                unknown.add(place(answer) + ": " + violation.code() + ": " + violation.message());
            }
        }
        if (!unknown.isEmpty()) {
            throw new CommandFailure(
                    unknown,
                    Documents.name(testsFile) + " names " + Counted.of(unknown.size(), "permission")
                            + " that the catalog lacks");
        }
        return failed;
    }

    private void print(Policy policy, int total, List<ExpectedAnswer> failed) {
        for (ExpectedAnswer answer : failed) {
            Question question = question(answer);
            Reason reason = new Reason(policy, question);
            boolean allowed = !answer.allowed();
            List<String> unknowns = allowed ? List.of() : reason.unknowns();
            String why = allowed
                    ? reason.ofGrant(policy.catalog().permission(answer.permission()))
                    : unknowns.isEmpty() ? reason.ofDenial() : ": " + String.join(", and ", unknowns);
            terminal.print(place(answer) + ": expected " + word(answer.allowed()) + ", but " + word(allowed) + ": "
                    + question.answered(allowed) + why);
        }
        terminal.print(Counted.of(total, "expectation") + ": " + (total - failed.size()) + " as expected"
                + (failed.isEmpty() ? "" : ", " + failed.size() + " not"));
    }

    private void printJson(int total, List<ExpectedAnswer> failed) {
        terminal.print(fields -> {
            fields.writeNumberField("expectations", total);
            fields.writeNumberField("asExpected", total - failed.size());
            fields.writeArrayFieldStart("failed");
            for (ExpectedAnswer answer : failed) {
                write(answer, fields);
            }
            fields.writeEndArray();
        });
    }

    private static void write(ExpectedAnswer failed, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("line", failed.line());
        question(failed).writeFields(json);
        json.writeBooleanField("expected", failed.allowed());
        json.writeBooleanField("actual", !failed.allowed());
        json.writeEndObject();
    }

    private String place(ExpectedAnswer answer) {
        return Documents.place(testsFile, answer.line(), 0);
    }

    private static Question question(ExpectedAnswer answer) {
        return new Question(answer.user(), answer.permission(), answer.target());
    }

    private static String word(boolean allowed) {
        return allowed ? "allowed" : "denied";
    }
}
