package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The library judges ids and names as {@link Spelling} does, for every code point (S14, S15). Of the planes 4 to 13,
 * which have no characters, only the first and last code points are tried.
 */
@Tag("deep")
class SpellingTest {
    /** Less than the number of violations that are kept, and a divisor of the number of all code points. */
    private static final int BATCH = 0x200;

    private static final PolicyRules RULES =
            PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null).build();

    private static List<Integer> batches() {
        List<Integer> firsts = new ArrayList<>();
        for (int first = 0; first <= Character.MAX_CODE_POINT; first += BATCH) {
            int plane = first >>> 16;
            int inPlane = first & 0xFFFF;
            if (plane < 4 || plane > 13 || inPlane == 0 || inPlane == 0x10000 - BATCH) {
                firsts.add(first);
            }
        }
        return firsts;
    }

    private static List<String> strings(String pattern, int first) {
        List<String> strings = new ArrayList<>();
        for (int point = first; point < first + BATCH; point++) {
            strings.add(pattern.replace("?", Character.toString(point)));
        }
        return strings;
    }

    private static Set<PlainViolation> refused(Policy.Builder builder) {
        try {
            assertThat(builder.build()).isNotNull();
            return Set.of();
        } catch (PolicyViolationException e) {
            assertThat(e.total()).isEqualTo(e.violations().size());
            return PolicyConverter.violations(e);
        }
    }

    private static Set<PlainViolation> expected(List<String> strings, IntFunction<String> path, Judge judge) {
        Set<PlainViolation> violations = new HashSet<>();
        for (int i = 0; i < strings.size(); i++) {
            String code = judge.violation(strings.get(i));
            if (code != null) {
                violations.add(new PlainViolation(code, path.apply(i)));
            }
        }
        return violations;
    }

    @FunctionalInterface
    private interface Judge {
        @Nullable
        String violation(String string);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "a?b", "?\uFE0F", "\u034F ?"})
    @Tag("S14")
    void every_code_point_is_allowed_in_an_id_or_not_as_the_semantics_say(String pattern) {
        for (int first : batches()) {
            List<String> strings = strings(pattern, first);
            Policy.Builder builder = Policy.builder()
                    .account("acme")
                    .catalog(PermissionCatalog.empty())
                    .rules(RULES);
            strings.forEach(builder::team);
            assertThat(refused(builder))
                    .as("from U+%X", first)
                    .isEqualTo(expected(
                            strings, i -> "/targets/" + i, string -> Spelling.isId(string) ? null : "ID_INVALID"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "a?b", "?\u3164 "})
    @Tag("S15")
    void every_code_point_is_allowed_in_a_name_or_not_as_the_semantics_say(String pattern) {
        for (int first : batches()) {
            List<String> strings = strings(pattern, first);
            Policy.Builder builder = Policy.builder()
                    .account("acme")
                    .catalog(PermissionCatalog.empty())
                    .rules(RULES);
            for (int i = 0; i < strings.size(); i++) {
                builder.role(Role.builder("role" + i, Scope.CHAT)
                        .name(strings.get(i))
                        .build());
            }
            assertThat(refused(builder))
                    .as("from U+%X", first)
                    .isEqualTo(expected(
                            strings,
                            i -> "/roles/" + i + "/name",
                            string -> Spelling.nameViolation(string, PlainRules.standard())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "a?b"})
    @Tag("S3")
    void ids_are_listed_in_the_order_of_their_code_points(String pattern) {
        for (int first = 0; first <= Character.MAX_CODE_POINT; first += 0x10 * BATCH) {
            List<String> ids = new ArrayList<>();
            for (int more = 0; more < 0x10; more++) {
                strings(pattern, (first + more * 0x17 * BATCH) % (Character.MAX_CODE_POINT + 1)).stream()
                        .filter(Spelling::isId)
                        .limit(0x20)
                        .forEach(ids::add);
            }
            Policy.Builder builder = Policy.builder()
                    .account("acme")
                    .catalog(PermissionCatalog.empty())
                    .rules(RULES);
            Set<String> distinct = new HashSet<>(ids);
            distinct.forEach(builder::team);
            assertThat(builder.build().targets(Scope.TEAM))
                    .extracting(Target::id)
                    .isEqualTo(distinct.stream().sorted(Spelling::compare).toList());
        }
    }
}
