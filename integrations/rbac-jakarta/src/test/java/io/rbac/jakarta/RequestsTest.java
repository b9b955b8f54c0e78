package io.rbac.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.rbac.engine.PermissionEngine;
import io.rbac.jakarta.ProblemOptions.Details;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Target;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asks an application with beans and resources over HTTP. */
class RequestsTest {

    @ApplicationScoped
    static class Application {

        @Produces
        @Singleton
        PermissionCatalog catalog() {
            return Chats.CATALOG;
        }

        @Produces
        @Singleton
        AccountResolver accounts() {
            return AccountResolver.pathParameter("account");
        }
    }

    @ApplicationScoped
    static class OwnCaller {

        @Produces
        @Dependent
        Caller caller() {
            return Caller.of("acme", "ada");
        }
    }

    @ApplicationScoped
    static class Telling {

        @Produces
        @Singleton
        ProblemOptions options() {
            return new ProblemOptions(Details.REASON, Set.of());
        }
    }

    @ApplicationScoped
    static class Messages {

        @RequiresPermission(value = "message:create", at = "chat/{chat}")
        String write(String chat) {
            return "written in " + chat;
        }
    }

    @Path("{account}/chats/{chat}")
    public static class Chat {

        private final WeldContainer beans;

        Chat(WeldContainer beans) {
            this.beans = beans;
        }

        @POST
        public String write(@PathParam("chat") String chat) {
            return beans.select(Messages.class).get().write(chat);
        }

        @DELETE
        @RequiresPermission(value = "message:delete", at = "chat/{chat}")
        public String delete() {
            return "deleted";
        }

        @GET
        @Path("failed")
        public String failed() {
            throw new UnsupportedOperationException("for the test");
        }

        /** Takes from Bob what he was allowed to come here with. */
        @POST
        @Path("leave")
        @RequiresPermission(value = "message:create", at = "chat/{chat}")
        public String leave(@PathParam("chat") String chat, @Context ContainerRequestContext request) {
            Target target = Target.chat(chat);
            beans.select(PermissionEngine.class).get().commit("acme", Change.unassign("bob", "writer", target));
            boolean may =
                    beans.select(RbacFeature.class).get().permissions(request).has("message:create", target);
            return may + " and " + write(chat);
        }

        @GET
        @Path("readers/{user}")
        public void about(@PathParam("chat") String chat, @PathParam("user") String user) {
            beans.select(PermissionEngine.class).get().require("acme", user, "message:delete", Target.chat(chat));
        }

        @POST
        @Path("rights")
        public String rights(@Context ContainerRequestContext request) {
            return beans.select(RbacFeature.class).get().permissions(request).id();
        }
    }

    private record User(String name) implements SecurityContext {

        @Override
        public Principal getUserPrincipal() {
            return () -> name;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return BASIC_AUTH;
        }
    }

