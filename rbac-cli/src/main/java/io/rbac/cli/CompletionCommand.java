package io.rbac.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rbac completion}: prints a script that completes commands and options in a shell. */
@Command(
        name = "completion",
        sortOptions = false,
        description = "Prints a script that completes commands and options in bash or zsh.",
        exitCodeList = {"0:printed", "2:invalid arguments"},
        footer = {
            "",
            "Example:",
            "  source <(rbac completion)",
            "",
            "Put this line into `~/.bashrc` or `~/.zshrc` to have completion in every shell."
        })
final class CompletionCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        // With line feeds alone, on every platform: a shell does not read other line ends.
        terminal.out().print(AutoComplete.bash(root.name(), root.commandLine()) + '\n');
        return ExitCode.YES;
    }
}
