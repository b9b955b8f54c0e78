package com.example.roleapi;

import com.sun.net.httpserver.HttpServer;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.PolicyStoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The role APIs of all three products on one HTTP server, each with its own engine and store. It listens on the
 * loopback address only, because its tokens are public.
 */
final class RunningServer implements AutoCloseable {

    /** A client that sends or reads slowly occupies a thread until its time is up. */
    private static final int THREADS = 256;

    private static final int IDLE_SECONDS = 30;
    private static final int CLOSE_SECONDS = 1;

    /**
     * Limits of the server of the JDK, which reads them once, when the first server is created. The times, in seconds,
     * are for receiving a whole request and for sending a whole response.
     */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "30",
            "jdk.httpserver.maxConnections", "1024");

    private final HttpServer server;
    private final ExecutorService threads = threads();
    private final List<DemoApi> apis = new ArrayList<>();

    private RunningServer(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
    }

    private static ExecutorService threads() {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * Starts the server.
     *
     * @param port the port to listen on, 0 for any that is free
     * @param stores returns the store of a product, which is closed with the server
     * @throws IOException if the server cannot listen there
     * @throws PolicyStoreException if a store cannot be used
     */
    static RunningServer start(int port, Function<Demo, PolicyStore> stores) throws IOException {
        LIMITS.forEach(System.getProperties()::putIfAbsent);
        RunningServer running =
                new RunningServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        boolean isStarted = false;
        try {
            for (Demo demo : Demo.all()) {
                DemoApi api = DemoApi.open(demo, stores.apply(demo));
                running.apis.add(api);
                running.server.createContext(demo.dialect().basePath(), new RoleApiHandler(api));
            }
            running.server.start();
            isStarted = true;
            return running;
        } finally {
            if (!isStarted) {
                running.close();
            }
        }
    }

    /** Returns the URL of the server, without a slash at the end. */
    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ':' + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Stops listening, gives requests in progress a moment to finish, and closes the engines and stores. */
    @Override
    public void close() {
        server.stop(CLOSE_SECONDS);
        threads.shutdown();
        try {
            threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        apis.forEach(DemoApi::close);
    }
}
