package io.rbac.policy;

import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.table.IdInterner;
import io.rbac.table.Ordinals;
import io.rbac.text.Ids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The targets that were given to the builder of a policy, checked (S5): each lies in one that exists and can be its parent.
 * Ordinals are in the order of the scopes; the account is 0.
 */
final class TargetForest {

    private static final int ACCOUNT = PolicyTable.ACCOUNT;

    private static final int UNKNOWN = 0;
    private static final int UNDER_WAY = -1;
    private static final int ENDLESS = Integer.MAX_VALUE;

    private final ScopeTree scopes;
    private final Violation.Collector violations;
    private final References references;

    /** The ids of each level, numbered in the order in which they were given, and where that was. */
    private final List<IdInterner> ids = new ArrayList<>();

    private final int[][] positions;

    /** The ordinal of the first target of each level, and of none at the end. */
    private final int[] starts;

    private final int[] parents;

    /** The targets whose path is at fault, by where they were given. */
    private final NavigableMap<Integer, Integer> pathFaults = new TreeMap<>();

    /** How many targets the path of each one has; see measure(). */
    private final int[] pathLengths;

    private TargetForest(ScopeTree scopes, List<Target> given, Violation.Collector violations) {
        this.scopes = scopes;
        this.violations = violations;
        this.references = new References(violations);
        this.positions = new int[scopes.scopes().size()][];
        this.starts = new int[positions.length + 1];
        int[] counts = new int[positions.length];
        for (Target target : given) {
            counts[Math.min(target.scope().level(), positions.length - 1)]++;
        }
        for (int level = 0; level < positions.length; level++) {
            ids.add(new IdInterner());
            positions[level] = new int[counts[level]];
        }
        for (int i = 0; i < given.size(); i++) {
            add(given.get(i), i);
        }
        starts[1] = 1;
        for (int level = 1; level < positions.length; level++) {
            starts[level + 1] = starts[level] + ids.get(level).size();
        }
        this.parents = new int[starts[positions.length]];
        this.pathLengths = new int[parents.length];
        pathLengths[ACCOUNT] = 1;
    }

    /**
     * Checks targets; one whose parent is at fault is taken to lie in the account, so that whatever else is wrong is found
     * too.
     *
     * @param parents what the targets lie in
     */
    static TargetForest of(
            ScopeTree scopes, List<Target> targets, List<Target> parents, Violation.Collector violations) {
        TargetForest forest = new TargetForest(scopes, targets, violations);
        for (int i = 0; i < targets.size(); i++) {
            int ordinal = forest.ordinal(targets.get(i));
            if (ordinal > ACCOUNT && forest.position(ordinal) == i) {
                forest.parents[ordinal] = forest.checkedParent(targets.get(i), parents.get(i), i);
            }
        }
        for (int ordinal = 1; ordinal < forest.size(); ordinal++) {
            forest.measure(ordinal);
        }
        forest.pathFaults.forEach(forest::reportPath);
        return forest;
    }

    // what was given

    private void add(Target target, int position) {
        String path = "/targets/";
        if (!references.isBelowAccount(scopes, target, path, position)) {
            return;
        }
        String word = target.scope().name();
        if (Ids.fault(target.id()) != null) { // before a path is made
            references.checkId(path + position, word, target.id());
        }
        IdInterner ofLevel = ids.get(target.scope().level());
        int before = ofLevel.size();
        int number = ofLevel.number(target.id());
        int[] firsts = positions[target.scope().level()];
        if (number == before) {
            firsts[number] = position;
        } else {
            violations.add(
                    Code.DUPLICATE_ID,
                    path + position,
                    target.id(),
                    word + ' ' + Violation.quote(target.id()) + " is given twice: first at `" + path + firsts[number]
                            + '`');
        }
    }

    /** The ordinal of a target, -1 for one that was not given. */
    private int ordinal(Target target) {
        if (target.isAccount()) {
            return ACCOUNT;
        }
        Scope scope = target.scope();
        int number = scopes.contains(scope) ? ids.get(scope.level()).get(target.id()) : -1;
        return number < 0 ? -1 : starts[scope.level()] + number;
    }

    private int checkedParent(Target target, Target parent, int position) {
        int ordinal = ordinal(parent);
        if (ordinal < 0) {
            references.targetNotFound("/targets/" + position + "/in", parent, () -> ids(parent.scope()));
        } else if (!target.scope().canLieIn(parent.scope())) {
            references.cannotLieIn("/targets/" + position + "/in", target, parent);
        } else {
            return ordinal;
        }
        return ACCOUNT;
    }

