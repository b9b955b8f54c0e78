package io.rbac.spring;

import io.rbac.engine.PolicyStoreException;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.model.PolicyViolationException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import reactor.core.publisher.Mono;

/**
 * Answers what is denied, refused or fails, in reactive controllers and in the filters of Spring Security. It comes before {@link
 * RbacExceptionHandler}, which is there as well where an application has both kinds of controllers on its class path.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE - 101)
final class RbacReactiveExceptionHandler {

    private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

    private final ReactiveRbac rbac;
    private final Problems problems;

    RbacReactiveExceptionHandler(ReactiveRbac rbac, Problems problems) {
        this.rbac = rbac;
        this.problems = problems;
    }

    /** Leaves to Spring Security who is not authenticated, for it to ask them to be, and what another rule denied. */
    @ExceptionHandler
    Mono<ResponseEntity<ProblemDetail>> denied(AuthorizationDeniedException exception) {
        if (!(exception.getAuthorizationResult() instanceof PermissionDecision decision)) {
            return Mono.error(exception);
        }
        return ReactiveRbac.authentication()
                .filter(authentication -> !TRUST.isAnonymous(authentication))
                .flatMap(authentication -> rbac.currentUser())
                .map(user -> problems.denied(decision, () -> user))
                .switchIfEmpty(Mono.error(exception));
    }

    @ExceptionHandler
    Mono<ResponseEntity<ProblemDetail>> denied(PermissionDeniedException exception) {
        return rbac.currentUser().map(user -> problems.denied(exception, () -> user));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(PolicyViolationException exception) {
        return problems.refused(exception);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(PolicyStoreException exception) {
        return problems.unavailable();
    }
}
