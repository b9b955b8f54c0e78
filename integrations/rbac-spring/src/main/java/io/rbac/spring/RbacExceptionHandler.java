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
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers what is denied, refused or fails, in controllers and in the filters of Spring Security. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE - 100)
final class RbacExceptionHandler {

    private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

    private final Problems problems;

    RbacExceptionHandler(Problems problems) {
        this.problems = problems;
    }

    /** Leaves to Spring Security who is not authenticated, for it to ask them to be, and what another rule denied. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> denied(AuthorizationDeniedException exception) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null
                || TRUST.isAnonymous(authentication)
                || !(exception.getAuthorizationResult() instanceof PermissionDecision decision)) {
            throw exception;
        }
        return problems.denied(decision);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> denied(PermissionDeniedException exception) {
        return problems.denied(exception);
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
