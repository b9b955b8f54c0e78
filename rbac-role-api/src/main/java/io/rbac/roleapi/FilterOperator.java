package io.rbac.roleapi;

import io.rbac.roleapi.RoleAttribute.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a filter compares the value of a role with its operands. An operator with an exclamation mark is the negation of
 * the one without.
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

    /** Returns whether the operator has a meaning for values of a kind. */
    boolean takes(Kind kind) {
        return switch (this) {
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> kind == Kind.STRING || kind == Kind.INSTANT;
            case PREFIX, SUFFIX, CONTAINED, NOT_CONTAINED -> kind == Kind.STRING;
            case EQUAL, NOT_EQUAL, ONE_OF, NONE_OF, BLANK, PRESENT -> true;
        };
    }

    /** Returns whether the operator asks about the value alone; its only operand is yes or no. */
    boolean isQuestion() {
        return this == BLANK || this == PRESENT;
    }

    /** Returns whether the operator takes several operands. */
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
     * Returns whether a value passes. An absent value is neither greater nor less than another.
     *
     * @param value the value of the role, {@code null} if it has none
     * @param operands the values to compare it with: none, one or, for lists, several
     */
    boolean test(@Nullable Object value, Set<?> operands) {
        Object operand = operands.isEmpty() ? null : operands.iterator().next();
        return switch (this) {
            case EQUAL, ONE_OF -> value != null && operands.contains(value);
            case NOT_EQUAL -> !EQUAL.test(value, operands);
            case NONE_OF -> !ONE_OF.test(value, operands);
            case GREATER -> value != null && RoleAttribute.compare(value, operand) > 0;
            case GREATER_OR_EQUAL -> value != null && RoleAttribute.compare(value, operand) >= 0;
            case LESS -> value != null && RoleAttribute.compare(value, operand) < 0;
            case LESS_OR_EQUAL -> value != null && RoleAttribute.compare(value, operand) <= 0;
            case PREFIX -> value instanceof String string && operand instanceof String part && string.startsWith(part);
            case SUFFIX -> value instanceof String string && operand instanceof String part && string.endsWith(part);
            case CONTAINED -> value instanceof String string && operand instanceof String part && string.contains(part);
            case NOT_CONTAINED -> !CONTAINED.test(value, operands);
            case BLANK -> value == null || value instanceof String string && string.isBlank();
            case PRESENT -> !BLANK.test(value, operands);
        };
    }
}
