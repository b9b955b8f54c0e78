package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rbac.policy.Policy;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What depends on how a JVM was started. */
class OtherJvmTest {

    /** Less than 200 MB beyond what the policy itself retains. */
    private static final String HEAP = "-Xmx256m";

    private static String run(List<String> options, Class<?> main) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(process.waitFor()).as("%s", output).isZero();
            return output.strip();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String classPath() throws IOException {
        URL tests = OtherJvmTest.class.getResource(OtherJvmTest.class.getSimpleName() + ".class");
        Stream<Path> own = Stream.of(root(tests));
        Stream<Path> others = Stream.of(
                        PolicyJson.class, Policy.class, JsonFactory.class, ObjectMapper.class, JsonInclude.class)
                .map(type -> root(type.getProtectionDomain().getCodeSource().getLocation()));
        return Stream.concat(own, others).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The folder or the archive that a location is in. */
    private static Path root(URL location) {
        try {
            Path path = Path.of(location.toURI());
            String name = OtherJvmTest.class.getName().replace('.', '/') + ".class";
            return path.toString().endsWith(".class")
                    ? path.resolve("../".repeat(name.split("/", -1).length)).normalize()
                    : path;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_million_assignments_are_read_within_200_megabytes_beyond_the_policy() throws Exception {
        assertThat(run(List.of(HEAP), MillionAssignments.class)).isEqualTo("1000000 assignments of 250000 users");
    }

    @ParameterizedTest
    @CsvSource({
        "tr, TR, US-ASCII, Pacific/Kiritimati",
        "az, AZ, ISO-8859-1, Pacific/Pago_Pago",
        "lt, LT, windows-1257, Asia/Kathmandu"
    })
    @Tag("B44")
    void no_locale_charset_or_time_zone_changes_what_is_read_and_written(
            String language, String country, String charset, String zone) throws Exception {
        List<String> options = List.of(
                "-Duser.language=" + language,
                "-Duser.country=" + country,
                "-Dfile.encoding=" + charset,
                "-Duser.timezone=" + zone);
        assertThat(run(options, Rereading.class)).isEqualTo(Rereading.summary());
    }
}
