package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionCommandTest {

    @Test
    void the_help_says_how_to_use_it() {
        Rbac run = Rbac.run("help", "completion");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: rbac completion ").contains("\n  source <(rbac completion)\n");
        assertThat(Rbac.run("completion", "--help")).isEqualTo(run);
        assertThat(Rbac.run("--help").out()).containsPattern("\n  completion +Prints a script that completes commands");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ./rbac ma                      | matrix
                    rbac c                         | check completion
                    rbac wh                        | who-can where-can
                    rbac test --st                 | --strict
                    rbac who-can policy.json --c   | --count
                    rbac where-can policy.json --scope t | team
                    rbac lint --ignore unu         | unused-role
                    rbac import ke                 | keycloak
                    rbac import kubernetes --cat   | --catalog
                    rbac matrix policy.json --sc   | --scope
                    rbac matrix policy.json --scope t | team
                    """)
    void bash_completes_commands_options_and_scopes(String line, String completions, @TempDir Path folder)
            throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
        Rbac script = Rbac.run("completion");
        assertThat(script.exitCode()).isZero();
        Files.writeString(folder.resolve("completion.sh"), script.out());
        Rbac bash = RealProcess.run(folder, Map.of(), List.of("/bin/bash", "-c", """
                        source completion.sh
                        complete -p rbac >&2
                        COMP_WORDS=($1)
                        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                        _complete_rbac 2>/dev/null # compopt complains outside of an interactive shell
                        echo ${COMPREPLY[@]}
                        """, "bash", line));
        assertThat(bash.err()).contains("-F _complete_rbac").hasLineCount(1);
        assertThat(bash.out()).isEqualTo(completions + "\n");
    }
}
