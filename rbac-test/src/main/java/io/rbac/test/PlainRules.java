package io.rbac.test;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a plain policy.
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param name what the name of a role may be
 * @param description what the description of a role may be
 * @param scopes the scopes that roles may have; {@code null}: all of the tree
 * @param defaultScope the scope of a role created without one; {@code null}: it must be given
 * @param rightsRequired whether rights must be given when a role is created
 * @param defaults fewest and most active default roles of each scope where they are not the usual ones: at least one of
 *     the account, any number of every other scope
 * @param rolesPerTarget most roles that a user holds at one target; {@code null}: no limit
 * @param emptyRoles what an empty list of roles means: {@code defaults} or {@code none}
 * @param deletion what deleting a role means: {@code discard}, {@code delete} or {@code refuse}
 * @param systemRoles what may change of a system role
 * @param unknownTargets whether a given parent of an unknown target is {@code refused} or {@code trusted}
 * @param lockout the keys of the permissions whose last holder must not lose them
 * @since 0.1
 */
public record PlainRules(
        Name name,
        Description description,
        @Nullable List<PlainScope> scopes,
        @Nullable PlainScope defaultScope,
        boolean rightsRequired,
        Map<PlainScope, Defaults> defaults,
        @Nullable Integer rolesPerTarget,
        String emptyRoles,
        String deletion,
        SystemRoles systemRoles,
        String unknownTargets,
        List<String> lockout) {

    private static final Defaults AT_LEAST_ONE = new Defaults(1, null);
    private static final Defaults ANY_NUMBER = new Defaults(0, null);

    private static final PlainRules STANDARD = new PlainRules(
            new Name(1, 50, false, false),
            new Description(true, 500),
            null,
            null,
            false,
            Map.of(),
            null,
            "defaults",
            "discard",
            new SystemRoles(true, true),
            "refused",
            List.of());

    public PlainRules {
        scopes = scopes == null ? null : List.copyOf(scopes);
        defaults = differing(defaults);
        lockout = List.copyOf(lockout);
        requireOneOf(emptyRoles, List.of("defaults", "none"));
        requireOneOf(deletion, List.of("discard", "delete", "refuse"));
        requireOneOf(unknownTargets, List.of("refused", "trusted"));
    }

    private static Map<PlainScope, Defaults> differing(Map<PlainScope, Defaults> defaults) {
        Map<PlainScope, Defaults> differing = new LinkedHashMap<>(defaults);
        differing.entrySet().removeIf(entry -> entry.getValue().equals(usual(entry.getKey())));
        return Collections.unmodifiableMap(differing);
    }

    private static Defaults usual(PlainScope scope) {
        return scope.isAccount() ? AT_LEAST_ONE : ANY_NUMBER;
    }

    private static void requireOneOf(String word, List<String> words) {
        if (!words.contains(word)) {
            throw new IllegalArgumentException("expected one of " + words + ", but found `" + word + "`");
        }
    }

    /** Returns the standard rules. */
    public static PlainRules standard() {
        return STANDARD;
    }

    /** Returns the fewest and most active default roles of a scope. */
    public Defaults defaultsOf(PlainScope scope) {
        return defaults.getOrDefault(scope, usual(scope));
    }

    /**
     * Returns these rules with another rule for names.
     *
     * @param min fewest code points
     * @param max most code points; {@code null}: no limit
     * @param blank whether a name may be blank
     * @param unique whether no two active roles have the same name
     */
    public PlainRules withName(int min, @Nullable Integer max, boolean blank, boolean unique) {
        return new PlainRules(
                new Name(min, max, blank, unique),
                description,
                scopes,
                defaultScope,
                rightsRequired,
                defaults,
                rolesPerTarget,
                emptyRoles,
                deletion,
                systemRoles,
                unknownTargets,
                lockout);
    }

    /**
     * Returns these rules with another rule for descriptions.
     *
     * @param allowed whether roles may have one
     * @param max most code points; {@code null}: no limit
     */
    public PlainRules withDescription(boolean allowed, @Nullable Integer max) {
        return new PlainRules(
                name,
                new Description(allowed, max),
                scopes,
                defaultScope,
                rightsRequired,
                defaults,
                rolesPerTarget,
                emptyRoles,
                deletion,
                systemRoles,
                unknownTargets,
                lockout);
    }

    /**
     * Returns these rules with other scopes.
     *
     * @param newScopes the scopes that roles may have; {@code null}: all of the tree
     * @param newDefaultScope the scope of a role created without one; {@code null}: it must be given
     */
    public PlainRules withScopes(@Nullable List<PlainScope> newScopes, @Nullable PlainScope newDefaultScope) {
        return new PlainRules(
                name,
                description,
                newScopes,
                newDefaultScope,
                rightsRequired,
                defaults,
                rolesPerTarget,
                emptyRoles,
                deletion,
                systemRoles,
                unknownTargets,
                lockout);
    }

    /** Returns these rules, requiring rights or not when a role is created. */
    public PlainRules withRightsRequired(boolean required) {
        return new PlainRules(
                name,
                description,
                scopes,
                defaultScope,
                required,
                defaults,
                rolesPerTarget,
                emptyRoles,
                deletion,
                systemRoles,
                unknownTargets,
                lockout);
    }

    /**
     * Returns these rules with other numbers of default roles of one scope.
     *
     * @param min fewest active default roles
     * @param max most active default roles; {@code null}: no limit
     */
    public PlainRules withDefaults(PlainScope scope, int min, @Nullable Integer max) {
        Map<PlainScope, Defaults> changed = new LinkedHashMap<>(defaults);
        changed.put(scope, new Defaults(min, max));
        return new PlainRules(
                name,
                description,
                scopes,
                defaultScope,
                rightsRequired,
                changed,
                rolesPerTarget,
                emptyRoles,
                deletion,
                systemRoles,
                unknownTargets,
                lockout);
    }

    /** Returns these rules with another maximum of roles at one target; {@code null}: no limit. */
    public PlainRules withRolesPerTarget(@Nullable Integer most) {
        return new PlainRules(
                name,
                description,
                scopes,
                defaultScope,
                rightsRequired,
                defaults,
                most,
                emptyRoles,
                deletion,
                systemRoles,
                unknownTargets,
                lockout);
    }

    /**
     * Returns these rules with other meanings of edits.
     *
     * @param newEmptyRoles what an empty list of roles means
     * @param newDeletion what deleting a role means
     * @param newSystemRoles what may change of a system role
     * @throws IllegalArgumentException if a word is none of those listed at this record
     */
    public PlainRules withEdits(String newEmptyRoles, String newDeletion, SystemRoles newSystemRoles) {
        return new PlainRules(
                name,
                description,
                scopes,
                defaultScope,
                rightsRequired,
                defaults,
                rolesPerTarget,
                newEmptyRoles,
                newDeletion,
                newSystemRoles,
                unknownTargets,
                lockout);
    }

    /**
     * Returns these rules with another meaning of a given parent of an unknown target.
     *
     * @param word {@code refused} or {@code trusted}
     * @throws IllegalArgumentException if it is neither
     */
    public PlainRules withUnknownTargets(String word) {
        return new PlainRules(
                name,
                description,
                scopes,
                defaultScope,
                rightsRequired,
                defaults,
                rolesPerTarget,
                emptyRoles,
                deletion,
                systemRoles,
                word,
                lockout);
    }

    /** Returns these rules with other lockout permissions, given by their keys. */
    public PlainRules withLockout(List<String> keys) {
        return new PlainRules(
                name,
                description,
                scopes,
                defaultScope,
                rightsRequired,
                defaults,
                rolesPerTarget,
                emptyRoles,
                deletion,
                systemRoles,
                unknownTargets,
                keys);
    }

    /**
     * What the name of a role may be.
     *
     * @param min fewest code points
     * @param max most code points; {@code null}: no limit
     * @param blank whether a name may be blank
     * @param unique whether no two active roles have the same name
     * @since 0.1
     */
    public record Name(int min, @Nullable Integer max, boolean blank, boolean unique) {}

    /**
     * What the description of a role may be.
     *
     * @param allowed whether roles may have one
     * @param max most code points; {@code null}: no limit
     * @since 0.1
     */
    public record Description(boolean allowed, @Nullable Integer max) {}

    /**
     * How many active default roles of a scope there are.
     *
     * @param min fewest
     * @param max most; {@code null}: no limit
     * @since 0.1
     */
    public record Defaults(int min, @Nullable Integer max) {}

    /**
     * What may change of a system role.
     *
     * @param nameMayChange whether its name and description may change
     * @param defaultMayChange whether its default flag may change
     * @since 0.1
     */
    public record SystemRoles(boolean nameMayChange, boolean defaultMayChange) {}
}
