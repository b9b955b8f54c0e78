package io.rbac.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Assignment;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random changes of targets over deep trees, held against a plain map from targets to parents. */
class RandomTargetChangesTest {

    private static final ScopeTree TREE = ScopeTree.builder()
            .scope("org")
            .nestingScope("area")
            .nestingScope("folder")
            .scope("page")
            .nestingScope("part")
            .build();

    private static final PermissionCatalog CATALOG =
            PermissionCatalog.builder().scopes(TREE).build();

    private static final int IDS = 14;

    private final SplittableRandom random = new SplittableRandom(1);
    private Map<Target, Target> parents = copy(Map.of());
    private final Set<String> seen = new HashSet<>();

    private static Map<Target, Target> copy(Map<Target, Target> parents) {
        Map<Target, Target> copy = new TreeMap<>(Comparator.comparing(Target::toString));
        copy.putAll(parents);
        return copy;
    }

    private static Policy.Builder empty() {
        Policy.Builder builder =
                Policy.builder().account("acme").catalog(CATALOG).rules(Folders.RULES);
        for (Scope scope : TREE.scopes()) {
            builder.role(Role.builder("r-" + scope, scope).name("R").build());
        }
        return builder;
    }

    private List<Target> path(Target target) {
        List<Target> path = new ArrayList<>();
        for (Target next = target; !next.isAccount(); next = parents.get(next)) {
            path.add(next);
        }
        path.add(Target.account());
        return path;
    }

    private int height(Target target) {
        return 1
                + parents.keySet().stream()
                        .mapToInt(low -> path(low).indexOf(target))
                        .max()
                        .orElse(0);
    }

    private boolean isKnown(Target target) {
        return target.isAccount() || parents.containsKey(target);
    }

    private void remove(Target target) {
        List.copyOf(parents.keySet()).stream()
                .filter(child -> target.equals(parents.get(child)))
                .forEach(this::remove);
        parents.remove(target);
    }

    /** Makes a change in the map, or returns what is wrong with it. */
    private List<String> made(Change change, int position) {
        String path = " /changes/" + position;
        List<String> wrong = new ArrayList<>();
        if (change instanceof Change.RemoveTarget removal) {
            if (removal.target().isAccount()) {
                wrong.add("SCOPE_INVALID" + path + "/target");
            } else if (isKnown(removal.target())) {
                remove(removal.target());
            } else {
                wrong.add("TARGET_NOT_FOUND" + path + "/target");
            }
            return wrong;
        }
        boolean isMove = change instanceof Change.MoveTarget;
        Target target = isMove ? ((Change.MoveTarget) change).target() : ((Change.AddTarget) change).target();
        Target parent = isMove ? ((Change.MoveTarget) change).parent() : ((Change.AddTarget) change).parent();
        if (isKnown(target) != isMove) {
            wrong.add((isMove ? "TARGET_NOT_FOUND" : "DUPLICATE_ID") + path + "/target");
        }
        if (!isKnown(parent)) {
            wrong.add("TARGET_NOT_FOUND" + path + "/parent");
        }
        if (wrong.isEmpty() && !parent.equals(parents.get(target))) {
            boolean fits = target.scope().canLieIn(parent.scope());
            boolean isCycle = path(parent).contains(target);
            boolean isLong = path(parent).size() + (isMove ? height(target) : 1) > ScopeTree.MAX_PATH;
            if (!fits || isCycle || isLong) {
                wrong.add("PARENT_INVALID" + path + "/parent");
                seen.add(!fits ? "scope" : isCycle ? "cycle" : isMove ? "long by a move" : "long by an addition");
            } else {
                parents.put(target, parent);
                seen.add(path(target).size() == ScopeTree.MAX_PATH ? "full path" : "path");
            }
        }
        return wrong;
    }

    private Target target() {
        return Target.of(TREE.scopes().get(1 + random.nextInt(4)), "t" + random.nextInt(IDS));
    }

    /** Mostly the lowest target of some that could be the parent, so that paths get long. */
    private Target parent(Target target) {
        return switch (random.nextInt(16)) {
            case 0 -> Target.account();
            case 1 -> target();
            case 2, 3, 4 -> lowestOf(4, Target.of(TREE.scope("part"), ""));
            default -> lowestOf(30, target);
        };
    }

    private Target lowestOf(int count, Target child) {
        Target lowest = Target.account();
        for (int i = 0; i < count; i++) {
            Target other = target();
            if (isKnown(other)
                    && child.scope().canLieIn(other.scope())
                    && path(other).size() > path(lowest).size()) {
                lowest = other;
            }
        }
        return lowest;
    }

