package com.example.roleapi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.rbac.roleapi.RoleRequest;
import io.rbac.roleapi.RoleResponse;
import java.io.IOException;
import java.io.InputStream;

/** Mounts a role API on the HTTP server of the JDK, whose status line has no reason phrase for 422. */
final class RoleApiHandler implements HttpHandler {

    /** How much of a body that is too large is still received, so that its sender reads the response. */
    private static final int MAX_DISCARDED = 64 << 20;

    private final DemoApi api;

    RoleApiHandler(DemoApi api) {
        this.api = api;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            RoleResponse response = api.handle(head(exchange), exchange.getRequestBody());
            byte[] body = response.body();
            response.headers().forEach(exchange.getResponseHeaders()::set);
            if (isHead(exchange)) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(response.status(), -1);
            } else {
                exchange.sendResponseHeaders(response.status(), body.length);
                exchange.getResponseBody().write(body);
                exchange.getResponseBody().flush();
                if (response.status() != 401) {
                    discardRest(exchange.getRequestBody());
                }
            }
        } finally {
            exchange.close();
        }
    }

    /** Returns the request without its body. */
    private static RoleRequest head(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        String query = exchange.getRequestURI().getRawQuery();
        return RoleRequest.of(
                        isHead(exchange) ? "GET" : exchange.getRequestMethod(),
                        query == null ? path : path + '?' + query)
                .headers(exchange.getRequestHeaders());
    }

    private static void discardRest(InputStream body) throws IOException {
        byte[] buffer = new byte[8_192];
        int left = MAX_DISCARDED;
        for (int read = body.read(buffer); read >= 0 && left > 0; read = body.read(buffer)) {
            left -= read;
        }
    }

    /** Returns whether the request is for a response like that to GET, without its body. */
    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }
}
