package io.rbac.model;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Violation.Code;
import io.rbac.text.Names;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one product asks of its policies: the length of names, the scopes in use, the number of default roles, what
 * deleting a role means, and so on.
 *
 * <p>Two sets of rules are equal if all their values are equal. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PolicyRules {

    /** The maximum number of code points of a name or a description, whatever the rules allow. */
    public static final int MAX_CODE_POINTS = Names.MAX_CODE_POINTS;

    private static final Range AT_LEAST_ONE = new Range(1, OptionalInt.empty());
    private static final Range ANY_NUMBER = new Range(0, OptionalInt.empty());
    private static final PolicyRules STANDARD = new Builder().build();

    private final Range nameLength;
    private final boolean allowsBlankNames;
    private final boolean requiresUniqueNames;
    private final boolean allowsDescriptions;
    private final Range descriptionLength;
    private final Optional<Set<Scope>> scopes;
    private final Optional<Scope> defaultScope;
    private final boolean requiresRights;
    private final Map<Scope, Range> defaults;
    private final OptionalInt rolesPerTarget;
    private final EmptyRoles emptyRoles;
    private final Deletion deletion;
    private final boolean allowsSystemRoleNames;
    private final boolean allowsSystemRoleDefaults;
    private final UnknownTargets unknownTargets;
    private final Set<String> lockout;

    private PolicyRules(Builder builder) {
        this.nameLength = new Range(builder.nameMin, optional(builder.nameMax));
        this.allowsBlankNames = builder.blankNames;
        this.requiresUniqueNames = builder.uniqueNames;
        this.allowsDescriptions = builder.descriptions;
        this.descriptionLength = new Range(0, optional(builder.descriptionMax));
        this.scopes = Optional.ofNullable(builder.scopes);
        this.defaultScope = Optional.ofNullable(builder.defaultScope);
        this.requiresRights = builder.rightsRequired;
        this.defaults = builder.differingDefaults();
        this.rolesPerTarget = optional(builder.rolesPerTarget);
        this.emptyRoles = builder.emptyRoles;
        this.deletion = builder.deletion;
        this.allowsSystemRoleNames = builder.systemRoleNames;
        this.allowsSystemRoleDefaults = builder.systemRoleDefaults;
        this.unknownTargets = builder.unknownTargets;
        this.lockout = builder.lockout;
    }

    /**
     * Returns the standard rules: names of 1 to 50 code points that are not blank, descriptions of at most 500 code
     * points, roles of every scope, and at least one active default role of the account. Deleting a role discards
     * it.
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
        return new Builder(this);
    }

    /** Returns how many code points a role's name may have. */
    public Range nameLength() {
        return nameLength;
    }

    /** Returns whether a name may consist of nothing but white space and invisible characters. */
    public boolean allowsBlankNames() {
        return allowsBlankNames;
    }

    /**
     * Returns whether the names of active roles must be unique in the account, compared without regard to letter case,
     * compatibility variants (NFKC), invisible characters, and the amount of white space around and between words.
     */
    public boolean requiresUniqueNames() {
        return requiresUniqueNames;
    }

    /** Returns whether roles may have a description. */
    public boolean allowsDescriptions() {
        return allowsDescriptions;
    }

    /** Returns how many code points a description may have. */
    public Range descriptionLength() {
        return descriptionLength;
    }

    /** Returns the scopes that roles may have, widest first; empty if they may have any scope of the catalog. */
    public Optional<Set<Scope>> scopes() {
        return scopes;
    }

    /** Returns whether roles may have a scope. */
    public boolean allows(Scope scope) {
        requireNonNull(scope, "scope");
        return scopes.isEmpty() || scopes.get().contains(scope);
    }

    /** Returns the scope of a role that is created without one, or empty if a scope must be given. */
    public Optional<Scope> defaultScope() {
        return defaultScope;
    }

    /** Returns whether rights, if only empty ones, must be given when a role is created. */
    public boolean requiresRights() {
        return requiresRights;
    }

    /** Returns how many active default roles of a scope a policy must have. */
    public Range defaults(Scope scope) {
        return defaults.getOrDefault(scope, standardDefaults(scope));
    }

    private static Range standardDefaults(Scope scope) {
        return scope.isAccount() ? AT_LEAST_ONE : ANY_NUMBER;
    }

    /**
     * Returns how many active default roles a policy must have of each scope for which this is not as usual: at least
     * one of the account, any number of the others. Widest first.
     */
    public Map<Scope, Range> defaults() {
        return defaults;
    }

    /** Returns how many roles, active or discarded, a user may hold at one target, or empty if there is no limit. */
    public OptionalInt rolesPerTarget() {
        return rolesPerTarget;
    }

    /** Returns what setting an empty list of roles means. */
    public EmptyRoles emptyRoles() {
        return emptyRoles;
    }

    /** Returns what deleting a role means. */
    public Deletion deletion() {
        return deletion;
    }

    /** Returns whether the name and the description of a system role may be changed. */
    public boolean allowsSystemRoleNames() {
        return allowsSystemRoleNames;
    }

    /** Returns whether the default flag of a system role may be changed. */
    public boolean allowsSystemRoleDefaults() {
        return allowsSystemRoleDefaults;
    }

    /** Returns whether a given parent counts for a target that the policy does not know. */
    public UnknownTargets unknownTargets() {
        return unknownTargets;
    }

    /** Returns the keys of the permissions whose last holder must not lose them, in the order they were given. */
    public Set<String> lockout() {
        return lockout;
    }

    /**
     * Adds what these rules name and a catalog lacks: scopes ({@link Code#SCOPE_INVALID}) and lockout permissions ({@link
     * Code#UNKNOWN_PERMISSION}). Paths are those in the policy document.
     */
    public void check(PermissionCatalog catalog, Violation.Collector violations) {
        requireNonNull(catalog, "catalog");
        requireNonNull(violations, "violations");
        scopes.ifPresent(allowed -> allowed.forEach(scope -> check(scope, "scopes", catalog, violations)));
        defaultScope.ifPresent(scope -> check(scope, "defaultScope", catalog, violations));
        defaults.keySet().forEach(scope -> check(scope, "defaults/" + scope.name(), catalog, violations));
        int position = 0;
        for (String key : lockout) {
            if (catalog.indexOf(key) < 0) {
                violations.add(
                        Code.UNKNOWN_PERMISSION,
                        Violation.pointer("rules", "lockout", position),
                        key,
                        Violation.quote(key) + " is not a permission of the catalog"
                                + violations.didYouMean(key, catalog.keys()));
            }
            position++;
        }
    }

    private static void check(Scope scope, String rule, PermissionCatalog catalog, Violation.Collector violations) {
        if (!catalog.scopes().contains(scope)) {
            violations.add(
                    Code.SCOPE_INVALID,
                    "/rules/" + rule,
                    scope.name(),
                    Violation.quote(scope.name()) + " is not a scope of the catalog: expected one of "
                            + catalog.scopes().scopes());
        }
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PolicyRules that && asMap().equals(that.asMap());
    }

    @Override
    public int hashCode() {
        return asMap().hashCode();
    }

    /** Returns all values in human-readable form. */
    @Override
    public String toString() {
        return "PolicyRules" + asMap();
    }

    private Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("nameLength", nameLength);
        map.put("allowsBlankNames", allowsBlankNames);
        map.put("requiresUniqueNames", requiresUniqueNames);
        map.put("allowsDescriptions", allowsDescriptions);
        map.put("descriptionLength", descriptionLength);
        map.put("scopes", scopes.map(Object.class::cast).orElse("all"));
        map.put("defaultScope", defaultScope.map(Object.class::cast).orElse("none"));
        map.put("requiresRights", requiresRights);
        map.put("defaults", defaults);
        map.put("rolesPerTarget", rolesPerTarget.isPresent() ? rolesPerTarget.getAsInt() : "unlimited");
        map.put("emptyRoles", emptyRoles);
        map.put("deletion", deletion);
        map.put("allowsSystemRoleNames", allowsSystemRoleNames);
        map.put("allowsSystemRoleDefaults", allowsSystemRoleDefaults);
        map.put("unknownTargets", unknownTargets);
        map.put("lockout", lockout);
        return map;
    }

    /**
     * How many of something there may be.
     *
     * @param min the least number
     * @param max the greatest number, empty if there is no limit
     * @since 0.1
     */
    public record Range(int min, OptionalInt max) {

        public Range {
            requireNonNull(max, "max");
        }

        /** Returns whether a number is greater than the maximum. */
        public boolean isExceededBy(long number) {
            return max.isPresent() && number > max.getAsInt();
        }

        /** Returns {@code 1 to 50}, or {@code at least 1}. */
        @Override
        public String toString() {
            return max.isPresent() ? min + " to " + max.getAsInt() : "at least " + min;
        }
    }

    /**
     * What it means to set an empty list of roles for a user at a target.
     *
     * @since 0.1
     */
    public enum EmptyRoles {
        /** The user gets the active default roles of the target's scope. */
        DEFAULTS("defaults"),
        /** The user gets no role at all. */
        NONE("none");

        private final String word;

        EmptyRoles(String word) {
            this.word = word;
        }

        /** Returns the word for this value in documents. */
        public String word() {
            return word;
        }
    }

    /**
     * What it means to delete a role.
     *
     * @since 0.1
     */
    public enum Deletion {
        /** The role no longer grants anything, and can be restored. */
        DISCARD("discard"),
        /** The role and its assignments are removed for good. */
        DELETE("delete"),
        /** A role that has users is kept; any other is removed for good. */
        REFUSE("refuse");

        private final String word;

        Deletion(String word) {
            this.word = word;
        }

        /** Returns the word for this value in documents. */
        public String word() {
            return word;
        }
    }

    /**
     * Whether a given parent counts for a target that the policy does not know.
     *
     * @since 0.1
     */
    public enum UnknownTargets {
        /** It does not count: the target is unknown. */
        REFUSED("refused"),
        /** The target lies in the given parent, if the policy knows that one and the target could lie there. */
        TRUSTED("trusted");

        private final String word;

        UnknownTargets(String word) {
            this.word = word;
        }

        /** Returns the word for this value in documents. */
        public String word() {
            return word;
        }
    }

    /**
     * Builder for {@link PolicyRules}. A limit of {@code null} means no limit.
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
        private @Nullable Set<Scope> scopes;
        private @Nullable Scope defaultScope;
        private boolean rightsRequired;
        private final Map<Scope, DefaultsDraft> defaults = new LinkedHashMap<>();
        private @Nullable Integer rolesPerTarget;
        private EmptyRoles emptyRoles = EmptyRoles.DEFAULTS;
        private Deletion deletion = Deletion.DISCARD;
        private boolean systemRoleNames = true;
        private boolean systemRoleDefaults = true;
        private UnknownTargets unknownTargets = UnknownTargets.REFUSED;
        private Set<String> lockout = Set.of();

        private Builder() {}

        private Builder(PolicyRules rules) {
            this.nameMin = rules.nameLength.min();
            this.nameMax = nullable(rules.nameLength.max());
            this.blankNames = rules.allowsBlankNames;
            this.uniqueNames = rules.requiresUniqueNames;
            this.descriptions = rules.allowsDescriptions;
            this.descriptionMax = nullable(rules.descriptionLength.max());
            this.scopes = rules.scopes.orElse(null);
            this.defaultScope = rules.defaultScope.orElse(null);
            this.rightsRequired = rules.requiresRights;
            rules.defaults.forEach((scope, range) -> defaults(scope, range.min(), nullable(range.max())));
            this.rolesPerTarget = nullable(rules.rolesPerTarget);
            this.emptyRoles = rules.emptyRoles;
            this.deletion = rules.deletion;
            this.systemRoleNames = rules.allowsSystemRoleNames;
            this.systemRoleDefaults = rules.allowsSystemRoleDefaults;
            this.unknownTargets = rules.unknownTargets;
            this.lockout = rules.lockout;
        }

        private static @Nullable Integer nullable(OptionalInt value) {
            return value.isPresent() ? Integer.valueOf(value.getAsInt()) : null;
        }

        private Map<Scope, Range> differingDefaults() {
            Map<Scope, Range> differing = new LinkedHashMap<>();
            for (Scope scope : Scope.widestFirst(defaults.keySet())) {
                DefaultsDraft draft = requireNonNull(defaults.get(scope));
                Range range = new Range(draft.min(), optional(draft.max()));
                if (!range.equals(standardDefaults(scope))) {
                    differing.put(scope, range);
                }
            }
            return Collections.unmodifiableMap(differing);
        }

        /** Sets how many code points a name must have at least. */
        public Builder nameMin(int min) {
            nameMin = min;
            return this;
        }

        /** Sets how many code points a name may have at most. */
        public Builder nameMax(@Nullable Integer max) {
            nameMax = max;
            return this;
        }

        /** Sets whether a name may consist of nothing but white space and invisible characters. */
        public Builder allowsBlankNames(boolean allowed) {
            blankNames = allowed;
            return this;
        }

        /** Sets whether the names of active roles must be unique. */
        public Builder requiresUniqueNames(boolean unique) {
            uniqueNames = unique;
            return this;
        }

        /** Sets whether roles may have a description. */
        public Builder allowsDescriptions(boolean allowed) {
            descriptions = allowed;
            return this;
        }

        /** Sets how many code points a description may have at most. */
        public Builder descriptionMax(@Nullable Integer max) {
            descriptionMax = max;
            return this;
        }

        /** Sets the scopes that roles may have: any scope of the catalog by default. */
        public Builder scopes(Set<Scope> allowed) {
            scopes = Scope.widestFirst(allowed);
            return this;
        }

        /** Sets the scope of a role that is created without one, {@code null} if a scope must be given. */
        public Builder defaultScope(@Nullable Scope scope) {
            defaultScope = scope;
            return this;
        }

        /** Sets whether rights, if only empty ones, must be given when a role is created. */
        public Builder requiresRights(boolean required) {
            rightsRequired = required;
            return this;
        }

        /** Sets the minimum and maximum number of active default roles of a scope. */
        public Builder defaults(Scope scope, int min, @Nullable Integer max) {
            defaults.put(requireNonNull(scope, "scope"), new DefaultsDraft(min, max));
            return this;
        }

        /** Sets how many roles, active or discarded, a user may hold at one target. */
        public Builder rolesPerTarget(@Nullable Integer max) {
            rolesPerTarget = max;
            return this;
        }

        /** Sets what setting an empty list of roles means. */
        public Builder emptyRoles(EmptyRoles meaning) {
            emptyRoles = requireNonNull(meaning, "meaning");
            return this;
        }

        /** Sets what deleting a role means. */
        public Builder deletion(Deletion meaning) {
            deletion = requireNonNull(meaning, "meaning");
            return this;
        }

        /** Sets whether the name and the description of a system role may be changed. */
        public Builder allowsSystemRoleNames(boolean changeable) {
            systemRoleNames = changeable;
            return this;
        }

        /** Sets whether the default flag of a system role may be changed. */
        public Builder allowsSystemRoleDefaults(boolean changeable) {
            systemRoleDefaults = changeable;
            return this;
        }

        /** Sets whether a given parent counts for a target that the policy does not know. */
        public Builder unknownTargets(UnknownTargets meaning) {
            unknownTargets = requireNonNull(meaning, "meaning");
            return this;
        }

        /** Sets the keys of the permissions whose last holder must not lose them. */
        public Builder lockout(Collection<String> permissionKeys) {
            Set<String> copy = new LinkedHashSet<>();
            permissionKeys.forEach(key -> copy.add(requireNonNull(key, "permission key")));
            lockout = Collections.unmodifiableSet(copy);
            return this;
        }

        /**
         * Returns the rules.
         *
         * @throws PolicyViolationException with every limit that is negative or below its minimum
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
            for (Scope scope : Scope.widestFirst(defaults.keySet())) {
                DefaultsDraft draft = requireNonNull(defaults.get(scope));
                range(violations, "defaults/" + scope.name(), draft.min(), 0, draft.max());
            }
            if (scopes != null) {
                checkScopes(violations, scopes);
            }
            violations.throwIfAny();
            return new PolicyRules(this);
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

        private void checkScopes(Violation.Collector violations, Set<Scope> allowed) {
            for (Map.Entry<Scope, DefaultsDraft> draft : defaults.entrySet()) {
                if (draft.getValue().min() > 0 && !allowed.contains(draft.getKey())) {
                    scope(violations, "defaults/" + draft.getKey().name() + "/min", draft.getKey(), allowed);
                }
            }
            if (!allowed.contains(Scope.ACCOUNT) && !defaults.containsKey(Scope.ACCOUNT)) {
                scope(violations, "defaults/account/min", Scope.ACCOUNT, allowed);
            }
            if (defaultScope != null && !allowed.contains(defaultScope)) {
                scope(violations, "defaultScope", defaultScope, allowed);
            }
            if (allowed.isEmpty()) {
                violations.add(Code.SCOPE_INVALID, "/rules/scopes", null, "no scope is given: expected at least one");
            }
        }

        private static void scope(Violation.Collector violations, String rule, Scope scope, Set<Scope> allowed) {
            violations.add(
                    Code.SCOPE_INVALID,
                    "/rules/" + rule,
                    scope.name(),
                    "`" + scope.name() + "` is not among the scopes that the rules allow: " + allowed);
        }

        /** How many default roles of a scope there may be, as given. */
        private record DefaultsDraft(int min, @Nullable Integer max) {}
    }
}
