package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.jackson.Documents.Entry;
import io.rbac.model.Violation;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad documents, each through every way into the reader. Marks in a document are the locations that must be reported.
 */
class RefusedDocumentsTest {

    @TestFactory
    @Tag("B01")
    @Tag("B02")
    Stream<DynamicTest> duplicate_keys_are_refused() {
        return refused(BadForms.duplicateKeys());
    }

    @TestFactory
    @Tag("B03")
    Stream<DynamicTest> duplicate_ids_are_refused() {
        return refused(BadForms.duplicateIds());
    }

    @TestFactory
    @Tag("B04")
    @Tag("B05")
    @Tag("B06")
    @Tag("S7")
    Stream<DynamicTest> unknown_names_are_refused() {
        return refused(BadForms.unknownNames());
    }

    @TestFactory
    @Tag("B07")
    Stream<DynamicTest> unknown_words_are_refused() {
        return refused(BadForms.words());
    }

    @TestFactory
    @Tag("B08")
    Stream<DynamicTest> flags_of_other_types_are_refused() {
        return refused(BadForms.flags());
    }

    @TestFactory
    @Tag("B11")
    Stream<DynamicTest> nulls_are_refused() {
        return refused(BadForms.nulls());
    }

    @TestFactory
    @Tag("B11")
    Stream<DynamicTest> missing_fields_are_refused() {
        return refused(BadForms.missing());
    }

    @TestFactory
    @Tag("B12")
    Stream<DynamicTest> containers_of_other_types_are_refused() {
        return refused(BadForms.containers());
    }

    @TestFactory
    @Tag("B13")
    Stream<DynamicTest> anything_after_the_document_is_refused() {
        return refused(BadForms.trailing());
    }

    @TestFactory
    @Tag("B14")
    @Tag("B21")
    @Tag("B22")
    Stream<DynamicTest> documents_that_are_not_json_are_refused() {
        return refused(BadForms.malformed());
    }

    @TestFactory
    @Tag("B23")
    Stream<DynamicTest> fields_that_name_classes_are_refused() {
        return refused(BadForms.hostileFields());
    }

    @TestFactory
    @Tag("B25")
    Stream<DynamicTest> unsupported_formats_are_refused() {
        return refused(BadForms.formats());
    }

    @TestFactory
    @Tag("B09")
    Stream<DynamicTest> bad_numbers_are_refused() {
        return refused(BadContents.numbers());
    }

    @TestFactory
    Stream<DynamicTest> bad_instants_are_refused() {
        return refused(BadContents.instants());
    }

    @TestFactory
    @Tag("B29")
    @Tag("B30")
    @Tag("B31")
    @Tag("B32")
    @Tag("B33")
    @Tag("B34")
    @Tag("B35")
    Stream<DynamicTest> bad_ids_are_refused() {
        return refused(BadContents.ids());
    }

    @TestFactory
    @Tag("B29")
    @Tag("B30")
    @Tag("B32")
    @Tag("B33")
    @Tag("B34")
    @Tag("B39")
    Stream<DynamicTest> bad_names_are_refused() {
        return refused(BadContents.names());
    }

    @TestFactory
    @Tag("B70")
    @Tag("B81")
    Stream<DynamicTest> bad_references_are_refused() {
        return refused(BadContents.references());
    }

    @TestFactory
    Stream<DynamicTest> broken_rules_are_refused() {
        return refused(BadContents.rules());
    }

    @TestFactory
    Stream<DynamicTest> bad_catalogs_are_refused() {
        return refused(BadContents.catalogs());
    }

    @TestFactory
    @Tag("S5")
    Stream<DynamicTest> scopes_that_make_no_tree_are_refused() {
        return refused(BadScopes.trees());
    }

    @TestFactory
    @Tag("S5")
    Stream<DynamicTest> names_of_other_scopes_are_refused() {
        return refused(BadScopes.names());
    }

    @TestFactory
    @Tag("S5")
    Stream<DynamicTest> targets_that_lie_where_they_cannot_are_refused() {
        return refused(BadScopes.targets());
    }

    private static List<BadDocument> all() {
        return Stream.of(
                        BadForms.duplicateKeys(),
                        BadForms.duplicateIds(),
                        BadForms.unknownNames(),
                        BadForms.words(),
                        BadForms.flags(),
                        BadForms.nulls(),
                        BadForms.missing(),
                        BadForms.containers(),
                        BadForms.trailing(),
                        BadForms.malformed(),
                        BadForms.hostileFields(),
                        BadForms.formats(),
                        BadContents.numbers(),
                        BadContents.instants(),
                        BadContents.ids(),
                        BadContents.names(),
                        BadContents.references(),
                        BadContents.rules(),
                        BadContents.catalogs(),
                        BadScopes.trees(),
                        BadScopes.names(),
                        BadScopes.targets())
                .flatMap(List::stream)
                .toList();
    }

    private static Stream<DynamicTest> refused(List<BadDocument> documents) {
        return documents.stream()
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> {
                    for (Entry entry : Entry.values()) {
                        assertRefused(bad, entry);
                    }
                }));
    }

    private static void assertRefused(BadDocument bad, Entry entry) {
        Documents.Reading reading = () -> entry.read(PolicyJson.selfContained(), bad.text());
        List<Violation> violations = Documents.violations(reading);
        assertThat(Documents.codesAndPaths(reading)).as("%s", entry).isEqualTo(bad.violations());
        List<String> marks = Documents.marks(bad.document());
        if (!marks.isEmpty()) {
            assertThat(Documents.locations(violations).subList(0, marks.size()))
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

    @Test
    @Tag("B23")
    void no_class_that_a_document_names_is_ever_initialized() {
        BadForms.hostileFields().stream()
                .filter(bad -> bad.document().contains(Canary.class.getName()))
                .forEach(bad -> assertRefused(bad, Entry.STRING));
        assertThat(System.getProperty("io.rbac.jackson.canary")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "az", "lt"})
    @Tag("B44")
    void no_default_locale_changes_what_is_reported(String language) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale(language));
        try {
            for (BadDocument bad : all()) {
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
