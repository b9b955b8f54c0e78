package io.rbac.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "de-DE", "ar-EG", "en-US"})
    void the_language_of_the_user_changes_no_answer_and_no_number(String language) throws Exception {
        String policy =
                Acme.file(folder, "policy.json", Acme.POLICY.replace("\"revision\": 7", "\"revision\": 1234567"));
        List<String> options =
                List.of("-Duser.language=" + language.substring(0, 2), "-Duser.country=" + language.substring(3));
        assertThat(run(options, "check", policy, "bob", "user:update", "chat/c-42"))
                .isEqualTo(new Rbac(
                        0, "allowed: `bob` may `user:update` at `chat/c-42` by role `lead` at `team/support`\n", ""));
        assertThat(run(options, "matrix", policy, "--scope", "team"))
                .isEqualTo(Rbac.run("matrix", policy, "--scope", "team"));
        assertThat(run(options, "matrix", policy, "--json").json())
                .isEqualTo(Rbac.run("matrix", policy, "--json").json());
    }

    @Test
    void the_exit_codes_are_those_of_the_process() throws Exception {
        String policy = Acme.file(folder);
        assertThat(run(List.of(), "check", policy, "bob", "user:delete", "account")
                        .exitCode())
                .isEqualTo(1);
        assertThat(run(List.of(), "check", policy, "bob", "user:delet", "account")
                        .exitCode())
                .isEqualTo(2);
        assertThat(run(List.of()).exitCode()).isEqualTo(2);
    }

    @Test
    void output_is_utf_8_where_the_locale_names_no_encoding() throws Exception {
        String policy = Acme.file(folder);
        assertThat(run(List.of(), "matrix", policy).out()).contains("Schreiber für Chats");
    }

    private Rbac run(List<String> options, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), "io.rbac.cli.Main"));
        command.addAll(List.of(args));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        process.getOutputStream().close();
        int exitCode = process.waitFor();
        return new Rbac(exitCode, text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, UTF_8).replace(System.lineSeparator(), "\n");
    }

    /** What this test runs on, on the class path or on the module path. */
    private static String classPath() {
        return System.getProperty("java.class.path")
                + System.getProperty("path.separator")
                + System.getProperty("jdk.module.path", "")
                + System.getProperty("path.separator")
                + Path.of("target", "classes");
    }
}
