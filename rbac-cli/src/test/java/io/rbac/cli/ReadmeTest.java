package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands in README.md. */
class ReadmeTest {

    private static final String START = "./rbac ";

    private static List<String> commands() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("..", "README.md"))) {
            return lines.filter(line -> line.startsWith(START)).toList();
        }
    }

    @Test
    void the_readme_shows_the_command() throws IOException {
        assertThat(commands()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void each_command_has_an_answer(String command) {
        String[] args = command.substring(START.length())
                .replace("examples/", Path.of("..", "examples") + "/")
                .split(" ");
        Rbac run = Rbac.run(args);
        assertThat(run.exitCode()).as(run.err()).isLessThan(2);
        assertThat(run.out()).isNotEmpty();
    }
}
