package io.rbac.spring;

import io.rbac.matrix.PermissionDeniedException;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.spring.ProblemOptions.Details;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Makes problems (RFC 9457) of what is denied, refused or fails. */
final class Problems {

    private final Rbac rbac;
    private final ProblemOptions options;

    Problems(Rbac rbac, ProblemOptions options) {
        this.rbac = rbac;
        this.options = options;
    }

    ResponseEntity<ProblemDetail> denied(PermissionDecision decision) {
        return denied(decision.permissions(), decision.target());
    }

    ResponseEntity<ProblemDetail> denied(PermissionDeniedException denial) {
        return denied(List.of(denial.permission()), Optional.of(denial.target()));
    }

    private ResponseEntity<ProblemDetail> denied(List<String> permissions, Optional<Target> target) {
        if (target.filter(this::isSecret).isPresent()) {
            return answer(ProblemDetail.forStatus(HttpStatus.NOT_FOUND));
        }
        ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.FORBIDDEN);
        if (options.details() == Details.PERMISSION) {
            problem.setProperty("permissions", permissions);
            target.ifPresent(
                    place -> problem.setProperty("target", place.withoutParent().toString()));
        }
        return answer(problem);
    }

    /** Whoever has some permission at a target knows that it is there. */
    private boolean isSecret(Target target) {
        return options.secretScopes().contains(target.scope().name())
                && rbac.user().rightsAt(target).isEmpty();
    }

    ResponseEntity<ProblemDetail> refused(PolicyViolationException refusal) {
        ProblemDetail problem =
                ProblemDetail.forStatus(HttpStatusCode.valueOf(refusal.kind().httpStatus()));
        problem.setProperty(
                "violations", refusal.violations().stream().map(Problems::entry).toList());
        return answer(problem);
    }

    private static Map<String, Object> entry(Violation violation) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("code", violation.code().name());
        entry.put("path", violation.path());
        entry.put("message", violation.message());
        return entry;
    }

    ResponseEntity<ProblemDetail> unavailable() {
        return answer(ProblemDetail.forStatus(HttpStatus.SERVICE_UNAVAILABLE));
    }

    private ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus());
        if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            answer.header(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, options.retryAfter().toSeconds())));
        }
        return answer.body(problem);
    }
}