    /**
     * Finds out how long the path of a target and those above it are. At fault are the targets of a cycle, and of each path
     * that is too long the one where it becomes so.
     */
    private void measure(int ordinal) {
        int[] walk = new int[ScopeTree.MAX_PATH];
        int count = 0;
        int next = ordinal;
        while (pathLengths[next] == UNKNOWN) {
            if (count == walk.length) {
                walk = Arrays.copyOf(walk, 2 * count);
            }
            walk[count++] = next;
            pathLengths[next] = UNDER_WAY;
            next = parents[next];
        }
        if (pathLengths[next] == UNDER_WAY) {
            int target;
            do {
                target = walk[--count];
                pathLengths[target] = ENDLESS;
                pathFaults.put(position(target), target);
            } while (target != next);
        }
        while (count > 0) {
            int target = walk[--count];
            int above = pathLengths[parents[target]];
            pathLengths[target] = above == ENDLESS ? ENDLESS : above + 1;
            if (pathLengths[target] == ScopeTree.MAX_PATH + 1) {
                pathFaults.put(position(target), target);
            }
        }
    }

    private void reportPath(int position, int ordinal) {
        references.parentInvalid(
                "/targets/" + position + "/in",
                target(ordinal),
                target(parents[ordinal]),
                pathLengths[ordinal] == ENDLESS
                        ? "it would lie in itself"
                        : "its path would have more than " + ScopeTree.MAX_PATH + " targets");
    }

    // what is left

    /** How many targets there are, the account among them. */
    int size() {
        return parents.length;
    }

    /** The ordinal of the first target of a level. */
    int start(int level) {
        return starts[level];
    }

    /** The ordinal above that of every target of a level. */
    int end(int level) {
        return starts[level + 1];
    }

    int level(int ordinal) {
        int level = 0;
        while (ordinal >= starts[level + 1]) {
            level++;
        }
        return level;
    }

    String id(int ordinal) {
        int level = level(ordinal);
        return level == 0 ? "" : ids.get(level).id(ordinal - starts[level]);
    }

    Target target(int ordinal) {
        return ordinal == ACCOUNT ? Target.account() : Target.of(scopes.scopes().get(level(ordinal)), id(ordinal));
    }

    private int position(int ordinal) {
        int level = level(ordinal);
        return positions[level][ordinal - starts[level]];
    }

    /** The ids of the targets of a scope, in the order in which they were given. */
    List<String> ids(Scope scope) {
        return scopes.contains(scope) ? ids.get(scope.level()).ids() : List.of();
    }

    /** The entries of all targets, in the order of their ordinals. */
    List<TargetEntry> entries(Object[] users) {
        Object[] children = children();
        int[] @Nullable [] below = new int[size()][];
        below[ACCOUNT] = new int[0];
        List<TargetEntry> entries = new ArrayList<>(size());
        for (int ordinal = 0; ordinal < size(); ordinal++) {
            int[] above = ordinal == ACCOUNT ? new int[0] : pathBelow(parents[ordinal], below);
            entries.add(TargetEntry.of(ordinal, level(ordinal), above, id(ordinal), users[ordinal], children[ordinal]));
        }
        return entries;
    }

    /** The ordinals of a target and all above it but the account, in one array for all that lie in the target. */
    private int[] pathBelow(int ordinal, int[] @Nullable [] below) {
        int[] known = below[ordinal];
        if (known == null) {
            int[] above = pathBelow(parents[ordinal], below);
            known = new int[above.length + 1];
            known[0] = ordinal;
            System.arraycopy(above, 0, known, 1, above.length);
            below[ordinal] = known;
        }
        return known;
    }

    /** The ordinals of what lies in each target, without the account. */
    private Object[] children() {
        int[] ends = new int[size() + 1];
        for (int ordinal = 1; ordinal < size(); ordinal++) {
            if (parents[ordinal] != ACCOUNT) {
                ends[parents[ordinal] + 1]++;
            }
        }
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        int[] starting = Arrays.copyOf(ends, size());
        int[] next = starting.clone();
        int[] all = new int[ends[size()]];
        for (int ordinal = 1; ordinal < size(); ordinal++) {
            if (parents[ordinal] != ACCOUNT) {
                all[next[parents[ordinal]]++] = ordinal;
            }
        }
        Object[] lists = new Object[size()];
        for (int ordinal = 0; ordinal < lists.length; ordinal++) {
            lists[ordinal] = Ordinals.of(all, starting[ordinal], next[ordinal]);
        }
        return lists;
    }
}
