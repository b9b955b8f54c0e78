package com.example.roleapi;

import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.PolicyStoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Serves the three role APIs on one HTTP server until it is terminated. */
@Command(
        name = "role-api-example",
        sortOptions = false,
        description = "Serves the role APIs of Trillet, Papershift Pulse and Freya Voice on this machine.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:the server could not start", "2:wrong arguments"})
public final class RoleApiServer implements Callable<Integer> {

    private static final int MAX_PORT = 65_535;

    private final PrintWriter out;
    private final PrintWriter err;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The port to listen on; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "rbac-data",
            description = "The folder for the roles. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("rbac-data");

    @Option(names = "--memory", description = "Keep the roles in memory only.")
    private boolean memory;

    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private RoleApiServer(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Starts the server, and exits if that fails.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        Charset charset = Charset.defaultCharset();
        int code =
                run(arguments, new PrintWriter(System.out, true, charset), new PrintWriter(System.err, true, charset));
        if (code != ExitCode.OK) {
            System.exit(code);
        }
    }

    /** Runs the command; the server keeps running when it returns. */
    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        return new CommandLine(new RoleApiServer(out, err))
                .setOut(out)
                .setErr(err)
                .execute(arguments);
    }

    @Override
    public Integer call() {
        if (port < 0 || port > MAX_PORT) {
            err.println("the port is `" + port + "`: expected 0 to " + MAX_PORT);
            return ExitCode.USAGE;
        }
        try {
            RunningServer running = RunningServer.start(port, this::store);
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
            describe(running);
            return ExitCode.OK;
        } catch (BindException e) {
            return failed("cannot listen on port `" + port + "` (" + e.getMessage()
                    + "): choose another one with `--port`, such as 0 for any that is free");
        } catch (IOException | PolicyStoreException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private PolicyStore store(Demo demo) {
        return memory ? new InMemoryPolicyStore() : DemoApi.store(data, demo);
    }

    private int failed(String message) {
        err.println(message);
        return ExitCode.SOFTWARE;
    }

    private void describe(RunningServer running) {
        out.println(
                "listening on " + running.url() + ", roles are stored in " + (memory ? "memory" : "`" + data + "`"));
        for (Demo demo : Demo.all()) {
            out.println();
            out.println(demo.dialect().name() + ": " + running.url() + demo.roles());
            demo.credentials().forEach(credential -> out.println("  " + credential));
        }
        for (Demo demo : Demo.all()) {
            out.println();
            out.print(demo.curl(running.url()));
        }
        out.flush();
    }
}
