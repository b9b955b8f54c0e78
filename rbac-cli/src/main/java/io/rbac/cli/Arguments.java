package io.rbac.cli;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Converts command-line arguments to values. */
final class Arguments {

    private static final int REPLACEMENT = 0xFFFD;
    private static final int MAX_ASCII = 0x7F;

    private Arguments() {}

    /**
     * Returns the target that the argument {@code TARGET} names, in the parent that the option {@code --in} names.
     *
     * @param parent the parent, null if none is given
     * @throws ParameterException if one of them names no target
     * @throws CommandFailure if the target cannot lie in the parent
     */
    static Target target(CommandSpec command, String target, @Nullable String parent, Policy policy) {
        Target known = named(command, "TARGET", target, policy);
        return parent == null ? known : withParent(known, named(command, "`--in`", parent, policy), policy);
    }

    private static Target named(CommandSpec command, String label, String argument, Policy policy) {
        return read(command, label, () -> policy.catalog().scopes().target(argument));
    }

    /**
     * Returns the scope of a policy that an argument names.
     *
     * @param label what the help calls the argument
     * @throws ParameterException if it names none
     */
    static Scope scope(CommandSpec command, String label, String argument, Policy policy) {
        return read(command, label, () -> policy.catalog().scopes().scope(argument));
    }

    private static <T> T read(CommandSpec command, String label, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (PolicyViolationException e) {
            throw new ParameterException(
                    command.commandLine(),
                    "invalid value for " + label + ": " + e.violations().get(0).message());
        }
    }

    private static Target withParent(Target target, Target parent, Policy policy) {
        if (target.isAccount()) {
            throw new CommandFailure(
                    "`--in` gives the parent of a target, but the account has none: expected `SCOPE/ID`");
        }
        if (!target.scope().canLieIn(parent.scope())) {
            throw new CommandFailure(Violation.quote(target.toString()) + " cannot lie in "
                    + Violation.quote(parent.toString()) + ": expected " + parents(target, policy) + " after `--in`");
        }
        return target.in(parent);
    }

    /** Returns the forms of the targets that another one can lie in. */
    private static String parents(Target target, Policy policy) {
        return policy.catalog().scopes().scopes().stream()
                .filter(target.scope()::canLieIn)
                .map(scope -> scope.isAccount() ? '`' + scope.name() + '`' : '`' + scope.name() + "/ID`")
                .collect(Collectors.joining(" or "));
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
