package io.rbac.spring.boot;

import io.rbac.roleapi.RoleApi;
import io.rbac.roleapi.RoleRequest;
import io.rbac.roleapi.RoleResponse;
import io.rbac.spring.PublicEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Passes requests to a role API. */
@PublicEndpoint("the role API judges each request itself")
final class RoleApiController {

    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final RoleApi api;

    RoleApiController(RoleApi api) {
        this.api = api;
    }

    /** Handles everything below a path for which the application has no handler of its own. */
    void mount(String basePath, RequestMappingHandlerMapping handlers) throws NoSuchMethodException {
        handlers.registerMapping(
                RequestMappingInfo.paths(basePath + "/**")
                        .options(handlers.getBuilderConfiguration())
                        .build(),
                this,
                RoleApiController.class.getDeclaredMethod(
                        "handle", HttpServletRequest.class, HttpServletResponse.class));
    }

    /** Writes the response as it is: one that depends on the user must not become a 304 because of its {@code ETag}. */
    void handle(HttpServletRequest from, HttpServletResponse to) throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : Collections.list(from.getHeaderNames())) {
            headers.put(name, Collections.list(from.getHeaders(name)));
        }
        RoleRequest request =
                RoleRequest.of(method(from), target(from)).headers(headers).body(body(from));
        RoleResponse response = api.handle(request);
        byte[] body = response.body();
        to.setStatus(response.status());
        response.headers().forEach(to::setHeader);
        to.setContentLength(body.length);
        to.getOutputStream().write(body);
    }

    /** The container leaves out the body of a response to HEAD. */
    private static String method(HttpServletRequest request) {
        return request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    }

    /** Returns the path within the application and the query, as they came over the wire. */
    private static String target(HttpServletRequest request) {
        String path = ServletRequestPathUtils.parseAndCache(request)
                .pathWithinApplication()
                .value();
        return request.getQueryString() == null ? path : path + '?' + request.getQueryString();
    }

    /** Reads one byte beyond the limit at most, by which the role API knows that there are more. */
    private byte[] body(HttpServletRequest request) throws IOException {
        return request.getInputStream().readNBytes((int) Math.min(api.maxBytes(), LONGEST_ARRAY - 1) + 1);
    }
}
