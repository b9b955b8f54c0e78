package com.example.roleapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.roleapi.Curl.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.PolicyStoreException;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Authentication, refused requests, and what outlives the server. */
class HttpTest {

    private static RunningServer server;

    @TempDir
    Path folder;

    private Requests requests;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(0, demo -> new InMemoryPolicyStore());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void prepare_curl() {
        requests = new Requests(Curl.in(folder), server.url());
    }

    // authentication

    @Test
    void a_request_without_a_known_token_is_401() throws Exception {
        Answer trillet = requests.send("GET", "/v1/api/roles-and-permissions/roles", "", "x-api-key: guessed")
                .with(401);
        assertThat(trillet.json().get("error").isTextual()).isTrue();
        Answer pulse = requests.send("GET", "/api/v1/roles", "").with(401);
        assertThat(pulse.mediaType()).isEqualTo("application/vnd.api+json");
        assertThat(pulse.json().at("/errors/0/status").textValue()).isEqualTo("401");
        Answer freya = requests.send("GET", new FreyaDemo().roles(), "", "Authorization: Basic ZGVtbzpkZW1v")
                .with(401);
        assertThat(freya.json().get("success").booleanValue()).isFalse();
        requests.send("GET", "/api/v1/roles", "", "Authorization: Bearer " + FreyaDemo.OWNER_TOKEN)
                .with(401);
    }

    @Test
    void a_response_of_401_names_the_authentication_scheme() throws Exception {
        assertThat(requests.send("HEAD", "/api/v1/roles", "").with(401).body())
                .containsIgnoringCase("WWW-Authenticate: Bearer");
    }

    @Test
    void a_member_reads_roles_and_creates_none() throws Exception {
        String member = "Authorization: Bearer " + PulseDemo.MEMBER_TOKEN;
        String type = "Content-Type: application/vnd.api+json";
        requests.send("GET", "/api/v1/roles", "", member, type).with(200);
        requests.send("POST", "/api/v1/roles", Printed.PULSE_CREATE, member, type)
                .with(403);
        requests.send(
                        "POST",
                        new FreyaDemo().roles(),
                        "{\"name\":\"Mine\"}",
                        "Authorization: bearer " + FreyaDemo.MEMBER_TOKEN,
                        "Content-Type: application/json")
                .with(403);
    }

    // refused requests

    @Test
    void something_that_does_not_exist_is_404() throws Exception {
        assertThat(requests.pulse("GET", "/roles/7f0d0f1a-6852-4634-89c0-9418fb8dc71b", "")
                        .with(404)
                        .json()
                        .at("/errors/0/code")
                        .textValue())
                .isEqualTo("role_not_found");
        requests.pulse("GET", "/rolls", "").with(404);
        requests.trillet("GET", "", "").with(404);
        requests.freya("GET", "/roles/role_unknown", "").with(404);
        requests.send(
                        "GET",
                        "/api/v2/workspaces/4d01d4dd-1e55-4c61-9999-9ee36847163b/roles",
                        "",
                        "Authorization: Bearer " + FreyaDemo.OWNER_TOKEN)
                .with(404);
        requests.send("GET", "/elsewhere", "").with(404);
    }

