package io.rbac.roleapi;

import io.rbac.model.Change;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The changes that a request asks for, as one edit, with the location in the request of each of their parts; and what
 * was found wrong while the request was read.
 *
 * <p>This class is not thread-safe.
 */
final class RequestedChanges {

    /** Ends the location of a list or tree whose elements have the same names in the request as in the change. */
    static final String AND_BELOW = "/*";

    private static final String PATH = "/changes";

    /** The location of a violation that names no part: that of the first of these parts that the request has. */
    private static final Map<Code, List<String>> USUAL_PARTS = Map.of(
            Code.ESCALATION, List.of("rights", "roles", "role"),
            Code.SYSTEM_ROLE, List.of("rights"),
            Code.NAME_TAKEN, List.of("name"),
            Code.LAST_DEFAULT_ROLE, List.of("default"),
            Code.TOO_MANY_DEFAULTS, List.of("default"),
            Code.TOO_MANY_ROLES, List.of("roles", "users", "role"));

    private final List<Change> changes = new ArrayList<>();
    private final List<Map<String, String>> locations = new ArrayList<>();
    private final Violation.Collector violations = new Violation.Collector();
    private final String newRole = UUID.randomUUID().toString();

    /** Returns the single change of a request that has no body. */
    static RequestedChanges of(Change change) {
        return new RequestedChanges().add(change, Map.of());
    }

    /**
     * Adds a change.
     *
     * @param parts the locations of its parts, by the names that violations give them, except for parts that are not in
     *     the body
     */
    RequestedChanges add(Change change, Map<String, String> parts) {
        changes.add(change);
        locations.add(parts);
        return this;
    }

    /** Returns the changes as they are to be committed. */
    List<Change> changes() {
        return Collections.unmodifiableList(changes);
    }

    /** Returns the same changes for a preview, with an id for each role to be created. */
    List<Change> changesToPreview() {
        return changes.stream().map(this::withRoleId).toList();
    }

    private Change withRoleId(Change change) {
        return newRole(change)
                .<Change>map(id -> {
                    Change.CreateRole create = (Change.CreateRole) change;
                    return new Change.CreateRole(id, create.scope().orElse(null), create.attributes());
                })
                .orElse(change);
    }

    /** Returns the id that a preview gives to the role that a change creates, or nothing if it creates none. */
    private Optional<String> newRole(Change change) {
        return change.kind() == Change.Kind.CREATE_ROLE
                ? Optional.of(((Change.CreateRole) change).id().orElse(newRole))
                : Optional.empty();
    }

    /** Returns whether a role is to be created. */
    boolean createsRole() {
        return changes.stream().anyMatch(change -> newRole(change).isPresent());
    }

    /** Collects what is wrong with the request itself. */
    Violation.Collector violations() {
        return violations;
    }

    /**
     * Returns the refusal of the request: what was found while it was read, and what a commit or preview found wrong
     * with its changes, located in the request. Callers who may not make the changes learn only that.
     */
    PolicyViolationException refusal(List<Violation> ofChanges) {
        for (Violation violation : ofChanges) {
            if (violation.code() == Code.FORBIDDEN) {
                return PolicyViolationException.of(violation.withPath(""));
            }
        }
        NavigableSet<String> unreadable = new TreeSet<>();
        violations.violations().forEach(violation -> unreadable.add(violation.path()));
        for (Violation violation : ofChanges) {
            String location = location(violation);
            if (!lacksNewRole(violation) && !isRelated(location, unreadable)) {
                violations.add(violation.code(), location, violation.value().orElse(null), message(violation));
            }
        }
        try {
            violations.throwIfAny();
        } catch (PolicyViolationException e) {
            return e;
        }
        throw new IllegalStateException("the request is refused without a violation");
    }

    /** Returns whether a role is not found because the change that creates it is refused itself. */
    private boolean lacksNewRole(Violation violation) {
        return violation.code() == Code.ROLE_NOT_FOUND
                && changes.stream().anyMatch(change -> {
                    Optional<String> id = newRole(change);
                    return id.isPresent() && id.equals(violation.value());
                });
    }

    /** Returns a message that does not mention the id of a role to be created, which the client never sent. */
    private String message(Violation violation) {
        String message = violation.message();
        for (Change change : changes) {
            String id = newRole(change).orElse(null);
            message = id == null ? message : message.replace("role " + Violation.quote(id), "the new role");
        }
        return message;
    }

    /** Returns whether a location may be wrong only because it, or something around or in it, could not be read. */
    private static boolean isRelated(String location, NavigableSet<String> unreadable) {
        for (String outer = location; ; outer = outer.substring(0, outer.lastIndexOf('/'))) {
            if (unreadable.contains(outer)) {
                return true;
            } else if (outer.isEmpty()) {
                break;
            }
        }
        String inner = location.isEmpty() ? null : unreadable.ceiling(location + '/');
        return inner != null && inner.startsWith(location + '/');
    }

    private String location(Violation violation) {
        if (!violation.path().startsWith(PATH + '/')) {
            return locations.stream()
                    .map(parts -> usualLocation(violation.code(), parts))
                    .filter(location -> !location.isEmpty())
                    .findFirst()
                    .orElse("");
        }
        List<String> tokens =
                List.of(violation.path().substring(PATH.length() + 1).split("/", 3));
        Map<String, String> parts = locations.get(Integer.parseInt(tokens.get(0)));
        if (tokens.size() == 1) {
            return usualLocation(violation.code(), parts);
        }
        String location = parts.getOrDefault(tokens.get(1), "");
        return location.endsWith(AND_BELOW)
                ? withoutEnd(location) + (tokens.size() > 2 ? '/' + tokens.get(2) : "")
                : location;
    }

    private static String usualLocation(Code code, Map<String, String> parts) {
        for (String part : USUAL_PARTS.getOrDefault(code, List.of())) {
            String location = parts.get(part);
            if (location != null) {
                return location.endsWith(AND_BELOW) ? withoutEnd(location) : location;
            }
        }
        return "";
    }

    private static String withoutEnd(String location) {
        return location.substring(0, location.length() - AND_BELOW.length());
    }
}
