package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rbac.jackson.file.FileReplacement;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.policy.Policy;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalFormTest {

    private final PolicyJson json = PolicyJson.selfContained();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"pulse.json", "freya.json", "trillet.json", "documents.json"})
    void an_example_is_in_canonical_form(String name) throws IOException {
        String document = Documents.example(name);
        assertThat(json.write(json.read(Documents.examples().resolve(name)))).isEqualTo(document);
    }

    @Test
    void the_small_document_is_in_canonical_form() {
        assertThat(json.write(json.read(Documents.ACME))).isEqualTo(Documents.ACME);
    }

    @Test
    void what_is_at_its_default_is_left_out() {
        Policy policy = Policy.builder()
                .account("a")
                .catalog(PermissionCatalog.builder().group("g", "x").build())
                .rules(PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null).build())
                .build();
        assertThat(json.write(policy)).isEqualTo("""
                {
                  "format": 2,
                  "account": "a",
                  "rules": { "defaults": { "account": { "min": 0 } } },
                  "catalog": [
                    { "group": "g", "actions": ["x"] }
                  ]
                }
                """);
    }

    @Test
    void a_catalog_is_written_even_if_it_is_empty_or_its_groups_are() {
        PolicyRules rules =
                PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null).build();
        assertThat(json.write(Policy.builder()
                        .account("a")
                        .catalog(PermissionCatalog.empty())
                        .rules(rules)
                        .build()))
                .endsWith("  \"catalog\": []\n}\n");
        PermissionCatalog catalog = PermissionCatalog.builder().group("g").build();
        String document = json.write(
                Policy.builder().account("a").catalog(catalog).rules(rules).build());
        assertThat(document).endsWith("    { \"group\": \"g\", \"actions\": [] }\n  ]\n}\n");
        assertThat(json.read(document).catalog()).isEqualTo(catalog);
    }

    @Test
    void every_rule_is_written_where_it_differs() {
        PolicyRules rules = PolicyRules.builder()
                .nameMin(2)
                .nameMax(null)
                .allowsBlankNames(true)
                .requiresUniqueNames(true)
                .allowsDescriptions(false)
                .descriptionMax(0)
                .scopes(Set.of(Scope.TEAM, Scope.ACCOUNT))
                .defaultScope(Scope.TEAM)
                .requiresRights(true)
                .defaults(Scope.ACCOUNT, 0, 3)
                .defaults(Scope.TEAM, 0, 2)
                .defaults(Scope.CHAT, 0, 1)
                .rolesPerTarget(4)
                .emptyRoles(PolicyRules.EmptyRoles.NONE)
                .deletion(PolicyRules.Deletion.DELETE)
                .allowsSystemRoleNames(false)
                .allowsSystemRoleDefaults(false)
                .unknownTargets(PolicyRules.UnknownTargets.TRUSTED)
                .lockout(List.of("g:y", "g:x"))
                .build();
        Policy policy = Policy.builder()
                .account("a")
                .catalog(PermissionCatalog.builder().group("g", "x", "y").build())
                .rules(rules)
                .build();
        String document = json.write(policy);
        assertThat(document.lines().toList().get(3))
                .isEqualTo("  \"rules\": { \"name\": { \"min\": 2, \"max\": null, \"blank\": true, \"unique\": true },"
                        + " \"description\": { \"allowed\": false, \"max\": 0 }, \"scopes\": [\"account\", \"team\"],"
                        + " \"defaultScope\": \"team\", \"rightsRequired\": true, \"defaults\": { \"account\": { \"min\": 0,"
                        + " \"max\": 3 }, \"team\": { \"max\": 2 }, \"chat\": { \"max\": 1 } }, \"rolesPerTarget\": 4,"
                        + " \"emptyRoles\": \"none\", \"deletion\": \"delete\", \"systemRoles\": { \"name\": false,"
                        + " \"default\": false }, \"unknownTargets\": \"trusted\", \"lockout\": [\"g:y\", \"g:x\"] },");
        assertThat(json.read(document)).isEqualTo(policy);
        assertThat(json.read(document).rules().lockout()).containsExactly("g:y", "g:x");
    }

    @Test
    void each_rule_alone_is_read_as_it_was_written() {
        Stream.of(
                        PolicyRules.builder().nameMin(2),
                        PolicyRules.builder().nameMin(0).nameMax(0).allowsBlankNames(true),
                        PolicyRules.builder().nameMax(7),
                        PolicyRules.builder().allowsBlankNames(true),
                        PolicyRules.builder().requiresUniqueNames(true),
                        PolicyRules.builder().allowsDescriptions(false),
                        PolicyRules.builder().descriptionMax(null),
                        PolicyRules.builder().scopes(Set.of(Scope.ACCOUNT)),
                        PolicyRules.builder().defaultScope(Scope.CHAT),
                        PolicyRules.builder().requiresRights(true),
                        PolicyRules.builder().defaults(Scope.CHAT, 0, 0),
                        PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null),
                        PolicyRules.builder().rolesPerTarget(1),
                        PolicyRules.builder().emptyRoles(PolicyRules.EmptyRoles.NONE),
                        PolicyRules.builder().deletion(PolicyRules.Deletion.REFUSE),
                        PolicyRules.builder().allowsSystemRoleNames(false),
                        PolicyRules.builder().allowsSystemRoleDefaults(false),
                        PolicyRules.builder().unknownTargets(PolicyRules.UnknownTargets.TRUSTED),
                        PolicyRules.builder().lockout(List.of("g:x")))
                .map(PolicyRules.Builder::build)
                .forEach(rules -> {
                    PermissionCatalog catalog =
                            PermissionCatalog.builder().group("g", "x").build();
                    Policy policy = Policy.builder()
                            .account("a")
                            .catalog(catalog)
                            .rules(rules)
                            .role(Role.builder("r", Scope.ACCOUNT)
                                    .name(rules.nameLength().max().orElse(9) == 0 ? "" : "role")
                                    .defaultRole(true)
                                    .build())
                            .build();
                    String document = json.write(policy);
                    assertThat(document).contains("\"rules\": {");
                    assertThat(json.read(document).rules()).isEqualTo(rules);
                });
    }

    @Test
    void an_action_is_an_object_if_it_has_more_than_a_name() {
        PermissionCatalog catalog = PermissionCatalog.builder()
                .group(
                        "g",
                        Set.of(Scope.TEAM),
                        List.of(
                                Action.of("plain"),
                                Action.of("keyed").withKey("k"),
                                Action.of("scoped").withScopes(Set.of(Scope.CHAT, Scope.ACCOUNT)),
                                Action.of("same").withScopes(Set.of(Scope.TEAM)).withKey("g:same"),
                                Action.of("titled").withTitle("T").withDescription("D")))
                .build();
        PolicyRules rules =
                PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null).build();
        String document = json.write(
                Policy.builder().account("a").catalog(catalog).rules(rules).build());
        assertThat(document)
                .contains(
                        "    { \"group\": \"g\", \"actions\": [ \"plain\", { \"action\": \"keyed\", \"key\": \"k\" },"
                                + " { \"action\": \"scoped\", \"scopes\": [\"account\", \"chat\"] }, \"same\","
                                + " { \"action\": \"titled\", \"title\": \"T\", \"description\": \"D\" } ], \"scopes\": [\"team\"] }\n");
        assertThat(json.read(document).catalog()).isEqualTo(catalog);
    }

    @Test
    void control_characters_and_line_separators_are_escaped_and_all_else_is_not() {
        String description = "\"\\/\b\f\n\r\t\u0001\u001f\u007f\u0080\u009f\u00a0\u2028\u2029é\u4e2d\uD83D\uDE00";
        Policy policy = Policy.builder()
                .account("a")
                .catalog(PermissionCatalog.empty())
                .role(Role.builder("r", Scope.ACCOUNT)
                        .name("n")
                        .description(description)
                        .defaultRole(true)
                        .build())
                .build();
        String document = json.write(policy);
        assertThat(document)
                .contains("\"description\": \"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001F\\u007F\\u0080\\u009F\u00a0\\u2028"
                        + "\\u2029é\u4e2d\uD83D\uDE00\"");
        assertThat(json.read(document)).isEqualTo(policy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-06-30T15:00:09.126Z",
                "2025-06-30T15:00:09Z",
                "0000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z",
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999Z",
                "2024-02-29T00:00:00Z"
            })
    void an_instant_is_written_as_it_is_read(String instant) {
        String document = Documents.acme("2025-01-02T03:04:05.006Z", instant);
        Policy policy = json.read(document);
        assertThat(policy.role("writer").orElseThrow().createdAt()).contains(Instant.parse(instant));
        assertThat(json.read(json.write(policy))).isEqualTo(policy);
    }

    @Test
    void every_way_out_writes_the_same() throws IOException {
        Policy policy = json.read(Documents.ACME);
        StringWriter writer = new StringWriter();
        json.write(policy, writer);
        assertThat(writer).hasToString(Documents.ACME);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        json.write(policy, stream);
        assertThat(stream.toByteArray()).isEqualTo(Documents.ACME.getBytes(StandardCharsets.UTF_8));
        Path file = folder.resolve("policy.json");
        json.write(policy, file);
        assertThat(Files.readAllBytes(file)).isEqualTo(stream.toByteArray());
    }

    @Test
    void what_was_passed_in_is_flushed_and_not_closed() throws IOException {
        Policy policy = json.read(Documents.ACME);
        boolean[] closed = new boolean[1];
        boolean[] flushed = new boolean[1];
        OutputStream stream = new FilterOutputStream(new ByteArrayOutputStream()) {
            @Override
            public void close() {
                closed[0] = true;
            }

            @Override
            public void flush() {
                flushed[0] = true;
            }
        };
        json.write(policy, stream);
        assertThat(flushed[0]).isTrue();
        assertThat(closed[0]).isFalse();
        Writer writer = new StringWriter() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        json.write(policy, writer);
        assertThat(closed[0]).isFalse();
    }

    @Test
    void a_file_is_replaced_and_no_other_is_left() throws IOException {
        Path file = folder.resolve("policy.json");
        Files.writeString(file, "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
        json.write(json.read(Documents.ACME), link);
        assertThat(Files.readString(file)).isEqualTo(Documents.ACME);
        assertThat(link).isSymbolicLink();
        assertThat(files()).containsExactlyInAnyOrder("policy.json", "link.json");
    }

    @Test
    void a_file_that_is_replaced_keeps_its_permissions() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Path file = folder.resolve("policy.json");
        Files.writeString(file, "old");
        for (String permissions : List.of("rw-------", "rw-rw-rw-")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            json.write(json.read(Documents.ACME), file);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(permissions);
        }
    }

    @Test
    void a_pipe_is_written_to_and_not_replaced() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        try {
            json.write(json.read(Documents.ACME), pipe);
            assertThat(Files.isRegularFile(pipe)).isFalse();
            assertThat(reader.getInputStream()).hasBinaryContent(Documents.ACME.getBytes(StandardCharsets.UTF_8));
        } finally {
            reader.destroy();
        }
    }

    @Test
    void the_name_of_a_file_may_be_as_long_as_a_name_can_be() throws IOException {
        Path file = folder.resolve("p".repeat(255));
        json.write(json.read(Documents.ACME), file);
        assertThat(Files.readString(file)).isEqualTo(Documents.ACME);
    }

    @Test
    void a_file_that_cannot_be_written_stays_as_it_was() throws IOException {
        Path file = folder.resolve("policy.json");
        Files.writeString(file, "old");
        assertThatThrownBy(() -> FileReplacement.replace(file, stream -> {
                    stream.write('x');
                    throw new IOException("the disk is full");
                }))
                .hasMessage("the disk is full");
        assertThat(Files.readString(file)).isEqualTo("old");
        assertThat(files()).containsExactly("policy.json");
        assertThatThrownBy(() -> json.write(
                        json.read(Documents.ACME), folder.resolve("none").resolve("x.json")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void a_file_that_is_not_there_is_a_failure_of_reading() {
        assertThatThrownBy(() -> json.read(folder.resolve("none.json"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void the_string_form_names_whose_catalog_is_used() {
        assertThat(json).hasToString("PolicyJson, self-contained");
        PermissionCatalog catalog = PermissionCatalog.builder().group("g", "x").build();
        assertThat(new PolicyJson(catalog, PolicyRules.standard()))
                .hasToString("PolicyJson of PermissionCatalog[g[x]]");
    }
}
