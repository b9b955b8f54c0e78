package com.example.roleapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in its own process. */
class RoleApiServerTest {

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end_processes() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void the_printed_commands_work_if_pasted() throws Exception {
        Curl curl = Curl.in(folder);
        String printed = output(start("--port", "0", "--memory"));

        assertThat(printed).startsWith("listening on http://127.0.0.1:").contains("roles are stored in memory");
        List<String> lines = curlLines(printed);
        assertThat(lines).hasSize(3);
        for (String line : lines) {
            curl.run(line).with(201);
        }
    }

    @Test
    void roles_outlive_the_process() throws Exception {
        Curl curl = Curl.in(folder);
        String data = folder.resolve("data").toString();
        Process first = start("--port", "0", "--data", data);
        String created = curl.run(curlLines(output(first)).get(2)).with(201).body();
        first.destroy();
        assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();

        Process second = start("--port", "0", "--data", data);
        String id = Curl.tree(created).at("/data/result/role/id").textValue();
        Requests requests = new Requests(curl, url(output(second)));
        assertThat(requests.freya("GET", "/roles/" + id, "").with(200).json().at("/data/result"))
                .isEqualTo(Curl.tree(created).at("/data/result"));
    }

    @Test
    void a_port_that_is_in_use_and_a_folder_that_is_none_are_reported() throws Exception {
        Path data = folder.resolve("data");
        Process first = start("--port", "0", "--data", data.toString());
        String url = url(output(first));
        String port = url.substring(url.lastIndexOf(':') + 1);

        assertThat(run("--port", port, "--memory"))
                .startsWith("1 cannot listen on port `" + port + "` (")
                .contains("choose another one with `--port`");
        Path text = Files.writeString(folder.resolve("text"), "no folder");
        assertThat(run("--port", "0", "--data", text.toString()))
                .startsWith("1 ")
                .contains(text.toString())
                .doesNotContain("Exception");
    }

    @Test
    void the_process_exits_with_the_code() throws Exception {
        Process process = start("--port", "70000");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
    }

    @Test
    void wrong_arguments_are_reported() {
        assertThat(run("--port", "70000")).isEqualTo("2 the port is `70000`: expected 0 to 65535\n");
        assertThat(run("--port", "http")).startsWith("2 ").contains("--port").contains("Usage:");
        assertThat(run("--prot", "0")).startsWith("2 ").contains("--prot").contains("Usage:");
        assertThat(run("--help")).startsWith("0 Usage: role-api-example").contains("--data=DIR");
    }

    /** Returns the exit code and what is printed. */
    private static String run(String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text, true);
        int code = RoleApiServer.run(arguments, writer, writer);
        return code + " " + text.toString().replace(System.lineSeparator(), "\n");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RoleApiServer.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(folder.resolve("err-" + processes.size()).toFile())
                .redirectOutput(folder.resolve("out-" + processes.size()).toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Returns what a server prints when it starts. */
    private String output(Process process) throws IOException, InterruptedException {
        Path out = folder.resolve("out-" + processes.indexOf(process));
        Path err = folder.resolve("err-" + processes.indexOf(process));
        String printed = Files.readString(out, UTF_8);
        for (int i = 0; i < 600 && curlLines(printed).size() < Demo.all().size(); i++) {
            assertThat(process.isAlive()).as(Files.readString(err, UTF_8)).isTrue();
            Thread.sleep(50);
            printed = Files.readString(out, UTF_8);
        }
        return printed;
    }

    private static String url(String printed) {
        return printed.substring("listening on ".length(), printed.indexOf(','));
    }

    /** Returns the curl commands, each up to the end of its paragraph. */
    static List<String> curlLines(String text) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\\R{2,}", -1)) {
            if (paragraph.startsWith("curl ") && paragraph.stripTrailing().endsWith("'")) {
                lines.add(paragraph);
            }
        }
        return lines;
    }
}
