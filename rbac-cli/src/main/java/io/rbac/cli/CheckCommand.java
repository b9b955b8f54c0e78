package io.rbac.cli;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.Policy;
import io.rbac.model.Target;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rbac check}: one question, one answer. */
@Command(
        name = "check",
        sortOptions = false,
        description = "Tells whether a user may do something somewhere.",
        exitCodeList = {"0:allowed", "1:denied", "2:no answer: a mistake in the arguments or in the document"},
        footer = {
            "",
            "A user, team or chat that the policy does not know is denied, with a note.",
            "",
            "Example:",
            "  rbac check policy.json bob user:update chat/c-42"
        })
final class CheckCommand implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FILE", description = "The policy; `-` is standard input.")
    private String file = "";

    @Parameters(index = "1", paramLabel = "USER", description = "The id of the user.")
    private String user = "";

    @Parameters(index = "2", paramLabel = "PERMISSION", description = "The key, such as `user:update`.")
    private String permission = "";

    @Parameters(index = "3", paramLabel = "TARGET", description = "`account`, `team/ID` or `chat/ID`.")
    private Target target = Target.account();

    @Option(
            names = "--in",
            paramLabel = "PLACE",
            description = "Where the application says that the chat lies: `account` or `team/ID`.")
    private @Nullable Target place;

    @Option(names = "--json", description = "Print the question and the answer as a JSON object.")
    private boolean json;

    CheckCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Target asked = place == null ? target : Arguments.placed(target, place);
        Policy policy = documents.policy(file);
        Permission known = Documents.permission(policy, permission);
        boolean allowed = PermissionMatrix.compile(policy).hasPermission(user, known, asked);
        answer(policy, known, new Question(user, permission, asked), allowed);
        return allowed ? ExitCode.YES : ExitCode.NO;
    }

    private void answer(Policy policy, Permission known, Question question, boolean allowed) {
        Reason reason = new Reason(policy, question);
        List<String> unknowns = allowed ? List.of() : reason.unknowns();
        if (json) {
            terminal.print(fields -> {
                question.writeFields(fields);
                fields.writeBooleanField("allowed", allowed);
            });
        } else if (allowed) {
            terminal.print("allowed: " + question.answered(true) + reason.ofGrant(known));
        } else {
            terminal.print("denied: " + question.answered(false) + (unknowns.isEmpty() ? reason.ofDenial() : ""));
        }
        for (String unknown : unknowns) {
            terminal.note(unknown);
        }
    }
}
