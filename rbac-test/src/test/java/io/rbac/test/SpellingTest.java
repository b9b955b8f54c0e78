package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * S14 and S15 for every code point there is, but that of the planes 4 to 13, which have no characters, the first and last
 * few stand for all: the library judges ids and names as {@link Spelling} does.
 */
class SpellingTest {
    /** Below the number of violations that are kept, and a divisor of that of all code points. */
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

    private static List<String> texts(String around, int first) {
        List<String> texts = new ArrayList<>();
        for (int point = first; point < first + BATCH; point++) {
            texts.add(around.replace("?", Character.toString(point)));
        }
        return texts;
    }

    private static Set<Problem> refused(Policy.Builder builder) {
        Set<Problem> problems = new HashSet<>();
        try {
            assertThat(builder.build()).isNotNull();
        } catch (PolicyViolationException e) {
            assertThat(e.total()).isEqualTo(e.violations().size());
            for (Violation violation : e.violations()) {
                problems.add(new Problem(violation.code().name(), violation.path()));
            }
        }
        return problems;
    }

    private static Set<Problem> expected(List<String> texts, IntFunction<String> path, Judge judge) {
        Set<Problem> problems = new HashSet<>();
        for (int i = 0; i < texts.size(); i++) {
            String code = judge.problem(texts.get(i));
            if (code != null) {
                problems.add(new Problem(code, path.apply(i)));
            }
        }
        return problems;
    }

    @FunctionalInterface
    private interface Judge {
        @Nullable
        String problem(String text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "a?b", "?\uFE0F", "\u034F ?"})
    void every_code_point_is_an_id_or_not_as_s14_says(String around) {
        for (int first : batches()) {
            List<String> texts = texts(around, first);
            Policy.Builder builder = Policy.builder("acme", PermissionCatalog.empty(), RULES);
            texts.forEach(builder::team);
            assertThat(refused(builder))
                    .as("from U+%X", first)
                    .isEqualTo(expected(texts, i -> "/teams/" + i, text -> Spelling.isId(text) ? null : "ID_INVALID"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "a?b", "?\u3164 "})
    void every_code_point_is_right_in_a_name_or_not_as_s15_says(String around) {
        for (int first : batches()) {
            List<String> texts = texts(around, first);
            Policy.Builder builder = Policy.builder("acme", PermissionCatalog.empty(), RULES);
            for (int i = 0; i < texts.size(); i++) {
                builder.role(
                        Role.builder("role" + i, Scope.CHAT).name(texts.get(i)).build());
            }
            assertThat(refused(builder))
                    .as("from U+%X", first)
                    .isEqualTo(expected(
                            texts,
                            i -> "/roles/" + i + "/name",
                            text -> Spelling.nameProblem(text, SketchRules.standard())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "a?b"})
    void texts_are_listed_in_the_order_of_their_code_points(String around) {
        for (int first = 0; first <= Character.MAX_CODE_POINT; first += 0x10 * BATCH) {
            List<String> ids = new ArrayList<>();
            for (int more = 0; more < 0x10; more++) {
                texts(around, (first + more * 0x17 * BATCH) % (Character.MAX_CODE_POINT + 1)).stream()
                        .filter(Spelling::isId)
                        .limit(0x20)
                        .forEach(ids::add);
            }
            Policy.Builder builder = Policy.builder("acme", PermissionCatalog.empty(), RULES);
            Set<String> distinct = new HashSet<>(ids);
            distinct.forEach(builder::team);
            assertThat(builder.build().teams())
                    .isEqualTo(distinct.stream().sorted(Spelling::compare).toList());
        }
    }
}
