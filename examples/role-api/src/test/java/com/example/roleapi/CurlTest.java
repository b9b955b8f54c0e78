package com.example.roleapi;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The documented requests on the HTTP server of the JDK, over files. */
class CurlTest extends DocumentedRequests {

    @TempDir
    static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(0, demo -> DemoApi.store(data, demo));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    String url() {
        return server.url();
    }
}
