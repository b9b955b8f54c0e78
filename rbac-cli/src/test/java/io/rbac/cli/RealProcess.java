package io.rbac.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a command as a process of its own, without input. */
final class RealProcess {

    private RealProcess() {}

    /** Runs a command in a folder, with some variables of the environment set and no other locale. */
    static Rbac run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        variables.remove("JAVA_TOOL_OPTIONS");
        variables.putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        int exitCode = process.waitFor();
        return new Rbac(exitCode, read(out), read(err));
    }

    /** Returns the command of the virtual machine that runs this test. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Returns what this test runs on, on the class path or on the module path. */
    static String classPath() {
        return String.join(
                System.getProperty("path.separator"),
                Path.of("target", "classes").toAbsolutePath().toString(),
                System.getProperty("java.class.path"),
                System.getProperty("jdk.module.path", ""));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, UTF_8).replace(System.lineSeparator(), "\n");
    }
}
