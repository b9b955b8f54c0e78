package io.rbac.test;

import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Chat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All users, permissions and targets of some policies, and some that they do not know. */
final class Universe {
    private final Set<String> users = new LinkedHashSet<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private final Set<PlainTarget> targets = new LinkedHashSet<>();

    private Universe() {}

    /** Returns every question about what one of the policies knows, and about what they do not know. */
    static List<Question> questions(PlainPolicy... policies) {
        Universe universe = new Universe();
        for (PlainPolicy plain : policies) {
            universe.add(plain);
        }
        universe.addUnknown(policies[0]);
        List<Question> questions = new ArrayList<>();
        for (String user : universe.users) {
            for (PlainTarget target : universe.targets) {
                for (String key : universe.keys) {
                    questions.add(new Question(user, key, target));
                }
            }
        }
        return questions;
    }

    /**
     * Returns the targets that a policy knows, with and without a right or wrong parent, and some that it does not
     * know.
     */
    static List<PlainTarget> targets(PlainPolicy plain) {
        Universe universe = new Universe();
        universe.add(plain);
        universe.addUnknown(plain);
        return List.copyOf(universe.targets);
    }

    private void add(PlainPolicy plain) {
        plain.assignments().stream().map(Assignment::user).forEach(users::add);
        plain.actions().forEach(action -> keys.add(action.key()));
        targets.add(PlainTarget.account());
        plain.teams().forEach(team -> targets.add(PlainTarget.team(team)));
        for (Chat chat : plain.chats()) {
            String team = chat.team();
            PlainTarget known = PlainTarget.chat(chat.id());
            targets.add(known);
            targets.add(team == null ? known.inAccount() : known.inTeam(team));
        }
        for (Chat chat : plain.chats().subList(0, Math.min(2, plain.chats().size()))) {
            PlainTarget known = PlainTarget.chat(chat.id());
            targets.add(chat.team() == null ? known.inTeam(anyTeam(plain)) : known.inAccount());
        }
    }

    private static String anyTeam(PlainPolicy plain) {
        return plain.teams().isEmpty() ? "gone" : plain.teams().get(0);
    }

    private void addUnknown(PlainPolicy plain) {
        PlainTarget gone = PlainTarget.chat("gone");
        targets.add(PlainTarget.team("gone"));
        targets.add(gone);
        targets.add(gone.inAccount());
        targets.add(gone.inTeam(anyTeam(plain)));
        plain.teams().stream().limit(1).forEach(team -> targets.add(PlainTarget.chat(team)));
        plain.chats().stream().limit(1).forEach(chat -> targets.add(PlainTarget.team(chat.id())));
        users.add(plain.roles().isEmpty() ? "nobody" : plain.roles().get(0).id());
        users.add(users.iterator().next() + "x");
        keys.add(plain.retired().isEmpty() ? "user:fly" : plain.retired().get(0));
        keys.add(keys.iterator().next() + "x");
    }
}
