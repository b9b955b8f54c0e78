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

/** {@code rbac where-can}: lists the targets at which a user has a permission. */
@Command(
        name = "where-can",
        sortOptions = false,
        description = "Lists the targets at which a user has a permission, each on a line.",
        exitCodeList = {
            "0:the user has it somewhere",
            "1:the user has it nowhere",
            "2:error, no answer: invalid arguments, or a file that is invalid or cannot be read"
        },
        footer = {
            "",
            "The account is listed as `account`. A user whom the policy does not know has a permission nowhere;",
            "there is a note.",
            "",
            "Example:",
            "  rbac where-can policy.json bob user:update --scope chat"
        })
final class WhereCanCommand implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FILE", description = ArgumentHelp.POLICY)
    private String file = "";

    @Parameters(index = "1", paramLabel = "USER", description = ArgumentHelp.USER)
    private String user = "";

    @Parameters(index = "2", paramLabel = "PERMISSION", description = ArgumentHelp.PERMISSION)
    private String permission = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            completionCandidates = StandardScopes.class,
            description = "List only the targets of this scope of the policy, for example `team`.")
    private @Nullable String scope;

    @Option(names = "--count", description = "Print only how many targets there are.")
    private boolean count;

    @Option(names = "--json", description = "Print the question and the targets as a JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    WhereCanCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Policy policy = documents.policy(file);
        String key = Documents.permission(policy, permission).key();
        AnswerList<Target> list = new AnswerList<>("targets", targets(policy, key), Target::toString, count);
        List<String> notes = new UnknownNames(policy).ofUser(user);
        if (json) {
            list.printJson(
                    terminal,
                    fields -> {
                        fields.writeStringField("user", user);
                        fields.writeStringField("permission", key);
                        if (scope != null) {
                            fields.writeStringField("scope", scope);
                        }
                    },
                    notes);
        } else {
            list.print(
                    terminal,
                    notes,
                    Violation.quote(user) + " has " + Violation.quote(key) + " nowhere"
                            + (scope == null ? "" : " in the scope " + Violation.quote(scope)));
        }
        return list.exitCode();
    }

    private Answers<Target> targets(Policy policy, String key) {
        PolicyReview review = PolicyReview.of(PermissionMatrix.compile(policy));
        return scope == null
                ? review.whereCan(user, key)
                : review.whereCan(user, key, Arguments.scope(spec, "`--scope`", scope, policy));
    }
}
