package io.rbac.test;

import io.rbac.model.Scope;
import java.util.Collections;
import java.util.EnumMap;
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
 * @param scopes the scopes that roles may have
 * @param defaultScope the scope of a role created without one; {@code null}: it must be given
 * @param rightsRequired whether rights must be given when a role is created
 * @param defaults fewest and most active default roles of each scope
 * @param rolesPerTarget most roles that a user holds at one target; {@code null}: no limit
 * @param emptyRoles what an empty list of roles means: {@code defaults} or {@code none}
 * @param deletion what deleting a role means: {@code discard}, {@code delete} or {@code refuse}
 * @param systemRoles what may change of a system role
 * @param placedChats whether a given parent of an unknown chat is {@code refused} or {@code trusted}
 * @param lockout the keys of the permissions whose last holder must not lose them
 * @since 0.1
 */
public record PlainRules(
        Name name,
        Description description,
        List<Scope> scopes,
        @Nullable Scope defaultScope,
        boolean rightsRequired,
        Map<Scope, Defaults> defaults,
        @Nullable Integer rolesPerTarget,
        String emptyRoles,
        String deletion,
        SystemRoles systemRoles,
        String placedChats,
        List<String> lockout) {

    private static final PlainRules STANDARD = new PlainRules(
            new Name(1, 50, false, false),
            new Description(true, 500),
            List.of(Scope.ACCOUNT, Scope.TEAM, Scope.CHAT),
            null,
            false,
            Map.of(
                    Scope.ACCOUNT, new Defaults(1, null),
                    Scope.TEAM, new Defaults(0, null),
                    Scope.CHAT, new Defaults(0, null)),
            null,
            "defaults",
            "discard",
            new SystemRoles(true, true),
            "refused",
            List.of());

    public PlainRules {
        scopes = List.copyOf(scopes);
        defaults = Collections.unmodifiableMap(new EnumMap<>(defaults));
        lockout = List.copyOf(lockout);
        requireOneOf(emptyRoles, List.of("defaults", "none"));
        requireOneOf(deletion, List.of("discard", "delete", "refuse"));
        requireOneOf(placedChats, List.of("refused", "trusted"));
        if (defaults.size() != Scope.values().length) {
            throw new IllegalArgumentException("expected the defaults of every scope, but found `" + defaults + "`");
        }
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
    public Defaults defaultsOf(Scope scope) {
        Defaults found = defaults.get(scope);
        if (found == null) {
            throw new IllegalArgumentException("no defaults of scope `" + scope + "`");
        }
        return found;
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
                placedChats,
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
                placedChats,
                lockout);
    }

    /**
     * Returns these rules with other scopes.
     *
     * @param newScopes the scopes that roles may have
     * @param newDefaultScope the scope of a role created without one; {@code null}: it must be given
     */
    public PlainRules withScopes(List<Scope> newScopes, @Nullable Scope newDefaultScope) {
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
                placedChats,
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
                placedChats,
                lockout);
    }

    /**
     * Returns these rules with other numbers of default roles of one scope.
     *
     * @param min fewest active default roles
     * @param max most active default roles; {@code null}: no limit
     */
    public PlainRules withDefaults(Scope scope, int min, @Nullable Integer max) {
        Map<Scope, Defaults> changed = new EnumMap<>(defaults);
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
                placedChats,
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
                placedChats,
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
                placedChats,
                lockout);
    }

    /**
     * Returns these rules with another meaning of a given parent of an unknown chat.
     *
     * @param word {@code refused} or {@code trusted}
     * @throws IllegalArgumentException if it is neither
     */
    public PlainRules withPlacedChats(String word) {
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
                placedChats,
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
