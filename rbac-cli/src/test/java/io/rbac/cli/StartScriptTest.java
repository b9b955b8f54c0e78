package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code rbac}, in a source tree of its own and with a Maven that only says what it builds. */
class StartScriptTest {

    private static final String MAVEN = """
            #!/bin/sh
            echo run >>builds.txt
            echo '[INFO] Scanning for projects...'
            echo '[INFO] Building rbac 0.1.0-SNAPSHOT                                           [1/2]'
            echo '[INFO] --- shade:3.6.2:shade (runnable-jar) @ rbac-cli ---'
            echo '[INFO] Building rbac cli 0.1.0-SNAPSHOT                                       [2/2]'
            echo '[INFO] Building jar: /x/rbac.jar'
            sleep 1
            mkdir -p rbac-cli/target && cp built.jar rbac-cli/target/rbac.jar
            """;

    @TempDir
    private Path home;

    @BeforeEach
    void copy_the_script() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        Files.copy(Path.of("..", "rbac"), home.resolve("rbac"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("rbac-cli/target"));
        Files.createDirectories(home.resolve("rbac-cli/src/main"));
        writeJar(home.resolve("built.jar"));
        Files.copy(home.resolve("built.jar"), home.resolve("rbac-cli/target/rbac.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no_SUCH.UTF-8", "C", "POSIX", "en_US.ISO-8859-1", "C.UTF-8", ""})
    void arguments_are_read_as_utf_8_in_every_locale(String locale) throws Exception {
        Acme.file(home, "acme.json", Acme.POLICY.replace("\"bob\"", "\"b\u00F6b\""));
        // The shell makes the bytes, as this process may be unable to.
        String ask = "exec ./rbac check acme.json \"$(printf 'b\\303\\266b')\" user:update team/support";
        Map<String, String> environment = locale.isEmpty() ? Map.of() : Map.of("LC_ALL", locale);
        assertThat(RealProcess.run(home, withJava(environment), List.of("/bin/sh", "-c", ask)))
                .isEqualTo(new Rbac(
                        0,
                        "allowed: `b\u00F6b` may `user:update` at `team/support` by role `lead` at `team/support`\n",
                        ""));
    }

    @Test
    void an_argument_that_is_not_utf_8_is_refused() throws Exception {
        Acme.file(home);
        String ask = "exec ./rbac check acme.json \"$(printf 'b\\366b')\" user:update team/support";
        assertThat(RealProcess.run(home, withJava(Map.of()), List.of("/bin/sh", "-c", ask)))
                .isEqualTo(new Rbac(2, "", "rbac: argument 3 is not valid UTF-8\n"));
    }

    @Test
    void help_with_operands_is_an_error_and_no_command_lists_the_commands() throws Exception {
        Acme.file(home);
        assertThat(rbac("check", "acme.json", "--help", "user:delete", "account")
                        .exitCode())
                .isEqualTo(2);
        Rbac bare = rbac();
        assertThat(bare.exitCode()).isEqualTo(2);
        assertThat(bare.err())
                .contains("\n  check ", "\n  validate ", "\n  matrix ", "\n  report ", "\n  test ", "\n  completion ");
    }

    @Test
    void a_report_is_written_or_nothing_is() throws Exception {
        Acme.file(home);
        Rbac written = RealProcess.run(
                home,
                withJava(Map.of("LC_ALL", "C")),
                List.of("/bin/sh", "-c", "exec ./rbac report acme.json -o report.html"));
        assertThat(written.err()).isEmpty();
        assertThat(written.exitCode()).isZero();
        assertThat(written.out()).startsWith("written: `report.html`, account `acme`, revision 7: ");
        assertThat(home.resolve("report.html"))
                .content()
                .startsWith("<!doctype html>")
                .contains("Schreiber f\\u00FCr");

        String policy = home.resolve("acme.json").toString();
        Rbac refused = rbac("report", policy, "-o", policy);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("exists and is no report");
        assertThat(home.resolve("acme.json")).content().isEqualTo(Acme.POLICY);
    }

    @Test
    void a_report_that_cannot_be_finished_leaves_the_old_one() throws Exception {
        Acme.file(home);
        Path page = Files.writeString(home.resolve("report.html"), ReportCommandTest.OLD_REPORT);
        // A limit on the size of files stands for a full disk: some 35 or 70 KB, as the shell counts.
        Rbac run = RealProcess.run(
                home,
                withJava(Map.of("LC_ALL", "C")),
                List.of("/bin/sh", "-c", "ulimit -f 70; exec ./rbac report acme.json -o report.html"));
        assertThat(run).isEqualTo(new Rbac(2, "", "rbac: `report.html` cannot be written: File too large\n"));
        assertThat(page).content().isEqualTo(ReportCommandTest.OLD_REPORT);
        assertThat(home).isDirectoryNotContaining("glob:**.tmp");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0 | check acme.json bob user:update team/support
                    1 | check acme.json bob user:update account
                    2 | check acme.json bob user:updat account
                    0 | explain acme.json bob user:update chat/c-42
                    1 | explain acme.json bob user:delete chat/c-42
                    2 | explain acme.json bob user:update team
                    0 | who-can acme.json user:read account
                    1 | who-can acme.json user:create account
                    2 | who-can missing.json user:read account
                    0 | where-can acme.json eve agent_view
                    1 | where-can acme.json -- -eve agent_view
                    2 | where-can acme.json eve agent_view --scope page
                    0 | diff acme.json acme.json
                    1 | diff acme.json wider.json
                    0 | diff wider.json acme.json
                    2 | diff acme.json
                    0 | fingerprint acme.json
                    2 | fingerprint acme.json acme.json
                    0 | lint acme.json --warnings-only
                    1 | lint acme.json
                    2 | lint acme.json --ignore everything
                    0 | matrix acme.json
                    2 | matrix acme.json --role nobody
                    0 | validate acme.json wider.json
                    2 | validate missing.json
                    """)
    @Tag("deep")
    void each_command_has_its_exit_code_and_json(int exitCode, String command) throws Exception {
        Acme.file(home);
        Acme.file(home, "wider.json", Acme.WIDER);
        Rbac text = rbac(command.split(" "));
        assertThat(text.exitCode()).isEqualTo(exitCode);
        assertThat(text.out().isEmpty())
                .isEqualTo(exitCode == 2 || command.contains("user:create") || command.contains(" -- "));
        assertThat(text.err().isEmpty()).isEqualTo(exitCode != 2 && !text.out().isEmpty());

        Rbac json = rbac(command.replaceFirst(" ", " --json ").split(" "));
        assertThat(json.exitCode()).isEqualTo(exitCode);
        String printed = exitCode == 2 ? json.err() : json.out();
        assertThat(printed.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Rbac.parse(line).isObject()).isTrue());
        assertThat(exitCode == 2 ? json.out() : json.err()).isEmpty();
    }

    @Test
    void answers_exit_codes_and_json_pass_through_the_script() throws Exception {
        Acme.file(home);
        Acme.file(home, "wider.json", Acme.WIDER);
        Rbac diff = rbac("diff", "acme.json", "wider.json", "--json");
        assertThat(diff.exitCode()).isEqualTo(1);
        assertThat(diff.json().get("gains")).hasSize(1);
        assertThat(rbac("diff", "acme.json").exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0 | casbin policy.csv
                    1 | casbin lossy.csv
                    2 | casbin broken.csv
                    0 | keycloak realm.json
                    1 | keycloak lossy.json
                    2 | keycloak policy.csv
                    0 | kubernetes --catalog catalog.json rbac.yaml
                    1 | kubernetes --catalog catalog.json lossy.yaml
                    2 | kubernetes rbac.yaml
                    """)
    @Tag("deep")
    void each_import_has_its_exit_code_and_json(int exitCode, String command) throws Exception {
        writeForeignFiles();
        Rbac text = rbac(("import " + command).split(" "));
        assertThat(text.exitCode()).isEqualTo(exitCode);
        assertThat(text.out().isEmpty()).isEqualTo(exitCode == 2);
        assertThat(text.err().isEmpty()).isEqualTo(exitCode == 0);
        Rbac json = rbac(("import " + command + " --json").split(" "));
        assertThat(json.exitCode()).isEqualTo(exitCode);
        assertThat(Rbac.parse(exitCode == 2 ? json.err() : json.out()).isObject())
                .isTrue();
    }

    @Test
    void an_import_and_its_lint_pass_through_the_script() throws Exception {
        writeForeignFiles();
        Rbac imported = rbac("import", "kubernetes", "--catalog", "catalog.json", "lossy.yaml", "-o", "new.json");
        assertThat(imported.exitCode()).isEqualTo(1);
        assertThat(imported.err()).startsWith("rbac: note: not expressed: ");
        Rbac lint = rbac("lint", "--sarif", "new.json");
        assertThat(lint.exitCode()).isEqualTo(1);
        assertThat(lint.json().get("version").textValue()).isEqualTo("2.1.0");
    }

    private void writeForeignFiles() {
        Acme.file(home, "policy.csv", "p, alice, data, read\n");
        Acme.file(home, "lossy.csv", "p, alice, data, read\ng2, data, all\n");
        Acme.file(home, "broken.csv", "p, alice, data, read, deny\n");
        String users = "\"users\": [ { \"username\": \"ann\", \"enabled\": true, \"realmRoles\": [\"r\"] } ]";
        String realm = "{ \"realm\": \"acme\", \"roles\": { \"realm\": [ { \"name\": \"r\" } ] }, USERS }";
        Acme.file(home, "realm.json", realm.replace("USERS", users));
        Acme.file(home, "lossy.json", realm.replace("USERS", "\"groups\": []"));
        String actions = "[ { \"group\": \"pods\", \"actions\": [\"get\"] } ]";
        Acme.file(
                home,
                "catalog.json",
                "{ \"scopes\": [ { \"scope\": \"cluster\" }, { \"scope\": \"namespace\" } ], \"catalog\": " + actions
                        + " }");
        String role = """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: { name: reader }
                rules: [ { apiGroups: [""], resources: ["*"], verbs: ["*"] } ]
                """;
        Acme.file(home, "rbac.yaml", role);
        Acme.file(home, "lossy.yaml", role.replace("verbs: [\"*\"]", "verbs: [watch]"));
    }

    @Test
    void a_table_is_as_wide_as_the_terminal() throws Exception {
        assumeTrue(isOnPath("script") && isOnPath("stty"));
        Acme.file(home, "acme.json", Acme.POLICY.replace("\"lead\"", "\"a-lead-" + "x".repeat(80) + "\""));
        for (int columns : new int[] {140, 90}) {
            String ask = "stty cols " + columns + "; ./rbac matrix acme.json";
            Rbac run = RealProcess.run(home, withJava(Map.of()), List.of("script", "-qec", ask, "/dev/null"));
            assertThat(run.exitCode()).isZero();
            assertThat(run.out().contains("1 2 3 4")).isEqualTo(columns == 90);
        }
    }

    @Test
    void the_build_names_each_module_and_nothing_else() throws Exception {
        Files.delete(home.resolve("rbac-cli/target/rbac.jar"));
        writeMaven(MAVEN);
        Rbac run = rbac("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("rbac ");
        assertThat(run.err()).isEqualTo("""
                        rbac: building the command line, log in HOME/target/rbac-build.log
                        rbac: building rbac [1/2]
                        rbac: building rbac cli [2/2]
                        """.replace("HOME", home.toRealPath().toString()));
        assertThat(home.resolve("target/rbac-build.log")).content().contains("shade:3.6.2:shade");
        assertThat(rbac("--version").err()).isEmpty();
    }

    @Test
    void a_failed_build_shows_the_errors_of_maven() throws Exception {
        Files.delete(home.resolve("rbac-cli/target/rbac.jar"));
        writeMaven("""
                #!/bin/sh
                echo '[INFO] Building rbac 0.1.0-SNAPSHOT                                           [1/2]'
                echo '[ERROR] something is wrong'
                exit 1
                """);
        Rbac run = rbac("--version");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().skip(1))
                .containsExactly(
                        "rbac: building rbac [1/2]",
                        "[ERROR] something is wrong",
                        "rbac: the build failed, log in " + home.toRealPath() + "/target/rbac-build.log");
    }

    @Test
    void two_that_start_at_once_build_once() throws Exception {
        assumeTrue(isOnPath("flock"));
        Files.delete(home.resolve("rbac-cli/target/rbac.jar"));
        writeMaven(MAVEN);
        List<CompletableFuture<Rbac>> runs = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return rbac("--version");
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .limit(2)
                .collect(Collectors.toList());
        for (CompletableFuture<Rbac> run : runs) {
            assertThat(run.get().exitCode()).isZero();
        }
        assertThat(home.resolve("builds.txt")).content().isEqualTo("run\n");
    }

    @Test
    void a_newer_source_is_built() throws Exception {
        writeMaven(MAVEN);
        assertThat(rbac("--version").err()).isEmpty();
        Path source = Files.writeString(home.resolve("rbac-cli/src/main/A.java"), "class A {}");
        Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 2_000));
        assertThat(rbac("--version").err()).contains("rbac: building rbac cli [2/2]\n");
    }

    private Rbac rbac(String... args) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", home.resolve("rbac").toString()));
        command.addAll(List.of(args));
        return RealProcess.run(home, withJava(Map.of("LC_ALL", "C")), command);
    }

    private Map<String, String> withJava(Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("PATH", home.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
        return variables;
    }

    private void writeMaven(String script) throws IOException {
        Path mvn = Files.writeString(home.resolve("bin/mvn"), script);
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static boolean isOnPath(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /** Writes a jar that runs the classes under test. */
    private static void writeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "io.rbac.cli.Main");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(RealProcess.classPath().split(File.pathSeparator))
                        .filter(entry -> !entry.isEmpty())
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
    }
}
