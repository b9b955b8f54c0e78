package io.rbac.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rbac.engine.Commit;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.PolicyStoreException;
import io.rbac.engine.StoredPolicy;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One of many processes on one PostgreSQL. It takes commands from its standard input: {@code work ACCOUNT}, to commit to an
 * account and ask for it until {@code quiet}, and {@code tell ACCOUNT}, to say what it answers from. On its standard output it
 * says {@code did VERSION TEAM} for each commit that has returned, {@code quiet}, {@code at VERSION DIGEST}, and {@code mixed}
 * if what it is answered is of two revisions.
 */
final class NodeProcess {

    /** In each revision bob leads one of these. */
    private static final List<Target> SEATS = List.of(Target.team("s1"), Target.team("s2"));

    private static final Duration SKEW = Duration.ofHours(25);

    private final String name;
    private final PermissionEngine engine;
    private volatile String account = "";
    private final AtomicBoolean isAskedForQuiet = new AtomicBoolean();
    private int commits;

    private NodeProcess(String name, PermissionEngine engine) {
        this.name = name;
        this.engine = engine;
    }

    /** The arguments are the name of the node, the address of the database, and whether it is told of changes of others. */
    public static void main(String[] arguments) throws IOException {
        String name = arguments[0];
        JdbcPolicyStore store = store(new Named(arguments[1]));
        boolean isHinted = Boolean.parseBoolean(arguments[2]);
        InstantSource clock = InstantSource.offset(InstantSource.system(), isHinted ? SKEW : SKEW.negated());
        PermissionEngine engine = PermissionEngine.builder()
                .catalog(StoredAcme.CATALOG)
                .store(isHinted ? store : new Silent(store))
                .refreshEvery(Duration.ofMillis(isHinted ? 1_000 : 250))
                .clock(clock)
                .build();
        new NodeProcess(name, engine).run();
    }

    /** Returns the store once the server is there: it may be away while this process starts. */
    private static JdbcPolicyStore store(Named source) {
        while (true) {
            try {
                return JdbcPolicyStore.builder(source)
                        .timeout(Duration.ofSeconds(2))
                        .build();
            } catch (PolicyStoreException e) {
                pause(20);
            }
        }
    }

    private void run() throws IOException {
        Thread worker = new Thread(this::work, "worker");
        Thread reader = new Thread(this::read, "reader");
        List.of(worker, reader).forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "work" -> account = words[1];
                    case "quiet" -> {
                        account = "";
                        isAskedForQuiet.set(true);
                    }
                    case "tell" -> tell(words[1]);
                    default -> throw new IllegalArgumentException(line);
                }
            }
        }
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }

    private void tell(String asked) {
        try {
            Policy policy = engine.policy(asked);
            say("at " + policy.version() + ' ' + policy.digest());
        } catch (PolicyStoreException e) {
            say("at nothing " + e.getMessage().replace('\n', ' '));
        }
    }

    private void work() {
        while (true) {
            String current = account;
            if (!current.isEmpty()) {
                commit(current);
            } else if (isAskedForQuiet.getAndSet(false)) {
                say("quiet");
            } else {
                pause(2);
            }
        }
    }

    /** Adds a team with a lead, and lets bob change seats: all of it is there, or nothing. */
    private void commit(String current) {
        String team = name + '-' + commits;
        commits++;
        try {
            PermissionMatrix matrix = engine.matrix(current);
            boolean isFirst = matrix.hasPermission("bob", "user:update", SEATS.get(0));
            Commit commit = engine.commit(PolicyEdit.of(current)
                    .changes(
                            Change.addTeam(team),
                            Change.assign(team, "lead", Target.team(team)),
                            Change.unassign("bob", "lead", SEATS.get(isFirst ? 0 : 1)),
                            Change.assign("bob", "lead", SEATS.get(isFirst ? 1 : 0)))
                    .expecting(matrix.policy().version()));
            say("did " + commit.version() + ' ' + team);
        } catch (RuntimeException e) {
            // It lost against another node, or the database is away.
            pause(5);
        }
    }

    private void read() {
        while (true) {
            String current = account;
            if (!current.isEmpty()) {
                try {
                    PermissionMatrix matrix = engine.matrix(current);
                    boolean first = matrix.hasPermission("bob", "user:update", SEATS.get(0));
                    boolean second = matrix.hasPermission("bob", "user:update", SEATS.get(1));
                    if (first == second) {
                        say("mixed " + matrix.policy().version());
                    }
                } catch (PolicyStoreException e) {
                    // Nothing is in memory, and the database is away.
                }
            }
            pause(1);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Connections to an address. */
    private static final class Named extends PlainSource {
        private final String url;

        Named(String url) {
            this.url = url;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return DriverManager.getConnection(url + "&connectTimeout=2");
        }
    }

    /** A store of which every report of a change is lost. */
    private static final class Silent implements PolicyStore {
        private final PolicyStore store;

        Silent(PolicyStore store) {
            this.store = store;
        }

        @Override
        public Optional<StoredPolicy> load(String account) {
            return store.load(account);
        }

        @Override
        public Map<String, Version> versions(Collection<String> accounts) {
            return store.versions(accounts);
        }

        @Override
        public List<String> accounts(String after, int limit) {
            return store.accounts(after, limit);
        }

        @Override
        public Optional<List<Commit>> history(String account, Version after, int limit) {
            return store.history(account, after, limit);
        }

        @Override
        public boolean create(Commit first, Policy policy) {
            return store.create(first, policy);
        }

        @Override
        public boolean commit(Commit commit, Policy result) {
            return store.commit(commit, result);
        }

        @Override
        public boolean remove(String account) {
            return store.remove(account);
        }
    }
}
