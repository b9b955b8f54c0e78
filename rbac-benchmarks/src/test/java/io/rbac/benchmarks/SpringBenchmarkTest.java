package io.rbac.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.util.ClassUtils;

class SpringBenchmarkTest {

    /** The classes of handlers were loaded in every application once, and stopped those without servlets. */
    @Test
    void annotations_work_in_an_application_without_servlets() {
        assertThat(ClassUtils.isPresent("jakarta.servlet.http.HttpServletRequest", null))
                .isFalse();
        SpringBenchmark benchmark = new SpringBenchmark();
        benchmark.setUp();
        try {
            assertThat(benchmark.permission())
                    .isEqualTo(benchmark.permissionWithTimer())
                    .isEqualTo(benchmark.authority())
                    .isEqualTo(benchmark.unprotected())
                    .isEqualTo("c-1".length());
        } finally {
            benchmark.tearDown();
        }
    }
}
