package io.rbac.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code rbac} without a subcommand: lists the commands. */
@Command(
        name = "rbac",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        usageHelpWidth = 100,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Answers from policy files: may this user do this, here?",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:yes",
            "1:no",
            "2:error, no answer: invalid arguments, or a file that is invalid or cannot be read"
        },
        footer = {"", "`rbac COMMAND --help` explains a command."})
final class RbacCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.ERROR;
    }
}
