package io.rbac.cli;

import io.rbac.model.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names that are made of the names of another system: never the same one for two things. */
final class ImportedNames {

    private final Map<String, List<String>> things = new HashMap<>();

    /**
     * Returns a name for a thing.
     *
     * @param thing what it is made of; equal for equal things only
     * @throws CommandFailure if another thing has this name
     */
    String of(String name, String... thing) {
        List<String> parts = List.of(thing);
        List<String> first = things.putIfAbsent(name, parts);
        if (first != null && !first.equals(parts)) {
            throw new CommandFailure(Violation.quote(name) + " would stand for two things, "
                    + Violation.quote(first.toString()) + " and " + Violation.quote(parts.toString())
                    + ": rename one of them");
        }
        return name;
    }
}
