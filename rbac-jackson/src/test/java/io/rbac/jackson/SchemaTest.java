package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Target;
import io.rbac.review.AccessInvariant;
import io.rbac.test.Choices;
import io.rbac.test.PolicyConverter;
import io.rbac.test.RandomPlainPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schemas, compared with the reader and the writer. */
class SchemaTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Schema POLICY = schema("rbac-policy.schema.json");
    private static final Schema TESTS = schema("rbac-tests.schema.json");
    private static final Schema INVARIANTS = schema("rbac-invariants.schema.json");

    private static Schema schema(String name) {
        try (InputStream stream = PolicyJson.class.getResourceAsStream(name)) {
            JsonNode node = MAPPER.readTree(stream);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Error> errors(Schema schema, String document) throws IOException {
        return schema.validate(MAPPER.readTree(document));
    }

    @Test
    void the_schemas_have_stable_names() throws IOException {
        for (String name : List.of("policy:2", "tests:1", "invariants:1")) {
            String kind = name.substring(0, name.indexOf(':'));
            JsonNode schema = MAPPER.readTree(Documents.resource("rbac-" + kind + ".schema.json"));
            assertThat(schema.get("$id").textValue()).isEqualTo("urn:io-rbac:" + name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pulse", "freya", "trillet", "documents"})
    void the_examples_are_valid(String name) throws IOException {
        assertThat(errors(POLICY, Documents.example(name + ".json"))).isEmpty();
        assertThat(errors(TESTS, Documents.example(name + ".tests.json"))).isEmpty();
    }

    @Test
    void what_is_written_is_valid() throws IOException {
        assertThat(errors(POLICY, Documents.ACME)).isEmpty();
        for (int seed = 0; seed < 300; seed++) {
            String document = PolicyJson.selfContained()
                    .write(PolicyConverter.policy(RandomPlainPolicy.valid(Choices.seeded(seed))));
            assertThat(errors(POLICY, document)).as("%s", document).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"-0001-01-01T00:00:00Z\"",
                "\"+10000-01-01T00:00:00.1Z\"",
                "\"+1000000000-12-31T23:59:59.999Z\"",
                "\"2025-06-30T15:00:09.12Z\""
            })
    void an_instant_is_valid_if_it_is_read(String instant) throws IOException {
        String document = Documents.acme("\"2025-01-02T03:04:05.006Z\"", instant);
        assertThat(PolicyJson.selfContained().read(document).roles()).hasSize(3);
        assertThat(errors(POLICY, document)).isEmpty();
    }

    @Test
    void a_catalog_may_be_left_to_the_application_and_a_group_may_be_empty() throws IOException {
        String catalog = Documents.ACME.substring(
                Documents.ACME.indexOf("  \"catalog\""), Documents.ACME.indexOf("  \"roles\""));
        assertThat(errors(POLICY, Documents.acme(catalog, ""))).isEmpty();
        PolicyJson host =
                new PolicyJson(PolicyJson.selfContained().read(Documents.ACME).catalog(), PolicyRules.standard());
        assertThat(host.read(Documents.acme(catalog, "")).account()).isEqualTo("acme");
        assertThat(errors(
                        POLICY,
                        Documents.acme("  \"catalog\": [", "  \"catalog\": [ { \"group\": \"x\", \"actions\": [] },")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\": 2,          | \"format\": 1,",
                "\"format\": 2,          | \"format\": 3,",
                "\"format\": 2,          | \"format\": \"2\",",
                "\"format\": 2,          | \"x\": 1,",
                "\"format\": 2,          | \"format\": 2, \"teams\": [],",
                "\"format\": 2,          | \"format\": 2, \"chats\": [],",
                "\"format\": 2,          | \"format\": 2, \"scopes\": [],",
                "\"format\": 2,          | \"format\": 2, \"scopes\": [\"account\", \"team\", \"chat\"],",
                "\"format\": 2,          | \"format\": 2, \"scopes\": [{ \"scope\": \"account\", \"nests\": true }, { \"scope\": \"team\" }, { \"scope\": \"chat\" }],",
                "\"format\": 2,          | \"format\": 2, \"scopes\": [{ \"scope\": \"org\" }, { \"scope\": \"account\" }, { \"scope\": \"team\" }, { \"scope\": \"chat\" }],",
                "\"format\": 2,          | \"format\": 2, \"scopes\": [{ \"scope\": \"account\" }, { \"scope\": \"team\", \"x\": 1 }, { \"scope\": \"chat\" }],",
                "\"format\": 2,          | \"format\": 2, \"scopes\": [{ \"scope\": \"account\" }, { \"nests\": true }, { \"scope\": \"chat\" }],",
                "\"format\": 2,          | \"format\": 2, \"scopes\": [{ \"scope\": \"account\" }, { \"scope\": \"Team\" }, { \"scope\": \"chat\" }],",
                "\"format\": 2,          | \"format\": 2, \"scopes\": [{ \"scope\": \"account\" }, { \"scope\": \"team\" }, { \"scope\": \"in\" }],",
                "\"format\": 2,          | \"format\": 2, \"scopes\": [{ \"scope\": \"account\" }, { \"scope\": \"team\" }, { \"scope\": \"chat\" }, { \"scope\": \"d\" }, { \"scope\": \"e\" }, { \"scope\": \"f\" }, { \"scope\": \"g\" }, { \"scope\": \"h\" }, { \"scope\": \"i\" }],",
                "\"account\": \"acme\"   | \"account\": \"\"",
                "\"account\": \"acme\"   | \"account\": \"a  b\"",
                "\"account\": \"acme\"   | \"account\": \" acme\"",
                "\"account\": \"acme\"   | \"account\": null",
                "\"account\": \"acme\",  | \"Account\": \"acme\",",
                "\"revision\": 7         | \"revision\": -1",
                "\"revision\": 7         | \"revision\": \"7\"",
                "\"revision\": 7         | \"revision\": 7.5",
                "\"revision\": 7         | \"revision\": 9223372036854775808",
                "\"max\": 60             | \"max\": -1",
                "\"max\": 60             | \"most\": 60",
                "\"deletion\": \"refuse\" | \"deletion\": \"REFUSE\"",
                "\"deletion\": \"refuse\" | \"rolesPerTarget\": 0",
                "\"deletion\": \"refuse\" | \"defaults\": { \"account\": { \"min\": null } }",
                "\"deletion\": \"refuse\" | \"defaults\": { \"Team\": { \"min\": 1 } }",
                "\"deletion\": \"refuse\" | \"defaultScope\": \"Team\"",
                "\"deletion\": \"refuse\" | \"placedChats\": \"refused\"",
                "\"deletion\": \"refuse\" | \"unknownTargets\": \"Refused\"",
                "\"deletion\": \"refuse\" | \"scopes\": []",
                "\"deletion\": \"refuse\" | \"lockout\": [\"user:read\", \"user:read\"]",
                "[\"account\", \"team\"] | [\"team\", \"team\"]",
                "[\"account\", \"team\"] | [\"TEAM\"]",
                "\"group\": \"agents\",  | ''",
                "\"edit\"                | { \"key\": \"edit\" }",
                "\"edit\"                | 7",
                "\"id\": \"lead\",       | ''",
                "\"id\": \"lead\"        | \"id\": \"le\\u200Bad\"",
                "\"name\": \"Team lead\", | ''",
                "\"name\": \"Team lead\" | \"name\": \"Team\\u202E lead\"",
                "\"scope\": \"chat\"     | \"scope\": \"CHAT\"",
                "\"scope\": \"chat\"     | \"scope\": 1",
                "\"type\": \"system\"    | \"type\": \"System\"",
                "\"default\": true       | \"default\": \"true\"",
                "\"default\": true       | \"default\": 1",
                "{ \"view\": true }      | { \"view\": 1 }",
                "{ \"view\": true }      | [\"view\"]",
                "\"2025-06-30T15:00:09.126Z\" | \"2025-06-31T15:00:09.126Z\"",
                "\"2025-06-30T15:00:09.126Z\" | \"2025-06-30T15:00:09.1260Z\"",
                "\"2025-06-30T15:00:09.126Z\" | \"2025-06-30T15:00:09.126\"",
                "{ \"chat\": \"c-1\" }   | \"c-1\"",
                "{ \"chat\": \"c-1\" }   | { }",
                "{ \"chat\": \"c-1\" }   | { \"in\": \"team/support\" }",
                "{ \"chat\": \"c-1\" }   | { \"chat\": \" c-1\" }",
                "{ \"chat\": \"c-1\" }   | { \"chat\": \"c-1\", \"in\": null }",
                "{ \"chat\": \"c-1\" }   | { \"chat\": \"c-1\", \"in\": \"Team/support\" }",
                "{ \"chat\": \"c-1\" }   | { \"chat\": \"c-1\", \"in\": \"team/\" }",
                "{ \"chat\": \"c-1\" }   | { \"chat\": \"c-1\", \"team\": \"x\" }",
                "{ \"chat\": \"c-1\" }   | { \"chat\": \"c-1\", \"team\": \"x\", \"in\": \"account\" }",
                "{ \"chat\": \"c-1\" }   | { \"Chat\": \"c-1\" }",
                "{ \"chat\": \"c-1\" }   | { \"account\": \"c-1\" }",
                "\"user\": \"ada\",      | ''",
                "\"user\": \"ada\"       | \"user\": \"ada\", \"team\": \"support\"",
                "\"user\": \"ada\"       | \"user\": \"ada\", \"at\": \"\"",
                "\"user\": \"ada\"       | \"user\": \"ada\", \"at\": \"/x\"",
                "\"user\": \"ada\"       | \"user\": \"ada\", \"at\": { \"team\": \"support\" }"
            })
    void what_the_schema_refuses_the_reader_refuses(String text, String replacement) throws IOException {
        String document = Documents.acme(text, replacement);
        assertThat(errors(POLICY, document)).isNotEmpty();
        assertThat(Documents.violations(() -> PolicyJson.selfContained().read(document)))
                .isNotEmpty();
    }

    @Test
    void documents_of_the_first_format_are_valid() throws IOException {
        for (String name : List.of("acme", "stored", "result")) {
            assertThat(errors(POLICY, Documents.resource("format-1/" + name + ".json")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\": 1,          | \"format\": 2,",
                "\"format\": 1,          | \"format\": 1, \"scopes\": [{ \"scope\": \"account\" }],",
                "\"format\": 1,          | \"format\": 1, \"targets\": [],",
                "\"deletion\": \"refuse\" | \"placedChats\": \"Refused\"",
                "\"deletion\": \"refuse\" | \"unknownTargets\": \"refused\"",
                "{ \"id\": \"c-1\" }     | \"c-1\"",
                "{ \"id\": \"c-1\" }     | { \"id\": \"c-1\", \"team\": null }",
                "{ \"id\": \"c-1\" }     | { \"id\": \"c-1\", \"name\": \"x\" }",
                "\"user\": \"ada\"       | \"user\": \"ada\", \"at\": \"account\"",
                "\"user\": \"ada\"       | \"user\": \"ada\", \"team\": \"support\", \"chat\": \"c-1\""
            })
    void what_the_schema_refuses_in_the_first_format_the_reader_refuses(String text, String replacement)
            throws IOException {
        String document = Documents.replace(Documents.ACME_1, text, replacement);
        assertThat(errors(POLICY, document)).isNotEmpty();
        assertThat(Documents.violations(() -> PolicyJson.selfContained().read(document)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{ \"tests\": [] }",
                "{ \"tests\": [ {} ] }",
                "{ \"tests\": [ 1 ] }",
                "{ \"test\": [] }",
                "{ \"tests\": [ { \"user\": \"u\", \"permission\": \"p\", \"target\": \"account\" } ] }",
                "{ \"tests\": [ { \"user\": \"u\", \"permission\": \"p\", \"target\": \"account\", \"allowed\": 1 } ] }",
                "{ \"tests\": [ { \"user\": \"u\", \"permission\": \"p\", \"target\": \"in/x\", \"allowed\": true } ] }",
                "{ \"tests\": [ { \"user\": \"u\", \"permission\": \"p\", \"target\": \"Team/x\", \"allowed\": true } ] }",
                "{ \"tests\": [ { \"user\": \"u\", \"permission\": \"p\", \"target\": \"team/\", \"allowed\": true } ] }",
                "{ \"tests\": [ { \"user\": \"u\", \"permission\": \"p\", \"target\": \"account\", \"in\": \"account\", \"allowed\": true } ] }",
                "{ \"tests\": [ { \"user\": \"u\", \"permission\": \"p\", \"target\": \"chat/x\", \"in\": \"Team/y\", \"allowed\": true } ] }",
                "{ \"tests\": [ { \"user\": null, \"permission\": \"p\", \"target\": \"account\", \"allowed\": true } ] }",
                "{ \"tests\": [ { \"user\": \"u\", \"permission\": \"p\", \"target\": \"account\", \"allowed\": true, \"x\": 1 } ] }"
            })
    void expected_answers_that_the_schema_refuses_the_reader_refuses(String document) throws IOException {
        assertThat(errors(TESTS, document)).isNotEmpty();
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        assertThat(Documents.violations(() -> ExpectedAnswers.read(new ByteArrayInputStream(bytes))))
                .isNotEmpty();
    }

    @Test
    void invariants_that_are_written_are_valid() throws IOException {
        assertThat(errors(INVARIANTS, Documents.example("documents.invariants.json")))
                .isEmpty();
        List<AccessInvariant> invariants = List.of(
                AccessInvariant.implies("a:b", "ä/ö"),
                AccessInvariant.excludes("a b", "c"),
                AccessInvariant.atLeast(1, "p", Target.account()),
                AccessInvariant.atLeast(Integer.MAX_VALUE, "p", Target.chat("c/1 2")));
        assertThat(errors(INVARIANTS, InvariantsJson.write(invariants))).isEmpty();
        assertThat(errors(INVARIANTS, InvariantsJson.write(List.of()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{ \"invariants\": {} }",
                "{ \"invariants\": [ {} ] }",
                "{ \"invariants\": [ 1 ] }",
                "{ \"invariants\": [], \"format\": 1 }",
                "{ \"invariants\": [ { \"permission\": \"a:x\" } ] }",
                "{ \"invariants\": [ { \"implies\": \"a:x\" } ] }",
                "{ \"invariants\": [ { \"permission\": \"a:x\", \"implies\": null } ] }",
                "{ \"invariants\": [ { \"permission\": [\"a:x\"], \"implies\": \"a:x\" } ] }",
                "{ \"invariants\": [ { \"permission\": \"a:x\", \"implies\": \"a:x\", \"excludes\": \"a:x\" } ] }",
                "{ \"invariants\": [ { \"permission\": \"a:x\", \"implies\": \"a:x\", \"at\": \"account\" } ] }",
                "{ \"invariants\": [ { \"permission\": \"a:x\", \"atLeast\": 0 } ] }",
                "{ \"invariants\": [ { \"permission\": \"a:x\", \"atLeast\": 1.5 } ] }",
                "{ \"invariants\": [ { \"permission\": \"a:x\", \"atLeast\": 2147483648 } ] }",
                "{ \"invariants\": [ { \"permission\": \"a:x\", \"atLeast\": 1, \"at\": \"team/\" } ] }",
                "{ \"invariants\": [ { \"permission\": \"a:x\", \"atLeast\": 1, \"at\": \"Team/t\" } ] }",
                "{ \"invariants\": [ { \"permission\": \"a:x\", \"atLeast\": 1, \"in\": \"account\" } ] }"
            })
    void invariants_that_the_schema_refuses_the_reader_refuses(String document) throws IOException {
        PermissionCatalog catalog = PermissionCatalog.builder().group("a", "x").build();
        assertThat(errors(INVARIANTS, document)).isNotEmpty();
        assertThat(Documents.violations(() -> InvariantsJson.read(document, catalog)))
                .isNotEmpty();
    }
}
