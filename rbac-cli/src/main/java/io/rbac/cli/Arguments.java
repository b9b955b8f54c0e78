package io.rbac.cli;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/** Converts command-line arguments to values. */
final class Arguments {

    private static final int REPLACEMENT = 0xFFFD;
    private static final int MAX_ASCII = 0x7F;

    private Arguments() {}

    static Target target(String argument) {
        try {
            return Target.parse(argument);
        } catch (PolicyViolationException e) {
            throw new TypeConversionException(e.violations().get(0).message());
        }
    }

    static Scope scope(String argument) {
        for (Scope scope : Scope.values()) {
            if (scope.word().equals(argument)) {
                return scope;
            }
        }
        throw new TypeConversionException(
                Violation.quote(argument) + " is not a scope: expected `account`, `team` or `chat`");
    }

    /**
     * Returns a chat with the parent that is given for it.
     *
     * @throws CommandFailure if the target is not a chat, or the parent is one
     */
    static Target withParent(Target target, Target parent) {
        if (target.scope() != Scope.CHAT) {
            throw new CommandFailure("`--in` gives the parent of a chat, but " + Violation.quote(target.toString())
                    + " is not a chat: expected `chat/ID`");
        }
        return switch (parent.scope()) {
            case ACCOUNT -> target.inAccount();
            case TEAM -> target.inTeam(parent.id());
            case CHAT ->
                throw new CommandFailure("a chat does not lie in " + Violation.quote(parent.toString())
                        + ": expected `account` or `team/ID` after `--in`");
        };
    }

    /** Returns whether arguments ask for JSON, even if they cannot be parsed. */
    static boolean askForJson(String... args) {
        for (String argument : args) {
            if (argument.equals("--")) {
                return false;
            }
            if (argument.equals("--json") || argument.equals("--json=true")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns why arguments may differ from what the user typed, or nothing if they are as typed.
     *
     * @param args the arguments as the virtual machine decoded them
     * @param encoding the name of the encoding that it decoded them by
     */
    static Optional<String> misread(String[] args, String encoding) {
        boolean utf8 = isUtf8(encoding);
        for (int i = 0; i < args.length; i++) {
            if (args[i].indexOf(REPLACEMENT) >= 0 && utf8) {
                return Optional.of("argument " + (i + 1) + " is not valid UTF-8");
            }
            if (!utf8 && args[i].chars().anyMatch(c -> c > MAX_ASCII)) {
                return Optional.of("argument " + (i + 1) + " has characters beyond ASCII, which cannot be read in the"
                        + " encoding of this locale, " + Violation.quote(encoding)
                        + ": expected a UTF-8 locale, for example `LC_ALL=C.UTF-8`");
            }
        }
        return Optional.empty();
    }

    private static boolean isUtf8(String encoding) {
        return Charset.isSupported(encoding) && Charset.forName(encoding).equals(StandardCharsets.UTF_8);
    }
}
