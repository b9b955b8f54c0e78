package com.example.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.roleapi.Curl.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.engine.InMemoryPolicyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The documented requests on an embedded servlet container. */
class ServletTest extends DocumentedRequests {

    private static final Pattern ID =
            Pattern.compile("(?:role_)?[0-9a-f]{24}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern INSTANT = Pattern.compile("[0-9-]{10}T[0-9:.]{12}Z");

    private static ServletServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ServletServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    String url() {
        return server.url();
    }

    @Test
    void a_servlet_answers_like_the_server_of_the_jdk() throws Exception {
        Curl curl = Curl.in(folder);
        List<JsonNode> ofServlet;
        try (ServletServer fresh = ServletServer.start()) {
            ofServlet = conversation(new Requests(curl, fresh.url()));
        }
        List<JsonNode> ofJdk;
        try (RunningServer fresh = RunningServer.start(0, demo -> new InMemoryPolicyStore())) {
            ofJdk = conversation(new Requests(curl, fresh.url()));
        }
        assertThat(ofServlet).isEqualTo(ofJdk);
        assertThat(ofJdk.stream().map(answer -> answer.get("status").intValue()))
                .contains(200, 201, 400, 401, 404, 405, 413, 415, 422);
    }

    /** Returns the responses to a series of requests, with ids numbered in the order of their appearance. */
    private List<JsonNode> conversation(Requests requests) throws IOException, InterruptedException {
        List<Answer> answers = new ArrayList<>();

        Answer created = requests.trillet("POST", "/roles", "{\"name\":\"Manager\",\"permissions\":[]}");
        String trilletRole = "/roles/" + created.json().get("_id").textValue();
        answers.add(created);
        answers.add(requests.trillet("PUT", trilletRole, Printed.TRILLET_UPDATE));
        answers.add(requests.trillet("GET", trilletRole, ""));
        answers.add(requests.trillet("GET", "/roles", ""));
        answers.add(requests.trillet("GET", "/permissions", ""));
        answers.add(requests.trillet("DELETE", trilletRole, ""));
        answers.add(requests.trillet("GET", trilletRole, ""));
        answers.add(requests.trillet("POST", "/roles", "{\"name\":\"Manager\"}"));
        answers.add(requests.trillet("POST", "/roles", "{"));
        answers.add(requests.send("GET", "/v1/api/roles-and-permissions/roles", ""));

        created = requests.pulse("POST", "/roles", Printed.PULSE_CREATE);
        String pulseRole = "/roles/" + created.json().at("/data/0/id").textValue();
        answers.add(created);
        answers.add(requests.pulse("PUT", pulseRole, Printed.PULSE_UPDATE));
        answers.add(requests.pulse("GET", pulseRole, ""));
        answers.add(requests.pulse("GET", "/roles", ""));
        answers.add(requests.pulse("GET", "/roles?filter[name]=pre:Updated&sort=-name&page%5Bsize%5D=1", ""));
        answers.add(requests.pulse("DELETE", pulseRole, ""));
        answers.add(requests.pulse("POST", pulseRole + "/restore", ""));
        answers.add(requests.pulse("POST", "/roles", "{\"data\":{\"type\":\"role\",\"attributes\":{\"nam\":\"é\"}}}"));
        answers.add(requests.pulse("PATCH", "/roles", Printed.PULSE_CREATE));
        answers.add(requests.pulse("OPTIONS", "/roles", ""));
        answers.add(requests.send(
                "POST",
                "/api/v1/roles",
                Printed.PULSE_CREATE,
                "Authorization: Bearer " + PulseDemo.ADMIN_TOKEN,
                "Content-Type: application/json"));
        answers.add(requests.pulse("GET", "/roles/a%20b", ""));

        created = requests.freyaAsPrinted();
        String freyaRole = "/roles/" + created.json().at("/data/result/role/id").textValue();
        answers.add(created);
        answers.add(requests.freya("PATCH", freyaRole, "{\"description\":null,\"permissions\":[\"calls:cdr-read\"]}"));
        answers.add(requests.freya("GET", "/roles", ""));
        answers.add(requests.freya("DELETE", freyaRole, ""));
        answers.add(requests.freya("GET", "/nothing", ""));
        answers.add(requests.freya("POST", "/roles", "@" + large()));

        List<JsonNode> trees = new ArrayList<>();
        Map<String, String> ids = new HashMap<>();
        for (Answer answer : answers) {
            String body = ID.matcher(answer.body())
                    .replaceAll(id -> ids.computeIfAbsent(id.group(), seen -> "id-" + ids.size()));
            ObjectNode tree = JsonNodeFactory.instance.objectNode();
            tree.put("status", answer.status()).put("mediaType", answer.mediaType());
            trees.add(tree.set("body", Curl.tree(INSTANT.matcher(body).replaceAll("2024-06-01T09:00:00.000Z"))));
        }
        return trees;
    }

    private String large() throws IOException {
        return Files.writeString(folder.resolve("large.json"), " ".repeat(DemoApi.MAX_BYTES + 1))
                .toString();
    }
}
