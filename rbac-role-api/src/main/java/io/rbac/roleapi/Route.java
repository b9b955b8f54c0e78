package io.rbac.roleapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A method and a path that an operation answers; in the path {@code *} stands for one id. */
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
     * @param path below the base path, beginning with a slash
     */
    static Route of(String method, String path, Operation operation) {
        return new Route(method, List.of(path.substring(1).split("/", -1)), operation, false);
    }

    /** This route with an operation that looks at the parameters of the query itself. */
    Route withParameters() {
        return new Route(method, segments, operation, true);
    }

    String method() {
        return method;
    }

    Operation operation() {
        return operation;
    }

    boolean hasParameters() {
        return hasParameters;
    }

    /** The ids in a path, empty where the path is not that of this route. */
    Optional<List<String>> ids(List<String> path) {
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

    /** Answers a call. */
    @FunctionalInterface
    interface Operation {
        Answer answer(Call call);
    }
}
