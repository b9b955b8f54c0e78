package io.rbac.model;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Violation.Code;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one product asks of its policies beyond what holds for all: lengths of names, scopes in use, defaults, what
 * deleting means.
 *
 * <p>Two rules are equal when all their values are. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PolicyRules {

    private static final PolicyRules STANDARD = new Builder().build();

    private final Builder values;

    private PolicyRules(Builder values) {
        this.values = values;
    }

    /**
     * Returns the standard rules: names of 1 to 50 code points that are not blank, descriptions of at most 500, roles of
     * all three scopes, at least one active default role of the account, deleted roles are discarded.
     */
    public static PolicyRules standard() {
        return STANDARD;
    }

    /** Returns a builder that starts from the standard rules. */
    public static Builder builder() {
        return STANDARD.toBuilder();
    }

    /** Returns a builder that starts from these rules. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** Returns the fewest code points of a role's name. */
    public int nameMin() {
        return values.nameMin;
    }

    /** Returns the most code points of a role's name, empty where there is no limit. */
    public OptionalInt nameMax() {
        return optional(values.nameMax);
    }

    /** Tells whether a name may be nothing but white space. */
    public boolean blankNames() {
        return values.blankNames;
    }

    /** Tells whether the names of active roles are unique in the account, compared in Unicode form NFC. */
    public boolean uniqueNames() {
        return values.uniqueNames;
    }

    /** Tells whether roles may have a description. */
    public boolean descriptions() {
        return values.descriptions;
    }

    /** Returns the most code points of a description, empty where there is no limit. */
    public OptionalInt descriptionMax() {
        return optional(values.descriptionMax);
    }

    /** Returns the scopes that roles may have, widest first. */
    public Set<Scope> scopes() {
        return values.scopes;
    }

    /** Returns the scope of a role that is created without one, empty where a scope must be named. */
    public Optional<Scope> defaultScope() {
        return Optional.ofNullable(values.defaultScope);
    }

    /** Tells whether rights must be sent, if only empty ones, when a role is created. */
    public boolean rightsRequired() {
        return values.rightsRequired;
    }

    /** Returns the fewest active default roles of a scope that every policy has. */
    public int minDefaults(Scope scope) {
        return values.minDefaults.getOrDefault(requireNonNull(scope, "scope"), 0);
    }

    /** Returns the most active default roles of a scope, empty where there is no limit. */
    public OptionalInt maxDefaults(Scope scope) {
        return optional(values.maxDefaults.get(requireNonNull(scope, "scope")));
    }

    /** Returns the most roles, active or not, that a user holds at one target, empty where there is no limit. */
    public OptionalInt rolesPerTarget() {
        return optional(values.rolesPerTarget);
    }

    /** Returns what setting an empty list of roles means. */
    public EmptyRoles emptyRoles() {
        return values.emptyRoles;
    }

    /** Returns what deleting a role means. */
    public Deletion deletion() {
        return values.deletion;
    }

    /** Tells whether the name of a system role may be changed. */
    public boolean systemRoleNames() {
        return values.systemRoleNames;
    }

    /** Tells whether the default flag of a system role may be changed. */
    public boolean systemRoleDefaults() {
        return values.systemRoleDefaults;
    }

    /** Returns what the stated place of a chat is worth that the policy does not know. */
    public PlacedChats placedChats() {
        return values.placedChats;
    }

    /** Returns the keys of the permissions of which the last user must not go, in the order they were given. */
    public Set<String> lockout() {
        return values.lockout;
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PolicyRules that && values.asMap().equals(that.values.asMap());
    }

    @Override
    public int hashCode() {
        return values.asMap().hashCode();
    }

    /** Returns every value, for people. */
    @Override
    public String toString() {
        return "PolicyRules" + values.asMap();
    }

    /**
     * What setting an empty list of roles for a user at a target means.
     *
     * @since 0.1
     */
    public enum EmptyRoles {
        /** The active default roles of the target's scope. */
        DEFAULTS("defaults"),
        /** No role at all. */
        NONE("none");

        private final String word;

        EmptyRoles(String word) {
            this.word = word;
        }

        /** Returns the word in documents. */
        public String word() {
            return word;
        }
    }

    /**
     * What deleting a role means.
     *
     * @since 0.1
     */
    public enum Deletion {
        /** The role grants nothing more and can be restored. */
        DISCARD("discard"),
        /** The role and its assignments go for good. */
        DELETE("delete"),
        /** A role that has users stays; another goes for good. */
        REFUSE("refuse");

        private final String word;

        Deletion(String word) {
            this.word = word;
        }

        /** Returns the word in documents. */
        public String word() {
            return word;
        }
    }

    /**
     * What the stated place of a chat is worth that the policy does not know.
     *
     * @since 0.1
     */
    public enum PlacedChats {
        /** Nothing: the chat is unknown. */
        REFUSED("refused"),
        /** The chat lies where it is stated to lie; a stated team must be known. */
        TRUSTED("trusted");

        private final String word;

        PlacedChats(String word) {
            this.word = word;
        }

        /** Returns the word in documents. */
        public String word() {
            return word;
        }
    }

    /**
     * Gathers the values of a {@link PolicyRules}. A limit of {@code null} is none.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private int nameMin = 1;
        private @Nullable Integer nameMax = 50;
        private boolean blankNames;
        private boolean uniqueNames;
        private boolean descriptions = true;
        private @Nullable Integer descriptionMax = 500;
        private Set<Scope> scopes = PermissionCatalog.ALL_SCOPES;
        private @Nullable Scope defaultScope;
        private boolean rightsRequired;
        private final Map<Scope, Integer> minDefaults = new EnumMap<>(Map.of(Scope.ACCOUNT, 1));
        private final Map<Scope, Integer> maxDefaults = new EnumMap<>(Scope.class);
        private @Nullable Integer rolesPerTarget;
        private EmptyRoles emptyRoles = EmptyRoles.DEFAULTS;
        private Deletion deletion = Deletion.DISCARD;
        private boolean systemRoleNames = true;
        private boolean systemRoleDefaults = true;
        private PlacedChats placedChats = PlacedChats.REFUSED;
        private Set<String> lockout = Set.of();

        private Builder() {}

        private Builder(Builder other) {
            this.nameMin = other.nameMin;
            this.nameMax = other.nameMax;
            this.blankNames = other.blankNames;
            this.uniqueNames = other.uniqueNames;
            this.descriptions = other.descriptions;
            this.descriptionMax = other.descriptionMax;
            this.scopes = other.scopes;
            this.defaultScope = other.defaultScope;
            this.rightsRequired = other.rightsRequired;
            this.minDefaults.clear();
            this.minDefaults.putAll(other.minDefaults);
            this.maxDefaults.putAll(other.maxDefaults);
            this.rolesPerTarget = other.rolesPerTarget;
            this.emptyRoles = other.emptyRoles;
            this.deletion = other.deletion;
            this.systemRoleNames = other.systemRoleNames;
            this.systemRoleDefaults = other.systemRoleDefaults;
            this.placedChats = other.placedChats;
            this.lockout = other.lockout;
        }

        /** Sets the fewest code points of a name. */
        public Builder nameMin(int min) {
            nameMin = min;
            return this;
        }

        /** Sets the most code points of a name. */
        public Builder nameMax(@Nullable Integer max) {
            nameMax = max;
            return this;
        }

        /** Sets whether a name may be nothing but white space. */
        public Builder blankNames(boolean allowed) {
            blankNames = allowed;
            return this;
        }

        /** Sets whether the names of active roles are unique. */
        public Builder uniqueNames(boolean unique) {
            uniqueNames = unique;
            return this;
        }

        /** Sets whether roles may have a description. */
        public Builder descriptions(boolean allowed) {
            descriptions = allowed;
            return this;
        }

        /** Sets the most code points of a description. */
        public Builder descriptionMax(@Nullable Integer max) {
            descriptionMax = max;
            return this;
        }

        /** Sets the scopes that roles may have. */
        public Builder scopes(Set<Scope> allowed) {
            EnumSet<Scope> copy = EnumSet.noneOf(Scope.class);
            copy.addAll(allowed);
            scopes = Collections.unmodifiableSet(copy);
            return this;
        }

        /** Sets the scope of a role that is created without one; {@code null}: a scope must be named. */
        public Builder defaultScope(@Nullable Scope scope) {
            defaultScope = scope;
            return this;
        }

        /** Sets whether rights must be sent on creation. */
        public Builder rightsRequired(boolean required) {
            rightsRequired = required;
            return this;
        }

        /** Sets the fewest and the most active default roles of a scope. */
        public Builder defaults(Scope scope, int min, @Nullable Integer max) {
            minDefaults.put(requireNonNull(scope, "scope"), min);
            if (max == null) {
                maxDefaults.remove(scope);
            } else {
                maxDefaults.put(scope, max);
            }
            return this;
        }

        /** Sets the most roles that a user holds at one target. */
        public Builder rolesPerTarget(@Nullable Integer max) {
            rolesPerTarget = max;
            return this;
        }

        /** Sets what an empty list of roles means. */
        public Builder emptyRoles(EmptyRoles meaning) {
            emptyRoles = requireNonNull(meaning, "meaning");
            return this;
        }

        /** Sets what deleting a role means. */
        public Builder deletion(Deletion meaning) {
            deletion = requireNonNull(meaning, "meaning");
            return this;
        }

        /** Sets whether the name of a system role may be changed. */
        public Builder systemRoleNames(boolean changeable) {
            systemRoleNames = changeable;
            return this;
        }

        /** Sets whether the default flag of a system role may be changed. */
        public Builder systemRoleDefaults(boolean changeable) {
            systemRoleDefaults = changeable;
            return this;
        }

        /** Sets what the stated place of an unknown chat is worth. */
        public Builder placedChats(PlacedChats meaning) {
            placedChats = requireNonNull(meaning, "meaning");
            return this;
        }

        /** Sets the keys of the permissions of which the last user must not go. */
        public Builder lockout(Collection<String> permissionKeys) {
            Set<String> copy = new LinkedHashSet<>();
            permissionKeys.forEach(key -> copy.add(requireNonNull(key, "permission key")));
            lockout = Collections.unmodifiableSet(copy);
            return this;
        }

        /**
         * Returns the rules.
         *
         * @throws PolicyViolationException with every limit that is negative or below its least value
         *     ({@link Code#LIMIT_EXCEEDED}), and scopes that contradict each other ({@link Code#SCOPE_INVALID}); paths
         *     are those of the policy document
         */
        public PolicyRules build() {
            Violation.Collector violations = new Violation.Collector();
            range(violations, "name", nameMin, 0, nameMax);
            if (descriptionMax != null) {
                range(violations, "description", 0, 0, descriptionMax);
            }
            if (rolesPerTarget != null && rolesPerTarget < 1) {
                outOfRange(violations, Violation.pointer("rules", "rolesPerTarget"), rolesPerTarget, 1);
            }
            for (Scope scope : Scope.values()) {
                int min = minDefaults.getOrDefault(scope, 0);
                range(violations, "defaults/" + scope.word(), min, 0, maxDefaults.get(scope));
                if (min > 0 && !scopes.contains(scope)) {
                    scope(violations, "defaults/" + scope.word() + "/min", scope);
                }
            }
            if (defaultScope != null && !scopes.contains(defaultScope)) {
                scope(violations, "defaultScope", defaultScope);
            }
            if (scopes.isEmpty()) {
                violations.add(Code.SCOPE_INVALID, "/rules/scopes", null, "no scope is named: expected at least one");
            }
            violations.throwIfAny();
            return new PolicyRules(new Builder(this));
        }

        private static void range(
                Violation.Collector violations, String rule, int min, int least, @Nullable Integer max) {
            if (min < least) {
                outOfRange(violations, "/rules/" + rule + "/min", min, least);
            } else if (max != null && max < min) {
                outOfRange(violations, "/rules/" + rule + "/max", max, min);
            }
        }

        private static void outOfRange(Violation.Collector violations, String path, int value, int least) {
            violations.add(
                    Code.LIMIT_EXCEEDED,
                    path,
                    Integer.toString(value),
                    "`" + value + "` is too small: expected at least " + least);
        }

        private void scope(Violation.Collector violations, String rule, Scope scope) {
            violations.add(
                    Code.SCOPE_INVALID,
                    "/rules/" + rule,
                    scope.word(),
                    "`" + scope.word() + "` is not among the scopes that the rules allow: "
                            + scopes.stream().map(Scope::word).toList());
        }

        private Map<String, Object> asMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("nameMin", nameMin);
            map.put("nameMax", Objects.requireNonNullElse(nameMax, "none"));
            map.put("blankNames", blankNames);
            map.put("uniqueNames", uniqueNames);
            map.put("descriptions", descriptions);
            map.put("descriptionMax", Objects.requireNonNullElse(descriptionMax, "none"));
            map.put("scopes", scopes);
            map.put("defaultScope", Objects.requireNonNullElse(defaultScope, "none"));
            map.put("rightsRequired", rightsRequired);
            for (Scope scope : Scope.values()) {
                map.put("minDefaults." + scope.word(), minDefaults.getOrDefault(scope, 0));
                map.put("maxDefaults." + scope.word(), maxDefaults.getOrDefault(scope, Integer.MAX_VALUE));
            }
            map.put("rolesPerTarget", Objects.requireNonNullElse(rolesPerTarget, "none"));
            map.put("emptyRoles", emptyRoles);
            map.put("deletion", deletion);
            map.put("systemRoleNames", systemRoleNames);
            map.put("systemRoleDefaults", systemRoleDefaults);
            map.put("placedChats", placedChats);
            map.put("lockout", lockout);
            return map;
        }
    }
}
