package io.rbac.model;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Thrown when what was given breaks the rules. Carries every violation that was found, as data; nothing was changed.
 *
 * <p>The message lists the first ten within 1 KB.
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
        super(text(violations, total));
        this.violations = List.copyOf(violations);
        this.total = total;
    }

    /** Returns an exception of one violation. */
    public static PolicyViolationException of(Violation violation) {
        return new PolicyViolationException(List.of(violation), 1);
    }

    /** Returns the violations in the order they were found, at most the first 1,000; never empty. */
    public List<Violation> violations() {
        return violations;
    }

    /** Returns how many violations there are, kept or not. */
    public long total() {
        return total;
    }

    private static String text(List<Violation> violations, long total) {
        if (total == 1) {
            return violations.get(0).toString();
        }
        StringBuilder text = new StringBuilder().append(total).append(" violations");
        int shown = 0;
        for (Violation violation : violations) {
            String line = "\n  " + violation;
            int room = MAX_MESSAGE_BYTES - utf8Length(text);
            if (shown == MAX_SHOWN || shown > 0 && utf8Length(line) > room) {
                break;
            }
            text.append(Text.cut(line, room));
            shown++;
        }
        if (shown < total) {
            text.append("\n  and ").append(total - shown).append(" more");
        }
        return text.toString();
    }

    private static int utf8Length(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
