package io.rbac.cli;

import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * The command {@code rbac}: {@code rbac check}, {@code rbac validate}, {@code rbac matrix} and {@code rbac test}.
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
     * @param args what follows {@code rbac} on the command line
     */
    public static void main(String[] args) {
        PrintWriter out = writer(FileDescriptor.out, "stdout.encoding");
        PrintWriter err = writer(FileDescriptor.err, "stderr.encoding");
        System.exit(run(args, new FileInputStream(FileDescriptor.in), out, err));
    }

    static int run(String[] args, InputStream in, PrintWriter out, PrintWriter err) {
        Terminal terminal = new Terminal(in, out, err);
        int code = execute(args, terminal);
        if (!terminal.isFlushed()) {
            terminal.error("the output could not be written");
            code = ExitCode.ERROR;
        }
        err.flush();
        return code;
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // the process ends here, and the fault is ours
    private static int execute(String[] args, Terminal terminal) {
        try {
            return commandLine(terminal).execute(args);
        } catch (OutOfMemoryError e) {
            terminal.error("not enough memory for this policy: give more, such as with `JAVA_TOOL_OPTIONS=-Xmx4g`");
            return ExitCode.ERROR;
        } catch (RuntimeException | Error e) {
            terminal.fault(e);
            return ExitCode.ERROR;
        }
    }

    static CommandLine commandLine(Terminal terminal) {
        Documents documents = new Documents(terminal);
        CommandLine rbac = new CommandLine(new RbacCommand())
                .addSubcommand(new CheckCommand(documents, terminal))
                .addSubcommand(new ValidateCommand(documents, terminal))
                .addSubcommand(new MatrixCommand(documents, terminal))
                .addSubcommand(new TestCommand(documents, terminal))
                .addSubcommand(new CommandLine.HelpCommand());
        Failures failures = new Failures(terminal);
        return rbac.setOut(terminal.out())
                .setErr(terminal.err())
                .registerConverter(Target.class, Arguments::target)
                .registerConverter(Scope.class, Arguments::scope)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                // A user `@bob` is not a file of arguments.
                .setExpandAtFiles(false);
    }

    /** A stream of the process in the encoding of its terminal; in UTF-8 where the locale names nothing but ASCII. */
    private static PrintWriter writer(FileDescriptor descriptor, String property) {
        String name = System.getProperty(property, System.getProperty("native.encoding", "UTF-8"));
        Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        return new PrintWriter(new OutputStreamWriter(
                new FileOutputStream(descriptor),
                charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset));
    }
}
