package com.example.roleapi;

import io.rbac.roleapi.RoleApi;
import io.rbac.roleapi.RoleRequest;
import io.rbac.roleapi.RoleResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/** Mounts a role API on a servlet container. */
@SuppressWarnings("serial") // no container of today writes servlets down
final class RoleApiServlet extends HttpServlet {

    private final RoleApi api;

    RoleApiServlet(RoleApi api) {
        this.api = api;
    }

    @Override
    protected void service(HttpServletRequest from, HttpServletResponse to) throws IOException {
        String method = from.getMethod().equals("HEAD") ? "GET" : from.getMethod(); // the container leaves the body out
        String query = from.getQueryString() == null ? "" : '?' + from.getQueryString();
        RoleRequest request = RoleRequest.of(method, from.getRequestURI() + query)
                .body(from.getInputStream().readNBytes(DemoApi.MAX_BYTES + 1));
        for (String name : Collections.list(from.getHeaderNames())) {
            for (String value : Collections.list(from.getHeaders(name))) {
                request = request.header(name, value);
            }
        }
        RoleResponse response = api.handle(request);
        to.setStatus(response.status());
        response.headers().forEach(to::setHeader);
        to.getOutputStream().write(response.body());
    }
}
