package io.rbac.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rbac import} without a format: lists the formats. */
@Command(
        name = "import",
        sortOptions = false,
        synopsisSubcommandLabel = "FORMAT",
        commandListHeading = "%nFormats:%n",
        description = "Makes a policy of what another system keeps, and says what it could not express.",
        exitCodeList = {
            "0:everything is expressed",
            "1:something is not: it is left out and listed",
            "2:error, no policy: invalid arguments, or a file that is invalid or cannot be read"
        },
        footer = {
            "",
            "Nothing is guessed: what a policy cannot say is left out, so that a user has less than before, never more.",
            "",
            "Example:",
            "  rbac import casbin policy.csv -o policy.json"
        })
final class ImportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(terminal.err());
        return ExitCode.ERROR;
    }
}
