package com.example.jakartachats;

import com.sun.net.httpserver.HttpServer;
import io.rbac.engine.PermissionEngine;
import io.rbac.jakarta.AccountResolver;
import io.rbac.jakarta.RbacExtension;
import io.rbac.jakarta.RbacFeature;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.net.URI;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** The running product. */
public final class ChatApplication implements AutoCloseable {

    private static final String PORT = "8080";

    private final SeContainer beans;
    private final HttpServer server;

    private ChatApplication(SeContainer beans, HttpServer server) {
        this.beans = beans;
        this.server = server;
    }

    /**
     * Starts it: {@code curl -u ada:pw localhost:8080/acme/chats}.
     *
     * @param arguments the port, 8080 if there is none; 0 for any that is free
     */
    public static void main(String[] arguments) {
        ChatApplication running = start(Integer.parseInt(arguments.length == 0 ? PORT : arguments[0]));
        System.out.println("listening on " + running.url());
    }

    static ChatApplication start(int port) {
        SeContainer beans = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new RbacExtension())
                .addBeanClasses(Beans.class)
                .initialize();
        PermissionEngine engine = beans.select(PermissionEngine.class).get();
        new Accounts(engine).create();
        ResourceConfig resources = new ResourceConfig(Page.class)
                .register(new ChatResource(new Messages(), engine))
                .register(new Authentication())
                .register(JacksonFeature.withoutExceptionMappers())
                .register(new Mapper(engine.catalog()))
                .register(RbacFeature.of(engine, AccountResolver.pathParameter("account")));
        URI address = URI.create("http://localhost:" + port + "/");
        return new ChatApplication(beans, JdkHttpServerFactory.createHttpServer(address, resources));
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        beans.close();
    }
}
