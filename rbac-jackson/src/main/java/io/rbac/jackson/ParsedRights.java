package io.rbac.jackson;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Rights as they are written in a document, before they are looked up in a catalog. */
final class ParsedRights {

    private final String pointer;
    private final List<Group> groups = new ArrayList<>();

    /** An action of a group. */
    record Action(String name, boolean granted, long location) {}

    /** A group with the actions that are named. */
    record Group(String name, long location, List<Action> actions) {}

    private ParsedRights(String pointer) {
        this.pointer = pointer;
    }

    /** Reads rights; what is wrong with their form is reported. */
    static ParsedRights read(Tokens tokens) throws IOException {
        ParsedRights rights = new ParsedRights(tokens.pointer());
        tokens.readMap(group -> {
            List<Action> actions = new ArrayList<>();
            rights.groups.add(new Group(group, tokens.location(), actions));
            tokens.readMap(action -> {
                long location = tokens.location();
                Boolean granted = tokens.readBoolean();
                actions.add(new Action(action, granted != null && granted, location));
            });
        });
        return rights;
    }

    /** Returns the pointer of the rights in the document. */
    String pointer() {
        return pointer;
    }

    List<Group> groups() {
        return groups;
    }
}