    private Change change() {
        Target target = target();
        return switch (random.nextInt(24)) {
            case 0 -> Change.removeTarget(target);
            case 1, 2 -> Change.removeTarget(lowestOf(9, Target.of(TREE.scope("part"), "")));
            case 3 -> Change.addTarget(target, parent(target));
            case 4 -> Change.moveTarget(target, parent(target));
            default ->
                isKnown(target) ? Change.moveTarget(target, parent(target)) : Change.addTarget(target, parent(target));
        };
    }

    private Change assignment(Policy policy) {
        List<Target> targets = new ArrayList<>(policy.targets());
        targets.add(Target.account());
        Target at = targets.get(random.nextInt(targets.size()));
        String role = "r-" + TREE.scopes().get(at.scope().level());
        return random.nextInt(3) == 0
                ? Change.unassign("u" + random.nextInt(9), role, at)
                : Change.assign("u" + random.nextInt(9), role, at);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    @Tag("P37")
    @Tag("P52")
    void changes_of_targets_do_what_they_do_in_a_plain_map(int most) {
        Policy policy = empty().build();
        int refusals = 0;
        for (int step = 0; step < 400; step++) {
            List<Change> changes = new ArrayList<>();
            List<String> wrong = new ArrayList<>();
            Map<Target, Target> before = copy(parents);
            for (int i = random.nextInt(most); i >= 0; i--) {
                Change change = change();
                wrong.addAll(made(change, changes.size()));
                changes.add(change);
            }
            if (wrong.isEmpty()) {
                policy = changed(policy, changes, before);
            } else {
                parents = copy(before);
                refusals++;
                assertThat(Folders.codesAndPaths(refused(policy, changes).violations()))
                        .as(changes::toString)
                        .containsExactlyElementsOf(wrong);
            }
        }
        assertThat(refusals).isBetween(60, 350);
        assertThat(seen).contains("path", "full path", "scope", "cycle", "long by a move", "long by an addition");
    }

    private static PolicyViolationException refused(Policy policy, List<Change> changes) {
        try {
            throw new AssertionError(
                    "made: " + policy.apply(changes, Instant.EPOCH).effects());
        } catch (PolicyViolationException e) {
            return e;
        }
    }

    private Policy changed(Policy policy, List<Change> changes, Map<Target, Target> before) {
        AppliedChanges applied = policy.apply(changes, Instant.EPOCH);
        Policy after = applied.policy();
        Map<Target, Target> now = copy(Map.of());
        after.targets().forEach(target -> now.put(target, after.parentOf(target).orElseThrow()));
        assertThat(now.equals(parents)).as(changes::toString).isTrue();
        assertEffects(applied.effects(), before);
        List<Change> assignments = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            assignments.add(assignment(after));
        }
        Policy held = after.apply(assignments, Instant.EPOCH).policy();
        if (random.nextInt(8) == 0) {
            Rebuilt.assertLike(held, Rebuilt.of(held));
            assertThat(after.effectsSince(policy)).isEqualTo(applied.effects());
        }
        return held;
    }

    /** From the effects alone, in their order, what was becomes what is; nothing is ever in what is not there. */
    private void assertEffects(List<Effect> effects, Map<Target, Target> before) {
        Map<Target, Target> replayed = copy(before);
        Set<Target> removed = new HashSet<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.TargetRemoved removal) {
                assertThat(replayed.remove(removal.target())).isEqualTo(removal.parent());
                assertThat(removed).doesNotContain(removal.parent());
                removed.add(removal.target());
            } else if (effect instanceof Effect.TargetAdded added) {
                assertThat(added.parent().isAccount() || replayed.containsKey(added.parent()))
                        .isTrue();
                assertThat(replayed.put(added.target(), added.parent())).isNull();
            } else if (effect instanceof Effect.TargetMoved moved) {
                assertThat(moved.after().isAccount() || replayed.containsKey(moved.after()))
                        .isTrue();
                assertThat(moved.after()).isNotEqualTo(moved.before());
                assertThat(replayed.put(moved.target(), moved.after())).isEqualTo(moved.before());
            } else {
                assertThat(effect).isInstanceOf(Effect.AssignmentRemoved.class);
                Assignment assignment = ((Effect.AssignmentRemoved) effect).assignment();
                assertThat(replayed.containsKey(assignment.target())
                                || assignment.target().isAccount())
                        .isTrue();
            }
        }
        assertThat(replayed.equals(parents)).isTrue();
    }
}
