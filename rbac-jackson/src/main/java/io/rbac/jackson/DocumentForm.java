package io.rbac.jackson;

import io.rbac.model.ScopeTree;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import org.jspecify.annotations.Nullable;

/**
 * Which format a document has, and which scopes: as the document states, and before it has done so as is assumed. Fields come
 * in any order. If an assumption that was used turns out to be wrong, a {@link ReadAgainException} ends the reading.
 */
final class DocumentForm {

    static final int FIRST_FORMAT = 1;

    /** The format that is written. */
    static final int FORMAT = 2;

    /** What is known of a document from an earlier reading: a format of 0 or scopes that are null are not. */
    record Known(int format, @Nullable DocumentScopes scopes) {
        static final Known NOTHING = new Known(0, null);
    }

    private final @Nullable ScopeTree hostTree;
    private boolean hasCatalog;
    private int statedFormat;
    private int format;
    private @Nullable DocumentScopes statedScopes;
    private @Nullable DocumentScopes scopes;

    /** @param hostTree null if the document is read without a host */
    DocumentForm(@Nullable ScopeTree hostTree, Known known) {
        this.hostTree = hostTree;
        this.statedFormat = known.format;
        this.format = known.format;
        this.statedScopes = known.scopes;
        this.scopes = known.scopes;
    }

    /** Whether nothing is assumed any more. */
    boolean isStated() {
        return statedFormat != 0 && statedScopes != null;
    }

    /** Whether the document has the first format, as far as is known. */
    boolean isFirst() {
        return format == FIRST_FORMAT;
    }

    /** Whether a field that only one format has is one of this document. The first such field decides what is assumed. */
    boolean has(int formatOfField) {
        if (format == 0) {
            format = formatOfField;
        }
        return format == formatOfField;
    }

    /** Returns a gate for fields some of which only one format has. */
    Tokens.FieldGate gate(Tokens tokens, FieldSet fields) {
        return (field, position) -> {
            if (!tokens.admitKnown(fields, field, position)) {
                return false;
            }
            int only = fields.formatAt(position);
            if (only == FieldSet.ANY_FORMAT || has(only)) {
                return true;
            }
            tokens.report(
                    Code.UNKNOWN_FIELD,
                    field,
                    Violation.quote(field) + " is a field of format " + only + ", and this document has format "
                            + format + ": expected " + fields.insteadOf(position));
            return false;
        };
    }

    /** What names of scopes stand for. */
    DocumentScopes scopes() {
        DocumentScopes known = scopes;
        if (known == null) {
            known = unstatedScopes();
            scopes = known;
        }
        return known;
    }

    /** The scopes of a document that states none: the standard ones if it has a catalog, else those of the host. */
    private DocumentScopes unstatedScopes() {
        return withHost(hostTree == null || hasCatalog || isFirst() ? ScopeTree.standard() : hostTree);
    }

    private DocumentScopes withHost(ScopeTree tree) {
        return DocumentScopes.of(tree, hostTree == null ? tree : hostTree);
    }

    /** Takes the format that the document states at a location. */
    void stateFormat(int stated, long location) {
        boolean fits = format == 0 || format == stated;
        statedFormat = stated;
        format = stated;
        if (!fits) {
            DocumentScopes known = isFirst() ? null : statedScopes;
            throw again(new Known(stated, known), "format", "`format` comes after fields of another format", location);
        }
        if (isFirst()) {
            state(withHost(ScopeTree.standard()), "format", location);
        }
    }

    /** Takes notice that the document has a catalog. */
    void stateCatalog() {
        hasCatalog = true;
    }

    /** Takes the scopes that the document states at a location, null if they could not be read. */
    void stateScopes(@Nullable ScopeTree tree, long location) {
        ScopeTree hostOrStandard = hostTree == null ? ScopeTree.standard() : hostTree;
        state(tree == null ? DocumentScopes.unknown(hostOrStandard) : withHost(tree), "scopes", location);
    }

    /** Takes notice that the document, which is at a location, has been read. */
    void end(long location) {
        if (statedScopes == null) {
            state(unstatedScopes(), "catalog", location);
        }
    }

    private void state(DocumentScopes stated, String field, long location) {
        DocumentScopes assumed = scopes;
        boolean fits = assumed == null
                || assumed.isKnown() == stated.isKnown() && assumed.document().equals(stated.document());
        statedScopes = stated;
        scopes = stated;
        if (!fits) {
            String what = '`' + field + "` comes after names of scopes";
            throw again(new Known(statedFormat, statedScopes), field, what, location);
        }
    }

    /** The tree in which the policy is: that of the host, or of the document if there is none. */
    ScopeTree policyTree() {
        return hostTree == null ? scopes().document() : hostTree;
    }

    private static ReadAgainException again(Known known, String field, String what, long location) {
        String message = what + " and cannot be looked for again: expected it within the first `" + Source.MAX_KEPT
                + "` characters, best as one of the first fields";
        Violation refusal = Violation.of(Code.LIMIT_EXCEEDED, Violation.pointer(field), null, message);
        return new ReadAgainException(known, TextLocation.at(location, refusal));
    }
}
