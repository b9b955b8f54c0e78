package io.rbac.spring;

import io.rbac.matrix.PermissionDeniedException;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.review.Explanation;
import io.rbac.spring.ProblemOptions.Details;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Makes problems (RFC 9457) of what is denied, refused or fails. */
final class Problems {

    private final ProblemOptions options;

    Problems(ProblemOptions options) {
        this.options = options;
    }

    ResponseEntity<ProblemDetail> denied(PermissionDecision decision, Supplier<CurrentUser> user) {
        // a rule about URLs may know the account from its pattern, which nobody else does before there is a handler
        return denied(
                decision.permissions(),
                decision.target(),
                () -> decision.denied().orElseGet(user),
                decision::explanation);
    }

    ResponseEntity<ProblemDetail> denied(PermissionDeniedException denial, Supplier<CurrentUser> user) {
        return denied(
                List.of(denial.permission()),
                Optional.of(denial.target()),
                user,
                () -> user.get().explanation(denial));
    }

    private ResponseEntity<ProblemDetail> denied(
            List<String> permissions,
            Optional<Target> target,
            Supplier<CurrentUser> user,
            Supplier<Optional<Explanation>> explanation) {
        if (target.filter(place -> isSecret(place, user)).isPresent()) {
            return answer(ProblemDetail.forStatus(HttpStatus.NOT_FOUND));
        }
        ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.FORBIDDEN);
        if (options.details() != Details.NONE) {
            problem.setProperty("permissions", permissions);
            target.ifPresent(
                    place -> problem.setProperty("target", place.withoutParent().toString()));
        }
        if (options.details() == Details.REASON) {
            explanation.get().ifPresent(why -> explain(problem, why));
        }
        return answer(problem);
    }

    /** Whoever has some permission at a target knows that it is there. */
    private boolean isSecret(Target target, Supplier<CurrentUser> user) {
        return options.secretScopes().contains(target.scope().name())
                && user.get().permissions().rightsAt(target).isEmpty();
    }

    private static void explain(ProblemDetail problem, Explanation explanation) {
        explanation.reason().ifPresent(reason -> {
            problem.setProperty("lacking", explanation.permission());
            problem.setProperty("reason", reason.name());
            problem.setDetail(sentence(reason, Violation.quote(explanation.permission())));
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
