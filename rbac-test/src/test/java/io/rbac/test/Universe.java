package io.rbac.test;

import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Located;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All users, permissions and targets of some policies, and some that they do not know. */
final class Universe {
    /** Of how many known targets the right parent is given, too. */
    private static final int GIVEN = 5;

    private static final PlainScope ALIEN = new PlainScope("alien", 1, false);

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
        plain.targets().forEach(located -> targets.add(located.target()));
        for (Located located :
                plain.targets().subList(0, Math.min(GIVEN, plain.targets().size()))) {
            targets.add(located.target().in(located.parent()));
        }
        for (Located located :
                plain.targets().subList(0, Math.min(2, plain.targets().size()))) {
            PlainTarget other = located.parent().isAccount() ? anyTarget(plain) : PlainTarget.account();
            targets.add(located.target().in(other));
        }
    }

    private static PlainTarget anyTarget(PlainPolicy plain) {
        return plain.targets().isEmpty()
                ? PlainTarget.of(ALIEN, "gone")
                : plain.targets().get(0).target();
    }

    /** Adds targets of every scope at hand, of another tree and of ids that other things have; some with a parent. */
    private void addUnknown(PlainPolicy plain) {
        List<PlainScope> scopes = plain.scopes();
        PlainScope widest = scopes.size() > 1 ? scopes.get(1) : ALIEN;
        PlainScope narrowest = scopes.size() > 1 ? scopes.get(scopes.size() - 1) : ALIEN;
        PlainTarget gone = PlainTarget.of(narrowest, "gone");
        targets.add(PlainTarget.of(widest, "gone"));
        targets.add(PlainTarget.of(ALIEN, "gone").inAccount());
        targets.add(gone);
        targets.add(gone.inAccount());
        targets.add(gone.in(anyTarget(plain)));
        targets.add(gone.in(new Picks(Choices.of(), plain).deepest()));
        targets.add(PlainTarget.of(widest, "gone").in(anyTarget(plain)));
        for (PlainScope scope : List.of(widest, narrowest)) {
            PlainTarget other = PlainTarget.of(scope, anyTarget(plain).id());
            targets.add(PlainPaths.isKnown(plain, other) ? gone : other);
        }
        users.add(plain.roles().isEmpty() ? "nobody" : plain.roles().get(0).id());
        users.add(users.iterator().next() + "x");
        keys.add(plain.retired().isEmpty() ? "user:fly" : plain.retired().get(0));
        keys.add(keys.iterator().next() + "x");
    }
}
