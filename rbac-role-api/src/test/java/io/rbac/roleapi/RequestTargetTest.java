package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation.Code;
import io.rbac.roleapi.RequestTarget.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @Test
    void segments_are_decoded_after_the_path_is_split() {
        assertThat(RequestTarget.parse("/a%2Fb/+/%c3%A4/").segments()).containsExactly("", "a/b", "+", "ä", "");
        assertThat(RequestTarget.parse("").segments()).containsExactly("");
        assertThat(RequestTarget.parse("/%25%32%46").segments()).containsExactly("", "%2F");
    }

    @Test
    void parameters_are_decoded_after_the_query_is_split_and_a_plus_is_a_space() {
        assertThat(RequestTarget.parse("/?a=b+c&d=%2B%26&&e&=f&g==?").parameters())
                .containsExactly(
                        new Parameter("a", "b c"),
                        new Parameter("d", "+&"),
                        new Parameter("e", ""),
                        new Parameter("", "f"),
                        new Parameter("g", "=?"));
        assertThat(RequestTarget.parse("/?").parameters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%",
                "/%2",
                "/%zz",
                "/%2g",
                "/%g2",
                "/% 2",
                "/%-1",
                "/a%",
                "/%C3%28",
                "/%C0%AF",
                "/%ED%A0%80",
                "/%FF",
                "/x?%",
                "/x?a=%f"
            })
    void a_bad_escape_is_malformed(String target) {
        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(() -> RequestTarget.parse(target))
                .satisfies(e -> assertThat(e.violations())
                        .singleElement()
                        .satisfies(violation -> assertThat(violation.code()).isEqualTo(Code.MALFORMED)));
    }
}
