package io.rbac.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user what went wrong; every failure ends with the same exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException mistake, String[] args) {
        String message = String.valueOf(mistake.getMessage());
        terminal.error(SafeText.of(message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1)));
        CommandLine command = mistake.getCommandLine();
        List<String> suggestions =
                mistake instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        if (!suggestions.isEmpty()) {
            terminal.error("did you mean `" + SafeText.of(suggestions.get(0)) + "`?");
        }
        Help help = command.getHelp();
        terminal.err().print(help.synopsisHeading() + help.synopsis(help.synopsisHeadingLength()));
        terminal.error("more with `" + command.getCommandSpec().qualifiedName() + " --help`");
        return ExitCode.ERROR;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        if (exception instanceof CommandFailure failure) {
            failure.details().forEach(terminal.err()::println);
            terminal.error(String.valueOf(failure.getMessage()));
        } else {
            terminal.fault(exception);
        }
        return ExitCode.ERROR;
    }
}
