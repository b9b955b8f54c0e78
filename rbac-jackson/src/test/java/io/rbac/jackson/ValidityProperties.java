package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Policy;
import io.rbac.model.Violation;
import io.rbac.test.Choices;
import io.rbac.test.RandomSketch;
import io.rbac.test.Sketch;
import io.rbac.test.SketchPolicy;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The reader, held against a second statement of what a valid policy is. */
class ValidityProperties {

    @Property(tries = 300)
    void a_valid_policy_is_read(@ForAll long seed) {
        Sketch sketch = RandomSketch.valid(Choices.seeded(seed));
        Policy policy = SketchPolicy.policy(sketch);
        String document = SketchDocument.of(sketch);
        assertThat(new PolicyJson(policy.catalog(), policy.rules()).read(document))
                .isEqualTo(policy);
        Policy alone = PolicyJson.selfContained().read(document);
        assertThat(alone.rules()).isEqualTo(policy.rules());
        assertThat(alone.withCatalog(policy.catalog())).isEqualTo(policy);
    }

    @Property(tries = 500)
    void a_policy_with_faults_is_refused_with_one_of_their_codes_at_least(@ForAll long seed) {
        RandomSketch.Broken broken = RandomSketch.broken(Choices.seeded(seed));
        List<Violation> violations =
                Documents.violations(() -> PolicyJson.selfContained().read(SketchDocument.of(broken.sketch())));
        assertThat(violations.stream().map(v -> v.code().name()).map(ValidityProperties::byKey))
                .as("%s\n%s", broken.codes(), violations)
                .containsAnyElementsOf(broken.codes());
    }

    /** In a document a permission that is not there is named by its group. */
    private static String byKey(String code) {
        return code.equals("UNKNOWN_GROUP") || code.equals("ACTION_NOT_ALLOWED") ? "UNKNOWN_PERMISSION" : code;
    }
}
