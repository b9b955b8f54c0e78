package io.rbac.roleapi;

import io.rbac.model.Change;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What a request asks for, as changes of one edit, with the place in the request of each of their parts; and what was
 * found wrong with the request while it was read.
 *
 * <p>This class is not thread-safe.
 */
final class RequestedChanges {

    /** Ends the place of a list or tree whose elements the request names as the change does. */
    static final String AND_BELOW = "/*";

    private static final String PATH = "/changes";

    /** Where a violation that names no part belongs: the first of these parts that the request has. */
    private static final Map<Code, List<String>> USUAL_PARTS = Map.of(
            Code.ESCALATION, List.of("rights", "roles", "role"),
            Code.SYSTEM_ROLE, List.of("rights"),
            Code.NAME_TAKEN, List.of("name"),
            Code.LAST_DEFAULT_ROLE, List.of("default"),
            Code.TOO_MANY_DEFAULTS, List.of("default"),
            Code.TOO_MANY_ROLES, List.of("roles", "users", "role"));

    private final List<Change> changes = new ArrayList<>();
    private final List<Map<String, String>> places = new ArrayList<>();
    private final Violation.Collector faults = new Violation.Collector();

    /** The one change of a request that has no body. */
    static RequestedChanges of(Change change) {
        return new RequestedChanges().add(change, Map.of());
    }

    /**
     * Adds a change.
     *
     * @param parts the places of its parts, by the names that violations give them; a part that is not here was named by
     *     the path of the request, or by nobody
     */
    RequestedChanges add(Change change, Map<String, String> parts) {
        changes.add(change);
        places.add(parts);
        return this;
    }

    List<Change> changes() {
        return Collections.unmodifiableList(changes);
    }

    /** Where what is wrong with the request is gathered. */
    Violation.Collector faults() {
        return faults;
    }

    /**
     * Returns the refusal of the request: what was found while it was read, and what was found wrong with its changes,
     * there where the request says it. Who may not do it is told just that.
     */
    PolicyViolationException refusal(List<Violation> violations) {
        for (Violation violation : violations) {
            if (violation.code() == Code.FORBIDDEN) {
                return PolicyViolationException.of(violation.withPath(""));
            }
        }
        List<String> faulty = faults.violations().stream().map(Violation::path).toList();
        for (Violation violation : violations) {
            Violation located = violation.withPath(place(violation));
            if (!lacksOwnRole(violation) && faulty.stream().noneMatch(path -> isRelated(path, located.path()))) {
                faults.add(located);
            }
        }
        try {
            faults.throwIfAny();
        } catch (PolicyViolationException e) {
            return e;
        }
        throw new IllegalStateException("a request is refused for nothing");
    }

    /** Whether a role is missed that an earlier change was to create: then that change is refused itself. */
    private boolean lacksOwnRole(Violation violation) {
        return violation.code() == Code.ROLE_NOT_FOUND
                && changes.stream()
                        .anyMatch(change -> change instanceof Change.CreateRole create
                                && create.id().equals(violation.value()));
    }

    /** Whether what is at a path may be wrong just because something at, around or in it could not be read. */
    private static boolean isRelated(String faulty, String path) {
        return (path + '/').startsWith(faulty + '/') || !path.isEmpty() && faulty.startsWith(path + '/');
    }

    private String place(Violation violation) {
        if (!violation.path().startsWith(PATH + '/')) {
            return places.stream()
                    .map(parts -> usualPlace(violation.code(), parts))
                    .filter(place -> !place.isEmpty())
                    .findFirst()
                    .orElse("");
        }
        List<String> tokens =
                List.of(violation.path().substring(PATH.length() + 1).split("/", 3));
        Map<String, String> parts = places.get(Integer.parseInt(tokens.get(0)));
        if (tokens.size() == 1) {
            return usualPlace(violation.code(), parts);
        }
        String place = parts.getOrDefault(tokens.get(1), "");
        return place.endsWith(AND_BELOW)
                ? place.substring(0, place.length() - AND_BELOW.length())
                        + (tokens.size() > 2 ? '/' + tokens.get(2) : "")
                : place;
    }

    private static String usualPlace(Code code, Map<String, String> parts) {
        for (String part : USUAL_PARTS.getOrDefault(code, List.of())) {
            String place = parts.get(part);
            if (place != null) {
                return place.endsWith(AND_BELOW) ? place.substring(0, place.length() - AND_BELOW.length()) : place;
            }
        }
        return "";
    }
}
