package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.review.AccessInvariant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the invariants that stand beside a policy.
 *
 * <pre>{@code
 * {
 *   "invariants": [
 *     { "permission": "bill:delete", "implies": "bill:read" },
 *     { "permission": "bill:write", "excludes": "bill:approve" },
 *     { "permission": "bill:approve", "atLeast": 2 },
 *     { "permission": "bill:write", "atLeast": 1, "at": "team/sales" }
 *   ]
 * }
 * }</pre>
 *
 * <p>Each has a permission and one of {@code implies}, {@code excludes} and {@code atLeast}: see {@link AccessInvariant}. {@code
 * at} is where enough users have the permission, without it the account. The list may be empty. Permissions are named by key. One
 * that the catalog lacks is refused, since an invariant of it would say nothing; a former key stands for the one that it was
 * renamed to. Reading is as strict as that of policies by {@link PolicyJson}, with the same limits.
 *
 * <p>Streams that are passed in are never closed. This class is thread-safe.
 *
 * @since 0.1
 */
public final class InvariantsJson {

    private static final String PERMISSION = "permission";
    private static final String IMPLIES = "implies";
    private static final String EXCLUDES = "excludes";
    private static final String AT_LEAST = "atLeast";
    private static final String AT = "at";

    private static final FieldSet DOCUMENT = FieldSet.of("invariants");
    private static final FieldSet INVARIANT = FieldSet.of(PERMISSION, IMPLIES, EXCLUDES, AT_LEAST, AT);
    private static final List<String> KINDS = List.of(IMPLIES, EXCLUDES, AT_LEAST);

    private final PermissionCatalog catalog;
    private final DocumentScopes scopes;
    private final DocumentViolations violations = new DocumentViolations();
    private final Set<AccessInvariant> invariants = new LinkedHashSet<>();

    private @Nullable String permission;
    private @Nullable String other;
    private @Nullable Long atLeast;
    private @Nullable Target at;

    private InvariantsJson(PermissionCatalog catalog) {
        this.catalog = requireNonNull(catalog, "catalog");
        this.scopes = DocumentScopes.of(catalog.scopes());
    }

    /**
     * Reads invariants from a file, in its order.
     *
     * @param catalog the catalog of the policy
     * @throws PolicyViolationException with everything that is wrong with the file
     * @throws IOException if the file cannot be read
     */
    public static List<AccessInvariant> read(Path file, PermissionCatalog catalog) throws IOException {
        try (InputStream stream = Files.newInputStream(requireNonNull(file, "file"))) {
            return read(stream, catalog);
        }
    }

    /**
     * Reads invariants from a stream, up to its end.
     *
     * @param catalog the catalog of the policy
     * @throws PolicyViolationException with everything that is wrong with the document
     * @throws IOException if the stream throws it
     */
    public static List<AccessInvariant> read(InputStream stream, PermissionCatalog catalog) throws IOException {
        InvariantsJson reader = new InvariantsJson(catalog);
        Source source = new Utf8Source(requireNonNull(stream, "stream"), PolicyJson.DEFAULT_MAX_BYTES);
        JsonDocument.read(source, reader.violations, new SourceMap(), reader::readDocument);
        reader.violations.throwIfAny();
        return List.copyOf(reader.invariants);
    }

