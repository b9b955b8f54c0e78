package com.example.roleapi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.rbac.roleapi.RoleApi;
import io.rbac.roleapi.RoleRequest;
import io.rbac.roleapi.RoleResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Mounts a role API on the HTTP server of the JDK. */
final class RoleApiHandler implements HttpHandler {

    /** How much of a body that is too large is still taken, so that its sender gets to read why it is refused. */
    private static final int MOST_DISCARDED = 64 << 20;

    private final RoleApi api;

    RoleApiHandler(RoleApi api) {
        this.api = api;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            RoleResponse response = api.handle(request(exchange));
            byte[] body = response.body();
            response.headers().forEach(exchange.getResponseHeaders()::set);
            if (isHead(exchange)) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(response.status(), -1);
            } else {
                exchange.sendResponseHeaders(response.status(), body.length);
                exchange.getResponseBody().write(body);
                exchange.getResponseBody().flush();
                discardRest(exchange.getRequestBody());
            }
        } finally {
            exchange.close();
        }
    }

    private static RoleRequest request(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String query = exchange.getRequestURI().getRawQuery();
        RoleRequest request = RoleRequest.of(
                        isHead(exchange) ? "GET" : exchange.getRequestMethod(),
                        query == null ? path : path + '?' + query)
                .body(exchange.getRequestBody().readNBytes(DemoApi.MAX_BYTES + 1));
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            for (String value : header.getValue()) {
                request = request.header(header.getKey(), value);
            }
        }
        return request;
    }

    private static void discardRest(InputStream body) throws IOException {
        byte[] some = new byte[8_192];
        int left = MOST_DISCARDED;
        for (int read = body.read(some); read >= 0 && left > 0; read = body.read(some)) {
            left -= read;
        }
    }

    /** Whether only the head of what GET answers is asked for. */
    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }
}
