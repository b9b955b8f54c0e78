package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Assignment;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/** What holds of every policy and of its dense form, number by number (P37 in {@code docs/invariants.md}). */
final class PolicyInvariants {
    private final Policy policy;
    private final PolicyTable table;
    private final Set<Integer> heldRoleSets = new HashSet<>();
    private final Set<List<Object>> triples = new HashSet<>();
    private final Map<String, Set<String>> usersOfRoles = new HashMap<>();
    private final Map<Target, Set<String>> usersAtTargets = new HashMap<>();

    private PolicyInvariants(Policy policy) {
        this.policy = policy;
        this.table = policy.table();
    }

    static void check(Policy policy) {
        PolicyInvariants invariants = new PolicyInvariants(policy);
        invariants.checkRoles();
        invariants.checkTargets();
        invariants.checkUsers();
        invariants.checkRoleSets();
        invariants.checkUsersOfTargets();
        invariants.checkLists();
        invariants.checkCounts();
        invariants.checkDefaults();
        invariants.checkNames();
    }

    /** Each role id has one role, at one number. */
    private void checkRoles() {
        Set<String> ids = new HashSet<>();
        for (int number = 0; number < table.roles(); number++) {
            Role role = table.roleOf(number).orElse(null);
            if (role != null) {
                assertThat(ids.add(role.id())).as("first role `%s`", role.id()).isTrue();
                assertThat(table.role(role.id())).isEqualTo(number);
                assertThat(policy.role(role.id())).containsSame(role);
                assertThat(policy.catalog().scopes().contains(role.scope())).isTrue();
                assertThat(policy.rules().allows(role.scope())).isTrue();
            }
        }
        assertThat(policy.roles()).extracting(Role::id).containsExactlyInAnyOrderElementsOf(ids);
    }

    /**
     * Every target but the account lies in one of a wider scope, or in one of its own scope if this nests, and a path ends
     * at the account after at most 15 steps; targets know what lies in them.
     */
    private void checkTargets() {
        Set<Target> known = new HashSet<>();
        Map<Integer, Set<Integer>> children = new HashMap<>();
        for (int number = 0; number < table.targets(); number++) {
            Target target = table.targetOf(number).orElse(null);
            int parent = table.parent(number);
            if (target == null) {
                assertThat(parent).as("parent of free target %s", number).isEqualTo(-1);
                assertThat(table.nextChild(number, -1)).isEqualTo(-1);
                continue;
            }
            assertThat(known.add(target)).as("first target `%s`", target).isTrue();
            assertThat(table.target(target)).isEqualTo(number);
            if (target.isAccount()) {
                assertThat(parent).isEqualTo(-1);
            } else {
                Scope scope = target.scope();
                Scope wider = table.targetOf(parent).orElseThrow().scope();
                assertThat(wider.level() < scope.level() || (wider.equals(scope) && scope.nests()))
                        .as("%s in %s", target, table.targetOf(parent))
                        .isTrue();
                assertThat(steps(number)).isBetween(1, PlainPaths.LONGEST - 1);
                children.computeIfAbsent(parent, p -> new TreeSet<>()).add(number);
            }
        }
        assertThat(known)
                .contains(Target.account())
                .hasSize(1 + policy.targets().size());
        assertThat(known).containsAll(policy.targets());
        for (Target target : known) {
            int number = table.target(target);
            assertThat(following(-1, after -> table.nextChild(number, after)))
                    .containsExactlyElementsOf(children.getOrDefault(number, Set.of()));
        }
    }

    /** Returns how many steps up it is from a target to the account, some large number if it never ends. */
    private int steps(int target) {
        int steps = 0;
        for (int step = target; step != 0 && steps <= table.targets(); step = table.parent(step)) {
            steps++;
        }
        return steps;
    }

    /** Follows numbers from one to the next; each must be greater than the one before. */
    private static List<Integer> following(int start, IntUnaryOperator next) {
        List<Integer> all = new ArrayList<>();
        int before = start;
        for (int number = next.applyAsInt(start); number >= 0; number = next.applyAsInt(number)) {
            if (number <= before) {
                throw new AssertionError("expected a number above `" + before + "`, but found `" + number + "`");
            }
            all.add(number);
            before = number;
        }
        return all;
    }

