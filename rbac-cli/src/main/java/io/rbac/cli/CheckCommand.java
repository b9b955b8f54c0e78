package io.rbac.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rbac check}: answers one question. */
@Command(
        name = "check",
        sortOptions = false,
        description = "Checks whether a user has a permission at a target.",
        exitCodeList = {
            "0:allowed",
            "1:denied",
            "2:error, no answer: invalid arguments, or a file that is invalid or cannot be read"
        },
        footer = {
            "",
            "A user or target that the policy does not know is denied, with a note.",
            "Put `--` before the operands if one of them begins with a dash.",
            "",
            "Example:",
            "  rbac check policy.json bob user:update chat/c-42"
        })
final class CheckCommand implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Mixin
    private final QuestionArguments arguments = new QuestionArguments();

    @Option(names = "--json", description = "Print the question, the answer and the reason as a JSON object.")
    private boolean json;

    CheckCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Answer answer = arguments.ask(documents);
        if (json) {
            terminal.print(fields -> {
                answer.writeFields(fields);
                answer.explanation().writeReason(fields);
            });
        } else {
            terminal.print(answer.text() + answer.explanation().text());
            answer.explanation().notes().forEach(terminal::note);
        }
        return answer.exitCode();
    }
}
