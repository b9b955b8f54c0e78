package com.example.roleapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Runs curl commands in a shell, as a user would paste them; other options are in a configuration file. */
final class Curl {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;

    private Curl(Path folder) {
        this.folder = folder;
    }

    /** Prepares curl with a folder for its configuration; skips the test if there is no curl. */
    static Curl in(Path folder) {
        assumeTrue(
                isOnThePath("curl") && isOnThePath("sh"), "`curl` and `sh` are not both on the path: nothing was sent");
        try {
            Files.writeString(folder.resolve(".curlrc"), """
                    silent
                    show-error
                    max-time = 30
                    noproxy = "*"
                    write-out = "\\n%{http_code} %{content_type}"
                    """);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new Curl(folder);
    }

    private static boolean isOnThePath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    /** Runs a command. */
    Answer run(String line) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "curl", ".out");
        Path err = Files.createTempFile(folder, "curl", ".err");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", line)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("CURL_HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(40, TimeUnit.SECONDS)).as(line).isTrue();
        assertThat(process.exitValue())
                .as("%s%n%s", line, Files.readString(err, UTF_8))
                .isZero();
        String text = Files.readString(out, UTF_8);
        int end = text.lastIndexOf('\n');
        String[] trailer = text.substring(end + 1).split(" ", 2);
        return new Answer(Integer.parseInt(trailer[0]), trailer[1], text.substring(0, end));
    }

    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    /** The response to a command. */
    record Answer(int status, String mediaType, String body) {

        JsonNode json() {
            return tree(body);
        }

        Answer with(int expected) {
            assertThat(status).as(body).isEqualTo(expected);
            return this;
        }
    }
}
