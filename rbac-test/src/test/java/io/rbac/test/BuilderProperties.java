package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.model.PolicyViolationException;
import io.rbac.policy.Policy;
import io.rbac.test.PlainPolicy.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;

/** {@code Policy.builder} accepts exactly what is valid. */
@Domain(PlainPolicyDomain.class)
class BuilderProperties {

    @Property
    @Tag("P27")
    void a_valid_policy_is_never_refused(@ForAll PlainPolicy plain) {
        assertThatCode(() -> PolicyConverter.policy(plain)).as("%s", plain).doesNotThrowAnyException();
    }

    @Property
    @Tag("P27")
    @Tag("B123")
    @Tag("B124")
    void a_broken_policy_is_refused_with_exactly_its_violations(@ForAll RandomPlainPolicy.Broken broken) {
        PlainPolicy named = named(broken.plain());
        if (Validity.violations(named).isEmpty()) {
            assertThatCode(() -> PolicyConverter.policy(named)).doesNotThrowAnyException();
        } else {
            assertThat(PolicyConverter.violations(refusal(named)))
                    .as("violations of\n%s", named)
                    .isEqualTo(expectedViolations(named));
        }
    }

    /** It is reported alone, before the policy is built. */
    @Property
    @Tag("P27")
    void a_role_without_a_name_cannot_be_built(@ForAll PlainPolicy plain) {
        PlainRole nameless = PlainRole.of("nameless", PlainScope.ACCOUNT).withTexts(null, null);
        assertThat(PolicyConverter.violations(refusal(plain.withRole(nameless))))
                .containsExactly(new PlainViolation("NAME_MISSING", "/name"));
    }

    @Property
    @Tag("P11")
    void a_duplicate_is_reported_where_it_is_listed_again(@ForAll PlainPolicy plain) {
        PlainPolicy doubled = plain;
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < plain.roles().size(); i++) {
            doubled = doubled.withRole(plain.roles().get(i));
            paths.add("/roles/" + (plain.roles().size() + i) + "/id");
        }
        for (int i = 0; i < plain.targets().size(); i++) {
            doubled = doubled.withTarget(plain.targets().get(i).target(), PlainTarget.account());
            paths.add("/targets/" + (plain.targets().size() + i));
        }
        for (int i = 0; i < plain.assignments().size(); i++) {
            Assignment assignment = plain.assignments().get(i);
            doubled = doubled.withAssignment(assignment.user(), assignment.role(), assignment.target());
            paths.add("/assignments/" + (plain.assignments().size() + i));
        }
        PlainPolicy whole = doubled;
        if (!paths.isEmpty()) {
            assertThat(PolicyConverter.violations(refusal(whole)))
                    .isEqualTo(paths.stream()
                            .map(path -> new PlainViolation("DUPLICATE_ID", path))
                            .collect(Collectors.toSet()));
        }
    }

    @Property
    @Tag("P27")
    void a_policy_reads_back_as_it_was_built(@ForAll PlainPolicy plain) {
        Policy policy = PolicyConverter.policy(plain);
        PlainPolicy read = PolicyConverter.plain(policy);
        assertThat(read).isEqualTo(EditedPolicy.listed(plain));
        assertThat(PolicyConverter.policy(read)).isEqualTo(policy).hasSameHashCodeAs(policy);
    }

    private static PolicyViolationException refusal(PlainPolicy plain) {
        PolicyViolationException refusal =
                catchThrowableOfType(PolicyViolationException.class, () -> PolicyConverter.policy(plain));
        assertThat(refusal).as("refusal of\n%s", plain).isNotNull();
        assertThat(refusal.total()).isEqualTo(refusal.violations().size());
        return refusal;
    }

    /**
     * Returns what {@link Validity} finds, except that an assignment with another violation is not also a duplicate.
     */
    private static Set<PlainViolation> expectedViolations(PlainPolicy plain) {
        List<PlainViolation> violations = Validity.violations(plain);
        return violations.stream()
                .filter(violation -> !violation.code().equals("DUPLICATE_ID")
                        || violations.stream().noneMatch(other -> other.path().startsWith(violation.path() + "/")))
                .collect(Collectors.toSet());
    }

    /** Gives each role without a name one that the rules allow and no other role has. */
    private static PlainPolicy named(PlainPolicy plain) {
        PlainPolicy named = plain;
        for (int i = 0; i < plain.roles().size(); i++) {
            PlainRole role = plain.roles().get(i);
            if (role.name() == null) {
                List<String> taken = named.roles().stream()
                        .map(other -> Spelling.comparableName(String.valueOf(other.name())))
                        .toList();
                named = named.withRole(i, role.withTexts(RandomWords.newName("No", taken), role.description()));
            }
        }
        return named;
    }
}
