package io.rbac.matrix;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an annotation or another rule of a framework requires: permissions, and where. Checked as it is made, so that a
 * mistake is found when the application starts.
 *
 * <p>The place is {@code account}, or a scope and an id, such as {@code chat/c-42} or {@code chat/{chatId}}: the id is fixed, or
 * a single placeholder, whose value becomes the id as it is.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PermissionRequirement {

    private static final Pattern PLACEHOLDER = Pattern.compile("[^/]+/\\{([^{}]+)}");

    private final Rights rights;
    private final List<String> permissions;
    private final boolean any;
    private final String place;
    private final Target target;
    private final @Nullable String placeholder;

    private PermissionRequirement(
            Rights rights, boolean any, String place, Target target, @Nullable String placeholder) {
        this.rights = rights;
        this.permissions = rights.stream().map(Permission::key).toList();
        this.any = any;
        this.place = place;
        this.target = target;
        this.placeholder = placeholder;
    }

    /**
     * Returns the requirement of all of these permissions at a place.
     *
     * @throws PolicyViolationException with everything that is wrong with it: {@link Code#UNKNOWN_PERMISSION}, {@link
     *     Code#MISSING_FIELD} if no permission is given, {@link Code#MALFORMED} for a place that is none, and {@link
     *     Code#PERMISSION_NOT_IN_SCOPE} for a permission that nobody can have there, as only roles of narrower scopes may hold it
     */
    public static PermissionRequirement allOf(PermissionCatalog catalog, List<String> permissions, String place) {
        return of(catalog, permissions, false, place);
    }

    /** Returns the requirement of at least one of these permissions at a place; otherwise like {@link #allOf}. */
    public static PermissionRequirement anyOf(PermissionCatalog catalog, List<String> permissions, String place) {
        return of(catalog, permissions, true, place);
    }

    private static PermissionRequirement of(
            PermissionCatalog catalog, List<String> permissions, boolean any, String place) {
        requireNonNull(catalog, "catalog");
        requireNonNull(place, "place");
        Violation.Collector violations = new Violation.Collector();
        Rights rights = rights(catalog, List.copyOf(permissions), violations);
        Matcher matcher = PLACEHOLDER.matcher(place);
        String placeholder = matcher.matches() ? matcher.group(1) : null;
        Target target = target(catalog, place, placeholder, violations);
        if (target != null) {
            rights.stream()
                    .filter(permission -> isNeverGranted(permission, target.scope()))
                    .forEach(permission -> violations.add(
                            Code.PERMISSION_NOT_IN_SCOPE,
                            "",
                            permission.key(),
                            "nobody can have " + Violation.quote(permission.key()) + " at " + Violation.quote(place)
                                    + ": only roles of " + permission.scopes() + " may hold it"));
        }
        violations.throwIfAny();
        return new PermissionRequirement(rights, any, place, requireNonNull(target), placeholder);
    }

    private static Rights rights(PermissionCatalog catalog, List<String> permissions, Violation.Collector violations) {
        if (permissions.isEmpty()) {
            violations.add(Code.MISSING_FIELD, "", null, "no permission is given: expected at least one");
        }
        try {
            return catalog.rights(permissions);
        } catch (PolicyViolationException e) {
            violations.addAll(e);
            return catalog.noRights();
        }
    }

    private static @Nullable Target target(
            PermissionCatalog catalog, String place, @Nullable String placeholder, Violation.Collector violations) {
        if (placeholder == null && (place.indexOf('{') >= 0 || place.indexOf('}') >= 0)) {
            violations.add(
                    Code.MALFORMED,
                    "",
                    place,
                    Violation.quote(place) + " is not a target: expected an id or one placeholder and nothing else");
            return null;
        }
        try {
            return catalog.scopes().target(place);
        } catch (PolicyViolationException e) {
            violations.addAll(e);
            return null;
        }
    }

    /** A role grants at its own target and below, so one of a narrower scope never grants here. */
    private static boolean isNeverGranted(Permission permission, Scope scope) {
        return permission.scopes().stream().allMatch(holders -> holders.level() > scope.level());
    }

    /** Returns the keys of the permissions, in the order of the catalog. */
    public List<String> permissions() {
        return permissions;
    }

    /** Returns the name of the placeholder, empty if the target is fixed. */
    public Optional<String> placeholder() {
        return Optional.ofNullable(placeholder);
    }

    /**
     * Returns the target.
     *
     * @param values finds the value of the placeholder; {@code null} if it has none
     * @return empty if the placeholder has no value: then nothing is allowed
     */
    public Optional<Target> target(Function<String, @Nullable String> values) {
        requireNonNull(values, "values");
        if (placeholder == null) {
            return Optional.of(target);
        }
        String id = values.apply(placeholder);
        return id == null ? Optional.empty() : Optional.of(Target.of(target.scope(), id));
    }

    /** Returns whether a user has what is required at a target. */
    public boolean isMet(PermissionMatrix matrix, String user, Target where) {
        return any ? matrix.hasAny(user, rights, where) : matrix.hasAll(user, rights, where);
    }

    /** Returns the first of the permissions that a user lacks at a target, empty if they lack none. */
    public Optional<String> firstLacking(PermissionMatrix matrix, String user, Target where) {
        Rights held = matrix.rightsOf(user, where);
        return permissions.stream()
                .filter(permission -> !held.contains(permission))
                .findFirst();
    }

    /** Returns permissions and place, human-readable. */
    @Override
    public String toString() {
        return String.join(any ? " or " : " and ", permissions) + " at " + place;
    }
}
