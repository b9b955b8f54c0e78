package io.rbac.jackson;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rights of one commit. They are looked up in no catalog: each gets one of its own, with the permissions that are
 * named, and equal rights share it.
 */
final class StoredRights {

    private final ScopeTree scopes;
    private final Map<List<String>, Rights> known = new HashMap<>();

    StoredRights(ScopeTree scopes) {
        this.scopes = scopes;
    }

    /** Reads rights; what is wrong with them is reported. */
    Rights read(Tokens tokens) throws IOException {
        long before = tokens.violations().total();
        String pointer = tokens.pointer();
        long location = tokens.location();
        List<String> words = new ArrayList<>();
        Map<String, List<Action>> groups = new LinkedHashMap<>();
        tokens.readMap(group -> {
            List<Action> actions = new ArrayList<>();
            groups.put(group, actions);
            words.add(group);
            tokens.readMap(action -> {
                String key = readKey(tokens);
                actions.add(key == null ? Action.of(action) : Action.of(action).withKey(key));
                words.add(action);
                words.add(key == null ? group + ':' + action : key);
            });
            words.add("");
        });
        if (tokens.violations().total() > before) {
            return Rights.none();
        }
        Rights rights = known.get(words);
        if (rights == null) {
            rights = create(groups, tokens, pointer, location);
            known.put(words, rights);
        }
        return rights;
    }

    /** Reads {@code true} or a key of its own; null for the former, and if it is neither, which is reported. */
    private static @Nullable String readKey(Tokens tokens) throws IOException {
        if (tokens.isString()) {
            return tokens.readString("a key");
        }
        if (!tokens.isTrue()) {
            tokens.reportWrongType("`true` or the key of the permission");
        }
        return null;
    }

    private Rights create(Map<String, List<Action>> groups, Tokens tokens, String pointer, long location) {
        PermissionCatalog.Builder catalog = PermissionCatalog.builder().scopes(scopes);
        groups.forEach(catalog::group);
        try {
            return catalog.build().allRights();
        } catch (PolicyViolationException e) {
            for (Violation violation : e.violations()) {
                tokens.violations()
                        .add(violation.code(), pointer, violation.value().orElse(null), violation.message(), location);
            }
            return Rights.none();
        }
    }
}
