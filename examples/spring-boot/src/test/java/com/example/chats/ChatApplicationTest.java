package com.example.chats;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.spring.RbacEndpoints;
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
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Asks the running product over HTTP. */
class ChatApplicationTest {

    /** What a line has that is there for protection. */
    private static final Pattern PROTECTION =
            Pattern.compile("rbac|Rbac|RequiresPermission|PublicEndpoint|PolicyEdit|\\.by\\(|\\.changes\\(");

    private static ConfigurableApplicationContext context;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        context = SpringApplication.run(ChatApplication.class, "--server.port=0", "--spring.main.banner-mode=off");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static HttpResponse<String> send(String user, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path))
                .method(method, BodyPublishers.ofString(body));
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
        return send(user, method, path, "hello").statusCode();
    }

    @Test
    void every_user_is_shown_the_chats_they_may_read_and_what_they_may_do_there() throws Exception {
        String all = "{\"message\":{\"read\":true,\"create\":true,\"delete\":true},\"chat\":{\"share\":true}}";
        assertThat(get("ada", "/acme/chats")).isEqualTo("200 {\"news\":" + all + ",\"secret\":" + all + "}");
        assertThat(get("bob", "/acme/chats")).isEqualTo("200 {\"news\":{\"message\":{\"read\":true,\"create\":true}}}");
        assertThat(get("eve", "/acme/chats")).isEqualTo("200 {}");
        assertThat(get("eve", "/globex/chats")).isEqualTo("200 {\"news\":" + all + "}");
    }

    @Test
    void who_has_the_permission_may_and_who_has_not_may_not() throws Exception {
        assertThat(status("bob", "POST", "/acme/chats/news/messages")).isEqualTo(200);
        assertThat(get("bob", "/acme/chats/news/messages")).startsWith("200 [\"hello\"");
        assertThat(status("bob", "DELETE", "/acme/chats/news/messages")).isEqualTo(403);
        assertThat(status("ada", "DELETE", "/acme/chats/news/messages")).isEqualTo(200);
        assertThat(get("bob", "/acme/chats/news/messages")).isEqualTo("200 []");
    }

    @Test
    void a_403_says_which_permission_is_missing() throws Exception {
        HttpResponse<String> response = send("bob", "DELETE", "/acme/chats/news/messages", "");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body())
                .contains("\"status\":403", "\"permissions\":[\"message:delete\"]", "\"target\":\"chat/news\"");
    }

    @Test
    void a_chat_is_a_secret_to_who_has_no_permission_in_it() throws Exception {
        for (String path : List.of("/acme/chats/secret/messages", "/acme/chats/nowhere/messages")) {
            assertThat(status("bob", "GET", path)).isEqualTo(404);
        }
        assertThat(status("eve", "GET", "/acme/chats/news/messages")).isEqualTo(404);
        assertThat(status("ada", "GET", "/initech/chats/news/messages")).isEqualTo(404);
        assertThat(status("ada", "GET", "/umbrella/chats/news/messages")).isEqualTo(404);
    }

    @Test
    void who_is_not_authenticated_is_asked_to_be() throws Exception {
        assertThat(status("", "GET", "/acme/chats/news/messages")).isEqualTo(401);
        assertThat(get("", "/")).isEqualTo("200 chats");
    }

    @Test
    void an_edit_by_a_user_is_judged_by_the_guard() throws Exception {
        assertThat(status("bob", "PUT", "/acme/chats/news/writers/bob")).isEqualTo(403);
        assertThat(send("bob", "PUT", "/acme/chats/news/writers/eve", "").body())
                .contains("\"violations\":[{\"code\":\"FORBIDDEN\"");
        assertThat(status("eve", "PUT", "/globex/chats/nowhere/writers/bob")).isEqualTo(404);
        assertThat(status("eve", "PUT", "/globex/chats/news/writers/zoe")).isEqualTo(200);
        assertThat(status("zoe", "POST", "/globex/chats/news/messages")).isEqualTo(200);
        assertThat(status("zoe", "POST", "/acme/chats/news/messages")).isEqualTo(404);
    }

    @Test
    void no_endpoint_was_forgotten() {
        RbacEndpoints.assertAllProtected(context);
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
