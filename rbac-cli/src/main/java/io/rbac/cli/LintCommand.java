package io.rbac.cli;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.review.AccessInvariant;
import io.rbac.review.PolicyLint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rbac lint}: lists what is valid and still looks wrong. */
@Command(
        name = "lint",
        sortOptions = false,
        description = "Lists what is valid in policies and still looks wrong, or can be said with less.",
        exitCodeList = {
            "0:nothing was found",
            "1:something was found",
            "2:error, no answer: invalid arguments, or a file that is invalid or cannot be read"
        },
        footer = {
            "",
            "Rules that warn: broken-invariant, confusable-name, holds-everything, default-with-write.",
            "Rules that only note: redundant-assignment, duplicate-role, subsumed-role, unused-role,",
            "role-without-rights, ungranted-permission.",
            "",
            "Example:",
            "  rbac lint policy.json --invariants invariants.json",
            "  rbac lint --sarif policies/*.json > rbac.sarif"
        })
final class LintCommand implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The policies; `-` is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--invariants",
            paramLabel = "FILE",
            description = "Also find where the invariants in this file do not hold.")
    private @Nullable String invariantsFile;

    @Option(
            names = "--ignore",
            paramLabel = "RULE",
            completionCandidates = LintRuleIds.class,
            description = "Leave out what this rule finds. Can be given several times.")
    private Set<String> ignored = new LinkedHashSet<>();

    @Option(names = "--warnings-only", description = "Leave out notes.")
    private boolean warningsOnly;

    @Option(names = "--json", description = "Print what is found as a JSON object, one line for each file.")
    private boolean json;

    @Option(names = "--sarif", description = "Print what is found in SARIF 2.1.0, for code hosts and editors.")
    private boolean sarif;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    LintCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        requireSense();
        byte @Nullable [] invariants = invariantsFile == null ? null : documents.bytes(invariantsFile);
        Map<String, List<LintFinding>> findings = new LinkedHashMap<>();
        for (String file : files) {
            findings.put(file, findings(file, invariants));
        }
        if (sarif) {
            SarifLog log = new SarifLog(new BuildVersion().getVersion()[0], findings);
            terminal.print(log::writeFields);
        } else if (json) {
            findings.forEach(this::printJson);
        } else {
            print(findings);
        }
        return findings.values().stream().allMatch(List::isEmpty) ? ExitCode.YES : ExitCode.NO;
    }

    private void requireSense() {
        if (json && sarif) {
            throw new ParameterException(spec.commandLine(), "`--json` and `--sarif` were both given: expected one");
        }
        List<String> known = LintRule.all().stream().map(LintRule::id).toList();
        for (String rule : ignored) {
            if (!known.contains(rule)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "invalid value for `--ignore`: " + Violation.quote(rule) + " is not a rule"
                                + new Violation.Collector().didYouMean(rule, known));
            }
        }
        List<String> all = new ArrayList<>(files);
        if (invariantsFile != null) {
            all.add(invariantsFile);
        }
        Documents.requireReadableOnce(all);
    }

    private List<LintFinding> findings(String file, byte @Nullable [] invariants) {
        Policy policy = documents.policy(file);
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        List<LintFinding> all = new ArrayList<>();
        if (invariants != null && invariantsFile != null) {
            for (AccessInvariant invariant : Documents.invariants(invariants, invariantsFile, policy)) {
                invariant.counterexamples(matrix).forEach(found -> all.add(LintFinding.of(invariant, found)));
            }
        }
        all.addAll(LintFinding.in(matrix));
        List<LintFinding> shown = all.stream()
                .filter(found -> !ignored.contains(found.rule().id()))
                .filter(found -> !warningsOnly || found.rule().severity() == PolicyLint.Severity.WARNING)
                .toList();
        Map<String, Integer> lines =
                documents.lines(file, shown.stream().map(LintFinding::place).collect(Collectors.toSet()));
        return shown.stream()
                .map(found -> found.at(lines.getOrDefault(found.place(), 0)))
                .toList();
    }

    private void print(Map<String, List<LintFinding>> findings) {
        findings.forEach(
                (file, found) -> found.forEach(finding -> finding.lines(file).forEach(terminal::print)));
        long all = findings.values().stream().mapToLong(List::size).sum();
        long warnings = findings.values().stream()
                .flatMap(List::stream)
                .filter(finding -> finding.rule().severity() == PolicyLint.Severity.WARNING)
                .count();
        terminal.print(
                all == 0
                        ? "nothing found"
                        : Counted.of(warnings, "warning") + ", " + Counted.of(all - warnings, "note"));
    }

    private void printJson(String file, List<LintFinding> findings) {
        terminal.print(fields -> {
            fields.writeStringField("file", file);
            fields.writeArrayFieldStart("findings");
            for (LintFinding finding : findings) {
                finding.write(fields);
            }
            fields.writeEndArray();
        });
    }
}
