package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.jackson.PolicyJson;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FingerprintCommandTest {

    private static JsonNode fingerprints(String policy) {
        return Rbac.runReading(policy, "fingerprint", "-", "--json").json();
    }

    @Test
    void the_fingerprints_are_those_of_the_library() throws Exception {
        Policy policy = PolicyJson.selfContained().read(Acme.POLICY);
        String document = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(PolicyJson.selfContained().write(policy).getBytes(StandardCharsets.UTF_8)));
        String answers = PermissionMatrix.compile(policy).fingerprint();
        assertThat(Rbac.runReading(Acme.POLICY, "fingerprint", "-"))
                .isEqualTo(new Rbac(0, "answers   " + answers + "\ndocument  " + document + "\n", ""));
        assertThat(fingerprints(Acme.POLICY))
                .isEqualTo(Rbac.parse("{ \"account\": \"acme\", \"revision\": 7, \"answers\": \"" + answers
                        + "\", \"document\": \"" + document + "\" }"));
    }

    @Test
    void another_name_changes_the_document_and_no_answer() {
        JsonNode some = fingerprints(Acme.POLICY);
        JsonNode renamed = fingerprints(Acme.POLICY.replace("Team lead", "Head"));
        assertThat(renamed.get("answers")).isEqualTo(some.get("answers"));
        assertThat(renamed.get("document")).isNotEqualTo(some.get("document"));
        assertThat(fingerprints(Acme.WIDER).get("answers")).isNotEqualTo(some.get("answers"));
    }

    @Test
    void a_broken_policy_has_none() {
        Rbac run = Rbac.runReading("{}", "fingerprint", "-");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }
}
