package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Violation.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The titles of errors are the reason phrases of HTTP. */
class ReasonPhraseTest {

    @ParameterizedTest
    @CsvSource({
        "400, Bad Request",
        "409, Conflict",
        "413, Content Too Large",
        "422, Unprocessable Content",
        "429, Too Many Requests",
        "451, Unavailable For Legal Reasons",
        "503, Service Unavailable"
    })
    void a_registered_status_has_its_phrase(int status, String phrase) {
        assertThat(ReasonPhrase.of(status)).isEqualTo(phrase);
    }

    @Test
    void another_status_has_the_phrase_of_its_class() {
        assertThat(ReasonPhrase.of(418)).isEqualTo("Bad Request");
        assertThat(ReasonPhrase.of(499)).isEqualTo("Bad Request");
        assertThat(ReasonPhrase.of(599)).isEqualTo("Internal Server Error");
    }

    @ParameterizedTest
    @EnumSource
    void an_error_of_422_has_its_reason_phrase(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product, product.dialect().withStatus(Code.NAME_BLANK, 422));

        assertThat(world.createRole(product.roleBody("")).is(422).text()).contains("\"Unprocessable Content\"");
    }
}
