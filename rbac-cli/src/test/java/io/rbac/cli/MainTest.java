package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @Test
    void help_lists_the_commands_and_the_exit_codes() {
        Rbac run = Rbac.run("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Usage: rbac [-hV] COMMAND\n")
                .contains(
                        "\n  check ", "\n  explain ", "\n  who-can ", "\n  where-can ", "\n  validate ", "\n  matrix ")
                .contains("\n  report ", "\n  test ", "\n  diff ", "\n  lint ", "\n  fingerprint  ", "\n  import ")
                .contains("\n  completion ", "\n  help ")
                .contains("\n  0   yes\n  1   no\n  2   error, no answer: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check",
                "explain",
                "who-can",
                "where-can",
                "validate",
                "matrix",
                "report",
                "test",
                "diff",
                "lint",
                "fingerprint"
            })
    void each_command_has_its_help_in_two_ways(String command) {
        Rbac run = Rbac.run("help", command);
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Usage: rbac " + command + " ").contains("--json", "Exit codes:", "Example:");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(Rbac.run(command, "--help")).isEqualTo(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"casbin", "keycloak", "kubernetes"})
    void each_format_of_import_has_its_help(String format) {
        Rbac run = Rbac.run("import", format, "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("Usage: rbac import " + format + " ")
                .contains("--account", "--output", "--json", "Exit codes:", "Example:");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(Rbac.run("import", "--help").out()).contains("\n  " + format + " ");
    }

    @Test
    void an_import_without_a_format_is_an_error_that_lists_the_formats() {
        assertThat(Rbac.run("import"))
                .isEqualTo(new Rbac(2, "", Rbac.run("import", "--help").out()));
        assertThat(Rbac.run("import", "--json").exitCode()).isEqualTo(2);
        assertThat(Rbac.run("import", "spring", "x").err()).startsWith("rbac: unmatched argument");
    }

    @Test
    void the_version_is_that_of_the_build() {
        Rbac run = Rbac.run("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("rbac \\d+\\.\\d+\\.\\d+\\S*\n");
        assertThat(Rbac.run("check", "--version")).isEqualTo(run);
    }

    @Test
    void no_command_is_an_error_that_lists_the_commands() {
        assertThat(Rbac.run()).isEqualTo(new Rbac(2, "", Rbac.run("--help").out()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    check --help policy.json bob user:delete account
                    check policy.json --help user:delete account
                    check policy.json -h user:delete account
                    check policy.json bob user:delete account --help
                    check policy.json bob user:delete account more --help
                    check policy.json --version user:delete account
                    check policy.json -V user:delete account
                    --help check policy.json bob user:delete account
                    --version check policy.json bob user:delete account
                    --help check
                    --version validate
                    --help chek
                    validate policy.json --help
                    matrix policy.json --version
                    test policy.json --help
                    test --help policy.json tests.json
                    explain policy.json --help user:delete account
                    who-can policy.json --help account
                    where-can policy.json bob --version
                    diff --help old.json new.json
                    fingerprint policy.json --help
                    lint policy.json --help
                    import casbin policy.csv --help
                    import keycloak --help realm.json
                    import --help casbin policy.csv
                    completion bash --help
                    completion bash
                    help check --help
                    help check policy.json bob user:delete account
                    """)
    void help_and_version_with_operands_are_an_error(String arguments) {
        Rbac run = Rbac.run(arguments.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("rbac: ").contains("\nUsage: rbac ");
    }

    @Test
    void help_with_operands_says_how_to_name_an_operand_with_a_dash() {
        assertThat(Rbac.run("check", "policy.json", "--help", "user:delete", "account")
                        .err())
                .startsWith(
                        "rbac: `--help` was given with operands: put `--` before operands that begin with a dash\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check --json --help", "matrix --help --scope team", "check -hV", "help --help"})
    void help_beside_options_is_shown(String arguments) {
        assertThat(Rbac.run(arguments.split(" ")).exitCode()).isZero();
    }

    @Test
    void an_unknown_command_is_an_error_and_the_nearest_is_named() {
        assertThat(Rbac.run("chek")).isEqualTo(new Rbac(2, "", """
                        rbac: unmatched argument at index 0: 'chek'; did you mean `check`?
                        Usage: rbac [-hV] COMMAND
                        rbac: see `rbac --help`
                        """));
        assertThat(Rbac.run("help", "chek").exitCode()).isEqualTo(2);
    }

    @Test
    void missing_and_surplus_arguments_are_an_error() {
        assertThat(Rbac.run("check", "policy.json", "bob")).isEqualTo(new Rbac(2, "", """
                        rbac: missing required parameters: 'PERMISSION', 'TARGET'
                        Usage: rbac check [-hV] [--json] [--in=PARENT] FILE USER PERMISSION TARGET
                        rbac: see `rbac check --help`
                        """));
        assertThat(Rbac.run("matrix", "a.json", "b.json").exitCode()).isEqualTo(2);
        assertThat(Rbac.run("validate").exitCode()).isEqualTo(2);
        assertThat(Rbac.run("matrix", "a.json", "--jsn").err())
                .startsWith("rbac: unknown option: '--jsn'; did you mean `--json`?\n");
    }

    @Test
    void an_error_shows_nothing_that_a_terminal_would_interpret() {
        assertThat(Rbac.run("che\u001B[31mck", "a\nb").err())
                .contains("che\\u{1B}[31mck")
                .doesNotContain("\u001B");
    }

    @Test
    void output_that_cannot_be_written_is_an_error(@TempDir Path folder) {
        StringWriter err = new StringWriter();
        int exitCode = Main.run(
                new String[] {"validate", Acme.file(folder)},
                new ByteArrayInputStream(new byte[0]),
                new PrintWriter(new FullDisk()),
                new PrintWriter(err),
                TextColumns.WIDTH);
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines("rbac: the output could not be written");
    }

    @Test
    void a_bug_is_no_answer() {
        Rbac run = Rbac.runReading(
                failing(() -> {
                    throw new IllegalStateException("planted");
                }),
                "validate",
                "-");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("rbac: this is a bug in rbac, please report it\n")
                .contains("IllegalStateException: planted");
    }

    @Test
    void too_little_memory_is_no_answer() {
        Rbac run = Rbac.runReading(
                failing(() -> {
                    throw new OutOfMemoryError("planted");
                }),
                "validate",
                "-");
        assertThat(run)
                .isEqualTo(new Rbac(
                        2,
                        "",
                        "rbac: not enough memory for this policy: raise the limit,"
                                + " for example with `JAVA_TOOL_OPTIONS=-Xmx4g`\n"));
    }

    @Test
    void input_that_cannot_be_read_is_an_error() {
        Rbac run = Rbac.runReading(
                failing(() -> {
                    throw new UncheckedIOException(new IOException("broken\u001B cable"));
                }),
                "validate",
                "-");
        assertThat(run).isEqualTo(new Rbac(2, "", "rbac: standard input cannot be read: broken\\u{1B} cable\n"));
    }

    @Test
    void with_json_errors_are_json_on_standard_error(@TempDir Path folder) {
        assertThat(Rbac.run("check", "missing.json", "bob", "user:read", "account", "--json"))
                .isEqualTo(new Rbac(
                        2,
                        "",
                        "{\"error\":\"`missing.json` does not exist,"
                                + " expected a file or `-` for standard input\"}\n"));
        String policy = Acme.file(folder);
        assertThat(Rbac.run("matrix", policy, "--json", "--role", "leed").error("error"))
                .isEqualTo("`leed` is not a role of account `acme`; did you mean `lead`?");
        assertThat(Rbac.run("check", policy, "--json").error("error"))
                .isEqualTo("missing required parameters: 'USER', 'PERMISSION', 'TARGET'");
        assertThat(Rbac.run("check", policy, "bob", "user:read", "tem/x", "--json")
                        .error("error"))
                .contains("`tem/x` is not a target");
        assertThat(Rbac.run("check", "--help", policy, "--json").error("error"))
                .startsWith("`--help` was given with operands");
        assertThat(Rbac.run("chek", "--json").error("error")).endsWith("did you mean `check`?");
        assertThat(Rbac.run("test", policy, "missing.json", "--json").error("error"))
                .startsWith("`missing.json` does not exist");
    }

    @Test
    void with_json_a_broken_file_is_an_error_with_its_violations(@TempDir Path folder) {
        String broken = Acme.file(folder, "broken.json", Acme.POLICY.replace("\"format\": 1", "\"format\": 3"));
        Rbac run = Rbac.run("check", "--json", broken, "bob", "user:read", "account");
        assertThat(run.error("error")).isEqualTo("`" + broken + "` is not valid: 1 violation");
        assertThat(run.error("file")).isEqualTo(broken);
        assertThat(Rbac.parse(run.err()).get("violations")).hasSize(1);
        assertThat(Rbac.parse(run.err()).get("violations").get(0).get("code").textValue())
                .isEqualTo("UNSUPPORTED_FORMAT");
    }

    @Test
    void with_json_a_bug_is_an_error_with_its_stack_trace() {
        InputStream failing = failing(() -> {
            throw new IllegalStateException("planted");
        });
        assertThat(Rbac.runReading(failing, "validate", "-", "--json").error("stackTrace"))
                .contains("IllegalStateException: planted", "\tat ");
    }

    @Test
    void an_operand_named_json_asks_for_no_json() {
        assertThat(Rbac.run("check", "--", "missing.json", "--json", "user:read", "account")
                        .err())
                .startsWith("rbac: `missing.json` does not exist");
    }

    private static InputStream failing(Runnable failure) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    failure.run();
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
                return -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };
    }

    private static final class FullDisk extends Writer {

        @Override
        public void write(char[] chars, int offset, int length) throws IOException {
            throw new IOException("no space left on device");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
