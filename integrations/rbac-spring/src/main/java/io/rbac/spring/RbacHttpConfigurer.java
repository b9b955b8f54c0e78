package io.rbac.spring;

import io.rbac.engine.PolicyStoreException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Has what the rules about URLs deny, and what fails while they are asked, answered like everything else: by the exception
 * handlers of Spring MVC. Spring Security adds it to each filter chain.
 */
final class RbacHttpConfigurer extends AbstractHttpConfigurer<RbacHttpConfigurer, HttpSecurity> {

    private static final String RESOLVER = "handlerExceptionResolver";

    @Override
    public void configure(HttpSecurity http) {
        ApplicationContext context = http.getSharedObject(ApplicationContext.class);
        if (context != null
                && context.getBeanNamesForType(Rbac.class, false, false).length > 0
                && context.containsBean(RESOLVER)) {
            http.addFilterBefore(new AnswerFilter(context), AuthorizationFilter.class);
        }
    }

    /** Stands next to the rules, so that nothing is taken over of what other filters throw. */
    private static final class AnswerFilter extends OncePerRequestFilter {

        private final ApplicationContext context;

        AnswerFilter(ApplicationContext context) {
            this.context = context;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            try {
                chain.doFilter(request, response);
            } catch (PolicyStoreException e) {
                answer(request, response, e);
            } catch (AuthorizationDeniedException e) {
                if (!(e.getAuthorizationResult() instanceof PermissionDecision)) {
                    throw e;
                }
                answer(request, response, e);
            }
        }

        /** What the handlers leave alone goes on: whoever is not authenticated is then asked to be. */
        private void answer(HttpServletRequest request, HttpServletResponse response, RuntimeException thrown) {
            // looked up here, because filters are made before handlers
            HandlerExceptionResolver resolver = context.getBean(RESOLVER, HandlerExceptionResolver.class);
            if (response.isCommitted() || resolver.resolveException(request, response, null, thrown) == null) {
                throw thrown;
            }
        }
    }
}
