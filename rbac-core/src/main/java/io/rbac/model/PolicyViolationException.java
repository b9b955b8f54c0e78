package io.rbac.model;

import io.rbac.text.Messages;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Thrown when a policy, document, request or edit is refused. Carries every violation that was found, as data; nothing
 * was changed.
 *
 * <p>The message lists the first ten violations, within 1 KB.
 *
 * @since 0.1
 */
public final class PolicyViolationException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 10;
    private static final int MAX_MESSAGE_BYTES = 970;

    private final transient List<Violation> violations;
    private final long total;

    PolicyViolationException(List<Violation> violations, long total) {
        super(message(violations, total));
        this.violations = List.copyOf(violations);
        this.total = total;
    }

    /** Returns an exception with one violation. */
    public static PolicyViolationException of(Violation violation) {
        return new PolicyViolationException(List.of(violation), 1);
    }

    /** Returns the violations in the order in which they were found, at most the first 1,000; never empty. */
    public List<Violation> violations() {
        return violations;
    }

    /** Returns how many violations were found, including those beyond the first 1,000. */
    public long total() {
        return total;
    }

    /** Returns the kind of the first violation: what kind of answer a client needs. */
    public Violation.Kind kind() {
        return violations.get(0).code().kind();
    }

    private static String message(List<Violation> violations, long total) {
        if (total == 1) {
            return violations.get(0).toString();
        }
        StringBuilder message = new StringBuilder().append(total).append(" violations");
        int shown = 0;
        for (Violation violation : violations) {
            String line = "\n  " + violation;
            int bytesLeft = MAX_MESSAGE_BYTES - utf8Length(message);
            if (shown == MAX_SHOWN || shown > 0 && utf8Length(line) > bytesLeft) {
                break;
            }
            message.append(Messages.cut(line, bytesLeft));
            shown++;
        }
        if (shown < total) {
            message.append("\n  and ").append(total - shown).append(" more");
        }
        return message.toString();
    }

    private static int utf8Length(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
