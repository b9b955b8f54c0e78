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
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @Test
    void help_lists_the_commands_and_the_exit_codes() {
        Rbac run = Rbac.run("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Usage: rbac [-hV] COMMAND\n")
                .contains("\n  check     ", "\n  validate  ", "\n  matrix    ", "\n  test      ", "\n  help      ")
                .contains("\n  0   yes\n  1   no\n  2   no answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "validate", "matrix", "test"})
    void each_command_has_its_help_in_two_ways(String command) {
        Rbac run = Rbac.run("help", command);
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Usage: rbac " + command + " ").contains("--json", "Exit codes:", "Example:");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(Rbac.run(command, "--help")).isEqualTo(run);
    }

    @Test
    void the_version_is_that_of_the_build() {
        Rbac run = Rbac.run("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("rbac \\d+\\.\\d+\\.\\d+\\S*\n");
        assertThat(Rbac.run("check", "--version")).isEqualTo(run);
    }

    @Test
    void no_command_is_a_mistake() {
        assertThat(Rbac.run()).isEqualTo(new Rbac(2, "", """
                        rbac: missing required subcommand
                        Usage: rbac [-hV] COMMAND
                        rbac: more with `rbac --help`
                        """));
    }

    @Test
    void an_unknown_command_is_a_mistake_and_the_nearest_is_named() {
        assertThat(Rbac.run("chek")).isEqualTo(new Rbac(2, "", """
                        rbac: unmatched argument at index 0: 'chek'
                        rbac: did you mean `check`?
                        Usage: rbac [-hV] COMMAND
                        rbac: more with `rbac --help`
                        """));
        assertThat(Rbac.run("help", "chek").exitCode()).isEqualTo(2);
    }

    @Test
    void arguments_that_are_missing_or_too_many_are_a_mistake() {
        assertThat(Rbac.run("check", "policy.json", "bob")).isEqualTo(new Rbac(2, "", """
                        rbac: missing required parameters: 'PERMISSION', 'TARGET'
                        Usage: rbac check [-hV] [--json] [--in=PLACE] FILE USER PERMISSION TARGET
                        rbac: more with `rbac check --help`
                        """));
        assertThat(Rbac.run("validate", "a.json", "b.json").exitCode()).isEqualTo(2);
        assertThat(Rbac.run("matrix", "a.json", "--jsn").err())
                .startsWith("rbac: unknown option: '--jsn'\nrbac: did you mean `--json`?\n");
    }

    @Test
    void a_mistake_shows_nothing_that_a_terminal_would_obey() {
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
                new PrintWriter(err));
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines("rbac: the output could not be written");
    }

    @Test
    void a_fault_of_the_program_is_no_answer() {
        Rbac run = Rbac.runReading(
                failing(() -> {
                    throw new IllegalStateException("planted");
                }),
                "validate",
                "-");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("rbac: a fault of rbac itself, please report it\n")
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
                        "rbac: not enough memory for this policy:"
                                + " give more, such as with `JAVA_TOOL_OPTIONS=-Xmx4g`\n"));
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
