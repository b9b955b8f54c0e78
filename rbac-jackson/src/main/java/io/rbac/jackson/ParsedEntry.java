package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Assignment;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One change or effect as it is written in a commit: an object whose fields depend on its kind. */
final class ParsedEntry {

    /** The form of one kind: the fields that it has, those that it may have, and how it is created from them. */
    record Form<T>(List<String> required, List<String> optional, Factory<T> factory) {}

    /** Creates a change or effect from an entry that has the fields of its kind. */
    @FunctionalInterface
    interface Factory<T> {
        T create(ParsedEntry entry);
    }

    private final StoredRights storedRights;
    private final DocumentScopes scopes;
    private final Map<String, String> strings = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, Role> roles = new HashMap<>();
    private final Map<String, Target> targets = new HashMap<>();
    private @Nullable Scope scope;
    private @Nullable Boolean defaultRole;
    private @Nullable Rights rights;
    private boolean hasDescription;

    private ParsedEntry(StoredRights storedRights, DocumentScopes scopes) {
        this.storedRights = storedRights;
        this.scopes = scopes;
    }

    /**
     * Reads a change or effect; null if anything is wrong with it, which is reported.
     *
     * @param fields all fields that any kind has
     * @param kindField the field that has the word of the kind
     * @param forms the forms of all kinds, by their words
     */
    static <T> @Nullable T read(
            Tokens tokens,
            StoredRights storedRights,
            DocumentScopes scopes,
            FieldSet fields,
            String kindField,
            Map<String, Form<T>> forms)
            throws IOException {
        ParsedEntry entry = new ParsedEntry(storedRights, scopes);
        DocumentViolations violations = tokens.violations();
        long before = violations.total();
        long location = tokens.location();
        long seen = tokens.readObject(fields, field -> entry.readField(tokens, field));
        if (seen == FieldSet.NO_OBJECT) {
            return null;
        }
        String word = entry.strings.getOrDefault(kindField, "");
        Form<T> form = forms.get(word);
        if (form == null) {
            String message = Violation.quote(word) + " is not a kind of " + kindField + ": expected one of "
                    + forms.keySet() + violations.didYouMean(word, forms.keySet());
            violations.add(Code.WRONG_TYPE, tokens.pointer() + '/' + kindField, word, message, location);
            return null;
        }
        for (String field : fields.names()) {
            boolean isMissing = fields.lacks(seen, field);
            boolean isRequired = form.required().contains(field) || field.equals(kindField);
            if (isRequired && isMissing) {
                String message = '`' + word + "` has no `" + field + "`: expected one";
                tokens.reportMissing(Code.MISSING_FIELD, field, message, location);
            } else if (!isMissing && !isRequired && !form.optional().contains(field)) {
                String message = '`' + field + "` is not a field of `" + word + '`';
                violations.add(Code.UNKNOWN_FIELD, tokens.pointer() + '/' + field, field, message, location);
            }
        }
        return violations.total() == before ? entry.create(tokens, word, form, location) : null;
    }

    private <T> @Nullable T create(Tokens tokens, String word, Form<T> form, long location) {
        try {
            return form.factory().create(this);
        } catch (UnexpectedTypeException e) {
            String message = '`' + word + "` has an unexpected `" + e.field + "`: expected " + e.expected;
            String pointer = tokens.pointer() + '/' + e.field;
            tokens.violations().add(Code.WRONG_TYPE, pointer, null, message, location);
            return null;
        }
    }

    private void readField(Tokens tokens, String field) throws IOException {
        switch (field) {
            case "scope" -> scope = scopes.readScope(tokens);
            case "at", "target", "in" -> {
                Target target = scopes.readTarget(tokens);
                if (target != null) {
                    targets.put(field, target);
                }
            }
            case "default" -> defaultRole = tokens.readBoolean();
            case "rights" -> rights = storedRights.read(tokens);
            case "roles", "users" -> readList(tokens, field);
            case "description" -> {
                hasDescription = true;
                if (!tokens.isNull()) {
                    readString(tokens, field);
                }
            }
            case "role", "before", "after" -> {
                if (tokens.isObject()) {
                    readRole(tokens, field);
                } else {
                    readString(tokens, field);
                }
            }
            default -> readString(tokens, field);
        }
    }

    private void readString(Tokens tokens, String field) throws IOException {
        String value = tokens.readString("a string");
        if (value != null) {
            strings.put(field, value);
        }
    }

    private void readList(Tokens tokens, String field) throws IOException {
        List<String> list = new ArrayList<>();
        lists.put(field, list);
        tokens.readArray(Integer.MAX_VALUE, () -> {
            String id = tokens.readString("an id");
            if (id != null) {
                list.add(id);
            }
        });
    }

    private void readRole(Tokens tokens, String field) throws IOException {
        ParsedRole parsed = ParsedRole.read(tokens, scopes, storedRights);
        if (parsed.isComplete()) {
            roles.put(field, parsed.role("", "", Scope.ACCOUNT));
        }
    }

    // what a factory asks for

    String string(String field) {
        String value = strings.get(field);
        if (value == null) {
            throw new UnexpectedTypeException(field, "an id");
        }
        return value;
    }

    @Nullable
    String stringOrNull(String field) {
        return roles.containsKey(field) ? string(field) : strings.get(field);
    }

    List<String> list(String field) {
        return requireNonNull(lists.get(field), field);
    }

    Role role(String field) {
        Role role = roles.get(field);
        if (role == null) {
            throw new UnexpectedTypeException(field, "a role");
        }
        return role;
    }

    @Nullable
    Scope scope() {
        return scope;
    }

    /** Returns the target that something is held at: the account if none is named. */
    Target place() {
        return targets.getOrDefault("at", Target.account());
    }

    /** Returns the target that is added, moved or removed. */
    Target target() {
        Target target = requireNonNull(targets.get("target"), "target");
        if (target.isAccount()) {
            throw new UnexpectedTypeException("target", "one in the account");
        }
        return target;
    }

    /** Returns the target that another one lies in: the account if none is named. */
    Target parent() {
        return targets.getOrDefault("in", Target.account());
    }

    /** Returns the target that a text in a field names that may also be something else: the account if there is none. */
    Target targetIn(String field) {
        String text = roles.containsKey(field) ? string(field) : strings.get(field);
        if (text == null) {
            return Target.account();
        }
        try {
            return scopes.document().target(text);
        } catch (PolicyViolationException e) {
            throw new UnexpectedTypeException(field, "a target");
        }
    }

    Assignment assignment() {
        return new Assignment(string("user"), string("role"), place());
    }

    RoleUpdate attributes() {
        RoleUpdate.Builder builder = RoleUpdate.builder();
        String name = strings.get("name");
        if (name != null) {
            builder.name(name);
        }
        if (hasDescription) {
            builder.description(strings.get("description"));
        }
        if (defaultRole != null) {
            builder.defaultRole(defaultRole);
        }
        if (rights != null) {
            builder.rights(requireNonNull(rights));
        }
        return builder.build();
    }

    /** A field has an id where its kind takes a role, or the other way round. */
    private static final class UnexpectedTypeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String field;
        private final String expected;

        UnexpectedTypeException(String field, String expected) {
            super(null, null, false, false);
            this.field = field;
            this.expected = expected;
        }
    }
}
