package io.rbac.cli;

import io.rbac.policy.Policy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The arguments of a command that asks a policy one question. */
final class QuestionArguments {

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

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec command;

    /** Returns the name of the file that has the policy. */
    String file() {
        return file;
    }

    /**
     * Returns the question to a policy.
     *
     * @throws CommandFailure if the catalog lacks the permission, or the target cannot lie in the given parent
     */
    Question question(Policy policy) {
        return new Question(
                user,
                Documents.permission(policy, permission).key(),
                Arguments.target(command, target, parent, policy));
    }
}
