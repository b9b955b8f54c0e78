package io.rbac.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;

/**
 * The command {@code rbac}, with a subcommand for each task, such as {@code check}: {@code rbac --help} lists them.
 *
 * <p>This class has no state and is thread-safe.
 *
 * @since 0.1
 */
public final class Main {

    private Main() {}

    /**
     * Runs the command and ends the process: with 0 for yes, 1 for no, 2 for an error.
     *
     * @param args the words after {@code rbac} on the command line
     */
    public static void main(String[] args) {
        InputStream in = new FileInputStream(FileDescriptor.in);
        PrintWriter out = writer(FileDescriptor.out, "stdout.encoding");
        PrintWriter err = writer(FileDescriptor.err, "stderr.encoding");
        Optional<String> misread = Arguments.misread(args, System.getProperty("sun.jnu.encoding", "UTF-8"));
        int width = TextColumns.widthOfTerminal(System.getenv("COLUMNS"));
        misread.ifPresent(message -> new Terminal(in, out, err, width, Arguments.askForJson(args)).error(message));
        int code = misread.isPresent() ? ExitCode.ERROR : run(args, in, out, err, width);
        err.flush();
        System.exit(code);
    }

    static int run(String[] args, InputStream in, PrintWriter out, PrintWriter err, int width) {
        Terminal terminal = new Terminal(in, out, err, width, Arguments.askForJson(args));
        int code = execute(args, terminal);
        terminal.flush();
        if (terminal.hasLostOutput()) {
            terminal.error("the output could not be written");
            code = ExitCode.ERROR;
        }
        err.flush();
        return code;
    }

    private static int execute(String[] args, Terminal terminal) {
        try {
            return commandLine(terminal).execute(args);
        } catch (OutOfMemoryError e) {
            terminal.error("not enough memory for this policy: raise the limit, for example with"
                    + " `JAVA_TOOL_OPTIONS=-Xmx4g`");
            return ExitCode.ERROR;
        } catch (RuntimeException | Error e) {
            terminal.bug(e);
            return ExitCode.ERROR;
        }
    }

    static CommandLine commandLine(Terminal terminal) {
        Documents documents = new Documents(terminal);
        CommandLine rbac = new CommandLine(new RbacCommand())
                .addSubcommand(new CheckCommand(documents, terminal))
                .addSubcommand(new ExplainCommand(documents, terminal))
                .addSubcommand(new WhoCanCommand(documents, terminal))
                .addSubcommand(new WhereCanCommand(documents, terminal))
                .addSubcommand(new ValidateCommand(documents, terminal))
                .addSubcommand(new MatrixCommand(documents, terminal))
                .addSubcommand(new ReportCommand(documents, terminal))
                .addSubcommand(new TestCommand(documents, terminal))
                .addSubcommand(new DiffCommand(documents, terminal))
                .addSubcommand(new LintCommand(documents, terminal))
                .addSubcommand(new FingerprintCommand(documents, terminal))
                .addSubcommand(new CommandLine(new ImportCommand(terminal))
                        .addSubcommand(new CasbinImport(documents, terminal))
                        .addSubcommand(new KeycloakImport(documents, terminal))
                        .addSubcommand(new KubernetesImport(documents, terminal)))
                .addSubcommand(new CompletionCommand(terminal))
                .addSubcommand(new CommandLine.HelpCommand());
        Failures failures = new Failures(terminal);
        return rbac.setOut(terminal.out())
                .setErr(terminal.err())
                .setExecutionStrategy(new Execution())
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                // A user `@bob` is not a file of arguments.
                .setExpandAtFiles(false);
    }

    /** Returns a writer in the encoding of the terminal; in UTF-8 if the locale names nothing beyond ASCII. */
    private static PrintWriter writer(FileDescriptor descriptor, String property) {
        String name = System.getProperty(property, System.getProperty("native.encoding", "UTF-8"));
        Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        return new PrintWriter(new OutputStreamWriter(
                new FileOutputStream(descriptor),
                charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset));
    }
}
