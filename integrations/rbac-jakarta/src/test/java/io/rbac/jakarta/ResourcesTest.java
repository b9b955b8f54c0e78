package io.rbac.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStoreException;
import io.rbac.model.Change;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Asks resources of Jersey over HTTP. */
class ResourcesTest {

    @Path("/chats/{chatId: [a-z0-9-]+}")
    public static class Chat {

        @DELETE
        @Path("messages/{id}")
        @RequiresPermission(value = "message:delete", at = "chat/{chatId}")
        public String delete(@PathParam("id") String id) {
            return "deleted " + id;
        }

        @GET
        @RequiresPermission(value = "message:read", at = "chat/{chatId}")
        public String read() {
            return "read";
        }

        @POST
        @Path("refused")
        @PublicEndpoint("for the test")
        public String refused() {
            ENGINE.commit("acme", Change.addChat("c-42"));
            return "never";
        }

        @GET
        @Path("failed")
        @PublicEndpoint("for the test")
        public String failed() {
            throw new PolicyStoreException("the disk is full", null);
        }
    }

    @Path("/open")
    public static class Open {

        @GET
        public String get() {
            return "open";
        }
    }

    public interface Declared {

        @GET
        @Path("{chatId}/{page}")
        @RequiresPermission(value = "message:read", at = "chat/{chatId}")
        String page(@PathParam("page") String page);

        @POST
        String open();
    }

    @Path("/declared")
    public static class Implementing implements Declared {

        @Override
        public String page(String page) {
            return "page " + page;
        }

        @Override
        public String open() {
            return "open";
        }
    }

    @Path("/wrong")
    public static class Wrong {

        @GET
        @Path("{chat}")
        @RequiresPermission(value = "message:read", at = "chat/{chatId}")
        public String noVariable() {
            return "";
        }
    }

    @Path("/misspelt")
    @RequiresPermission("mesage:read")
    public static class Misspelt {

        @GET
        public String get() {
            return "";
        }
    }

    private static final PermissionEngine ENGINE =
            PermissionEngine.builder().catalog(Chats.CATALOG).build();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpServer server;

    private static ResourceConfig application(Class<?>... resources) {
        return new ResourceConfig(resources)
                .register(JacksonFeature.withoutExceptionMappers())
                .register(RbacFeature.of(ENGINE, request -> Caller.of("acme", request.getHeaderString("User"))));
    }

    @BeforeAll
    static void start() {
        ENGINE.create(Chats.policy());
        server = JdkHttpServerFactory.createHttpServer(
                URI.create("http://localhost:0/"), application(Chat.class, Open.class, Implementing.class));
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        ENGINE.close();
    }

    private static HttpResponse<String> send(String user, String method, String path)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + server.getAddress().getPort() + path))
                .method(method, BodyPublishers.noBody());
        if (!user.isEmpty()) {
            request.header("User", user);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static String answer(String user, String method, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(user, method, path);
        return response.statusCode() + " " + response.body();
    }

    @Test
    void the_id_comes_from_the_path() throws Exception {
        assertThat(answer("ada", "DELETE", "/chats/c-42/messages/1")).isEqualTo("200 deleted 1");
        assertThat(answer("bob", "GET", "/chats/c-42")).isEqualTo("200 read");
        assertThat(answer("bob", "GET", "/chats/c-1")).startsWith("403 ");
    }

    @Test
    void a_denial_is_a_problem() throws Exception {
        HttpResponse<String> response = send("bob", "DELETE", "/chats/c-42/messages/1");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).isEqualTo("{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403}");
    }

    @Test
    void whoever_is_not_authenticated_is_asked_to_be() throws Exception {
        HttpResponse<String> response = send("", "GET", "/chats/c-42");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void a_refused_edit_is_answered_by_its_kind_with_its_violations() throws Exception {
        assertThat(answer("bob", "POST", "/chats/c-42/refused"))
                .startsWith("409 ")
                .contains("\"violations\":[{\"code\":\"DUPLICATE_ID\",\"path\":\"/changes/0");
    }

    @Test
    void a_failing_store_is_a_503_that_says_when_to_ask_again() throws Exception {
        HttpResponse<String> response = send("bob", "GET", "/chats/c-42/failed");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.body()).doesNotContain("disk");
    }

    @Test
    void a_resource_that_is_not_annotated_is_open_and_a_test_finds_it() throws Exception {
        assertThat(answer("", "GET", "/open")).isEqualTo("200 open");
        assertThatCode(() -> RbacFeature.assertAllProtected(Chat.class)).doesNotThrowAnyException();
        assertThatThrownBy(() -> RbacFeature.assertAllProtected(Chat.class, Open.class))
                .isInstanceOf(AssertionError.class)
                .hasMessage("endpoints that need no permission: expected @RequiresPermission or @PublicEndpoint\n  "
                        + Open.class.getName() + ".get()");
    }

    @Test
    void an_annotation_on_the_interface_of_a_resource_holds() throws Exception {
        assertThat(answer("bob", "GET", "/declared/c-42/1")).isEqualTo("200 page 1");
        assertThat(answer("bob", "GET", "/declared/c-1/1")).startsWith("403 ");
        assertThatThrownBy(() -> RbacFeature.assertAllProtected(Implementing.class))
                .isInstanceOf(AssertionError.class)
                .hasMessage("endpoints that need no permission: expected @RequiresPermission or @PublicEndpoint\n  "
                        + Implementing.class.getName() + ".open()");
    }

    @Test
    void a_wrong_annotation_stops_the_application() {
        assertThat(catchThrowable(() -> new ApplicationHandler(application(Wrong.class))))
                .hasStackTraceContaining(Wrong.class.getName() + ".noVariable(): nothing has a value for `{chatId}`:"
                        + " expected a variable of this name in the path");
        assertThat(catchThrowable(() -> new ApplicationHandler(application(Misspelt.class))))
                .hasStackTraceContaining(
                        Misspelt.class.getName() + ".get(): `mesage:read` is not a permission of the catalog; did you"
                                + " mean `message:read`?");
    }
}