    @Test
    void another_media_type_is_415() throws Exception {
        requests.send(
                        "POST",
                        "/api/v1/roles",
                        Printed.PULSE_CREATE,
                        "Authorization: Bearer " + PulseDemo.ADMIN_TOKEN,
                        "Content-Type: application/json")
                .with(415);
        requests.send(
                        "POST",
                        new FreyaDemo().roles(),
                        "{\"name\":\"Mine\"}",
                        "Authorization: Bearer " + FreyaDemo.OWNER_TOKEN,
                        "Content-Type: text/plain")
                .with(415);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30_000, 3_000_000, 20_000_000})
    void a_body_that_is_too_large_is_413_however_large_it_is(int more) throws Exception {
        Path body = Files.writeString(folder.resolve("body.json"), " ".repeat(DemoApi.MAX_BYTES + more));
        assertThat(requests.freya("POST", "/roles", "@" + body)
                        .with(413)
                        .json()
                        .at("/details/0/code")
                        .textValue())
                .isEqualTo("LIMIT_EXCEEDED");
    }

    @Test
    void the_largest_body_is_read() throws Exception {
        String role = "{\"name\":\"Large\"}";
        Path body =
                Files.writeString(folder.resolve("body.json"), role + " ".repeat(DemoApi.MAX_BYTES - role.length()));
        requests.freya("POST", "/roles", "@" + body).with(201);
    }

    @Test
    void head_is_get_without_the_body() throws Exception {
        String head = requests.pulse("HEAD", "/roles", "").with(200).body();
        int length = requests.pulse("GET", "/roles", "").with(200).body().length();
        assertThat(head)
                .containsIgnoringCase("Content-Type: application/vnd.api+json")
                .containsIgnoringCase("Content-Length: " + length)
                .doesNotContain("{");
    }

    @Test
    void another_method_is_405_and_names_those_of_the_path() throws Exception {
        for (String method : List.of("OPTIONS", "PATCH", "TRACE")) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/roles"))
                                    .header("Authorization", "Bearer " + PulseDemo.ADMIN_TOKEN)
                                    .method(method, BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).as(method).contains("GET, POST");
        }
    }

    // persistence

    @Test
    void roles_outlive_the_server() throws Exception {
        Path data = folder.resolve("some/where");
        String trillet;
        String pulse;
        String freya;
        List<JsonNode> before;
        try (RunningServer first = RunningServer.start(0, files(data))) {
            Requests to = new Requests(Curl.in(folder), first.url());
            trillet = to.trillet("POST", "/roles", Printed.TRILLET_UPDATE)
                    .with(201)
                    .json()
                    .get("_id")
                    .textValue();
            pulse = to.pulse("POST", "/roles", Printed.PULSE_CREATE)
                    .with(201)
                    .json()
                    .at("/data/0/id")
                    .textValue();
            freya = to.freyaAsPrinted()
                    .with(201)
                    .json()
                    .at("/data/result/role/id")
                    .textValue();
            before = all(to, trillet, pulse, freya);
        }
        assertThat(data).isDirectoryContaining("glob:**/trillet.db").isDirectoryContaining("glob:**/pulse.db");
        try (RunningServer second = RunningServer.start(0, files(data))) {
            assertThat(all(new Requests(Curl.in(folder), second.url()), trillet, pulse, freya))
                    .isEqualTo(before);
        }
    }

    private static Function<Demo, PolicyStore> files(Path data) {
        return demo -> DemoApi.store(data, demo);
    }

    private static List<JsonNode> all(Requests to, String trillet, String pulse, String freya) throws Exception {
        return List.of(
                to.trillet("GET", "/roles/" + trillet, "").with(200).json(),
                to.trillet("GET", "/roles", "").with(200).json(),
                to.pulse("GET", "/roles/" + pulse, "").with(200).json(),
                to.pulse("GET", "/roles", "").with(200).json(),
                to.freya("GET", "/roles/" + freya, "").with(200).json(),
                to.freya("GET", "/roles", "").with(200).json());
    }

    @Test
    void two_concurrent_clients_lose_nothing() throws Exception {
        int rounds = 16;
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try (RunningServer hammered = RunningServer.start(0, files(folder.resolve("data")))) {
            URI roles = URI.create(hammered.url() + new FreyaDemo().roles());
            List<Callable<Void>> tasks = List.of(
                    () -> createUpdateAndDelete(roles, "left", rounds),
                    () -> createUpdateAndDelete(roles, "right", rounds));
            for (Future<Void> done : clients.invokeAll(tasks)) {
                done.get();
            }
            List<String> names = new ArrayList<>();
            JsonNode listed = Curl.tree(send(HttpClient.newHttpClient(), "GET", roles, "", 200));
            listed.at("/data/result/roles")
                    .forEach(role -> names.add(role.get("name").textValue()));
            List<String> expected = new ArrayList<>(List.of("Owner", "Member"));
            for (int i = 1; i < rounds; i += 2) {
                expected.add("left " + i + " updated");
                expected.add("right " + i + " updated");
            }
            assertThat(names).containsExactlyInAnyOrderElementsOf(expected);
        } finally {
            clients.shutdownNow();
        }
    }

    /** Creates and updates roles, and deletes every other one. */
    private static Void createUpdateAndDelete(URI roles, String name, int rounds) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < rounds; i++) {
            String created = send(client, "POST", roles, "{\"name\":\"" + name + ' ' + i + "\"}", 201);
            URI role = URI.create(
                    roles + "/" + Curl.tree(created).at("/data/result/role/id").textValue());
            send(client, "PUT", role, "{\"name\":\"" + name + ' ' + i + " updated\"}", 200);
            if (i % 2 == 0) {
                send(client, "DELETE", role, "", 200);
                send(client, "GET", role, "", 404);
            }
        }
        return null;
    }

    private static String send(HttpClient client, String method, URI uri, String body, int status) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + FreyaDemo.OWNER_TOKEN)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    @Test
    void a_server_that_cannot_start_leaves_nothing_behind() throws Exception {
        Path data = folder.resolve("data");
        assertThatThrownBy(() -> RunningServer.start(server.port(), files(data)))
                .isInstanceOf(BindException.class);
        assertThat(data).doesNotExist();
        Path taken = Files.createDirectories(data.resolve("freya.db"));
        assertThatThrownBy(() -> RunningServer.start(0, files(data))).isInstanceOf(PolicyStoreException.class);
        Files.delete(taken);
        RunningServer.start(0, files(data)).close();
    }

    @Test
    void the_catalogs_of_the_demos_are_complete() {
        assertThat(Demo.all())
                .extracting(demo -> demo.firstPolicy(Instant.EPOCH).catalog().size())
                .containsExactly(6, 20, 101);
    }
}
