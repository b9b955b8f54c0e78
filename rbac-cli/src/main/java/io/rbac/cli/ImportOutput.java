package io.rbac.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.rbac.jackson.PolicyJson;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the formats of {@code import} have in common: where the policy goes, and how they say what it lacks. */
final class ImportOutput {

    private static final PolicyJson FORMAT = PolicyJson.selfContained();

    @Option(
            names = "--account",
            paramLabel = "ID",
            description =
                    "The id of the account that the policy is for: by default the name of the realm, or `imported`.")
    private @Nullable String account;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the policy to this file, instead of to standard output.")
    private @Nullable String output;

    @Option(
            names = "--json",
            description = "Print a JSON object with the policy, or its file, and with what is not expressed.")
    private boolean json;

    /**
     * Does nothing if at most one of the files that are read is standard input, and the policy goes to standard output or to
     * a file that is none of them.
     *
     * @throws CommandFailure if standard input is given twice, the policy would take the place of one of the files, or `-` is
     *     given as the file that it goes to
     */
    void requireUsable(List<String> files) {
        Documents.requireReadableOnce(files);
        if (output == null) {
            return;
        }
        if (output.equals(Documents.STANDARD_INPUT)) {
            throw new CommandFailure("`-` is no file: leave out `--output` to write to standard output");
        }
        for (String file : files) {
            if (isSame(file, output)) {
                throw new CommandFailure(Violation.quote(output) + " is read and would be lost: expected another file");
            }
        }
    }

    private static boolean isSame(String read, String written) {
        try {
            return !read.equals(Documents.STANDARD_INPUT) && Files.isSameFile(Path.of(read), Path.of(written));
        } catch (InvalidPathException | IOException e) {
            return false; // one of them does not exist
        }
    }

    String account(String otherwise) {
        return account == null ? otherwise : account;
    }

    /**
     * Writes an import.
     *
     * @param lost what was found to be impossible to express before
     * @throws CommandFailure if there is no such policy, or it cannot be written
     */
    int write(PolicyImport.Builder builder, List<String> lost, Terminal terminal) {
        PolicyImport imported = build(builder);
        List<String> all = new ArrayList<>(lost);
        all.addAll(imported.notExpressed());
        if (output != null) {
            write(imported.policy(), output);
        }
        if (json) {
            terminal.print(fields -> writeFields(imported.policy(), all, fields));
        } else {
            terminal.out().print(output == null ? FORMAT.write(imported.policy()) : summary(imported.policy()));
            all.forEach(sentence -> terminal.note("not expressed: " + sentence));
        }
        return all.isEmpty() ? ExitCode.YES : ExitCode.NO;
    }

    private void writeFields(Policy policy, List<String> lost, JsonGenerator fields) throws IOException {
        if (output == null) {
            fields.writeFieldName("policy");
            try (JsonParser parser = new JsonFactory().createParser(FORMAT.write(policy))) {
                parser.nextToken();
                fields.copyCurrentStructure(parser);
            }
        } else {
            fields.writeStringField("file", output);
        }
        JsonStrings.write("notExpressed", lost, fields);
    }

    private static String summary(Policy policy) {
        return "account " + Violation.quote(policy.account()) + ": "
                + Counted.of(policy.catalog().size(), "permission") + ", "
                + Counted.of(policy.roles().size(), "role") + ", "
                + Counted.of(policy.userCount(), "user") + ", "
                + Counted.of(policy.assignments().size(), "assignment") + System.lineSeparator();
    }

    private static PolicyImport build(PolicyImport.Builder builder) {
        try {
            return builder.build();
        } catch (PolicyViolationException e) {
            throw new CommandFailure(
                    "no policy can be made: " + e.violations().get(0).message());
        }
    }

    private static void write(Policy policy, String file) {
        try {
            FORMAT.write(policy, Path.of(file));
        } catch (InvalidPathException e) {
            throw new CommandFailure(Violation.quote(file) + " is not a file name");
        } catch (IOException e) {
            throw Documents.unwritable(file, e);
        }
    }
}
