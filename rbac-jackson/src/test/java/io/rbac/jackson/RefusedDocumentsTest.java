package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.jackson.Documents.Entry;
import io.rbac.model.Violation;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad documents, each through every way into the reader. Marks in a document are the places that must be named. */
class RefusedDocumentsTest {

    private static final List<BadDocument> ALL =
            Stream.concat(BadForms.all().stream(), BadContents.all().stream()).toList();

    @TestFactory
    Stream<DynamicTest> every_bad_document_is_refused_with_code_path_and_place_through_every_entry() {
        return ALL.stream()
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> {
                    for (Entry entry : entries(bad)) {
                        assertRefused(bad, entry);
                    }
                }));
    }

    private static Entry[] entries(BadDocument bad) {
        return bad.name().contains("B21")
                ? new Entry[] {Entry.BYTES, Entry.STRING, Entry.READER, Entry.FILE}
                : Entry.values();
    }

    private static void assertRefused(BadDocument bad, Entry entry) {
        Documents.Reading reading = () -> entry.read(PolicyJson.selfContained(), bad.text());
        List<Violation> violations = Documents.violations(reading);
        assertThat(Documents.problems(reading)).as("%s", entry).isEqualTo(bad.problems());
        List<String> marks = Documents.marks(bad.document());
        if (!marks.isEmpty()) {
            assertThat(Documents.places(violations).subList(0, marks.size()))
                    .as("%s", entry)
                    .isEqualTo(marks);
        }
        assertThat(violations).allSatisfy(violation -> {
            assertThat(violation.line()).isPositive();
            assertThat(violation.message().length()).isLessThan(1_000);
            assertThat(violation.message())
                    .doesNotContainPattern("[\\x00-\\x1f\\x7f\\u202e]")
                    .doesNotEndWith(".");
        });
    }

    /** B23. */
    @Test
    void no_class_that_a_document_names_is_ever_initialized() {
        BadForms.all().stream()
                .filter(bad -> bad.document().contains(Canary.class.getName()))
                .forEach(bad -> assertRefused(bad, Entry.STRING));
        assertThat(System.getProperty("io.rbac.jackson.canary")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "az", "lt"})
    void no_default_locale_changes_what_is_said(String language) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale(language));
        try {
            for (BadDocument bad : ALL) {
                assertRefused(bad, Entry.STRING);
            }
            assertThat(PolicyJson.selfContained()
                            .write(PolicyJson.selfContained().read(Documents.ACME)))
                    .isEqualTo(Documents.ACME);
        } finally {
            Locale.setDefault(before);
        }
    }
}
