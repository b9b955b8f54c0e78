package io.rbac.roleapi;

import io.rbac.model.Policy;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.roleapi.RequestTarget.Parameter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One filter of a list of roles: {@code filter[attribute]=operator:value}, or {@code filter[attribute_blank]=1}. */
final class RoleFilter {

    static final String PREFIX = "filter[";

    private final RoleAttribute attribute;
    private final FilterOperator operator;
    private final List<Object> operands;
    private final boolean expected;

    private RoleFilter(RoleAttribute attribute, FilterOperator operator, List<Object> operands, boolean expected) {
        this.attribute = attribute;
        this.operator = operator;
        this.operands = operands;
        this.expected = expected;
    }

    /** Tells whether a role passes. */
    boolean accepts(Policy policy, Role role) {
        return operator.test(attribute.value(policy, role), operands) == expected;
    }

    /** Reads a filter, whose name begins as filters do; the answer is {@code null} where it is wrong, which is reported. */
    static @Nullable RoleFilter read(Parameter parameter, Violation.Collector faults) {
        String name = parameter.name();
        if (!name.endsWith("]")) {
            parameter.refuseUnknown(false, faults);
            return null;
        }
        String word = name.substring(PREFIX.length(), name.length() - 1);
        Optional<RoleAttribute> attribute = RoleAttribute.filtered(word);
        if (attribute.isPresent()) {
            int colon = parameter.value().indexOf(':');
            String operator = colon < 0 ? parameter.value() : parameter.value().substring(0, colon);
            String value = colon < 0 ? "" : parameter.value().substring(colon + 1);
            return read(parameter, attribute.get(), operator, value, faults);
        }
        for (FilterOperator question : List.of(FilterOperator.BLANK, FilterOperator.PRESENT)) {
            String suffix = '_' + question.word();
            Optional<RoleAttribute> asked = word.endsWith(suffix)
                    ? RoleAttribute.filtered(word.substring(0, word.length() - suffix.length()))
                    : Optional.empty();
            if (asked.isPresent()) {
                return read(parameter, asked.get(), question.word(), parameter.value(), faults);
            }
        }
        faults.add(
                Code.UNKNOWN_FIELD,
                parameter.place(),
                word,
                Violation.quote(word) + " is not an attribute to filter by"
                        + faults.didYouMean(word, RoleAttribute.filteredWords()));
        return null;
    }

    private static @Nullable RoleFilter read(
            Parameter parameter, RoleAttribute attribute, String word, String value, Violation.Collector faults) {
        FilterOperator operator = FilterOperator.of(word).orElse(null);
        if (operator == null || !operator.takes(attribute.kind())) {
            faults.add(
                    Code.MALFORMED,
                    parameter.place(),
                    word,
                    Violation.quote(word) + " is not an operator for `" + attribute.word() + "`: expected one of "
                            + operators(attribute) + " and a colon before the value");
            return null;
        }
        if (operator.isQuestion()) {
            return question(parameter, attribute, operator, value, faults);
        }
        List<Object> operands = new ArrayList<>();
        for (String text : operator.takesList() ? value.split(",", -1) : new String[] {value}) {
            Object operand = operand(parameter, attribute, text, faults);
            if (operand == null) {
                return null;
            }
            operands.add(operand);
        }
        return new RoleFilter(attribute, operator, operands, true);
    }

    private static List<String> operators(RoleAttribute attribute) {
        return Arrays.stream(FilterOperator.values())
                .filter(operator -> operator.takes(attribute.kind()))
                .map(FilterOperator::word)
                .toList();
    }

    /** {@code 1} asks whether it is so, {@code 0} whether it is not. */
    private static @Nullable RoleFilter question(
            Parameter parameter,
            RoleAttribute attribute,
            FilterOperator operator,
            String value,
            Violation.Collector faults) {
        return switch (value) {
            case "", "1", "true" -> new RoleFilter(attribute, operator, List.of(), true);
            case "0", "false" -> new RoleFilter(attribute, operator, List.of(), false);
            default -> {
                wrong(Code.WRONG_TYPE, parameter, value, "`1` or `0`", faults);
                yield null;
            }
        };
    }

    private static @Nullable Object operand(
            Parameter parameter, RoleAttribute attribute, String text, Violation.Collector faults) {
        switch (attribute.kind()) {
            case TEXT -> {
                return text;
            }
            case SCOPE -> {
                List<String> scopes =
                        Arrays.stream(Scope.values()).map(Scope::word).toList();
                return word(Code.SCOPE_INVALID, parameter, text, scopes, faults);
            }
            case ROLE_TYPE -> {
                return word(Code.WRONG_TYPE, parameter, text, List.of("custom", "system"), faults);
            }
            case FLAG -> {
                return word(Code.WRONG_TYPE, parameter, text, List.of("true", "false"), faults);
            }
            case INSTANT -> {
                try {
                    return Instant.parse(text);
                } catch (DateTimeParseException e) {
                    wrong(Code.WRONG_TYPE, parameter, text, "an instant such as `2024-06-01T09:00:00.000Z`", faults);
                    return null;
                }
            }
        }
        throw new IllegalStateException("no kind of values: " + attribute.kind());
    }

    private static @Nullable String word(
            Code code, Parameter parameter, String text, List<String> words, Violation.Collector faults) {
        if (words.contains(text)) {
            return text;
        }
        wrong(code, parameter, text, "one of " + words, faults);
        return null;
    }

    private static void wrong(
            Code code, Parameter parameter, String text, String expected, Violation.Collector faults) {
        faults.add(code, parameter.place(), text, "the value is " + Violation.quote(text) + ": expected " + expected);
    }
}
