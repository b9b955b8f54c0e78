package com.example.roleapi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.InMemoryPolicyStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send half a request and then nothing. */
@Tag("deep")
class SlowClientTest {

    private static final int SLOW_CLIENTS = 64;

    private static final String HALF_A_HEAD = "POST /api/v1/roles HTTP/1.1\r\nHost: x\r\nAuthor";

    private static final String HALF_A_BODY = head(PulseDemo.ADMIN_TOKEN) + "{\"data\"";

    private static RunningServer server;

    private final List<Socket> sockets = new ArrayList<>();

    private static String head(String token) {
        return String.join(
                "\r\n",
                "POST /api/v1/roles HTTP/1.1",
                "Host: x",
                "Authorization: Bearer " + token,
                "Content-Type: application/vnd.api+json",
                "Content-Length: 1000000",
                "",
                "");
    }

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(0, demo -> new InMemoryPolicyStore());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close_sockets() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        sockets.add(socket);
        socket.setSoTimeout(50_000);
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String statusLine(Socket socket) throws IOException {
        return String.valueOf(new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine());
    }

    @ParameterizedTest
    @ValueSource(strings = {HALF_A_HEAD, "POST"})
    void other_clients_are_served_while_heads_are_half_sent(String half) throws Exception {
        requireServedBeside(half);
    }

    @Test
    void other_clients_are_served_while_bodies_are_half_sent() throws Exception {
        requireServedBeside(HALF_A_BODY);
    }

    private void requireServedBeside(String half) throws Exception {
        for (int i = 0; i < SLOW_CLIENTS; i++) {
            send(half);
        }
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + new PulseDemo().roles()))
                                .header("Authorization", "Bearer " + PulseDemo.ADMIN_TOKEN)
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void a_request_that_never_ends_is_cut_off() throws Exception {
        for (Socket socket : List.of(send(HALF_A_HEAD), send(HALF_A_BODY))) {
            assertThat(isClosed(socket)).isTrue();
        }
    }

    /** Waits until the server closes a connection. */
    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true; // reset, as there was something left to read
        }
    }

    @Test
    void a_client_without_a_known_token_is_refused_before_its_body_is_read() throws Exception {
        assertThat(statusLine(send(head("guessed")))).startsWith("HTTP/1.1 401 ");
    }
}