    private static final class Authentication implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            String user = request.getHeaderString("User");
            if (user != null) {
                request.setSecurityContext(new User(user));
            }
        }
    }

    /** What a server does that has both. */
    @PreMatching
    private static final class RequestScope implements ContainerRequestFilter, ContainerResponseFilter {

        private final RequestContextController scope;

        RequestScope(RequestContextController scope) {
            this.scope = scope;
        }

        @Override
        public void filter(ContainerRequestContext request) {
            scope.activate();
        }

        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            scope.deactivate();
        }
    }

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private @Nullable WeldContainer container;
    private @Nullable HttpServer server;

    private WeldContainer start(boolean hasRequestScope, Class<?>... more) {
        WeldContainer beans = new Weld()
                .disableDiscovery()
                .addExtension(new RbacExtension())
                .addBeanClasses(Application.class, Messages.class)
                .addBeanClasses(more)
                .initialize();
        container = beans;
        beans.select(PermissionEngine.class).get().create(Chats.policy());
        ResourceConfig resources = new ResourceConfig()
                .register(new Chat(beans))
                .register(new Authentication(), 1)
                .register(JacksonFeature.withoutExceptionMappers())
                .register(beans.select(RbacFeature.class).get());
        if (hasRequestScope) {
            resources.register(new RequestScope(
                    beans.select(RequestContextController.class).get()));
        }
        HttpServer created = JdkHttpServerFactory.createHttpServer(URI.create("http://localhost:0/"), resources, false);
        created.setExecutor(thread);
        created.start();
        server = created;
        return beans;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
        if (container != null) {
            container.close();
        }
        thread.shutdownNow();
    }

    private String answer(String user, String method, String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:"
                        + Objects.requireNonNull(server).getAddress().getPort() + path))
                .method(method, BodyPublishers.noBody());
        if (!user.isEmpty()) {
            request.header("User", user);
        }
        HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    @Test
    void without_a_caller_of_the_application_s_the_user_of_the_security_context_calls() throws Exception {
        start(false);
        assertThat(answer("bob", "POST", "/acme/chats/c-42")).isEqualTo("200 written in c-42");
        assertThat(answer("ada", "POST", "/acme/chats/c-42")).startsWith("403 ");
        assertThat(answer("ada", "DELETE", "/acme/chats/c-42")).isEqualTo("200 deleted");
        assertThat(answer("bob", "POST", "/globex/chats/c-42")).startsWith("403 ");
        assertThat(answer("", "POST", "/acme/chats/c-42")).startsWith("401 ");
    }

    @Test
    void nobody_calls_outside_of_a_request_even_on_a_thread_that_answered_one() throws Exception {
        Caller caller = start(false).select(Caller.class).get();
        assertThat(caller.user()).isEmpty();
        assertThat(caller.account()).isEmpty();
        answer("bob", "GET", "/acme/chats/c-42/failed");
        assertThat(answer("bob", "POST", "/acme/chats/c-42")).startsWith("200 ");
        assertThat(thread.submit(caller::user).get()).isEqualTo(Optional.empty());
        assertThat(thread.submit(caller::account).get()).isEqualTo(Optional.empty());
    }

    @Test
    void a_caller_of_the_application_s_takes_its_place() throws Exception {
        start(false, OwnCaller.class);
        assertThat(answer("bob", "POST", "/acme/chats/c-42")).startsWith("403 ");
        assertThat(answer("bob", "DELETE", "/globex/chats/c-42")).isEqualTo("200 deleted");
    }

    @Test
    void all_questions_of_a_request_are_answered_from_one_revision() throws Exception {
        start(true);
        assertThat(answer("bob", "POST", "/acme/chats/c-42/leave")).isEqualTo("200 true and written in c-42");
        assertThat(answer("bob", "POST", "/acme/chats/c-42")).startsWith("403 ");
        assertThat(answer("bob", "POST", "/acme/chats/7")).startsWith("200 ");
    }

    @Test
    void beans_ask_the_newest_where_there_is_no_request_scope() throws Exception {
        start(false);
        assertThat(answer("bob", "POST", "/acme/chats/c-42/leave")).startsWith("403 ");
    }

    @Test
    void what_the_caller_may_do_is_known_only_of_a_caller_in_an_account() throws Exception {
        start(false);
        assertThat(answer("bob", "POST", "/acme/chats/7/rights")).isEqualTo("200 bob");
        assertThat(answer("", "POST", "/acme/chats/7/rights")).startsWith("401 ");
        assertThat(answer("bob", "POST", "/globex/chats/7/rights")).startsWith("404 ");
    }

    @Test
    void options_that_are_a_bean_say_what_a_client_learns() throws Exception {
        start(false, Telling.class);
        assertThat(answer("ada", "POST", "/acme/chats/c-42"))
                .isEqualTo("403 {\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,"
                        + "\"permissions\":[\"message:create\"],\"target\":\"chat/c-42\","
                        + "\"lacking\":\"message:create\",\"reason\":\"NOT_IN_RIGHTS\","
                        + "\"detail\":\"no role that the user holds there has `message:create`\"}");
    }

    @Test
    void a_denial_is_explained_only_to_the_user_whom_it_is_about() throws Exception {
        start(false, Telling.class);
        assertThat(answer("bob", "GET", "/acme/chats/c-42/readers/bob"))
                .startsWith("403 ")
                .contains("\"target\":\"chat/c-42\"", "\"reason\":\"NOT_IN_RIGHTS\"");
        for (String other : List.of("ada", "", "eve")) {
            assertThat(answer(other, "GET", "/acme/chats/c-42/readers/bob"))
                    .startsWith("403 ")
                    .endsWith(",\"permissions\":[\"message:delete\"],\"target\":\"chat/c-42\"}");
        }
        assertThat(answer("bob", "GET", "/globex/chats/c-42/readers/bob")).doesNotContain("reason");
        assertThat(answer("bob", "DELETE", "/globex/chats/c-42"))
                .startsWith("403 ")
                .doesNotContain("reason");
    }

    @Test
    void a_reason_names_no_role_and_no_other_place() throws Exception {
        start(false, Telling.class);
        assertThat(answer("eve", "DELETE", "/acme/chats/c-42"))
                .contains("\"reason\":\"UNKNOWN_USER\",\"detail\":\"the user is unknown in the account\"}");
        assertThat(answer("bob", "DELETE", "/acme/chats/nowhere"))
                .contains("\"reason\":\"UNKNOWN_TARGET\",\"detail\":\"the target is unknown\"}");
    }

    @ApplicationScoped
    static class Secret {

        @Produces
        @Singleton
        ProblemOptions options() {
            return new ProblemOptions(Details.PERMISSION, Set.of("chat"));
        }
    }

    @Test
    void a_secret_chat_does_not_exist_for_whoever_has_no_permission_there() throws Exception {
        start(false, Secret.class);
        String notFound = "404 {\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404}";
        assertThat(answer("eve", "DELETE", "/acme/chats/c-42")).isEqualTo(notFound);
        assertThat(answer("eve", "DELETE", "/acme/chats/nowhere")).isEqualTo(notFound);
        assertThat(answer("eve", "POST", "/acme/chats/c-42")).isEqualTo(notFound);
        assertThat(answer("bob", "DELETE", "/globex/chats/c-42")).isEqualTo(notFound);
        assertThat(answer("bob", "DELETE", "/acme/chats/c-42"))
                .startsWith("403 ")
                .endsWith(",\"permissions\":[\"message:delete\"],\"target\":\"chat/c-42\"}");
    }

    @Test
    void options_cannot_keep_a_scope_secret_that_the_catalog_lacks() {
        try (PermissionEngine engine =
                PermissionEngine.builder().catalog(Chats.CATALOG).build()) {
            RbacFeature feature = RbacFeature.of(engine, "acme");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> feature.with(new ProblemOptions(Details.NONE, Set.of("chatt"))))
                    .withMessageStartingWith("`chatt` is not a scope of the catalog: expected some of ");
        }
    }

    /** Has the classes of this package once more, and none of some packages. */
    private static final class Without extends ClassLoader {

        private final List<String> missing;

        Without(String... missing) {
            super(RequestsTest.class.getClassLoader());
            this.missing = List.of(missing);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (missing.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null || !name.startsWith("io.rbac.jakarta.")
                        ? super.loadClass(name, resolve)
                        : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (var file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = file.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        Weld weld(Class<?>... beans) throws ReflectiveOperationException {
            Weld weld = new Weld().setClassLoader(this).disableDiscovery().addExtension((Extension)
                    loadClass(RbacExtension.class.getName()).getConstructor().newInstance());
            for (Class<?> bean : beans) {
                weld.addBeanClass(loadClass(bean.getName()));
            }
            return weld;
        }
    }

    @Test
    void without_jax_rs_a_container_starts_as_before() throws Exception {
        Without classes = new Without("jakarta.ws.rs.");
        container = classes.weld(Plain.class, OwnCaller.class, Messages.class).initialize();
        assertThat(container.select(PermissionEngine.class).get().catalog().permission("message:read"))
                .hasToString("message:read");
    }

    @Test
    void without_jax_rs_only_a_caller_is_missing() throws Exception {
        Weld weld = new Without("jakarta.ws.rs.").weld(Plain.class, Messages.class);
        assertThat(catchThrowable(weld::initialize))
                .hasStackTraceContaining("there is no bean of the type io.rbac.jakarta.Caller: expected who calls\n");
    }

    @Test
    void without_cdi_the_feature_is_made_and_can_be_looked_into() throws Exception {
        Class<?> feature = new Without("jakarta.enterprise.", "jakarta.interceptor.", "org.jboss.")
                .loadClass(RbacFeature.class.getName());
        assertThat(feature.getDeclaredMethods()).isNotEmpty();
        assertThat(feature.getDeclaredFields()).isNotEmpty();
        try (PermissionEngine engine =
                PermissionEngine.builder().catalog(Chats.CATALOG).build()) {
            assertThat(feature.getMethod("of", PermissionEngine.class, String.class)
                            .invoke(null, engine, "acme"))
                    .isInstanceOf(feature);
        }
    }

    @ApplicationScoped
    static class Plain {

        @Produces
        @Singleton
        PermissionCatalog catalog() {
            return Chats.CATALOG;
        }
    }
}
