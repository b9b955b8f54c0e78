package io.rbac.roleapi;

import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An attribute of a role by which lists are filtered or sorted. */
enum RoleAttribute {
    ID("id", Kind.STRING, true) {
        @Override
        String value(Policy policy, Role role) {
            return role.id();
        }
    },
    ACCOUNT_ID("account_id", Kind.STRING, true) {
        @Override
        String value(Policy policy, Role role) {
            return policy.account();
        }
    },
    NAME("name", Kind.STRING, true) {
        @Override
        String value(Policy policy, Role role) {
            return role.name();
        }
    },
    SCOPE("scope", Kind.SCOPE, true) {
        @Override
        String value(Policy policy, Role role) {
            return role.scope().name();
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

    /** The kinds of values. */
    enum Kind {
        /** Any string, ordered by code points. */
        STRING,
        /** The word for a scope. */
        SCOPE,
        /** {@code custom} or {@code system}. */
        ROLE_TYPE,
        /** {@code false} or {@code true}, in this order. */
        FLAG,
        /** An instant or none; none comes first. */
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

    /**
     * Returns the value of a role: an {@link Instant} or {@code null} if the kind is that, otherwise a {@link String}.
     */
    abstract @Nullable Object value(Policy policy, Role role);

    String word() {
        return word;
    }

    Kind kind() {
        return kind;
    }

    /** Compares two values of one attribute. */
    static int compare(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Instant first && b instanceof Instant second) {
            return first.compareTo(second);
        } else if (a instanceof String first && b instanceof String second) {
            return compareCodePoints(first, second);
        }
        return Boolean.compare(a != null, b != null);
    }

    /** Compares like {@link String#compareTo}, except that a surrogate is greater than any other character. */
    private static int compareCodePoints(String a, String b) {
        int end = Math.min(a.length(), b.length());
        for (int i = 0; i < end; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return Character.isSurrogate(x) == Character.isSurrogate(y)
                        ? Character.compare(x, y)
                        : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
            }
        }
        return Integer.compare(a.length(), b.length());
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
