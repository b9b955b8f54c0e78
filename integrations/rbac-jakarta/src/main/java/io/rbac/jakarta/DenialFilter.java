package io.rbac.jakarta;

import io.rbac.jakarta.ProblemOptions.Details;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.review.Explanation;
import io.rbac.review.PolicyReview;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Says of a denial what the user may learn, or hides it: a mapper of exceptions does not know the request. */
final class DenialFilter implements ContainerResponseFilter {

    private final ProblemOptions options;
    private final Function<ContainerRequestContext, Caller> callers;
    private final BiFunction<ContainerRequestContext, String, Optional<PermissionMatrix>> matrices;

    DenialFilter(
            ProblemOptions options,
            Function<ContainerRequestContext, Caller> callers,
            BiFunction<ContainerRequestContext, String, Optional<PermissionMatrix>> matrices) {
        this.options = options;
        this.callers = callers;
        this.matrices = matrices;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Denial denial) {
            Caller caller = callers.apply(request);
            String user = caller.user().orElse("");
            Optional<PermissionMatrix> matrix = caller.account().flatMap(account -> matrices.apply(request, account));
            Map<String, Object> body = new LinkedHashMap<>();
            if (isSecret(denial.thrown().target(), user, matrix)) {
                response.setStatusInfo(Status.NOT_FOUND);
                body.putAll(Problems.body(Status.NOT_FOUND.getStatusCode()));
            } else {
                body.putAll(denial);
                describe(body, denial.thrown());
                if (options.details() == Details.REASON) {
                    matrix.flatMap(known -> explanation(known, caller, denial.thrown()))
                            .ifPresent(why -> explain(body, why));
                }
            }
            response.setEntity(body, response.getEntityAnnotations(), response.getMediaType());
        }
    }

    /** Whoever has some permission at a target knows that it is there. */
    private boolean isSecret(Target target, String user, Optional<PermissionMatrix> matrix) {
        return options.secretScopes().contains(target.scope().name())
                && matrix.filter(known -> !known.user(user).rightsAt(target).isEmpty())
                        .isEmpty();
    }

    private void describe(Map<String, Object> body, PermissionDeniedException denial) {
        if (options.details() != Details.NONE) {
            body.put("permissions", List.of(denial.permission()));
            body.put("target", denial.target().withoutParent().toString());
        }
    }

    /** What the application asked about somebody else is not explained. */
    private static Optional<Explanation> explanation(
            PermissionMatrix matrix, Caller caller, PermissionDeniedException denial) {
        boolean isOwn = caller.user().equals(Optional.of(denial.user()))
                && caller.account().equals(denial.account());
        return isOwn
                ? Optional.of(PolicyReview.of(matrix).explain(denial.user(), denial.permission(), denial.target()))
                : Optional.empty();
    }

    private static void explain(Map<String, Object> body, Explanation explanation) {
        explanation.reason().ifPresent(reason -> {
            body.put("lacking", explanation.permission());
            body.put("reason", reason.name());
            body.put("detail", sentence(reason, Violation.quote(explanation.permission())));
        });
    }

    /** Unlike that of an explanation, it names no role and no place: the path to a target may lead through a secret one. */
    private static String sentence(Explanation.Reason reason, String permission) {
        return switch (reason) {
            case UNKNOWN_USER -> "the user is unknown in the account";
            case UNKNOWN_PERMISSION -> permission + " is unknown";
            case UNKNOWN_TARGET -> "the target is unknown";
            case NOTHING_HELD -> "the user holds no role there";
            case NOT_IN_RIGHTS -> "no role that the user holds there has " + permission;
            case DISCARDED -> "only discarded roles of the user have " + permission + " there";
        };
    }
}
