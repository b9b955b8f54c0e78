package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.jackson.ExpectedAnswer;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.review.PolicyReview;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rbac test}: compares the answers of a policy with the expected ones. */
@Command(
        name = "test",
        sortOptions = false,
        description = "Compares the answers of a policy with the expected ones.",
        exitCodeList = {
            "0:all answers are as expected",
            "1:some are not",
            "2:error, no result: invalid arguments, or a file that is invalid or cannot be read"
        },
        footer = {
            "",
            "The expected answers are a JSON document; `in` is the given parent of the target:",
            "",
            "  { \"tests\": [",
            "    { \"user\": \"bob\", \"permission\": \"user:read\", \"target\": \"team/sales\", \"allowed\": true },",
            "    { \"user\": \"bob\", \"permission\": \"user:read\", \"target\": \"chat/c-77\","
                    + " \"in\": \"account\",",
            "      \"allowed\": false }",
            "  ] }",
            "",
            "Targets are named by the scopes of the policy. A user or target that the policy does not know is",
            "denied, with a note. A permission that the catalog lacks is an error.",
            "",
            "Example:",
            "  rbac test --strict policy.json policy.tests.json"
        })
final class TestCommand implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "POLICY", description = ArgumentHelp.POLICY)
    private String policyFile = "";

    @Parameters(index = "1", paramLabel = "TESTS", description = "The expected answers; `-` is standard input.")
    private String testsFile = "";

    @Option(
            names = "--strict",
            description = "Count answers about unknown users or targets as not expected, instead of only noting them.")
    private boolean strict;

    @Option(names = "--json", description = "Print the result as a JSON object.")
    private boolean json;

    TestCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Documents.requireReadableOnce(List.of(policyFile, testsFile));
        Policy policy = documents.policy(policyFile);
        List<ExpectedAnswer> expected =
                documents.expectedAnswers(testsFile, policy.catalog().scopes());
        requireKnownPermissions(policy, expected);
        PolicyReview review = PolicyReview.of(PermissionMatrix.compile(policy));
        UnknownNames unknownNames = new UnknownNames(policy);
        List<Outcome> failed = new ArrayList<>();
        List<Outcome> noted = new ArrayList<>();
        for (ExpectedAnswer answer : expected) {
            Outcome outcome = Outcome.of(answer, review, unknownNames);
            boolean hasNotes = !outcome.notes().isEmpty();
            if (!outcome.isExpected() || strict && hasNotes) {
                failed.add(outcome);
            } else if (hasNotes) {
                noted.add(outcome);
            }
        }
        if (json) {
            printJson(expected.size(), failed, noted);
        } else {
            print(expected.size(), failed, noted);
        }
        return failed.isEmpty() ? ExitCode.YES : ExitCode.NO;
    }

    private void requireKnownPermissions(Policy policy, List<ExpectedAnswer> expected) {
        Set<String> unknown = new HashSet<>();
        Violation.Collector violations = new Violation.Collector();
        for (ExpectedAnswer answer : expected) {
            try {
                policy.catalog().permission(answer.permission());
            } catch (PolicyViolationException e) {
                unknown.add(answer.permission());
                violations.add(e.violations().get(0).at(answer.line(), 0));
            }
        }
        if (!unknown.isEmpty()) {
            throw new CommandFailure(
                    new ViolationReport(testsFile, violations.violations(), violations.total()),
                    Documents.name(testsFile) + " names " + Counted.of(unknown.size(), "permission")
                            + " that the catalog lacks");
        }
    }

    private void print(int total, List<Outcome> failed, List<Outcome> noted) {
        for (Outcome outcome : failed) {
            if (!outcome.isExpected()) {
                terminal.print(location(outcome) + ": expected " + Answer.word(outcome.expected.allowed()) + ", but "
                        + outcome.actual.text() + outcome.actual.explanation().text());
            }
            outcome.notes().forEach(note -> terminal.print(location(outcome) + ": " + note));
        }
        for (Outcome outcome : noted) {
            outcome.notes().forEach(note -> terminal.note(location(outcome) + ": " + note));
        }
        terminal.print(Counted.of(total, "expectation") + ": " + (total - failed.size()) + " as expected"
                + (failed.isEmpty() ? "" : ", " + failed.size() + " not"));
    }

    private void printJson(int total, List<Outcome> failed, List<Outcome> noted) {
        terminal.print(fields -> {
            fields.writeNumberField("expectations", total);
            fields.writeNumberField("asExpected", total - failed.size());
            write("failed", failed, fields);
            write("noted", noted, fields);
        });
    }

    private static void write(String field, List<Outcome> outcomes, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (Outcome outcome : outcomes) {
            outcome.write(json);
        }
        json.writeEndArray();
    }

    private String location(Outcome outcome) {
        return Documents.location(testsFile, outcome.expected.line(), 0);
    }

    private record Outcome(ExpectedAnswer expected, Answer actual) {

        static Outcome of(ExpectedAnswer expected, PolicyReview review, UnknownNames unknownNames) {
            Question question = new Question(expected.user(), expected.permission(), expected.target());
            return new Outcome(expected, Answer.to(question, review, unknownNames));
        }

        boolean isExpected() {
            return actual.allowed() == expected.allowed();
        }

        List<String> notes() {
            return actual.explanation().notes();
        }

        void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeNumberField("line", expected.line());
            actual.question().writeFields(json);
            json.writeBooleanField("expected", expected.allowed());
            json.writeBooleanField("actual", actual.allowed());
            actual.explanation().writeReason(json);
            json.writeEndObject();
        }
    }
}
