package io.rbac.cli;

/** What the help says of arguments that several commands have. */
final class ArgumentHelp {

    static final String POLICY = "The policy; `-` is standard input.";

    static final String USER = "The id of the user.";

    static final String PERMISSION = "The key, for example `user:update`.";

    static final String TARGET =
            "`account`, or `SCOPE/ID` by the scopes of the policy, for example `team/ID` or `chat/ID`.";

    static final String PARENT =
            "The parent of the target, as the application gives it: `account` or `SCOPE/ID`, for example `team/ID`.";

    private ArgumentHelp() {}
}
