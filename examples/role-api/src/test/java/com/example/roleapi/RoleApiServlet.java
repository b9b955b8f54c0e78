package com.example.roleapi;

import io.rbac.roleapi.RoleRequest;
import io.rbac.roleapi.RoleResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mounts a role API on a servlet container. */
@SuppressWarnings("serial") // containers do not serialize servlets
final class RoleApiServlet extends HttpServlet {

    private final DemoApi api;

    RoleApiServlet(DemoApi api) {
        this.api = api;
    }

    @Override
    protected void service(HttpServletRequest from, HttpServletResponse to) throws IOException {
        String method = from.getMethod().equals("HEAD") ? "GET" : from.getMethod(); // the container omits the body
        String query = from.getQueryString() == null ? "" : '?' + from.getQueryString();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : Collections.list(from.getHeaderNames())) {
            headers.put(name, Collections.list(from.getHeaders(name)));
        }
        RoleRequest head = RoleRequest.of(method, from.getRequestURI() + query).headers(headers);
        RoleResponse response = api.handle(head, from.getInputStream());
        to.setStatus(response.status());
        response.headers().forEach(to::setHeader);
        to.getOutputStream().write(response.body());
    }
}
