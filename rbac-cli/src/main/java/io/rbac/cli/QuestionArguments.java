package io.rbac.cli;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.policy.Policy;
import io.rbac.review.PolicyReview;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The arguments of a command that asks a policy one question. */
final class QuestionArguments {

    @Parameters(index = "0", paramLabel = "FILE", description = ArgumentHelp.POLICY)
    private String file = "";

    @Parameters(index = "1", paramLabel = "USER", description = ArgumentHelp.USER)
    private String user = "";

    @Parameters(index = "2", paramLabel = "PERMISSION", description = ArgumentHelp.PERMISSION)
    private String permission = "";

    @Parameters(index = "3", paramLabel = "TARGET", description = ArgumentHelp.TARGET)
    private String target = "";

    @Option(names = "--in", paramLabel = "PARENT", description = ArgumentHelp.PARENT)
    private @Nullable String parent;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec command;

    /**
     * Asks the policy that is in the file.
     *
     * @throws CommandFailure if the file cannot be read or is not valid, the catalog lacks the permission, or the target cannot
     *     lie in the given parent
     */
    Answer ask(Documents documents) {
        Policy policy = documents.policy(file);
        Question question = new Question(
                user,
                Documents.permission(policy, permission).key(),
                Arguments.target(command, target, parent, policy));
        return Answer.to(question, PolicyReview.of(PermissionMatrix.compile(policy)), new UnknownNames(policy));
    }
}
