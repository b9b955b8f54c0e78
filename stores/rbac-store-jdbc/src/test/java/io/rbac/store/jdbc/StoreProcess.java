package io.rbac.store.jdbc;

import io.rbac.engine.Commit;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.model.Change;
import io.rbac.model.Target;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that commits to a file, and says of each commit on its standard output that it has returned. */
final class StoreProcess {
    private StoreProcess() {}

    /** Commits: the first argument is the file, the second the name of the process, the third how often it commits. */
    public static void main(String[] arguments) {
        String name = arguments[1];
        try (JdbcPolicyStore store =
                        JdbcPolicyStore.sqlite(Path.of(arguments[0])).build();
                PermissionEngine engine = StoredAcme.engine(store)) {
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                Commit commit = engine.commit(PolicyEdit.of("acme")
                        .changes(Change.addTeam(name + '-' + i), Change.assign(name + '-' + i, "lead", team(name, i))));
                System.out.println(commit.version() + " " + name + '-' + i);
            }
        }
    }

    private static Target team(String name, int i) {
        return Target.team(name + '-' + i);
    }

    /** Starts a process, whose output goes to a file. */
    static Process start(Path database, String name, int commits, Path output) {
        try {
            return java(StoreProcess.class, database.toString(), name, Integer.toString(commits))
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns another Java virtual machine with the classes of this one. */
    static ProcessBuilder java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** Returns the class path, which may be in part the module path, of this process. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                System.getProperty("java.class.path"),
                System.getProperty("jdk.module.path", ""),
                Path.of("target", "classes").toString(),
                Path.of("target", "test-classes").toString());
    }

    /** Returns what processes said of commits, in whole lines. */
    static List<String> acknowledged(Path output) {
        try {
            String text = Files.readString(output);
            List<String> lines = new ArrayList<>(text.lines().toList());
            if (!text.isEmpty() && !text.endsWith("\n")) {
                lines.remove(lines.size() - 1);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
