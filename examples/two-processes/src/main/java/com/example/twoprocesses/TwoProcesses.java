package com.example.twoprocesses;

import com.zaxxer.hikari.HikariDataSource;
import io.rbac.engine.PermissionEngine;
import io.rbac.store.jdbc.JdbcPolicyStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Starts a PostgreSQL server and two processes that answer from it, changes a right in one, and asks the other. */
public final class TwoProcesses {

    /** The first argument of a process that is one of the two. */
    static final String SERVICE = "service";

    private static final String QUESTION = "may bob read the plan?";
    private static final int ROUNDS = 20;

    private final EmbeddedPostgres server;
    private final PrintStream out;
    private final String url;

    private TwoProcesses(EmbeddedPostgres server, PrintStream out) {
        this.server = server;
        this.out = out;
        this.url = server.getJdbcUrl("postgres", "postgres");
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals(SERVICE)) {
            Service.run(arguments[1]);
        } else if (arguments.length == 0) {
            run(System.out);
        } else {
            System.err.println("expected no arguments");
            System.exit(2);
        }
    }

    static void run(PrintStream out) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            new TwoProcesses(server, out).run();
        }
    }

    private void run() throws Exception {
        out.println("PostgreSQL listens on port " + server.getPort());
        List<String> titles;
        try (HikariDataSource database = Wiki.database(url)) {
            createAccount(database);
            titles = readable(database);
        }
        try (ServiceProcess one = new ServiceProcess(url);
                ServiceProcess two = new ServiceProcess(url)) {
            out.println(
                    "May bob read the plan? Process one: " + one.ask(QUESTION) + ". Process two: " + two.ask(QUESTION));
            out.println("What bob may read, by title, from the database: " + titles);
            revokeAndGrant(one, two);
            withoutDatabase(two);
        }
    }

    private static void createAccount(DataSource database) throws SQLException {
        try (JdbcPolicyStore store = Wiki.store(database).createSchema().build();
                PermissionEngine engine = Wiki.engine(store)) {
            engine.create(Wiki.policy());
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE pages (id TEXT COLLATE \"C\" PRIMARY KEY, title TEXT NOT NULL)");
            statement.execute("INSERT INTO pages VALUES ('plan', 'Plan for spring'), ('notes', 'Notes'),"
                    + " ('minutes', 'Minutes of the board')");
        }
    }

    /** One statement joins the pages of the product with those at which bob has the permission. */
    private static List<String> readable(DataSource database) throws SQLException {
        String sql = "SELECT p.title FROM pages p JOIN (" + JdbcPolicyStore.grantedTargets(Wiki.READ) + ") g"
                + " ON g.scope = 'page' AND g.target_id = p.id ORDER BY p.title LIMIT 20";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, Wiki.READ.key());
            statement.setString(2, "bob");
            statement.setString(3, Wiki.ACCOUNT);
            List<String> titles = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    titles.add(rows.getString(1));
                }
            }
            return titles;
        }
    }

    private void revokeAndGrant(ServiceProcess one, ServiceProcess two) throws IOException {
        long[] micros = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            boolean revokes = i % 2 == 0;
            one.ask(revokes ? "take bob's role" : "give bob his role");
            long committed = System.nanoTime();
            while (!two.ask(QUESTION).equals(revokes ? "no" : "yes")) {
                Thread.onSpinWait();
            }
            micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - committed);
        }
        Arrays.sort(micros);
        out.println("Process one took and gave bob's role " + ROUNDS + " times. Process two answered rightly after "
                + micros[ROUNDS / 2] + " microseconds in the median, " + micros[ROUNDS - 1] + " at the most.");
    }

    private void withoutDatabase(ServiceProcess two) throws IOException, InterruptedException {
        server.close();
        out.println("The database is stopped. Process two still answers " + two.ask(QUESTION)
                + ", from what was confirmed " + two.ask("how old?") + " ago.");
        TimeUnit.NANOSECONDS.sleep(Wiki.MAX_STALENESS.toNanos());
        out.println("After " + Wiki.MAX_STALENESS.toSeconds() + " seconds: " + two.ask(QUESTION));
    }
}
