package io.rbac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FoundBeanTest {

    private final AtomicInteger asked = new AtomicInteger();

    private int ask() {
        if (asked.incrementAndGet() == 1) {
            throw new IllegalStateException("the container has not got that far");
        }
        return asked.get();
    }

    @Test
    void a_container_is_asked_until_there_is_a_bean_and_then_no_more() {
        FoundBean<Integer> bean = new FoundBean<>(this::ask);
        assertThat(asked).hasValue(0);
        assertThatIllegalStateException().isThrownBy(bean::get);
        assertThat(bean.get()).isEqualTo(2);
        assertThat(bean.get()).isEqualTo(2);
    }
}
