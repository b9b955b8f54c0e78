package io.rbac.jackson;

import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.PolicyRules.EmptyRoles;
import io.rbac.model.PolicyRules.PlacedChats;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The words of the document and what they stand for. */
final class Words {

    static final Map<String, Scope> SCOPES = words(Scope.values(), Scope::word);
    static final Map<String, RoleType> TYPES = words(RoleType.values(), RoleType::word);
    static final Map<String, EmptyRoles> EMPTY_ROLES = words(EmptyRoles.values(), EmptyRoles::word);
    static final Map<String, Deletion> DELETIONS = words(Deletion.values(), Deletion::word);
    static final Map<String, PlacedChats> PLACED_CHATS = words(PlacedChats.values(), PlacedChats::word);

    private Words() {}

    private static <T> Map<String, T> words(T[] values, Function<T, String> word) {
        Map<String, T> words = new LinkedHashMap<>();
        for (T value : values) {
            words.put(word.apply(value), value);
        }
        return Collections.unmodifiableMap(words);
    }

    @Nullable
    static Scope scope(Tokens tokens) throws IOException {
        return tokens.word(SCOPES, "a scope", Code.SCOPE_INVALID);
    }

    /** Reads an array of scopes; empty where one of them cannot be read. */
    @Nullable
    static Set<Scope> scopes(Tokens tokens) throws IOException {
        tokens.mark();
        long before = tokens.problems().total();
        EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
        tokens.array(Tokens.MAX_FIELDS, () -> {
            Scope scope = scope(tokens);
            if (scope != null && !scopes.add(scope)) {
                String message = "the scope " + Violation.quote(scope.word()) + " is stated twice";
                tokens.problem(Code.DUPLICATE_ID, scope.word(), message);
            }
        });
        return tokens.problems().total() == before ? scopes : null;
    }
}
