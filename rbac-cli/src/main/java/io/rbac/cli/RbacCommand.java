package io.rbac.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** What stands before the subcommands. */
@Command(
        name = "rbac",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        usageHelpWidth = 100,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Asks policies: may this user do this, here?",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:yes", "1:no", "2:no answer: a mistake in the arguments or in a document"},
        footer = {
            "",
            "FILE is a policy document, `-` standard input. TARGET is `account`, `team/ID` or `chat/ID`.",
            "An argument that begins with a dash is written behind `--`."
        })
final class RbacCommand {}
