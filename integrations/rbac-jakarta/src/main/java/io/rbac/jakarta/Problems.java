package io.rbac.jakarta;

import io.rbac.engine.PolicyStoreException;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Kind;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers with problems (RFC 9457) what is denied, refused or fails. */
final class Problems {

    private static final MediaType PROBLEM = new MediaType("application", "problem+json");
    private static final int RETRY_AFTER_SECONDS = 1;
    private static final int UNPROCESSABLE = 422;

    private Problems() {}

    static void registerWith(FeatureContext context) {
        context.register(new Denied())
                .register(new Unknown())
                .register(new Refused())
                .register(new Failed());
    }

    private static Response.ResponseBuilder problem(int status, Map<String, Object> more) {
        return problem(status, new LinkedHashMap<>(), more);
    }

    private static Response.ResponseBuilder problem(int status, Map<String, Object> body, Map<String, Object> more) {
        body.putAll(body(status));
        body.putAll(more);
        Response.ResponseBuilder answer = Response.status(status).type(PROBLEM).entity(body);
        return status == Kind.UNAVAILABLE.httpStatus()
                ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                : answer;
    }

    static Map<String, Object> body(int status) {
        Status known = Status.fromStatusCode(status);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", known == null ? title(status) : known.getReasonPhrase());
        body.put("status", status);
        return body;
    }

    private static String title(int status) {
        return status == UNPROCESSABLE ? "Unprocessable Content" : "Error";
    }

    private static final class Denied implements ExceptionMapper<PermissionDeniedException> {

        @Override
        public Response toResponse(PermissionDeniedException denial) {
            return problem(Kind.FORBIDDEN.httpStatus(), new Denial(denial), Map.of())
                    .build();
        }
    }

    private static final class Unknown implements ExceptionMapper<UnknownCallerException> {

        @Override
        public Response toResponse(UnknownCallerException thrown) {
            return problem(Status.UNAUTHORIZED.getStatusCode(), Map.of())
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                    .build();
        }
    }

    private static final class Refused implements ExceptionMapper<PolicyViolationException> {

        @Override
        public Response toResponse(PolicyViolationException refusal) {
            List<Map<String, String>> violations =
                    refusal.violations().stream().map(Refused::entry).toList();
            return problem(refusal.kind().httpStatus(), Map.of("violations", violations))
                    .build();
        }

        private static Map<String, String> entry(Violation violation) {
            Map<String, String> entry = new LinkedHashMap<>();
            entry.put("code", violation.code().name());
            entry.put("path", violation.path());
            entry.put("message", violation.message());
            return entry;
        }
    }

    private static final class Failed implements ExceptionMapper<PolicyStoreException> {

        @Override
        public Response toResponse(PolicyStoreException failure) {
            return problem(Kind.UNAVAILABLE.httpStatus(), Map.of()).build();
        }
    }
}
