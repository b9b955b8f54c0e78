package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.ScopeTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogJsonTest {

    private static final String CATALOG =
            "\"catalog\": [{ \"group\": \"page\", \"actions\": [\"read\", \"write\"]," + " \"scopes\": [\"folder\"] }]";
    private static final String SCOPES =
            "\"scopes\": [{ \"scope\": \"org\" }, { \"scope\": \"folder\", \"nests\": true }]";
    private static final String FORMER =
            "\"retired\": [\"page:print\"], \"renamed\": { \"page:edit\": \"page:write\" }";

    private static String object(String... fields) {
        return "{" + String.join(", ", fields) + "}";
    }

    @Test
    void fields_are_read_in_any_order() throws IOException {
        ScopeTree tree = ScopeTree.builder().scope("org").nestingScope("folder").build();
        PermissionCatalog expected = PermissionCatalog.builder()
                .scopes(tree)
                .group("page", Set.of(tree.scope("folder")), "read", "write")
                .retired("page:print")
                .renamed("page:edit", "page:write")
                .build();
        for (String document : new String[] {object(SCOPES, CATALOG, FORMER), object(FORMER, CATALOG, SCOPES)}) {
            assertThat(CatalogJson.read(document)).isEqualTo(expected);
            assertThat(CatalogJson.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(expected);
        }
    }

    @Test
    void without_scopes_the_tree_is_the_standard_one() {
        assertThat(CatalogJson.read("{ \"catalog\": [{ \"group\": \"user\", \"actions\": [\"read\"] }] }"))
                .isEqualTo(PermissionCatalog.builder().group("user", "read").build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                                                        | MISSING_FIELD /catalog",
                "{ \"catalog\": [], \"roles\": [] }                        | UNKNOWN_FIELD /roles",
                "{ \"catalog\": [], \"catalog\": [] }                      | DUPLICATE_KEY /catalog",
                "{ \"catalog\": [{ \"group\": \"a\" }] }                   | MISSING_FIELD /catalog/0/actions",
                "{ \"catalog\": [], \"retired\": [7] }                     | WRONG_TYPE /retired/0",
                "{ \"catalog\": [], \"renamed\": { \"a\": \"b\" } }        | UNKNOWN_PERMISSION",
                "{ \"catalog\": [], \"renamed\": { \"a\": null } }         | NULL_VALUE /renamed/a",
                "{ \"catalog\": [], \"scopes\": [] }                       | SCOPE_INVALID /scopes",
                "{ \"catalog\": [] } x                                     | TRAILING_CONTENT",
                "[]                                                        | WRONG_TYPE",
                "{ \"catalog\": [                                          | MALFORMED /catalog"
            })
    void what_is_wrong_is_refused(String document, String problem) {
        assertThat(Documents.codesAndPaths(() -> CatalogJson.read(document)))
                .map(String::strip)
                .contains(problem);
    }
}
