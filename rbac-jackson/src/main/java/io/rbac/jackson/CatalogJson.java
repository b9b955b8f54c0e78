package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalog of an application from a file of its own.
 *
 * <pre>{@code
 * {
 *   "scopes": [{ "scope": "org" }, { "scope": "folder", "nests": true }, { "scope": "page" }],
 *   "catalog": [{ "group": "page", "actions": ["read", "write"] }],
 *   "retired": ["page:print"],
 *   "renamed": { "page:edit": "page:write" }
 * }
 * }</pre>
 *
 * <p>{@code scopes} and {@code catalog} are those of a policy document; without scopes, the tree is the standard one. {@code
 * retired} and {@code renamed} are those of {@link PermissionCatalog.Builder}. Fields may come in any order. Reading is as
 * strict as that of {@link PolicyJson}.
 *
 * <p>This class is thread-safe.
 *
 * @since 0.1
 */
public final class CatalogJson {

    private static final FieldSet FIELDS = FieldSet.of("scopes", "catalog", "retired", "renamed");
    private static final int MAX_BYTES = 1 << 26;

    private @Nullable ScopeTree scopes;
    private final List<String> retired = new ArrayList<>();
    private final Map<String, String> renamed = new LinkedHashMap<>();

    private CatalogJson() {}

    /**
     * Reads a catalog from a stream, up to its end. The stream is not closed.
     *
     * @throws PolicyViolationException with everything that is wrong with the document
     * @throws IOException if the stream throws it
     */
    public static PermissionCatalog read(InputStream stream) throws IOException {
        byte[] document = requireNonNull(stream, "stream").readNBytes(MAX_BYTES + 1);
        return new CatalogJson().read(document);
    }

    /**
     * Reads a catalog.
     *
     * @throws PolicyViolationException with everything that is wrong with the document
     */
    public static PermissionCatalog read(String document) {
        try {
            return new CatalogJson().read(requireNonNull(document, "document").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads everything but the permissions first: they depend on the rest, which may come later. */
    private PermissionCatalog read(byte[] document) throws IOException {
        DocumentViolations violations = new DocumentViolations();
        SourceMap sourceMap = new SourceMap();
        JsonDocument.read(source(document), violations, sourceMap, tokens -> {
            long location = tokens.location();
            long seen = tokens.readObject(FIELDS, field -> readField(tokens, sourceMap, field));
            if (FIELDS.lacks(seen, "catalog")) {
                String message = "the document has no `catalog`: expected a list of rights groups";
                tokens.reportMissing(Code.MISSING_FIELD, "catalog", message, location);
            }
        });
        violations.throwIfAny();
        return permissions(document);
    }

    private void readField(Tokens tokens, SourceMap sourceMap, String field) throws IOException {
        tokens.mark();
        switch (field) {
            case "scopes" -> scopes = ScopesReader.read(tokens, sourceMap);
            case "retired" ->
                tokens.readArray(PermissionCatalog.MAX_PERMISSIONS, () -> {
                    String key = tokens.readString("the key of a permission");
                    if (key != null) {
                        retired.add(key);
                    }
                });
            case "renamed" ->
                tokens.readMap(former -> {
                    String key = tokens.readString("the key of a permission");
                    if (key != null) {
                        renamed.put(former, key);
                    }
                });
            default -> tokens.skip();
        }
    }

    private PermissionCatalog permissions(byte[] document) throws IOException {
        DocumentScopes tree = DocumentScopes.of(scopes == null ? ScopeTree.standard() : scopes);
        DocumentViolations violations = new DocumentViolations();
        SourceMap sourceMap = new SourceMap();
        @Nullable PermissionCatalog[] catalog = new PermissionCatalog[1];
        JsonDocument.read(
                source(document),
                violations,
                sourceMap,
                tokens -> tokens.readObject(FIELDS, field -> {
                    if (field.equals("catalog")) {
                        tokens.mark();
                        catalog[0] = CatalogReader.read(tokens, sourceMap, tree, builder -> {
                            retired.forEach(builder::retired);
                            renamed.forEach(builder::renamed);
                        });
                    } else {
                        tokens.skip();
                    }
                }));
        violations.throwIfAny();
        return requireNonNull(catalog[0]);
    }

    private static Source source(byte[] document) {
        return new Utf8Source(new ByteArrayInputStream(document), MAX_BYTES);
    }
}
