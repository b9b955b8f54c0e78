package com.example.roleapi;

import com.sun.net.httpserver.HttpServer;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.PolicyStoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The role APIs of all three products on one HTTP server, each with an engine and a store of its own. It listens on the
 * loopback address alone: its tokens are known to everybody.
 */
final class RunningServer implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int PATIENCE_SECONDS = 1;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<DemoApi> apis = new ArrayList<>();

    private RunningServer(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
    }

    /**
     * Starts the server.
     *
     * @param port where it listens, 0 for any that is free
     * @param stores gives the store of a product, which is closed with the server
     * @throws IOException if it cannot listen there
     * @throws PolicyStoreException if a store cannot be used
     */
    static RunningServer start(int port, Function<Demo, PolicyStore> stores) throws IOException {
        RunningServer running =
                new RunningServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        boolean isReady = false;
        try {
            for (Demo demo : Demo.all()) {
                DemoApi api = DemoApi.open(demo, stores.apply(demo));
                running.apis.add(api);
                running.server.createContext(demo.dialect().basePath(), new RoleApiHandler(api.api()));
            }
            running.server.start();
            isReady = true;
            return running;
        } finally {
            if (!isReady) {
                running.close();
            }
        }
    }

    /** The address of the server, without a slash at the end. */
    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ':' + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Stops to listen, gives the requests that are under way a moment, and closes engines and stores. */
    @Override
    public void close() {
        server.stop(PATIENCE_SECONDS);
        threads.shutdown();
        try {
            threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        apis.forEach(DemoApi::close);
    }
}
