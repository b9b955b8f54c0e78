package io.rbac.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Runs the command that was asked for. Help and the version are shown only if nothing else was asked: their exit code is
 * the one of an allowed check, and a script may pass a user named {@code --help}.
 */
final class Execution implements IExecutionStrategy {

    private final IExecutionStrategy runLast = new RunLast();

    @Override
    public int execute(ParseResult parsed) {
        List<CommandLine> commands = parsed.asCommandLineList();
        for (CommandLine command : commands) {
            ParseResult result = command.getParseResult();
            Optional<OptionSpec> help = helpOption(result);
            if (help.isPresent() && (result.hasSubcommand() || commands.stream().anyMatch(Execution::hasOperands))) {
                throw new ParameterException(
                        command,
                        "`" + help.get().longestName() + "` was given with operands:"
                                + " put `--` before operands that begin with a dash");
            }
            if (!result.unmatched().isEmpty()) {
                throw new ParameterException(
                        command, "unmatched argument: '" + result.unmatched().get(0) + "'");
            }
        }
        return runLast.execute(parsed);
    }

    private static Optional<OptionSpec> helpOption(ParseResult result) {
        return result.matchedOptions().stream()
                .filter(option -> option.usageHelp() || option.versionHelp())
                .findFirst();
    }

    private static boolean hasOperands(CommandLine command) {
        ParseResult result = command.getParseResult();
        return !result.matchedPositionals().isEmpty() || !result.unmatched().isEmpty();
    }
}
