package io.rbac.cli;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.review.Answers;
import io.rbac.review.PolicyReview;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rbac who-can}: lists the users who have a permission at a target. */
@Command(
        name = "who-can",
        sortOptions = false,
        description = "Lists the users who have a permission at a target, each on a line.",
        exitCodeList = {
            "0:somebody has it",
            "1:nobody has it",
            "2:error, no answer: invalid arguments, or a file that is invalid or cannot be read"
        },
        footer = {
            "",
            "At a target that the policy does not know nobody has a permission; there is a note.",
            "",
            "Example:",
            "  rbac who-can policy.json user:update chat/c-42"
        })
final class WhoCanCommand implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FILE", description = ArgumentHelp.POLICY)
    private String file = "";

    @Parameters(index = "1", paramLabel = "PERMISSION", description = ArgumentHelp.PERMISSION)
    private String permission = "";

    @Parameters(index = "2", paramLabel = "TARGET", description = ArgumentHelp.TARGET)
    private String target = "";

    @Option(names = "--in", paramLabel = "PARENT", description = ArgumentHelp.PARENT)
    private @Nullable String parent;

    @Option(names = "--count", description = "Print only how many users there are.")
    private boolean count;

    @Option(names = "--json", description = "Print the question and the users as a JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    WhoCanCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Policy policy = documents.policy(file);
        Target asked = Arguments.target(spec, target, parent, policy);
        String key = Documents.permission(policy, permission).key();
        Answers<String> users =
                PolicyReview.of(PermissionMatrix.compile(policy)).whoCan(key, asked);
        List<String> notes = new UnknownNames(policy).ofTarget(asked);
        AnswerList<String> list = new AnswerList<>("users", users, user -> user, count);
        if (json) {
            list.printJson(
                    terminal,
                    fields -> {
                        fields.writeStringField("permission", key);
                        Question.write(asked, fields);
                    },
                    notes);
        } else {
            list.print(terminal, notes, "nobody has " + Violation.quote(key) + " at " + Question.quoted(asked));
        }
        return list.exitCode();
    }
}