    /**
     * Reads invariants.
     *
     * @param catalog the catalog of the policy
     * @throws PolicyViolationException with everything that is wrong with the document
     */
    public static List<AccessInvariant> read(String document, PermissionCatalog catalog) {
        byte[] bytes = requireNonNull(document, "document").getBytes(StandardCharsets.UTF_8);
        try {
            return read(new ByteArrayInputStream(bytes), catalog);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns invariants as a document, which is read as equal ones. Equal lists give the same text. */
    public static String write(List<AccessInvariant> invariants) {
        StringWriter writer = new StringWriter();
        try (JsonGenerator json = JsonDocument.FACTORY.createGenerator(writer)) {
            json.setCharacterEscapes(new CanonicalLayout.Escapes());
            json.setPrettyPrinter(new CanonicalLayout());
            json.writeStartObject();
            json.writeArrayFieldStart("invariants");
            for (AccessInvariant invariant : invariants) {
                write(invariant, json);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toString();
    }

    private static void write(AccessInvariant invariant, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField(PERMISSION, invariant.permission());
        switch (invariant.kind()) {
            case IMPLIES -> json.writeStringField(IMPLIES, invariant.other().orElseThrow());
            case EXCLUDES -> json.writeStringField(EXCLUDES, invariant.other().orElseThrow());
            case AT_LEAST -> {
                json.writeNumberField(AT_LEAST, invariant.count());
                if (!invariant.target().isAccount()) {
                    json.writeStringField(AT, invariant.target().toString());
                }
            }
        }
        json.writeEndObject();
    }

    private void readDocument(Tokens tokens) throws IOException {
        long location = tokens.location();
        long seen =
                tokens.readObject(DOCUMENT, field -> tokens.readArray(Integer.MAX_VALUE, () -> readInvariant(tokens)));
        if (DOCUMENT.lacks(seen, "invariants")) {
            tokens.reportMissing(
                    Code.MISSING_FIELD, "invariants", "the document has no `invariants`: expected a list", location);
        }
    }

    private void readInvariant(Tokens tokens) throws IOException {
        long location = tokens.location();
        long before = violations.total();
        permission = null;
        other = null;
        atLeast = null;
        at = null;
        long seen = tokens.readObject(INVARIANT, field -> readField(tokens, field));
        if (seen == FieldSet.NO_OBJECT) {
            return;
        }
        if (INVARIANT.lacks(seen, PERMISSION)) {
            String message = "the invariant has no `permission`: expected one";
            tokens.reportMissing(Code.MISSING_FIELD, PERMISSION, message, location);
        }
        Optional<String> kind = readKind(tokens, seen, location);
        if (kind.isPresent() && violations.total() == before && !invariants.add(invariant(kind.get()))) {
            String message = "the invariant is given twice";
            violations.add(Code.DUPLICATE_ID, tokens.pointer(), null, message, location);
        }
    }

    /** Returns the field that tells the kind of an invariant which has these fields; empty if that is not one. */
    private Optional<String> readKind(Tokens tokens, long seen, long location) {
        List<String> kinds =
                KINDS.stream().filter(kind -> !INVARIANT.lacks(seen, kind)).toList();
        if (kinds.isEmpty()) {
            String message = "the invariant has none of " + KINDS + ": expected one of them";
            violations.add(Code.MISSING_FIELD, tokens.pointer(), null, message, location);
            return Optional.empty();
        }
        String kind = kinds.get(0);
        List<String> excess = new ArrayList<>(kinds.subList(1, kinds.size()));
        if (!kind.equals(AT_LEAST) && !INVARIANT.lacks(seen, AT)) {
            excess.add(AT);
        }
        for (String field : excess) {
            String message = "`" + field + "` is not a field of an invariant with `" + kind + '`';
            violations.add(Code.UNKNOWN_FIELD, tokens.pointer() + '/' + field, field, message, location);
        }
        return Optional.of(kind);
    }

    private AccessInvariant invariant(String kind) {
        String key = requireNonNull(permission);
        return switch (kind) {
            case IMPLIES -> AccessInvariant.implies(key, requireNonNull(other));
            case EXCLUDES -> AccessInvariant.excludes(key, requireNonNull(other));
            default ->
                AccessInvariant.atLeast(requireNonNull(atLeast).intValue(), key, at == null ? Target.account() : at);
        };
    }

    private void readField(Tokens tokens, String field) throws IOException {
        switch (field) {
            case PERMISSION -> permission = readKey(tokens);
            case IMPLIES, EXCLUDES -> other = readKey(tokens);
            case AT_LEAST -> atLeast = tokens.readInteger(1, Integer.MAX_VALUE);
            default -> at = scopes.readTarget(tokens);
        }
    }

    private @Nullable String readKey(Tokens tokens) throws IOException {
        String key = tokens.readString("the key of a permission");
        Permission found = key == null ? null : catalog.findRenamed(key).orElse(null);
        if (key != null && found == null) {
            String message = Violation.quote(key) + " is not a permission of the catalog"
                    + violations.didYouMean(key, catalog.keys());
            tokens.report(Code.UNKNOWN_PERMISSION, key, message);
        }
        return found == null ? null : found.key();
    }
}
