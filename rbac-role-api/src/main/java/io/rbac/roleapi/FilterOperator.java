package io.rbac.roleapi;

import io.rbac.roleapi.RoleAttribute.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a filter compares the value of a role with the ones that it names. An operator with an exclamation mark is true just
 * when the one without is not.
 */
enum FilterOperator {
    EQUAL("eq"),
    NOT_EQUAL("!eq"),
    GREATER("gt"),
    GREATER_OR_EQUAL("gte"),
    LESS("lt"),
    LESS_OR_EQUAL("lte"),
    PREFIX("pre"),
    SUFFIX("suf"),
    CONTAINED("ct"),
    NOT_CONTAINED("!ct"),
    ONE_OF("in"),
    NONE_OF("!in"),
    BLANK("blank"),
    PRESENT("present");

    private final String word;

    FilterOperator(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** Whether the operator has a meaning for values of a kind. */
    boolean takes(Kind kind) {
        return switch (this) {
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> kind == Kind.TEXT || kind == Kind.INSTANT;
            case PREFIX, SUFFIX, CONTAINED, NOT_CONTAINED -> kind == Kind.TEXT;
            default -> true;
        };
    }

    /** Whether the operator looks at the value alone and takes only yes or no. */
    boolean isQuestion() {
        return this == BLANK || this == PRESENT;
    }

    /** Whether the operator takes several values. */
    boolean takesList() {
        return this == ONE_OF || this == NONE_OF;
    }

    static Optional<FilterOperator> of(String word) {
        return Arrays.stream(values())
                .filter(operator -> operator.word.equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(FilterOperator::word).toList();
    }

    /**
     * Tells whether a value passes. A value that is not there is neither greater nor less than another.
     *
     * @param value of the role, {@code null} where it has none
     * @param operands what it is compared with: one, or for lists any number
     */
    boolean test(@Nullable Object value, List<?> operands) {
        Object operand = operands.isEmpty() ? null : operands.get(0);
        return switch (this) {
            case EQUAL, ONE_OF -> value != null && operands.contains(value);
            case NOT_EQUAL -> !EQUAL.test(value, operands);
            case NONE_OF -> !ONE_OF.test(value, operands);
            case GREATER -> value != null && RoleAttribute.compare(value, operand) > 0;
            case GREATER_OR_EQUAL -> value != null && RoleAttribute.compare(value, operand) >= 0;
            case LESS -> value != null && RoleAttribute.compare(value, operand) < 0;
            case LESS_OR_EQUAL -> value != null && RoleAttribute.compare(value, operand) <= 0;
            case PREFIX -> value instanceof String text && operand instanceof String part && text.startsWith(part);
            case SUFFIX -> value instanceof String text && operand instanceof String part && text.endsWith(part);
            case CONTAINED -> value instanceof String text && operand instanceof String part && text.contains(part);
            case NOT_CONTAINED -> !CONTAINED.test(value, operands);
            case BLANK -> value == null || value instanceof String text && text.isBlank();
            case PRESENT -> !BLANK.test(value, operands);
        };
    }
}
