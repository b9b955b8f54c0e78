package io.rbac.jakarta;

import io.rbac.engine.PermissionEngine;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.PermissionRequirement;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is required of whoever calls a method. */
record Rule(PermissionRequirement requirement) {

    /** Returns the annotation that holds for a method of a type, empty if there is none. */
    static Optional<RequiresPermission> annotation(Method method, Class<?> type) {
        RequiresPermission own = method.getAnnotation(RequiresPermission.class);
        return Optional.ofNullable(own != null ? own : type.getAnnotation(RequiresPermission.class));
    }

    /**
     * Returns the rule of an annotation.
     *
     * @throws InvalidRulesException with everything that is wrong with it
     */
    static Rule of(PermissionCatalog catalog, RequiresPermission annotation) {
        List<String> permissions = List.of(annotation.value());
        try {
            return new Rule(
                    annotation.match() == RequiresPermission.Match.ALL
                            ? PermissionRequirement.allOf(catalog, permissions, annotation.at())
                            : PermissionRequirement.anyOf(catalog, permissions, annotation.at()));
        } catch (PolicyViolationException e) {
            throw new InvalidRulesException(
                    e.violations().stream().map(Violation::message).toList());
        }
    }

    /**
     * Does nothing if the caller has what is required.
     *
     * @throws UnknownCallerException if it is not known who calls
     * @throws PermissionDeniedException if they do not have it
     */
    void require(PermissionEngine engine, Caller caller, Function<String, @Nullable String> values) {
        String account = caller.account().orElseThrow(UnknownCallerException::new);
        String user = caller.user().orElseThrow(UnknownCallerException::new);
        Target target = requirement.target(values).orElse(null);
        Optional<PermissionMatrix> matrix = matrix(engine, account);
        if (target == null || matrix.isEmpty() || !requirement.isMet(matrix.get(), user, target)) {
            Target asked = target == null ? requirement.target(name -> "").orElseThrow() : target;
            String lacking = matrix.flatMap(known -> requirement.firstLacking(known, user, asked))
                    .orElse(requirement.permissions().get(0));
            PermissionDeniedException denial = PermissionDeniedException.of(account, user, lacking, asked);
            engine.reportDenial(denial);
            throw denial;
        }
    }

    private static Optional<PermissionMatrix> matrix(PermissionEngine engine, String account) {
        try {
            return Optional.of(engine.matrix(account));
        } catch (PolicyViolationException e) {
            if (e.violations().get(0).code() == Code.ACCOUNT_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Returns the problem that nothing has a value for the placeholder of this rule. */
    static String noValue(String placeholder, String expected) {
        return "nothing has a value for `{" + placeholder + "}`: expected " + expected;
    }

    static String name(Method method, Class<?> type) {
        return type.getName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
