package com.example.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.InMemoryPolicyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README.md of the example. */
class ReadmeTest {

    @TempDir
    Path folder;

    @Test
    void its_curl_commands_are_those_of_the_program_and_work() throws Exception {
        List<String> lines = RoleApiServerTest.curlLines(readme().replace("```", ""));
        assertThat(lines)
                .isEqualTo(Demo.all().stream()
                        .map(demo -> demo.curl("http://127.0.0.1:8080").stripTrailing())
                        .toList());
        Curl curl = Curl.in(folder);
        try (RunningServer server = RunningServer.start(0, demo -> new InMemoryPolicyStore())) {
            for (String line : lines) {
                curl.run(line.replace("http://127.0.0.1:8080", server.url())).with(201);
            }
        }
    }

    @Test
    void its_commands_name_the_files_of_the_build() throws Exception {
        List<String> commands = new ArrayList<>();
        readme().lines()
                .filter(line -> line.startsWith("mvn ") || line.startsWith("java "))
                .forEach(commands::add);
        assertThat(commands).hasSize(2);
        assertThat(commands.get(0)).contains(" -pl examples/role-api -am ").endsWith(" package");
        assertThat(commands.get(1)).isEqualTo("java -jar examples/role-api/target/role-api-example.jar");
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<outputFile>${project.build.directory}/role-api-example.jar</outputFile>");
    }

    @Test
    void its_links_exist() throws Exception {
        List<String> links = new ArrayList<>();
        Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(readme()).results().forEach(link -> links.add(link.group(1)));
        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(Path.of(link)).exists());
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