    /** Rows name known targets, and roles of their scope; only known users have rows. */
    private void checkUsers() {
        Set<String> ids = new HashSet<>();
        for (int user = 0; user < table.users(); user++) {
            String id = table.userId(user).orElse(null);
            int number = user;
            if (id == null) {
                continue;
            }
            assertThat(ids.add(id)).as("first user `%s`", id).isTrue();
            assertThat(table.user(id)).isEqualTo(user);
            Set<Integer> targets = new HashSet<>(following(-1, after -> table.nextTarget(number, after)));
            assertThat(targets).as("targets of `%s`", id).isNotEmpty();
            for (int ordinal = 0; ordinal < table.targets(); ordinal++) {
                Target target = table.targetOf(ordinal).orElse(null);
                int set = target == null ? 0 : table.roleSet(user, ordinal);
                if (set > 0) {
                    heldRoleSets.add(set);
                }
                if (set > 0 != targets.contains(ordinal)) {
                    throw new AssertionError("targets of `" + id + "` and role set at `" + target + "`");
                }
                for (int i = 0; i < table.size(set); i++) {
                    Role role = table.roleOf(table.role(set, i)).orElseThrow();
                    Target known = Objects.requireNonNull(target);
                    assertThat(role.scope()).isEqualTo(known.scope());
                    triples.add(List.of(id, role.id(), known));
                    usersOfRoles
                            .computeIfAbsent(role.id(), r -> new HashSet<>())
                            .add(id);
                    usersAtTargets.computeIfAbsent(known, t -> new HashSet<>()).add(id);
                }
            }
        }
        assertThat(policy.users()).containsExactlyInAnyOrderElementsOf(ids);
    }

    /** Role set 0 is the empty one; any other in use is held by a user, and no two have the same roles. */
    private void checkRoleSets() {
        assertThat(table.size(0)).isZero();
        Set<List<Integer>> different = new HashSet<>();
        for (int set = 1; set < table.roleSets(); set++) {
            assertThat(table.size(set) > 0).as("use of role set %s", set).isEqualTo(heldRoleSets.contains(set));
            List<Integer> roles = new ArrayList<>();
            for (int i = 0; i < table.size(set); i++) {
                assertThat(roles.isEmpty() || roles.get(i - 1) < table.role(set, i))
                        .isTrue();
                roles.add(table.role(set, i));
                assertThat(table.roleOf(table.role(set, i))).isPresent();
            }
            assertThat(roles.isEmpty() || different.add(roles)).isTrue();
        }
    }

    private void checkUsersOfTargets() {
        for (int ordinal = 0; ordinal < table.targets(); ordinal++) {
            int number = ordinal;
            Target target = table.targetOf(ordinal).orElse(null);
            if (target == null) {
                continue;
            }
            List<String> listed = following(-1, after -> table.nextUser(number, after)).stream()
                    .map(user -> table.userId(user).orElseThrow())
                    .toList();
            Set<String> holders = usersAtTargets.getOrDefault(target, Set.of());
            assertThat(listed).as("users at %s", target).containsExactlyInAnyOrderElementsOf(holders);
            assertThat(policy.usersAt(target)).containsExactlyInAnyOrderElementsOf(holders);
        }
    }

    private void checkLists() {
        Set<List<Object>> listed = new HashSet<>();
        for (Assignment assignment : policy.assignments()) {
            assertThat(listed.add(List.of(assignment.user(), assignment.role(), assignment.target())))
                    .isTrue();
        }
        assertThat(listed).isEqualTo(triples);
    }

    /** The stored counts equal those that are counted. */
    private void checkCounts() {
        for (Role role : policy.roles()) {
            Set<String> holders = usersOfRoles.getOrDefault(role.id(), Set.of());
            assertThat(policy.userCount(role.id())).as("users of %s", role.id()).isEqualTo(holders.size());
            assertThat(policy.usersOf(role.id())).containsExactlyInAnyOrderElementsOf(holders);
        }
    }

    /** There are as many active defaults of each scope as the rules ask for. */
    private void checkDefaults() {
        for (Scope scope : policy.catalog().scopes().scopes()) {
            long count = policy.roles().stream()
                    .filter(role -> role.scope().equals(scope) && role.isDefault() && role.isActive())
                    .count();
            PolicyRules.Range bounds = policy.rules().defaults(scope);
            assertThat(count).isGreaterThanOrEqualTo(bounds.min());
            bounds.max().ifPresent(max -> assertThat(count).isLessThanOrEqualTo(max));
        }
    }

    /** Names of active roles are unique if the rules say so. */
    private void checkNames() {
        if (policy.rules().requiresUniqueNames()) {
            assertThat(policy.roles().stream().filter(Role::isActive).map(role -> Spelling.comparableName(role.name())))
                    .doesNotHaveDuplicates();
        }
    }
}
