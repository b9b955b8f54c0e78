package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("deep")
class ProcessTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "de-DE", "ar-EG", "en-US"})
    @Tag("B44")
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
        assertThat(run(List.of(), "check", policy, "--help", "user:delete", "account")
                        .exitCode())
                .isEqualTo(2);
        assertThat(run(List.of()).exitCode()).isEqualTo(2);

        String tests = Acme.file(
                folder,
                "tests.json",
                "{ \"tests\": [ { \"user\": \"bobb\", \"permission\": \"user:update\", \"target\": \"team/suport\","
                        + " \"allowed\": false } ] }");
        assertThat(run(List.of(), "test", policy, tests).exitCode()).isZero();
        assertThat(run(List.of(), "test", policy, tests, "--strict").exitCode()).isEqualTo(1);
    }

    @Test
    void output_is_utf_8_if_the_locale_names_no_encoding() throws Exception {
        String policy = Acme.file(folder);
        assertThat(run(List.of(), "matrix", policy).out()).contains("Schreiber für Chats");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "no_SUCH.UTF-8"})
    void an_argument_that_the_locale_cannot_read_is_refused(String locale) throws Exception {
        Acme.file(folder, "acme.json", Acme.POLICY.replace("\"bob\"", "\"b\u00F6b\""));
        // The shell makes the bytes, as this process may be unable to.
        String ask = "exec \"$@\" check acme.json \"$(printf 'b\\303\\266b')\" user:update team/support";
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", ask, "sh"));
        command.addAll(java(List.of()));

        Rbac refused = RealProcess.run(folder, Map.of("LC_ALL", locale), command);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .startsWith(
                        "rbac: argument 3 has characters beyond ASCII, which cannot be read in the encoding of this")
                .endsWith("expected a UTF-8 locale, for example `LC_ALL=C.UTF-8`\n");
    }

    private Rbac run(List<String> options, String... args) throws IOException, InterruptedException {
        List<String> command = java(options);
        command.addAll(List.of(args));
        return RealProcess.run(folder, Map.of("LC_ALL", "C"), command);
    }

    private static List<String> java(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(RealProcess.java());
        command.addAll(options);
        command.addAll(List.of("-cp", RealProcess.classPath(), "io.rbac.cli.Main"));
        return command;
    }
}
