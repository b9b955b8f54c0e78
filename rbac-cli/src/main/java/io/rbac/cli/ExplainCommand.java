package io.rbac.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rbac explain}: says why one question is answered as it is. */
@Command(
        name = "explain",
        sortOptions = false,
        description = "Explains why a user has a permission at a target, or what keeps them from having it.",
        exitCodeList = {
            "0:allowed",
            "1:denied",
            "2:error, no answer: invalid arguments, or a file that is invalid or cannot be read"
        },
        footer = {
            "",
            "Allowed: every role that grants the permission, where it is held, and how that place contains the",
            "target. Without all of these the answer would be a denial.",
            "Denied: the roles that are held there, and those that would grant the permission, with what else",
            "they would add.",
            "",
            "A user or target that the policy does not know is denied, with a note.",
            "",
            "Example:",
            "  rbac explain policy.json bob user:update chat/c-42"
        })
final class ExplainCommand implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Mixin
    private final QuestionArguments arguments = new QuestionArguments();

    @Option(names = "--json", description = "Print the question, the answer and everything behind it as a JSON object.")
    private boolean json;

    ExplainCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Answer answer = arguments.ask(documents);
        if (json) {
            terminal.print(fields -> {
                answer.writeFields(fields);
                answer.explanation().writeWholeReason(fields);
            });
        } else {
            terminal.print(answer.text() + answer.explanation().reason());
            answer.explanation().lines().forEach(terminal::print);
            answer.explanation().notes().forEach(terminal::note);
        }
        return answer.exitCode();
    }
}
