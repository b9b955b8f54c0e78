package io.rbac.verification.pages;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An example that runs as its README says: by one command, on a port that is free. */
final class Example implements AutoCloseable {

    /** Where the examples are. */
    static final Path FOLDER = Path.of("..", "..", "examples");

    private final Process process;
    private final String url;

    private Example(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts it.
     *
     * @param jar the jar below the folder of the examples
     * @param option says that any free port will do
     * @param listening what it prints when it is ready; the group is the port
     */
    static Example start(String jar, String option, Pattern listening) throws IOException {
        Path file = FOLDER.resolve(jar).toAbsolutePath().normalize();
        if (!Files.exists(file)) {
            throw new IllegalStateException("there is no " + file + ": expected a build of at least the phase package");
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(java.toString(), "-jar", file.toString(), option)
                .redirectErrorStream(true)
                .start();
        List<String> printed = new ArrayList<>();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.add(line);
            Matcher matcher = listening.matcher(line);
            if (matcher.find()) {
                drain(output);
                return new Example(process, "http://localhost:" + matcher.group(1) + "/");
            }
        }
        throw new IllegalStateException("it did not start: " + String.join("\n", printed));
    }

    /** Reads on, so that the process never waits for somebody who reads what it prints. */
    private static void drain(BufferedReader output) {
        Thread reader = new Thread(() -> output.lines().forEach(line -> {}), "output of an example");
        reader.setDaemon(true);
        reader.start();
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(1, TimeUnit.MINUTES)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }
}
