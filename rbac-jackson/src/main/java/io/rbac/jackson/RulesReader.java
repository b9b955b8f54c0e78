package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the {@code rules} of a document. */
final class RulesReader {

    private static final FieldSet RULES = FieldSet.of(
                    "name",
                    "description",
                    "scopes",
                    "defaultScope",
                    "rightsRequired",
                    "defaults",
                    "rolesPerTarget",
                    "emptyRoles",
                    "deletion",
                    "systemRoles",
                    "unknownTargets",
                    "placedChats",
                    "lockout")
            .onlyIn(DocumentForm.FORMAT, "unknownTargets", "`placedChats`")
            .onlyIn(DocumentForm.FIRST_FORMAT, "placedChats", "`unknownTargets`");
    private static final FieldSet NAME = FieldSet.of("min", "max", "blank", "unique");
    private static final FieldSet DESCRIPTION = FieldSet.of("allowed", "max");
    private static final FieldSet RANGE = FieldSet.of("min", "max");
    private static final FieldSet SYSTEM_ROLES = FieldSet.of("name", "default");

    private final Tokens tokens;
    private final DocumentForm form;
    private final PolicyRules.Builder builder = PolicyRules.builder();
    private final Set<Scope> scopesWithDefaults = new HashSet<>();

    private RulesReader(Tokens tokens, DocumentForm form) {
        this.tokens = tokens;
        this.form = form;
    }

    /** Reads rules; null if anything is wrong with them, which is reported. */
    static @Nullable PolicyRules read(Tokens tokens, SourceMap sourceMap, DocumentForm form) throws IOException {
        DocumentViolations violations = tokens.violations();
        long before = violations.total();
        RulesReader reader = new RulesReader(tokens, form);
        tokens.readObject(RULES, form.gate(tokens, RULES), reader::readRule);
        try {
            PolicyRules rules = reader.builder.build();
            return violations.total() == before ? rules : null;
        } catch (PolicyViolationException e) {
            violations.addAll(e, violation -> true, sourceMap);
            return null;
        }
    }

    private void readRule(String rule) throws IOException {
        tokens.mark();
        switch (rule) {
            case "name" -> tokens.readObject(NAME, this::readName);
            case "description" -> tokens.readObject(DESCRIPTION, this::readDescription);
            case "scopes" -> {
                Set<Scope> scopes = form.scopes().readScopes(tokens);
                if (scopes != null) {
                    builder.scopes(scopes);
                }
            }
            case "defaultScope" ->
                builder.defaultScope(tokens.isNull() ? null : form.scopes().readScope(tokens));
            case "rightsRequired" -> builder.requiresRights(readFlag());
            case "defaults" -> readDefaults(form.scopes());
            case "rolesPerTarget" -> builder.rolesPerTarget(readLimit());
            case "emptyRoles" -> readWord(rule, WireFormat.EMPTY_ROLES, builder::emptyRoles);
            case "deletion" -> readWord(rule, WireFormat.DELETIONS, builder::deletion);
            case "systemRoles" -> tokens.readObject(SYSTEM_ROLES, this::readSystemRole);
            case "unknownTargets", "placedChats" -> readWord(rule, WireFormat.UNKNOWN_TARGETS, builder::unknownTargets);
            default -> readLockout();
        }
    }

    private <T> void readWord(String rule, Map<String, T> words, Consumer<T> setter) throws IOException {
        T meaning = tokens.readWord(words, "a value of `" + rule + '`', Code.WRONG_TYPE);
        if (meaning != null) {
            setter.accept(meaning);
        }
    }

    private void readName(String field) throws IOException {
        tokens.mark();
        switch (field) {
            case "min" -> builder.nameMin(readNumber(0));
            case "max" -> builder.nameMax(readLimit());
            case "blank" -> builder.allowsBlankNames(readFlag());
            default -> builder.requiresUniqueNames(readFlag());
        }
    }

    private void readDescription(String field) throws IOException {
        tokens.mark();
        if (field.equals("allowed")) {
            builder.allowsDescriptions(readFlag());
        } else {
            builder.descriptionMax(readLimit());
        }
    }

    private void readDefaults(DocumentScopes scopes) throws IOException {
        Tokens.FieldGate gate = (field, position) -> {
            if (position < 0 && scopes.isKnown()) {
                tokens.report(Code.SCOPE_INVALID, field, scopes.notAScope(tokens, field));
            }
            return position >= 0 && scopes.isKnown();
        };
        tokens.readObject(scopes.defaultsFields(), gate, name -> readDefaults(scopes, name));
    }

    private void readDefaults(DocumentScopes scopes, String name) throws IOException {
        tokens.mark();
        Scope scope = requireNonNull(scopes.find(name));
        if (!scopesWithDefaults.add(scope)) {
            String message = "the scope " + Violation.quote(scope.name()) + " is given twice";
            tokens.report(Code.DUPLICATE_ID, name, message);
        }
        ParsedRange range = new ParsedRange();
        range.min = PolicyRules.standard().defaults(scope).min();
        tokens.readObject(RANGE, field -> {
            tokens.mark();
            if (field.equals("min")) {
                range.min = readNumber(0);
            } else {
                range.max = readLimit();
            }
        });
        builder.defaults(scope, range.min, range.max);
    }

    private static final class ParsedRange {
        int min;

        @Nullable
        Integer max;
    }

    private void readSystemRole(String field) throws IOException {
        tokens.mark();
        if (field.equals("name")) {
            builder.allowsSystemRoleNames(readFlag());
        } else {
            builder.allowsSystemRoleDefaults(readFlag());
        }
    }

    private void readLockout() throws IOException {
        Set<String> keys = new LinkedHashSet<>();
        tokens.readArray(Tokens.MAX_FIELDS, () -> {
            tokens.mark();
            String key = tokens.readString("the key of a permission");
            if (key != null && !keys.add(key)) {
                String message = "the permission " + Violation.quote(key) + " is given twice";
                tokens.report(Code.DUPLICATE_ID, key, message);
            }
        });
        builder.lockout(keys);
    }

    private boolean readFlag() throws IOException {
        Boolean flag = tokens.readBoolean();
        return flag != null && flag;
    }

    private int readNumber(int otherwise) throws IOException {
        Long number = tokens.readInteger(Integer.MIN_VALUE, Integer.MAX_VALUE);
        return number == null ? otherwise : number.intValue();
    }

    private @Nullable Integer readLimit() throws IOException {
        return tokens.isNull() ? null : Integer.valueOf(readNumber(Integer.MAX_VALUE));
    }
}
