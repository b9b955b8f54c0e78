package io.rbac.jackson;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Rights as a document states them, before they are looked up in a catalog. */
final class RightsDraft {

    private final String pointer;
    private final List<Group> groups = new ArrayList<>();

    /** An action of a group. */
    record Action(String name, boolean granted, long place) {}

    /** A group with the actions that are named. */
    record Group(String name, long place, List<Action> actions) {}

    private RightsDraft(String pointer) {
        this.pointer = pointer;
    }

    /** Reads rights; what is wrong with their form is reported. */
    static RightsDraft read(Tokens tokens) throws IOException {
        RightsDraft draft = new RightsDraft(tokens.pointer());
        tokens.names(group -> {
            List<Action> actions = new ArrayList<>();
            draft.groups.add(new Group(group, tokens.place(), actions));
            tokens.names(action -> {
                long place = tokens.place();
                Boolean granted = tokens.flag();
                actions.add(new Action(action, granted != null && granted, place));
            });
        });
        return draft;
    }

    /** The pointer of the rights in the document. */
    String pointer() {
        return pointer;
    }

    List<Group> groups() {
        return groups;
    }
}
