package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That no acceptance case is missing, and none is there twice. */
class AcceptanceCasesTest {

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
    void each_of_the_134_cases_is_one_test() {
        List<Integer> numbers = tests().map(Method::getName)
                .filter(name -> name.matches("case_\\d{3}_[a-z0-9_]+"))
                .map(name -> Integer.valueOf(name.substring(5, 8)))
                .sorted()
                .toList();

        assertThat(numbers)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 134).boxed().toList());
        assertThat(tests()).hasSize(134);
    }
}
