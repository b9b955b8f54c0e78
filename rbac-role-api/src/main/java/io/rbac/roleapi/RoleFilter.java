package io.rbac.roleapi;

import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import io.rbac.roleapi.RequestTarget.Parameter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A filter for a list of roles: {@code filter[attribute]=operator:value} or {@code filter[attribute_blank]=1}. */
final class RoleFilter {

    static final String PREFIX = "filter[";

    /** The ids of a few pages of roles. */
    private static final int MAX_OPERANDS = 100;

    private final RoleAttribute attribute;
    private final FilterOperator operator;
    private final Set<Object> operands;
    private final boolean expected;

    private RoleFilter(RoleAttribute attribute, FilterOperator operator, Set<Object> operands, boolean expected) {
        this.attribute = attribute;
        this.operator = operator;
        this.operands = operands;
        this.expected = expected;
    }

    /** Returns whether a role passes. */
    boolean accepts(Policy policy, Role role) {
        return operator.test(attribute.value(policy, role), operands) == expected;
    }

    /**
     * Reads a filter from a parameter whose name starts with {@link #PREFIX}. If it is wrong, reports that and returns
     * {@code null}.
     */
    static @Nullable RoleFilter read(Parameter parameter, Violation.Collector violations) {
        String name = parameter.name();
        if (!name.endsWith("]")) {
            parameter.refuseUnknown(false, violations);
            return null;
        }
        String word = name.substring(PREFIX.length(), name.length() - 1);
        Optional<RoleAttribute> attribute = RoleAttribute.filtered(word);
        if (attribute.isPresent()) {
            int colon = parameter.value().indexOf(':');
            String operator = colon < 0 ? parameter.value() : parameter.value().substring(0, colon);
            String value = colon < 0 ? "" : parameter.value().substring(colon + 1);
            return read(parameter, attribute.get(), operator, value, violations);
        }
        for (FilterOperator question : List.of(FilterOperator.BLANK, FilterOperator.PRESENT)) {
            String suffix = '_' + question.word();
            Optional<RoleAttribute> asked = word.endsWith(suffix)
                    ? RoleAttribute.filtered(word.substring(0, word.length() - suffix.length()))
                    : Optional.empty();
            if (asked.isPresent()) {
                return read(parameter, asked.get(), question.word(), parameter.value(), violations);
            }
        }
        violations.add(
                Code.UNKNOWN_FIELD,
                parameter.location(),
                word,
                Violation.quote(word) + " is not an attribute to filter by"
                        + violations.didYouMean(word, RoleAttribute.filteredWords()));
        return null;
    }

    private static @Nullable RoleFilter read(
            Parameter parameter, RoleAttribute attribute, String word, String value, Violation.Collector violations) {
        FilterOperator operator = FilterOperator.of(word).orElse(null);
        if (operator == null || !operator.takes(attribute.kind())) {
            violations.add(
                    Code.MALFORMED,
                    parameter.location(),
                    word,
                    Violation.quote(word) + " is not an operator for `" + attribute.word() + "`: expected one of "
                            + operators(attribute) + " and a colon before the value");
            return null;
        }
        if (operator.isQuestion()) {
            return readQuestion(parameter, attribute, operator, value, violations);
        }
        Set<Object> operands = readOperands(parameter, attribute, operator, value, violations);
        return operands == null ? null : new RoleFilter(attribute, operator, operands, true);
    }

    private static List<String> operators(RoleAttribute attribute) {
        return Arrays.stream(FilterOperator.values())
                .filter(operator -> operator.takes(attribute.kind()))
                .map(FilterOperator::word)
                .toList();
    }

    /** Reads the value of a question: {@code 1} expects yes, {@code 0} expects no. */
    private static @Nullable RoleFilter readQuestion(
            Parameter parameter,
            RoleAttribute attribute,
            FilterOperator operator,
            String value,
            Violation.Collector violations) {
        return switch (value) {
            case "", "1", "true" -> new RoleFilter(attribute, operator, Set.of(), true);
            case "0", "false" -> new RoleFilter(attribute, operator, Set.of(), false);
            default -> {
                report(Code.WRONG_TYPE, parameter, value, "`1` or `0`", violations);
                yield null;
            }
        };
    }

    private static @Nullable Set<Object> readOperands(
            Parameter parameter,
            RoleAttribute attribute,
            FilterOperator operator,
            String value,
            Violation.Collector violations) {
        List<String> words = operator.takesList() ? List.of(value.split(",", MAX_OPERANDS + 1)) : List.of(value);
        if (words.size() > MAX_OPERANDS) {
            violations.add(
                    Code.LIMIT_EXCEEDED,
                    parameter.location(),
                    null,
                    "the list has more than " + MAX_OPERANDS + " values");
            return null;
        }
        Set<Object> operands = new LinkedHashSet<>();
        for (String word : words) {
            Object operand = readOperand(parameter, attribute, word, violations);
            if (operand == null) {
                return null;
            }
            operands.add(operand);
        }
        return Collections.unmodifiableSet(operands);
    }

    private static @Nullable Object readOperand(
            Parameter parameter, RoleAttribute attribute, String word, Violation.Collector violations) {
        return switch (attribute.kind()) {
            case STRING -> word;
            case SCOPE -> {
                List<String> scopes =
                        ScopeTree.standard().scopes().stream().map(Scope::name).toList();
                yield oneOf(scopes, Code.SCOPE_INVALID, parameter, word, violations);
            }
            case ROLE_TYPE -> oneOf(List.of("custom", "system"), Code.WRONG_TYPE, parameter, word, violations);
            case FLAG -> oneOf(List.of("true", "false"), Code.WRONG_TYPE, parameter, word, violations);
            case INSTANT -> instant(parameter, word, violations);
        };
    }

    private static @Nullable String oneOf(
            List<String> words, Code code, Parameter parameter, String word, Violation.Collector violations) {
        if (words.contains(word)) {
            return word;
        }
        report(code, parameter, word, "one of " + words, violations);
        return null;
    }

    private static @Nullable Instant instant(Parameter parameter, String word, Violation.Collector violations) {
        try {
            return Instant.parse(word);
        } catch (DateTimeParseException e) {
            report(Code.WRONG_TYPE, parameter, word, "an instant such as `2024-06-01T09:00:00.000Z`", violations);
            return null;
        }
    }

    private static void report(
            Code code, Parameter parameter, String word, String expected, Violation.Collector violations) {
        violations.add(
                code, parameter.location(), word, "the value is " + Violation.quote(word) + ": expected " + expected);
    }
}
