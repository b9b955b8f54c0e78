package io.rbac.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another Java process with the classes of this one. It ends when this is closed. */
final class OtherProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private OtherProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    static OtherProcess start(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx128m"));
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return new OtherProcess(builder.start());
    }

    /** Returns the class path, which may be in part the module path, of this process. */
    private static String classPath() {
        String separator = File.pathSeparator;
        return System.getProperty("java.class.path")
                + separator
                + System.getProperty("jdk.module.path", "")
                + separator
                + Path.of("target", "classes")
                + separator
                + Path.of("target", "test-classes");
    }

    /** Returns the next line of its output, null when it has ended. */
    String line() throws IOException {
        return output.readLine();
    }

    /** Kills it, and waits until it has ended. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
