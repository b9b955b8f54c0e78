package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.test.Choices;
import io.rbac.test.PlainPolicy;
import io.rbac.test.PolicyConverter;
import io.rbac.test.RandomPlainPolicy;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The reader, compared with an independent definition of valid policies. */
class ValidityProperties {

    @Property(tries = 300)
    void a_valid_policy_is_read(@ForAll long seed) {
        PlainPolicy plain = RandomPlainPolicy.valid(Choices.seeded(seed));
        Policy policy = PolicyConverter.policy(plain);
        String document = PlainDocument.of(plain);
        assertThat(new PolicyJson(policy.catalog(), policy.rules()).read(document))
                .isEqualTo(policy);
        Policy alone = PolicyJson.selfContained().read(document);
        assertThat(alone.rules()).isEqualTo(policy.rules());
        assertThat(alone.withCatalog(policy.catalog())).isEqualTo(policy);
    }

    @Property(tries = 500)
    void an_invalid_policy_is_refused_with_at_least_one_of_the_expected_codes(@ForAll long seed) {
        RandomPlainPolicy.Broken broken = RandomPlainPolicy.broken(Choices.seeded(seed));
        List<Violation> violations =
                Documents.violations(() -> PolicyJson.selfContained().read(PlainDocument.of(broken.plain())));
        assertThat(violations.stream().map(v -> v.code().name()).flatMap(ValidityProperties::meanings))
                .as("%s\n%s", broken.codes(), violations)
                .containsAnyElementsOf(broken.codes());
    }

    /** A document names an unknown permission by its group, and a target of an unknown scope in a text. */
    private static Stream<String> meanings(String code) {
        return switch (code) {
            case "UNKNOWN_GROUP", "ACTION_NOT_ALLOWED" -> Stream.of("UNKNOWN_PERMISSION");
            case "MALFORMED" -> Stream.of(code, "TARGET_NOT_FOUND", "SCOPE_MISMATCH");
            default -> Stream.of(code);
        };
    }
}
