package com.example.twoprocesses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStoreException;
import io.rbac.model.Change;
import io.rbac.store.jdbc.JdbcPolicyStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;

/** One of the two processes. It takes a command from each line of its standard input, and answers with one line. */
final class Service {

    private final PermissionEngine engine;

    private Service(PermissionEngine engine) {
        this.engine = engine;
    }

    static void run(String url) throws IOException {
        try (HikariDataSource database = Wiki.database(url);
                JdbcPolicyStore store = Wiki.store(database).build();
                PermissionEngine engine = Wiki.engine(store);
                BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            Service service = new Service(engine);
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                System.out.println(service.answer(command));
            }
        }
    }

    private String answer(String command) {
        try {
            return switch (command) {
                case "may bob read the plan?" ->
                    engine.hasPermission(Wiki.ACCOUNT, "bob", Wiki.READ, Wiki.PLAN) ? "yes" : "no";
                case "take bob's role" -> commit(Change.unassign("bob", "reader", Wiki.DRAFTS));
                case "give bob his role" -> commit(Change.assign("bob", "reader", Wiki.DRAFTS));
                case "how old?" ->
                    engine.age(Wiki.ACCOUNT).map(Duration::toMillis).orElse(0L) + " ms";
                default -> "unknown command: " + command;
            };
        } catch (PolicyStoreException e) {
            return "refused: " + e.getMessage();
        }
    }

    private String commit(Change change) {
        return "version " + engine.commit(Wiki.ACCOUNT, change).version();
    }
}
