package io.rbac.jackson;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one policy document.
 *
 * <p>Fields come in any order. Rights are looked up as soon as the catalog is known: in the canonical order only one
 * role at a time is held in parsed form. If the format or the scopes are stated after what depends on them, and are not
 * what was assumed, reading starts again. The policy is built at the end.
 */
final class DocumentReader {

    private static final FieldSet FIELDS = FieldSet.of(
                    "format",
                    "account",
                    "revision",
                    "scopes",
                    "rules",
                    "catalog",
                    "roles",
                    "targets",
                    "assignments",
                    FirstFormatTargets.TEAMS,
                    FirstFormatTargets.CHATS)
            .onlyIn(DocumentForm.FORMAT, "scopes", "none, because the scopes are account, team and chat")
            .onlyIn(DocumentForm.FORMAT, "targets", "`teams` and `chats`")
            .onlyIn(DocumentForm.FIRST_FORMAT, FirstFormatTargets.TEAMS, "`targets`")
            .onlyIn(DocumentForm.FIRST_FORMAT, FirstFormatTargets.CHATS, "`targets`");

    private static final String SUPPORTED = "`1` or `2`";

    private final @Nullable CatalogIndex hostCatalog;
    private final @Nullable PolicyRules hostRules;
    private final Source source;
    private final DocumentForm form;
    private final DocumentViolations violations = new DocumentViolations();
    private final SourceMap sourceMap = new SourceMap();
    private final ParsedDocument document = new ParsedDocument();

    private @Nullable Violation unsupportedFormat;
    private @Nullable PolicyRules rules = PolicyRules.standard();
    private boolean hasCatalog;
    private @Nullable CatalogIndex catalog;

    private DocumentReader(
            Source source,
            @Nullable CatalogIndex hostCatalog,
            @Nullable PolicyRules hostRules,
            DocumentForm.Known known) {
        this.source = source;
        this.hostCatalog = hostCatalog;
        this.hostRules = hostRules;
        this.form = new DocumentForm(
                hostCatalog == null ? null : hostCatalog.catalog().scopes(), known);
    }

    /**
     * Reads a policy.
     *
     * @param hostCatalog the catalog of the host, null to use that of the document
     * @param hostRules the rules of the host, null to use those of the document
     * @throws PolicyViolationException with everything that is wrong
     * @throws IOException if the source cannot be read
     */
    static Policy read(Source source, @Nullable CatalogIndex hostCatalog, @Nullable PolicyRules hostRules)
            throws IOException {
        source.keep();
        DocumentForm.Known known = DocumentForm.Known.NOTHING;
        while (true) {
            try {
                return new DocumentReader(source, hostCatalog, hostRules, known).read();
            } catch (ReadAgainException e) {
                if (!source.rewind()) {
                    throw e.refusal();
                }
                known = e.known();
            }
        }
    }

    private Policy read() throws IOException {
        boolean ended = JsonDocument.read(source, violations, sourceMap, this::readDocument);
        if (unsupportedFormat != null) {
            throw PolicyViolationException.of(unsupportedFormat);
        }
        if (!ended) {
            violations.throwIfAny();
            throw new IllegalStateException("the reading of a document stopped without a reason");
        }
        return policy();
    }

    private void readDocument(Tokens tokens) throws IOException {
        long location = tokens.location();
        long seen = tokens.readObject(FIELDS, form.gate(tokens, FIELDS), field -> readField(tokens, field));
        if (seen == FieldSet.NO_OBJECT) {
            throw new StopReadingException();
        }
        if (FIELDS.lacks(seen, "format")) {
            throw unsupportedFormat(null, "the document has no `format`: expected " + SUPPORTED, location);
        }
        form.end(location);
        if (FIELDS.lacks(seen, "account")) {
            tokens.reportMissing(
                    Code.MISSING_FIELD, "account", "the document has no `account`: expected its id", location);
        }
        if (!hasCatalog) {
            catalog = hostCatalog;
            if (hostCatalog == null) {
                tokens.reportMissing(
                        Code.MISSING_FIELD,
                        "catalog",
                        "the document has no `catalog`: expected one, because the application gives none",
                        location);
            }
            lookUpRights();
        }
    }

