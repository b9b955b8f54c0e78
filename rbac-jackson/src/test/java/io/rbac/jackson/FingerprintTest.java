package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P63")
class FingerprintTest {

    private static final PolicyJson JSON = PolicyJson.selfContained();

    private static String sha256(String document) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    @Test
    void a_fingerprint_is_the_digest_of_the_canonical_document() throws Exception {
        for (String document : List.of(Documents.ACME, Documents.TREE)) {
            assertThat(JSON.fingerprint(JSON.read(document))).isEqualTo(sha256(document));
        }
    }

    @Test
    void the_form_of_a_document_is_no_part_of_it() {
        String spaced = Documents.ACME.replace(": ", "  :\n ");
        assertThat(spaced).isNotEqualTo(Documents.ACME);
        assertThat(JSON.fingerprint(JSON.read(spaced))).isEqualTo(JSON.fingerprint(JSON.read(Documents.ACME)));
    }

    @Test
    void whatever_is_said_otherwise_gives_another_fingerprint() {
        Policy policy = JSON.read("""
                {
                  "format": 2,
                  "account": "acme",
                  "catalog": [{ "group": "user", "actions": ["read", "update"] }],
                  "roles": [
                    { "id": "a", "name": "A", "scope": "account", "default": true, "rights": { "user": { "read": true } } },
                    { "id": "b", "name": "B", "scope": "account" }
                  ],
                  "targets": [{ "team": "t" }],
                  "assignments": [{ "user": "x", "role": "a" }, { "user": "y", "role": "b" }]
                }
                """);
        String document = JSON.write(policy);
        List<String> others = Stream.of(
                        document,
                        document.replace("\"read\": true", "\"update\": true"),
                        document.replace("\"x\"", "\"z\""),
                        document.replace("\"x\"", "\"w\"")
                                .replace("\"y\"", "\"x\"")
                                .replace("\"w\"", "\"y\""),
                        document.replace("\"name\": \"B\"", "\"name\": \"b\""),
                        document.replace("\"t\"", "\"u\""),
                        document.replace("acme", "acne"))
                .map(JSON::read)
                .map(JSON::fingerprint)
                .toList();
        assertThat(others).doesNotHaveDuplicates().allMatch(fingerprint -> fingerprint.matches("[0-9a-f]{64}"));
        assertThat(JSON.fingerprint(policy.withRevision(3))).isNotIn(others);
        assertThat(policy.hasTarget(Target.team("t"))).isTrue();
    }
}
