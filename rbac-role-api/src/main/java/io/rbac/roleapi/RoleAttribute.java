package io.rbac.roleapi;

import io.rbac.model.Policy;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An attribute of a role that lists are filtered and sorted by. */
enum RoleAttribute {
    ID("id", Kind.TEXT, true) {
        @Override
        String value(Policy policy, Role role) {
            return role.id();
        }
    },
    ACCOUNT_ID("account_id", Kind.TEXT, true) {
        @Override
        String value(Policy policy, Role role) {
            return policy.account();
        }
    },
    NAME("name", Kind.TEXT, true) {
        @Override
        String value(Policy policy, Role role) {
            return role.name();
        }
    },
    SCOPE("scope", Kind.SCOPE, true) {
        @Override
        String value(Policy policy, Role role) {
            return role.scope().word();
        }
    },
    DEFAULT("default", Kind.FLAG, true) {
        @Override
        String value(Policy policy, Role role) {
            return Boolean.toString(role.isDefault());
        }
    },
    ROLE_TYPE("role_type", Kind.ROLE_TYPE, true) {
        @Override
        String value(Policy policy, Role role) {
            return role.type() == RoleType.SYSTEM ? "system" : "custom";
        }
    },
    DISCARDED_AT("discarded_at", Kind.INSTANT, true) {
        @Override
        @Nullable
        Instant value(Policy policy, Role role) {
            return role.discardedAt().orElse(null);
        }
    },
    CREATED_AT("created_at", Kind.INSTANT, false) {
        @Override
        @Nullable
        Instant value(Policy policy, Role role) {
            return role.createdAt().orElse(null);
        }
    },
    UPDATED_AT("updated_at", Kind.INSTANT, false) {
        @Override
        @Nullable
        Instant value(Policy policy, Role role) {
            return role.updatedAt().orElse(null);
        }
    };

    /** What the values of an attribute are. */
    enum Kind {
        /** Any text, in the order of code points. */
        TEXT,
        /** One of the words for scopes. */
        SCOPE,
        /** {@code custom} or {@code system}. */
        ROLE_TYPE,
        /** {@code true} or {@code false}, in the order false, true. */
        FLAG,
        /** An instant, or none, which comes first. */
        INSTANT
    }

    private final String word;
    private final Kind kind;
    private final boolean filtered;

    RoleAttribute(String word, Kind kind, boolean filtered) {
        this.word = word;
        this.kind = kind;
        this.filtered = filtered;
    }

    /** The value of a role: an {@link Instant} or none where the kind says so, else a {@link String}. */
    abstract @Nullable Object value(Policy policy, Role role);

    String word() {
        return word;
    }

    Kind kind() {
        return kind;
    }

    /** Compares values of one attribute. */
    static int compare(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Instant first && b instanceof Instant second) {
            return first.compareTo(second);
        } else if (a instanceof String first && b instanceof String second) {
            return compareCodePoints(first, second);
        }
        return Boolean.compare(a != null, b != null);
    }

    private static int compareCodePoints(String a, String b) {
        return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }

    Comparator<Role> order(Policy policy) {
        return (a, b) -> compare(value(policy, a), value(policy, b));
    }

    static Optional<RoleAttribute> sorted(String word) {
        return Arrays.stream(values())
                .filter(attribute -> attribute.word.equals(word))
                .findFirst();
    }

    static Optional<RoleAttribute> filtered(String word) {
        return sorted(word).filter(attribute -> attribute.filtered);
    }

    static List<String> sortedWords() {
        return Arrays.stream(values()).map(RoleAttribute::word).toList();
    }

    static List<String> filteredWords() {
        return Arrays.stream(values())
                .filter(attribute -> attribute.filtered)
                .map(RoleAttribute::word)
                .toList();
    }
}
