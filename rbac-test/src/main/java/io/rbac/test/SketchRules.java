package io.rbac.test;

import io.rbac.model.Scope;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a policy, every knob in plain words. Immutable and safe for use by several threads.
 *
 * @param name what a name of a role may be
 * @param description what a description of a role may be
 * @param scopes the scopes that roles may have
 * @param defaultScope the scope of a role that names none; {@code null}: a role names its scope
 * @param rightsRequired whether rights must be sent to create a role
 * @param defaults how many active default roles there are, for each scope
 * @param rolesPerTarget most roles that a user holds at one target; {@code null}: no limit
 * @param emptyRoles what an empty list of roles means: {@code defaults} or {@code none}
 * @param deletion what deleting a role means: {@code discard}, {@code delete} or {@code refuse}
 * @param systemRoles what of a system role may change
 * @param placedChats whether the place that is stated of an unknown chat is {@code refused} or {@code trusted}
 * @param lockout the keys of permissions that somebody must hold
 * @since 0.1
 */
public record SketchRules(
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

    private static final SketchRules STANDARD = new SketchRules(
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

    /**
     * Makes rules.
     *
     * @param name what a name of a role may be
     * @param description what a description of a role may be
     * @param scopes the scopes that roles may have
     * @param defaultScope the scope of a role that names none, or {@code null}
     * @param rightsRequired whether rights must be sent to create a role
     * @param defaults how many active default roles there are, for each of the three scopes
     * @param rolesPerTarget most roles that a user holds at one target, or {@code null}
     * @param emptyRoles {@code defaults} or {@code none}
     * @param deletion {@code discard}, {@code delete} or {@code refuse}
     * @param systemRoles what of a system role may change
     * @param placedChats {@code refused} or {@code trusted}
     * @param lockout keys of permissions
     * @throws IllegalArgumentException if a word is none of those, or a scope has no defaults
     */
    public SketchRules {
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

    /**
     * The standard rules.
     *
     * @return the rules that hold where nothing else is said
     * @since 0.1
     */
    public static SketchRules standard() {
        return STANDARD;
    }

    /**
     * Least and most active default roles of a scope.
     *
     * @param scope the scope
     * @return its bounds
     * @since 0.1
     */
    public Defaults defaultsOf(Scope scope) {
        Defaults found = defaults.get(scope);
        if (found == null) {
            throw new IllegalArgumentException("no defaults of scope `" + scope + "`");
        }
        return found;
    }

    /**
     * These rules with another rule of names.
     *
     * @param min least code points
     * @param max most code points, or {@code null}
     * @param blank whether a blank name is allowed
     * @param unique whether names are unique
     * @return the changed rules
     * @since 0.1
     */
    public SketchRules withName(int min, @Nullable Integer max, boolean blank, boolean unique) {
        return new SketchRules(
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
     * These rules with another rule of descriptions.
     *
     * @param allowed whether a role may have one
     * @param max most code points, or {@code null}
     * @return the changed rules
     * @since 0.1
     */
    public SketchRules withDescription(boolean allowed, @Nullable Integer max) {
        return new SketchRules(
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
     * These rules with other scopes.
     *
     * @param allowed the scopes that roles may have
     * @param unnamed the scope of a role that names none, or {@code null}
     * @return the changed rules
     * @since 0.1
     */
    public SketchRules withScopes(List<Scope> allowed, @Nullable Scope unnamed) {
        return new SketchRules(
                name,
                description,
                allowed,
                unnamed,
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
     * These rules with or without the need to send rights.
     *
     * @param required whether rights must be sent to create a role
     * @return the changed rules
     * @since 0.1
     */
    public SketchRules withRightsRequired(boolean required) {
        return new SketchRules(
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
     * These rules with other bounds of the default roles of one scope.
     *
     * @param scope the scope
     * @param min least active default roles
     * @param max most active default roles, or {@code null}
     * @return the changed rules
     * @since 0.1
     */
    public SketchRules withDefaults(Scope scope, int min, @Nullable Integer max) {
        Map<Scope, Defaults> changed = new EnumMap<>(defaults);
        changed.put(scope, new Defaults(min, max));
        return new SketchRules(
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

    /**
     * These rules with another limit of roles at one target.
     *
     * @param most most roles that a user holds there, or {@code null}
     * @return the changed rules
     * @since 0.1
     */
    public SketchRules withRolesPerTarget(@Nullable Integer most) {
        return new SketchRules(
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
     * These rules with other words for what edits mean.
     *
     * @param empty what an empty list of roles means
     * @param delete what deleting a role means
     * @param system what of a system role may change
     * @return the changed rules
     * @throws IllegalArgumentException if a word is none of those of this type
     * @since 0.1
     */
    public SketchRules withEdits(String empty, String delete, SystemRoles system) {
        return new SketchRules(
                name,
                description,
                scopes,
                defaultScope,
                rightsRequired,
                defaults,
                rolesPerTarget,
                empty,
                delete,
                system,
                placedChats,
                lockout);
    }

    /**
     * These rules with another word for placed chats.
     *
     * @param word {@code refused} or {@code trusted}
     * @return the changed rules
     * @throws IllegalArgumentException if it is neither
     * @since 0.1
     */
    public SketchRules withPlacedChats(String word) {
        return new SketchRules(
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

    /**
     * These rules with other lockout permissions.
     *
     * @param keys the keys of the permissions
     * @return the changed rules
     * @since 0.1
     */
    public SketchRules withLockout(List<String> keys) {
        return new SketchRules(
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
     * What a name may be.
     *
     * @param min least code points
     * @param max most code points; {@code null}: no limit
     * @param blank whether a blank name is allowed
     * @param unique whether two active roles may not have the same name
     * @since 0.1
     */
    public record Name(int min, @Nullable Integer max, boolean blank, boolean unique) {}

    /**
     * What a description may be.
     *
     * @param allowed whether a role may have one
     * @param max most code points; {@code null}: no limit
     * @since 0.1
     */
    public record Description(boolean allowed, @Nullable Integer max) {}

    /**
     * How many active default roles there are of a scope.
     *
     * @param min least
     * @param max most; {@code null}: no limit
     * @since 0.1
     */
    public record Defaults(int min, @Nullable Integer max) {}

    /**
     * What of a system role may change.
     *
     * @param nameMayChange whether its name may
     * @param defaultMayChange whether its default flag may
     * @since 0.1
     */
    public record SystemRoles(boolean nameMayChange, boolean defaultMayChange) {}
}
