package io.rbac.spring;

import io.rbac.matrix.PermissionDeniedException;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.review.Explanation;
import io.rbac.spring.ProblemOptions.Details;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Makes problems (RFC 9457) of what is denied, refused or fails. */
final class Problems {

    /** Few enough that what is left out of an exception with very many violations is never among them. */
    private static final int MAX_DISCREET = 100;

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
        List<Violation> violations = refusal.violations();
        problem.setProperty(
                "violations",
                options.secretScopes().isEmpty()
                        ? violations.stream().map(Problems::entry).toList()
                        : discreetEntries(violations));
        return answer(problem);
    }

    private static Map<String, Object> entry(Violation violation) {
        return entry(violation, violation.message());
    }

    private static Map<String, Object> entry(Violation violation, String message) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("code", violation.code().name());
        entry.put("path", violation.path());
        entry.put("message", message);
        return entry;
    }

    /**
     * Says of a change that lacks the permission which it needs no more than that: whether a secret target is there, what it
     * lies in and who holds what at it decide which places a guard names and whether rights would be given away.
     */
    private static List<Map<String, Object>> discreetEntries(List<Violation> violations) {
        Set<String> forbidden = new HashSet<>();
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Violation violation : violations) {
            boolean isChange = !violation.path().isEmpty();
            if (isChange && violation.code() == Code.FORBIDDEN && forbidden.add(violation.path())) {
                entries.add(entry(violation, "the permission that this change needs is missing"));
            } else if (!forbidden.contains(violation.path())) {
                entries.add(entry(violation));
            }
        }
        return entries.subList(0, Math.min(entries.size(), MAX_DISCREET));
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