    private void readField(Tokens tokens, String field) throws IOException {
        tokens.mark();
        if (form.isStated()) {
            source.forget();
        }
        long location = tokens.location();
        switch (field) {
            case "format" -> readFormat(tokens);
            case "account" -> document.account = tokens.readString("the id of the account");
            case "revision" -> {
                Long number = tokens.readInteger(Long.MIN_VALUE, Long.MAX_VALUE);
                document.builder.revision(number == null ? 0 : number);
            }
            case "scopes" -> form.stateScopes(ScopesReader.read(tokens, sourceMap), location);
            case "rules" -> rules = RulesReader.read(tokens, sourceMap, form);
            case "catalog" -> {
                form.stateCatalog();
                PermissionCatalog own = CatalogReader.read(tokens, sourceMap, form.scopes());
                catalog = own == null ? null : new CatalogIndex(own);
                hasCatalog = true;
                lookUpRights();
            }
            case "roles" -> document.rolesAreRead = tokens.readArray(Policy.MAX_ROLES, () -> readRole(tokens));
            case "targets" -> document.targets.read(tokens, form.scopes(), sourceMap.array(field));
            case "assignments" -> document.assignments.read(tokens, form, sourceMap.array(field));
            case FirstFormatTargets.TEAMS ->
                document.firstFormatTargets.readTeams(tokens, form.scopes(), sourceMap.array(field));
            default -> document.firstFormatTargets.readChats(tokens, form.scopes(), sourceMap.array(field));
        }
    }

    private void readFormat(Tokens tokens) throws IOException {
        String text = tokens.describe();
        if (tokens.isNumber() && text.equals("1")) {
            form.stateFormat(DocumentForm.FIRST_FORMAT, tokens.location());
        } else if (tokens.isNumber() && text.equals("2")) {
            form.stateFormat(DocumentForm.FORMAT, tokens.location());
        } else {
            String type = tokens.isString() ? "the string " : "";
            String message = type + Violation.quote(text) + " is not a supported format: expected " + SUPPORTED;
            throw unsupportedFormat(text, message, tokens.location());
        }
    }

    private StopReadingException unsupportedFormat(@Nullable String value, String message, long location) {
        unsupportedFormat = TextLocation.at(location, Violation.of(Code.UNSUPPORTED_FORMAT, "/format", value, message));
        return new StopReadingException();
    }

    private void readRole(Tokens tokens) throws IOException {
        ArrayLocations locations = sourceMap.array("roles");
        locations.add(tokens.location());
        ParsedRole role = ParsedRole.read(tokens, form.scopes());
        if (!role.isComplete()) {
            locations.omitLast();
        }
        if (hasCatalog) {
            lookUpRights(role);
        }
        document.roles.add(role);
    }

    private void lookUpRights() {
        document.roles.forEach(this::lookUpRights);
    }

    /** Without a catalog nothing is reported about rights: what is wrong with the catalog was reported. */
    private void lookUpRights(ParsedRole role) {
        if (catalog == null) {
            role.dropRights();
        } else {
            role.lookUpRights(new RightsLookup(
                    catalog, Objects.requireNonNullElse(hostCatalog, catalog).catalog(), violations));
        }
    }

    private Policy policy() {
        if (hostCatalog == null || hostRules == null) {
            return document.policy(catalog == null ? null : catalog.catalog(), rules, form, violations, sourceMap);
        }
        if (catalog != null && rules != null) {
            checkLockout(catalog.catalog(), rules);
        }
        return document.policy(hostCatalog.catalog(), hostRules, form, violations, sourceMap);
    }

    /** Checks in the document's own rules, which are put aside, what the policy checks in the rules that it has. */
    private void checkLockout(PermissionCatalog own, PolicyRules ownRules) {
        int position = 0;
        for (String key : ownRules.lockout()) {
            if (own.find(key).isEmpty()) {
                violations.add(sourceMap.locate(Violation.of(
                        Code.UNKNOWN_PERMISSION,
                        Violation.pointer("rules", "lockout", position),
                        key,
                        Violation.quote(key) + " is not a permission of the document's catalog")));
            }
            position++;
        }
    }
}
