package io.rbac.store.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A PostgreSQL server of one test's own, which may be made to stop, to pause and to crash. */
final class RestartedServer implements AutoCloseable {
    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    RestartedServer(Path folder) throws IOException {
        this.data = folder.resolve("data");
        try (ServerSocket socket = new ServerSocket(0)) {
            this.port = socket.getLocalPort();
        }
        start();
    }

    private void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("max_connections", "100")
                // A server that would lose what it has acknowledged, if the store did not forbid it.
                .setServerConfig("synchronous_commit", "off")
                .start();
    }

    DataSource source() {
        return server.getPostgresDatabase(Map.of("loginTimeout", "1"));
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    /** Ends all other connections. */
    void terminateBackends() throws SQLException {
        try (Connection connection = source().getConnection()) {
            Database.execute(
                    connection,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
        }
    }

    /** Lets nothing of the server run for a while. */
    void pause(Duration time) throws IOException, InterruptedException {
        List<String> pids = new ArrayList<>();
        pids.add(Long.toString(postmaster()));
        ProcessHandle.of(postmaster())
                .orElseThrow()
                .descendants()
                .forEach(child -> pids.add(Long.toString(child.pid())));
        signal("-STOP", pids);
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        signal("-CONT", pids);
    }

    void restart() throws IOException {
        server.close();
        start();
    }

    /** Ends it without a chance to write anything, and starts it again. */
    void crash() throws IOException, InterruptedException {
        ProcessHandle postmaster = ProcessHandle.of(postmaster()).orElseThrow();
        signal("-QUIT", List.of(Long.toString(postmaster.pid())));
        postmaster.onExit().join();
        restart();
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
    }

    private static void signal(String signal, List<String> pids) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        command.addAll(pids);
        // Some of them may have ended by now.
        new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
