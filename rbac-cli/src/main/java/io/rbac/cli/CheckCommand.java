package io.rbac.cli;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Parameters(index = "0", paramLabel = "FILE", description = "The policy; `-` is standard input.")
    private String file = "";

    @Parameters(index = "1", paramLabel = "USER", description = "The id of the user.")
    private String user = "";

    @Parameters(index = "2", paramLabel = "PERMISSION", description = "The key, for example `user:update`.")
    private String permission = "";

    @Parameters(
            index = "3",
            paramLabel = "TARGET",
            description = "`account`, or `SCOPE/ID` by the scopes of the policy, for example `team/ID` or `chat/ID`.")
    private String target = "";

    @Option(
            names = "--in",
            paramLabel = "PARENT",
            description = "The parent of the target, as the application gives it: `account` or `SCOPE/ID`, for example"
                    + " `team/ID`.")
    private @Nullable String parent;

    @Option(names = "--json", description = "Print the question, the answer and the reason as a JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    CheckCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Policy policy = documents.policy(file);
        Target asked = asked(policy);
        Permission known = Documents.permission(policy, permission);
        boolean allowed = PermissionMatrix.compile(policy).hasPermission(user, known, asked);
        Question question = new Question(user, permission, asked);
        print(question, allowed, new Explanation(policy, known, question, new UnknownNames(policy)));
        return allowed ? ExitCode.YES : ExitCode.NO;
    }

    private Target asked(Policy policy) {
        Target known = Arguments.target(spec, "TARGET", target, policy);
        return parent == null
                ? known
                : Arguments.withParent(known, Arguments.target(spec, "`--in`", parent, policy), policy);
    }

    private void print(Question question, boolean allowed, Explanation explanation) {
        if (json) {
            terminal.print(fields -> {
                question.writeFields(fields);
                fields.writeBooleanField("allowed", allowed);
                explanation.writeField(fields);
            });
        } else {
            terminal.print((allowed ? "allowed: " : "denied: ") + question.answer(allowed) + explanation.text(allowed));
            explanation.notes().forEach(terminal::note);
        }
    }
}
