package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That every acceptance case of the three products has exactly one test, which is tagged with its number. */
class AcceptanceCasesTest {

    private static final String PREFIX = "case-";

    private static final List<Class<?>> CLASSES = List.of(
            TrilletCreateAcceptanceTest.class,
            TrilletAcceptanceTest.class,
            PulseCreateAcceptanceTest.class,
            PulseUpdateAcceptanceTest.class,
            PulseDefaultsAcceptanceTest.class,
            PulseAssignmentAcceptanceTest.class,
            PulseListAcceptanceTest.class,
            FreyaAcceptanceTest.class,
            FreyaMemberAcceptanceTest.class,
            CrossCuttingAcceptanceTest.class);

    private static Stream<Method> tests() {
        return CLASSES.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class));
    }

    @Test
    void each_of_the_134_cases_has_one_test() {
        List<Integer> numbers = tests().flatMap(method -> Arrays.stream(method.getAnnotationsByType(Tag.class)))
                .map(Tag::value)
                .filter(tag -> tag.startsWith(PREFIX))
                .map(tag -> Integer.valueOf(tag.substring(PREFIX.length())))
                .sorted()
                .toList();

        assertThat(numbers)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 134).boxed().toList());
        assertThat(tests()).hasSize(134);
    }
}
