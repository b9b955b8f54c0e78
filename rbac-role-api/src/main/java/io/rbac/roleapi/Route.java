package io.rbac.roleapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A method and a path, and the operation that they call. In the path, {@code *} stands for an id. */
final class Route {

    private static final String ID = "*";

    private final String method;
    private final List<String> segments;
    private final Operation operation;
    private final boolean hasParameters;

    private Route(String method, List<String> segments, Operation operation, boolean hasParameters) {
        this.method = method;
        this.segments = segments;
        this.operation = operation;
        this.hasParameters = hasParameters;
    }

    /**
     * Returns a route.
     *
     * @param path the path below the base path, beginning with a slash
     */
    static Route of(String method, String path, Operation operation) {
        return new Route(method, List.of(path.substring(1).split("/", -1)), operation, false);
    }

    /** Returns this route with an operation that reads the parameters of the query itself. */
    Route withParameters() {
        return new Route(method, segments, operation, true);
    }

    String method() {
        return method;
    }

    /** Returns the path below the base path, with {@code *} for each id. */
    String path() {
        return '/' + String.join("/", segments);
    }

    Operation operation() {
        return operation;
    }

    boolean hasParameters() {
        return hasParameters;
    }

    /** Returns the ids in a path, or nothing if this route does not match it. */
    Optional<List<String>> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            if (segments.get(i).equals(ID) && !path.get(i).isEmpty()) {
                ids.add(path.get(i));
            } else if (!segments.get(i).equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(ids);
    }

    /** Returns the method and the path, human-readable. */
    @Override
    public String toString() {
        return method + ' ' + path();
    }

    /** Carries out a call. */
    @FunctionalInterface
    interface Operation {
        JsonResponse perform(Call call);
    }
}
