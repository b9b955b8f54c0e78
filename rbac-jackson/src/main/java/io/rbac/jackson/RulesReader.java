package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code rules} of a document. */
final class RulesReader {

    private static final Fields RULES = Fields.of(
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
            "placedChats",
            "lockout");
    private static final Fields NAME = Fields.of("min", "max", "blank", "unique");
    private static final Fields DESCRIPTION = Fields.of("allowed", "max");
    private static final Fields DEFAULTS = Fields.of(Words.SCOPES.keySet().toArray(String[]::new));
    private static final Fields COUNT = Fields.of("min", "max");
    private static final Fields SYSTEM_ROLES = Fields.of("name", "default");

    private final Tokens tokens;
    private final PolicyRules.Builder builder = PolicyRules.builder();

    private RulesReader(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Reads rules; null where anything is wrong with them. */
    static @Nullable PolicyRules read(Tokens tokens, Locations locations) throws IOException {
        Problems problems = tokens.problems();
        long before = problems.total();
        RulesReader reader = new RulesReader(tokens);
        tokens.object(RULES, reader::rule);
        try {
            PolicyRules rules = reader.builder.build();
            return problems.total() == before ? rules : null;
        } catch (PolicyViolationException e) {
            problems.addAll(e, violation -> true, locations);
            return null;
        }
    }

    private void rule(String rule) throws IOException {
        tokens.mark();
        switch (rule) {
            case "name" -> tokens.object(NAME, this::name);
            case "description" -> tokens.object(DESCRIPTION, this::description);
            case "scopes" -> {
                Set<Scope> scopes = Words.scopes(tokens);
                if (scopes != null) {
                    builder.scopes(scopes);
                }
            }
            case "defaultScope" -> builder.defaultScope(tokens.isNull() ? null : Words.scope(tokens));
            case "rightsRequired" -> builder.rightsRequired(isTrue());
            case "defaults" -> tokens.object(DEFAULTS, this::defaults);
            case "rolesPerTarget" -> builder.rolesPerTarget(limit());
            case "emptyRoles" -> {
                var meaning = tokens.word(Words.EMPTY_ROLES, "a meaning of no roles", Code.WRONG_TYPE);
                if (meaning != null) {
                    builder.emptyRoles(meaning);
                }
            }
            case "deletion" -> {
                var meaning = tokens.word(Words.DELETIONS, "a meaning of deletion", Code.WRONG_TYPE);
                if (meaning != null) {
                    builder.deletion(meaning);
                }
            }
            case "systemRoles" -> tokens.object(SYSTEM_ROLES, this::systemRole);
            case "placedChats" -> {
                var meaning = tokens.word(Words.PLACED_CHATS, "a meaning of a stated place", Code.WRONG_TYPE);
                if (meaning != null) {
                    builder.placedChats(meaning);
                }
            }
            default -> lockout();
        }
    }

    private void name(String field) throws IOException {
        tokens.mark();
        switch (field) {
            case "min" -> builder.nameMin(number(0));
            case "max" -> builder.nameMax(limit());
            case "blank" -> builder.blankNames(isTrue());
            default -> builder.uniqueNames(isTrue());
        }
    }

    private void description(String field) throws IOException {
        tokens.mark();
        if (field.equals("allowed")) {
            builder.descriptions(isTrue());
        } else {
            builder.descriptionMax(limit());
        }
    }

    private void defaults(String word) throws IOException {
        tokens.mark();
        Scope scope = requireNonNull(Words.SCOPES.get(word));
        Count count = new Count();
        count.min = PolicyRules.standard().minDefaults(scope);
        tokens.object(COUNT, field -> {
            tokens.mark();
            if (field.equals("min")) {
                count.min = number(0);
            } else {
                count.max = limit();
            }
        });
        builder.defaults(scope, count.min, count.max);
    }

    private static final class Count {
        int min;

        @Nullable
        Integer max;
    }

    private void systemRole(String field) throws IOException {
        tokens.mark();
        if (field.equals("name")) {
            builder.systemRoleNames(isTrue());
        } else {
            builder.systemRoleDefaults(isTrue());
        }
    }

    private void lockout() throws IOException {
        Set<String> keys = new LinkedHashSet<>();
        tokens.array(Tokens.MAX_FIELDS, () -> {
            tokens.mark();
            String key = tokens.text("the key of a permission");
            if (key != null && !keys.add(key)) {
                String message = "the permission " + Violation.quote(key) + " is stated twice";
                tokens.problem(Code.DUPLICATE_ID, key, message);
            }
        });
        builder.lockout(keys);
    }

    private boolean isTrue() throws IOException {
        Boolean flag = tokens.flag();
        return flag != null && flag;
    }

    private int number(int otherwise) throws IOException {
        Long number = tokens.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
        return number == null ? otherwise : number.intValue();
    }

    private @Nullable Integer limit() throws IOException {
        return tokens.isNull() ? null : Integer.valueOf(number(Integer.MAX_VALUE));
    }
}
