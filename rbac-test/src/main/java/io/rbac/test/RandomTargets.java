package io.rbac.test;

import io.rbac.test.PlainPolicy.Located;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes random targets of a policy: a few of any scope in any parent and, in some policies, one way down of up to 16
 * targets. A target may be listed before its parent.
 */
final class RandomTargets {
    private static final int MOST = 9;

    private final Choices choices;

    /** Whether all kinds of things share their ids. */
    private final boolean sharesIds;

    private PlainPolicy plain;

    RandomTargets(Choices choices, boolean sharesIds, PlainPolicy plain) {
        this.choices = choices;
        this.sharesIds = sharesIds;
        this.plain = plain;
    }

    PlainPolicy make() {
        if (choices.oneIn(4)) {
            addDown();
        }
        int count = plain.scopes().size() == 1 ? 0 : choices.below(MOST + 1);
        for (int i = 0; i < count; i++) {
            PlainScope scope = narrowerScope();
            List<PlainTarget> parents = parents(plain, scope);
            add(scope, parents.size() == 1 || choices.oneIn(3) ? PlainTarget.account() : choices.oneOf(parents));
        }
        return plain;
    }

    private PlainScope narrowerScope() {
        return choices.oneOf(plain.scopes().subList(1, plain.scopes().size()));
    }

    /** Returns the known targets that a new one of a scope may lie in, the account first. */
    static List<PlainTarget> parents(PlainPolicy plain, PlainScope scope) {
        List<PlainTarget> parents = new ArrayList<>(wider(plain, scope));
        parents.removeIf(parent -> PlainPaths.path(plain, parent).size() == PlainPaths.LONGEST);
        return parents;
    }

    /** Returns the known targets that one of a scope may lie in as far as scopes say, the account first. */
    static List<PlainTarget> wider(PlainPolicy plain, PlainScope scope) {
        List<PlainTarget> wider = new ArrayList<>(List.of(PlainTarget.account()));
        for (Located located : plain.targets()) {
            if (PlainPaths.mayLieIn(plain, scope, located.target().scope())) {
                wider.add(located.target());
            }
        }
        return wider;
    }

    /** Adds targets one in the other, as many as the longest path has or fewer. */
    private void addDown() {
        int depth = choices.oneIn(2) ? PlainPaths.LONGEST : choices.between(2, PlainPaths.LONGEST);
        PlainTarget parent = PlainTarget.account();
        for (int i = 1; i < depth && parent != null; i++) {
            PlainScope scope = scopeBelow(parent.scope());
            parent = scope == null ? null : add(scope, parent);
        }
    }

    /** Returns mostly the scope itself if it nests, else the next one that is narrower. */
    private @Nullable PlainScope scopeBelow(PlainScope scope) {
        int next = plain.scopes().indexOf(scope) + 1;
        boolean isLast = next == plain.scopes().size();
        if (scope.nests() && (isLast || !choices.oneIn(20))) {
            return scope;
        }
        return isLast ? null : plain.scopes().get(next);
    }

    private PlainTarget add(PlainScope scope, PlainTarget parent) {
        List<String> taken = plain.targets(scope).stream().map(PlainTarget::id).toList();
        PlainTarget target = PlainTarget.of(scope, RandomWords.id(choices, sharesIds ? "id" : scope.name(), taken));
        List<Located> targets = new ArrayList<>(plain.targets());
        targets.add(targets.size() - choices.below(targets.size() + 1), new Located(target, parent));
        plain = plain.withTargets(targets);
        return target;
    }
}
