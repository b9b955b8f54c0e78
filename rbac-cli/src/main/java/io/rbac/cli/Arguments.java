package io.rbac.cli;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import picocli.CommandLine.TypeConversionException;

/** Turns arguments into values. */
final class Arguments {

    private Arguments() {}

    static Target target(String text) {
        try {
            return Target.parse(text);
        } catch (PolicyViolationException e) {
            throw new TypeConversionException(e.violations().get(0).message());
        }
    }

    static Scope scope(String text) {
        for (Scope scope : Scope.values()) {
            if (scope.word().equals(text)) {
                return scope;
            }
        }
        throw new TypeConversionException(
                Violation.quote(text) + " is not a scope: expected `account`, `team` or `chat`");
    }

    /**
     * Returns a chat with the place that is stated for it.
     *
     * @throws CommandFailure for what is no chat, or a place that no chat can lie in
     */
    static Target placed(Target target, Target place) {
        if (target.scope() != Scope.CHAT) {
            throw new CommandFailure("`--in` states where a chat lies, but " + Violation.quote(target.toString())
                    + " is not a chat: expected `chat/ID`");
        }
        return switch (place.scope()) {
            case ACCOUNT -> target.inAccount();
            case TEAM -> target.inTeam(place.id());
            case CHAT ->
                throw new CommandFailure("a chat does not lie in " + Violation.quote(place.toString())
                        + ": expected `account` or `team/ID` behind `--in`");
        };
    }
}
