package io.rbac.jackson;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one policy document.
 *
 * <p>Fields come in any order. Rights are looked up as soon as the catalog is known, so in the order of writing only a
 * role at a time is held as it was stated; the policy is made at the end.
 */
final class DocumentReader {

    /** The format that is read and written. */
    static final int FORMAT = 1;

    private static final Fields FIELDS =
            Fields.of("format", "account", "revision", "rules", "catalog", "roles", "teams", "chats", "assignments");

    /** The most roles of a policy. */
    private static final int MAX_ROLES = 65_536;

    private final @Nullable CatalogIndex hostCatalog;
    private final @Nullable PolicyRules hostRules;
    private final Problems problems = new Problems();
    private final Locations locations = new Locations();

    private @Nullable Violation wrongFormat;
    private @Nullable PolicyRules rules = PolicyRules.standard();
    private boolean catalogIsStated;
    private @Nullable CatalogIndex catalog;
    private final DocumentDraft draft = new DocumentDraft();

    private DocumentReader(@Nullable CatalogIndex hostCatalog, @Nullable PolicyRules hostRules) {
        this.hostCatalog = hostCatalog;
        this.hostRules = hostRules;
    }

    /**
     * Reads a policy.
     *
     * @param hostCatalog the catalog of the host, null: the document's is used
     * @param hostRules the rules of the host, null: the document's are used
     * @throws PolicyViolationException with everything that is wrong
     * @throws IOException if the source cannot be read
     */
    static Policy read(Source source, @Nullable CatalogIndex hostCatalog, @Nullable PolicyRules hostRules)
            throws IOException {
        DocumentReader reader = new DocumentReader(hostCatalog, hostRules);
        boolean ended = JsonDocument.read(source, reader.problems, reader.locations, reader::read);
        if (reader.wrongFormat != null) {
            throw PolicyViolationException.of(reader.wrongFormat);
        }
        if (!ended) {
            reader.problems.throwIfAny();
            throw new IllegalStateException("the reading of a document stopped without a reason");
        }
        return reader.policy();
    }

    private void read(Tokens tokens) throws IOException {
        long place = tokens.place();
        long seen = tokens.object(FIELDS, field -> field(tokens, field));
        if (seen == Tokens.NO_OBJECT) {
            throw new StopReading();
        }
        if ((seen & FIELDS.bit("format")) == 0) {
            String message = "the document has no `format`: expected `" + FORMAT + '`';
            throw wrongFormat(Violation.of(Code.UNSUPPORTED_FORMAT, "/format", null, message), place);
        }
        if ((seen & FIELDS.bit("account")) == 0) {
            tokens.missing(Code.MISSING_FIELD, "account", "the document has no `account`: expected its id", place);
        }
        if (!catalogIsStated) {
            catalog = hostCatalog;
            if (hostCatalog == null) {
                tokens.missing(
                        Code.MISSING_FIELD,
                        "catalog",
                        "the document has no `catalog`: expected one, because the application states none",
                        place);
            }
            findRights();
        }
    }

    private void field(Tokens tokens, String field) throws IOException {
        tokens.mark();
        switch (field) {
            case "format" -> format(tokens);
            case "account" -> draft.account = tokens.text("the id of the account");
            case "revision" -> {
                Long number = tokens.integer(Long.MIN_VALUE, Long.MAX_VALUE);
                draft.builder.revision(number == null ? 0 : number);
            }
            case "rules" -> rules = RulesReader.read(tokens, locations);
            case "catalog" -> {
                PermissionCatalog stated = CatalogReader.read(tokens, locations);
                catalog = stated == null ? null : new CatalogIndex(stated);
                catalogIsStated = true;
                findRights();
            }
            case "roles" -> draft.rolesAreRead = tokens.array(MAX_ROLES, () -> role(tokens));
            case "teams" -> draft.targets.readTeams(tokens, locations.elements(field));
            case "chats" -> draft.targets.readChats(tokens, locations.elements(field));
            default -> draft.assignments.read(tokens, locations.elements(field));
        }
    }

    private void format(Tokens tokens) throws IOException {
        String text = tokens.shown();
        if (!tokens.isNumber() || !text.equals(Integer.toString(FORMAT))) {
            String found = tokens.isText() ? "the text " : "";
            String message =
                    found + Violation.quote(text) + " is not a format that can be read: expected `" + FORMAT + '`';
            throw wrongFormat(Violation.of(Code.UNSUPPORTED_FORMAT, "/format", text, message), tokens.place());
        }
    }

    private StopReading wrongFormat(Violation violation, long place) {
        wrongFormat = Place.at(place, violation);
        return new StopReading();
    }

    private void role(Tokens tokens) throws IOException {
        locations.elements("roles").add(tokens.place());
        RoleDraft role = RoleDraft.read(tokens);
        if (!role.isComplete()) {
            locations.elements("roles").omit();
        }
        if (catalogIsStated) {
            findRights(role);
        }
        draft.roles.add(role);
    }

    private void findRights() {
        draft.roles.forEach(this::findRights);
    }

    /** Without a catalog nothing is said about rights: what is wrong with it was reported. */
    private void findRights(RoleDraft role) {
        if (catalog == null) {
            role.dropRights();
        } else {
            role.find(new RightsLookup(
                    catalog, Objects.requireNonNullElse(hostCatalog, catalog).catalog(), problems));
        }
    }

    private Policy policy() {
        if (hostCatalog == null || hostRules == null) {
            return draft.policy(catalog == null ? null : catalog.catalog(), rules, problems, locations);
        }
        if (catalog != null && rules != null) {
            checkLockout(catalog.catalog(), rules);
        }
        return draft.policy(hostCatalog.catalog(), hostRules, problems, locations);
    }

    /** Checks of the document's own rules, which are put aside, what the core checks of those that hold. */
    private void checkLockout(PermissionCatalog own, PolicyRules ownRules) {
        int position = 0;
        for (String key : ownRules.lockout()) {
            if (own.find(key).isEmpty()) {
                problems.addLocated(
                        Violation.of(
                                Code.UNKNOWN_PERMISSION,
                                Violation.pointer("rules", "lockout", position),
                                key,
                                Violation.quote(key) + " is not a permission of the document's catalog"),
                        locations);
            }
            position++;
        }
    }
}
