package com.example.jakartachats;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.jakarta.RbacFeature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Asks the running product over HTTP. */
class ChatApplicationTest {

    /** What a line has that is there for protection. */
    private static final Pattern PROTECTION = Pattern.compile("rbac|Rbac|RequiresPermission|PublicEndpoint|PolicyEdit"
            + "|\\.by\\(|\\.changes\\(|AccountResolver|AdminGuard|PermissionCatalog|CatalogJson|needsFor");

    private static ChatApplication running;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        running = ChatApplication.start(0);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static HttpResponse<String> send(String user, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(running.url() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "text/plain");
        if (!user.isEmpty()) {
            String credentials = Base64.getEncoder().encodeToString((user + ":pw").getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + credentials);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static String get(String user, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(user, "GET", path, "");
        return response.statusCode() + " " + response.body();
    }

    private static int status(String user, String method, String path) throws IOException, InterruptedException {
        return send(user, method, path, method.equals("POST") ? "hello" : "").statusCode();
    }

    @Test
    void every_user_is_shown_the_chats_they_may_read_and_what_they_may_do_there() throws Exception {
        String all = "{\"message\":{\"read\":true,\"create\":true,\"delete\":true},\"chat\":{\"share\":true}}";
        assertThat(get("ada", "/acme/chats"))
                .startsWith("200 {\"account\":\"acme\",\"user\":\"ada\",")
                .endsWith(
                        "\"rights\":" + all + ",\"targets\":{\"chat/news\":" + all + ",\"chat/secret\":" + all + "}}");
        assertThat(get("bob", "/acme/chats"))
                .endsWith("\"rights\":{},\"targets\":{\"chat/news\":{\"message\":{\"read\":true,\"create\":true}}}}");
        assertThat(get("eve", "/acme/chats")).endsWith("\"rights\":{},\"targets\":{}}");
        assertThat(get("eve", "/globex/chats")).contains("\"targets\":{\"chat/news\":" + all);
    }

    @Test
    void who_has_the_permission_may_and_who_has_not_may_not() throws Exception {
        assertThat(status("bob", "POST", "/acme/chats/news/messages")).isEqualTo(204);
        assertThat(get("bob", "/acme/chats/news/messages")).startsWith("200 [\"hello\"");
        assertThat(status("bob", "DELETE", "/acme/chats/news/messages")).isEqualTo(403);
        assertThat(status("ada", "DELETE", "/acme/chats/news/messages")).isEqualTo(204);
        assertThat(get("bob", "/acme/chats/news/messages")).isEqualTo("200 []");
    }

    @Test
    void a_denial_is_a_problem() throws Exception {
        for (String path : List.of("/acme/chats/secret/messages", "/acme/chats/nowhere/messages")) {
            HttpResponse<String> response = send("bob", "GET", path, "");
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        assertThat(status("eve", "GET", "/acme/chats/news/messages")).isEqualTo(403);
        assertThat(status("ada", "GET", "/umbrella/chats/news/messages")).isEqualTo(403);
        assertThat(status("ada", "GET", "/umbrella/chats")).isEqualTo(404);
    }

    @Test
    void who_is_not_authenticated_is_asked_to_be() throws Exception {
        for (String path : List.of("/acme/chats", "/acme/chats/news/messages")) {
            HttpResponse<String> response = send("", "GET", path, "");
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"chats\"");
        }
        assertThat(get("", "/")).startsWith("200 <!doctype html>");
        assertThat(get("", "/chats.js")).startsWith("200 //");
    }

    @Test
    void an_edit_by_a_user_is_judged_by_the_guard() throws Exception {
        HttpResponse<String> refused = send("bob", "PUT", "/acme/chats/news/writers/eve", "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"violations\":[{\"code\":\"FORBIDDEN\"");
        assertThat(status("eve", "PUT", "/globex/chats/nowhere/writers/bob")).isEqualTo(404);
        assertThat(status("eve", "PUT", "/globex/chats/news/writers/zoe")).isEqualTo(204);
        assertThat(status("zoe", "POST", "/globex/chats/news/messages")).isEqualTo(204);
        assertThat(status("zoe", "POST", "/acme/chats/news/messages")).isEqualTo(403);
    }

    @Test
    void no_endpoint_was_forgotten() {
        RbacFeature.assertAllProtected(ChatResource.class, Page.class);
    }

    @Test
    void protection_takes_at_most_25_lines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            List<String> lines = files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("Accounts.java"))
                    .flatMap(ChatApplicationTest::lines)
                    .filter(line ->
                            PROTECTION.matcher(line).find() && !line.strip().startsWith("import "))
                    .toList();
            assertThat(lines).hasSizeBetween(15, 25);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
