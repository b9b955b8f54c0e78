package io.rbac.benchmarks.workload;

import io.rbac.model.Assignment;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One account as plain arrays. Every contender is built from it, and it decides by itself who may do what: it looks at each
 * assignment of a user, and uses nothing of the library's tables and bits.
 *
 * <p>Targets are numbered: the account is 0. Assignments are grouped by user.
 */
public final class World {

    /** The account, where targets are texts. */
    public static final String ACCOUNT = "account";

    private final String account;
    private final PermissionCatalog catalog;
    private final PolicyRules rules;
    private final String[] users;
    private final Role[] roles;
    private final BitSet[] rights;
    private final Target[] targets;
    private final int[] parents;
    private final int[] starts;
    private final int[] assignedRoles;
    private final int[] assignedTargets;

    World(
            String account,
            PermissionCatalog catalog,
            PolicyRules rules,
            String[] users,
            Role[] roles,
            Target[] targets,
            int[] parents,
            int[] starts,
            int[] assignedRoles,
            int[] assignedTargets) {
        this.account = account;
        this.catalog = catalog;
        this.rules = rules;
        this.users = users;
        this.roles = roles;
        this.targets = targets;
        this.parents = parents;
        this.starts = starts;
        this.assignedRoles = assignedRoles;
        this.assignedTargets = assignedTargets;
        this.rights = new BitSet[roles.length];
        for (int i = 0; i < roles.length; i++) {
            rights[i] = new BitSet();
            for (Permission permission : roles[i].rights()) {
                rights[i].set(catalog.indexOf(permission));
            }
        }
    }

    /** Returns the account of a policy, without discarded roles: they grant nothing, and other libraries lack them. */
    public static World of(Policy policy) {
        Role[] roles = policy.roles().stream().filter(Role::isActive).toArray(Role[]::new);
        Map<String, Integer> roleNumbers = new HashMap<>();
        for (int i = 0; i < roles.length; i++) {
            roleNumbers.put(roles[i].id(), i);
        }
        List<Target> targets = new ArrayList<>();
        targets.add(Target.account());
        targets.addAll(policy.targets());
        Map<Target, Integer> targetNumbers = new HashMap<>();
        targets.forEach(target -> targetNumbers.put(target, targetNumbers.size()));
        int[] parents = targets.stream()
                .mapToInt(target ->
                        policy.parentOf(target).map(targetNumbers::get).orElse(-1))
                .toArray();
        String[] users = policy.users().toArray(String[]::new);
        int[] starts = new int[users.length + 1];
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < users.length; i++) {
            policy.rolesOf(users[i]).stream()
                    .filter(assignment -> roleNumbers.containsKey(assignment.role()))
                    .forEach(assignments::add);
            starts[i + 1] = assignments.size();
        }
        return new World(
                policy.account(),
                policy.catalog(),
                policy.rules(),
                users,
                roles,
                targets.toArray(Target[]::new),
                parents,
                starts,
                assignments.stream().mapToInt(a -> roleNumbers.get(a.role())).toArray(),
                assignments.stream()
                        .mapToInt(a -> targetNumbers.get(a.target()))
                        .toArray());
    }

    public String account() {
        return account;
    }

    public PermissionCatalog catalog() {
        return catalog;
    }

    public PolicyRules rules() {
        return rules;
    }

    public int users() {
        return users.length;
    }

    public String user(int user) {
        return users[user];
    }

    public int roles() {
        return roles.length;
    }

    public Role role(int role) {
        return roles[role];
    }

    public int targets() {
        return targets.length;
    }

    public Target target(int target) {
        return targets[target];
    }

    /** Returns the number of the parent of a target, -1 for the account. */
    public int parent(int target) {
        return parents[target];
    }

    /** Returns a target as a text; different targets have different texts. */
    public String place(int target) {
        return place(targets[target]);
    }

    /** Returns a target as a text; different targets have different texts. */
    public static String place(Target target) {
        return target.isAccount() ? ACCOUNT : target.id();
    }

    public int assignments() {
        return assignedRoles.length;
    }

    /** Returns the number of the first assignment of a user; their assignments end where those of the next user start. */
    public int start(int user) {
        return starts[user];
    }

    public int assignedRole(int assignment) {
        return assignedRoles[assignment];
    }

    public int assignedTarget(int assignment) {
        return assignedTargets[assignment];
    }

    /** Returns whether a user has a permission at a target. */
    public boolean allows(int user, int permission, int target) {
        for (int i = starts[user]; i < starts[user + 1]; i++) {
            if (isOnPath(assignedTargets[i], target) && rights[assignedRoles[i]].get(permission)) {
                return true;
            }
        }
        return false;
    }

    /** Returns how many targets the path of a target has, counting the target itself and the account. */
    public int pathLength(int target) {
        int length = 0;
        for (int place = target; place >= 0; place = parents[place]) {
            length++;
        }
        return length;
    }

    boolean isOnPath(int wider, int target) {
        for (int place = target; place >= 0; place = parents[place]) {
            if (place == wider) {
                return true;
            }
        }
        return false;
    }

    /** Returns the policy of this account, built from its assignments in their order. */
    public Policy policy() {
        Policy.Builder builder = places();
        for (int user = 0; user < users.length; user++) {
            for (int i = starts[user]; i < starts[user + 1]; i++) {
                builder.assign(users[user], roles[assignedRoles[i]].id(), targets[assignedTargets[i]]);
            }
        }
        return builder.build();
    }

    /** Returns a builder with everything but the assignments. */
    public Policy.Builder places() {
        Policy.Builder builder =
                Policy.builder().account(account).catalog(catalog).rules(rules);
        for (Role role : roles) {
            builder.role(role);
        }
        for (int target = 1; target < targets.length; target++) {
            builder.target(targets[target], targets[parents[target]]);
        }
        return builder;
    }
}
