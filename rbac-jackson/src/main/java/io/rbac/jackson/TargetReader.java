package io.rbac.jackson;

import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the {@code targets} of a document. */
final class TargetReader {

    /** The field that names the parent of a target. */
    static final String PARENT = "in";

    private static final String ID = "an id";

    private final Policy.Builder builder;
    private final List<UnknownField> unknownFields = new ArrayList<>();
    private @Nullable String scope;
    private @Nullable String secondScope;
    private @Nullable String id;
    private @Nullable Target parent;

    /** Names of scopes of which a target could not be read. */
    private final Set<String> incompleteScopes = new HashSet<>();

    /** Whether there is a target that could not be read, of whatever scope. */
    private boolean isIncomplete;

    private record UnknownField(String name, long location) {}

    TargetReader(Policy.Builder builder) {
        this.builder = builder;
    }

    void read(Tokens tokens, DocumentScopes scopes, ArrayLocations locations) throws IOException {
        FieldSet fields = scopes.targetFields();
        Tokens.FieldGate gate = (field, position) -> {
            if (position < 0) {
                unknownFields.add(new UnknownField(field, tokens.location()));
            }
            return position >= 0;
        };
        Tokens.FieldReader reader = field -> readField(tokens, scopes, field);
        boolean isArray = tokens.readArray(Policy.MAX_TARGETS, () -> {
            long location = tokens.location();
            locations.add(location);
            unknownFields.clear();
            scope = null;
            secondScope = null;
            id = null;
            parent = null;
            boolean isObject = tokens.readObject(fields, gate, reader) != FieldSet.NO_OBJECT;
            isIncomplete |= !isObject || !scopes.isKnown();
            Target target = isObject && scopes.isKnown() ? target(tokens, scopes, location) : null;
            if (target == null) {
                locations.omitLast();
            } else {
                builder.target(target, parent == null ? Target.account() : parent);
            }
        });
        isIncomplete |= !isArray;
    }

    private void readField(Tokens tokens, DocumentScopes scopes, String field) throws IOException {
        if (field.equals(PARENT)) {
            parent = scopes.readTarget(tokens);
        } else if (scope == null) {
            scope = field;
            id = tokens.readString(ID);
        } else {
            secondScope = field;
            tokens.readString(ID);
        }
    }

    /** Returns the target that was read at the host, null if there is none, which is reported. */
    private @Nullable Target target(Tokens tokens, DocumentScopes scopes, long location) {
        String name = scope;
        reportUnknownFields(tokens, scopes, name == null);
        if (name == null || secondScope != null) {
            isIncomplete = true;
            reportNumberOfScopes(tokens, scopes, location);
            return null;
        }
        if (id == null) {
            incompleteScopes.add(name);
            return null;
        }
        Scope atHost = scopes.findAtHost(name);
        if (atHost == null) {
            tokens.violations()
                    .add(Code.SCOPE_INVALID, tokens.pointer() + '/' + name, name, scopes.lacksAtHost(name), location);
            return null;
        }
        return Target.of(atHost, id);
    }

    private void reportNumberOfScopes(Tokens tokens, DocumentScopes scopes, long location) {
        if (secondScope != null) {
            String message = "the target has a `" + scope + "` and a `" + secondScope + "`: expected one of them";
            tokens.violations()
                    .add(Code.UNKNOWN_FIELD, tokens.pointer() + '/' + secondScope, secondScope, message, location);
        } else if (unknownFields.isEmpty()) {
            String message = "the target has no scope: expected " + expected(scopes);
            tokens.violations().add(Code.MISSING_FIELD, tokens.pointer(), null, message, location);
        }
    }

    /** If no scope is named, what is there is taken for one that does not exist. */
    private void reportUnknownFields(Tokens tokens, DocumentScopes scopes, boolean standForScopes) {
        for (UnknownField field : unknownFields) {
            Code code = standForScopes ? Code.SCOPE_INVALID : Code.UNKNOWN_FIELD;
            String what = standForScopes
                    ? (scopes.find(field.name) == null ? " is not a scope" : " is the account itself") + ": expected "
                            + expected(scopes)
                    : " is not a field here";
            List<String> known = standForScopes
                    ? scopes.namesBelowAccount()
                    : scopes.targetFields().names();
            tokens.violations()
                    .add(
                            code,
                            tokens.pointer() + Violation.pointer(field.name),
                            field.name,
                            Violation.quote(field.name)
                                    + what
                                    + tokens.violations().didYouMean(field.name, known),
                            field.location);
        }
    }

    private static String expected(DocumentScopes scopes) {
        List<String> names = scopes.namesBelowAccount();
        return names.isEmpty()
                ? "no target, because there is no scope but that of the account"
                : names.stream().map(Violation::quote).collect(Collectors.joining(" or ")) + " with an id";
    }

    /** Returns whether all targets of a scope could be read. */
    boolean areComplete(String scopeName) {
        return !isIncomplete && !incompleteScopes.contains(scopeName);
    }
}
