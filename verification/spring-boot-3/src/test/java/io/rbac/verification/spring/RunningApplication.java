package io.rbac.verification.spring;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** An application on a port that is free. */
final class RunningApplication implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;

    private RunningApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningApplication start(Class<?> configuration, String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--rbac.catalog=classpath:catalog.json",
                "--rbac.problem.details=permission"));
        properties.addAll(List.of(more));
        return new RunningApplication(SpringApplication.run(configuration, properties.toArray(new String[0])));
    }

    /** Creates the account {@code acme}, in which bob writes in the chat {@code c-1} and eve has no role. */
    void createAccount() {
        PermissionEngine engine = engine();
        engine.create(Policy.builder()
                .account("acme")
                .catalog(engine.catalog())
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .build())
                .role(Role.builder("writer", Scope.CHAT)
                        .name("Writer")
                        .rights(engine.catalog().rights("message:read", "message:create"))
                        .build())
                .chat("c-1")
                .assign("bob", "writer", Target.chat("c-1"))
                .build());
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    PermissionEngine engine() {
        return context.getBean(PermissionEngine.class);
    }

    /**
     * Sends a request, and returns the status and the body of the answer.
     *
     * @param user who asks; empty for nobody
     * @param headers names and values in turn
     */
    String get(String user, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        if (!user.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString((user + ":pw").getBytes(StandardCharsets.UTF_8)));
        }
        HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    @Override
    public void close() {
        context.close();
    }
}
