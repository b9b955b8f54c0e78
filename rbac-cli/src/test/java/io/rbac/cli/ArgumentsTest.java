package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @ParameterizedTest
    @ValueSource(strings = {"ANSI_X3.4-1968", "ISO-8859-1", "Cp1252", "no-such-encoding"})
    void arguments_beyond_ascii_are_refused_if_they_were_not_read_as_utf_8(String encoding) {
        assertThat(Arguments.misread(new String[] {"check", "J\u00FCrgen"}, encoding))
                .hasValue(
                        "argument 2 has characters beyond ASCII, which cannot be read in the encoding of this locale, `"
                                + encoding + "`: expected a UTF-8 locale, for example `LC_ALL=C.UTF-8`");
        assertThat(Arguments.misread(new String[] {"J\uFFFD\uFFFDrgen"}, encoding))
                .isPresent();
        assertThat(Arguments.misread(new String[] {"check", "~ ?"}, encoding)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "utf8"})
    void arguments_that_are_valid_utf_8_are_taken(String encoding) {
        assertThat(Arguments.misread(new String[] {"J\u00FCrgen", "\uD83D\uDE80"}, encoding))
                .isEmpty();
        assertThat(Arguments.misread(new String[] {"J\uFFFDrgen"}, encoding)).hasValue("argument 1 is not valid UTF-8");
    }

    @Test
    void json_is_asked_for_by_an_option_only() {
        assertThat(Arguments.askForJson("check", "--json")).isTrue();
        assertThat(Arguments.askForJson("check", "--json=true")).isTrue();
        assertThat(Arguments.askForJson("check", "--", "--json")).isFalse();
        assertThat(Arguments.askForJson("check", "json")).isFalse();
        assertThat(Arguments.askForJson()).isFalse();
    }
}
