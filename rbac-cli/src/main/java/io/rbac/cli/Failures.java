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

/** Reports why a command has no result. Every failure has the same exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException mistake, String[] args) {
        terminal.error(message(mistake));
        if (!terminal.writesJson()) {
            CommandLine command = mistake.getCommandLine();
            Help help = command.getHelp();
            terminal.err().print(help.synopsisHeading() + help.synopsis(help.synopsisHeadingLength()));
            terminal.error("see `" + command.getCommandSpec().qualifiedName() + " --help`");
        }
        return ExitCode.ERROR;
    }

    private static String message(ParameterException mistake) {
        String message = String.valueOf(mistake.getMessage());
        List<String> suggestions =
                mistake instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return SafeText.of(message.substring(0, 1).toLowerCase(Locale.ROOT)
                + message.substring(1)
                + (suggestions.isEmpty() ? "" : "; did you mean `" + suggestions.get(0) + "`?"));
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        if (exception instanceof CommandFailure failure) {
            terminal.error(failure);
        } else {
            terminal.bug(exception);
        }
        return ExitCode.ERROR;
    }
}
