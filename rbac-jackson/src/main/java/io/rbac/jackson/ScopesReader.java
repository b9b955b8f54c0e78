package io.rbac.jackson;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code scopes} of a document.
 *
 * <p>A name that cannot be read is replaced by a placeholder, so that everything else keeps its position and is
 * checked.
 */
final class ScopesReader {

    private static final FieldSet FIELDS = FieldSet.of("scope", "nests");

    private final Tokens tokens;
    private final ScopeTree.Builder builder = ScopeTree.builder();
    private final Set<String> placeholders = new HashSet<>();

    private @Nullable String name;
    private boolean nests;

    private ScopesReader(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Reads scopes; null if anything is wrong with them, which is reported. */
    static @Nullable ScopeTree read(Tokens tokens, SourceMap sourceMap) throws IOException {
        DocumentViolations violations = tokens.violations();
        long before = violations.total();
        ScopesReader reader = new ScopesReader(tokens);
        if (!tokens.readArray(Tokens.MAX_FIELDS, reader::readScope)) {
            return null;
        }
        try {
            ScopeTree tree = reader.builder.build();
            return violations.total() == before ? tree : null;
        } catch (PolicyViolationException e) {
            violations.addAll(
                    e,
                    violation -> !reader.placeholders.contains(violation.value().orElse("")),
                    sourceMap);
            return null;
        }
    }

    private void readScope() throws IOException {
        tokens.mark();
        long location = tokens.location();
        name = null;
        nests = false;
        long seen = tokens.readObject(FIELDS, field -> {
            tokens.mark();
            if (field.equals("scope")) {
                name = tokens.readString("the name of the scope");
            } else {
                Boolean flag = tokens.readBoolean();
                nests = flag != null && flag;
            }
        });
        if (FIELDS.lacks(seen, "scope")) {
            tokens.reportMissing(Code.MISSING_FIELD, "scope", "the scope has no `scope`: expected its name", location);
        }
        String known = name == null ? placeholder() : name;
        if (nests) {
            builder.nestingScope(known);
        } else {
            builder.scope(known);
        }
    }

    private String placeholder() {
        String placeholder = "unreadable-" + placeholders.size();
        placeholders.add(placeholder);
        return placeholder;
    }
}
