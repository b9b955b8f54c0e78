package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.text.CodePoints;
import io.rbac.text.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A policy that is made of what another system keeps: authorities, which are plain strings, by role or by user.
 *
 * <pre>{@code
 * PolicyImport imported = PolicyImport.builder("acme")
 *         .roles(Map.of("editor", Set.of("page:read", "page:write")))
 *         .users(Map.of("bob", Set.of("editor")))
 *         .build();
 * Policy policy = imported.policy();
 * List<String> lost = imported.notExpressed(); // nothing
 * }</pre>
 *
 * <p>An authority is compared as a whole, as a set of strings compares it: {@code page:*} is a permission of that name and no
 * wildcard. Nothing is guessed. What a policy cannot say is left out, so that a user can have less than before but never more,
 * and is listed. The same maps give the same policy, in whatever order they are.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PolicyImport {

    private final Policy policy;
    private final List<String> notExpressed;

    private PolicyImport(Policy policy, List<String> notExpressed) {
        this.policy = policy;
        this.notExpressed = List.copyOf(notExpressed);
    }

    /** Returns a builder of an import into an account with this id. */
    public static Builder builder(String account) {
        return new Builder(requireNonNull(account, "account"));
    }

    /** Returns the policy, of revision 0. */
    public Policy policy() {
        return policy;
    }

    /** Returns what the policy does not say, each as a human-readable sentence; empty if it says everything. */
    public List<String> notExpressed() {
        return notExpressed;
    }

    /** Returns the account and how much is not expressed, human-readable. */
    @Override
    public String toString() {
        return "PolicyImport into " + Violation.quote(policy.account()) + ", not expressed: " + notExpressed.size();
    }

    /**
     * Builder for {@link PolicyImport}.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private static final String DEFAULT = "default";
        private static final String DIRECT = "direct";
        private static final String AUTHORITY = "authority ";

        private final String account;
        private ScopeTree scopes = ScopeTree.standard();
        private @Nullable PermissionCatalog catalog;
        private final Map<String, ImportedRole> roles = new LinkedHashMap<>();
        private final Set<String> defaults = new LinkedHashSet<>();
        private final List<ImportedAssignment> assignments = new ArrayList<>();
        private final Map<String, Set<String>> direct = sorted(Map.of());
        private final Set<Target> targets = new LinkedHashSet<>();

        private Builder(String account) {
            this.account = account;
        }

        /**
         * Sets the catalog that has all permissions; its scopes are those of the policy. Without one, every authority becomes a
         * permission: what stands before its first colon is the group, and those without a colon form a group of their own.
         */
        public Builder catalog(PermissionCatalog stated) {
            catalog = requireNonNull(stated, "catalog");
            scopes = stated.scopes();
            return this;
        }

        /** Sets the scopes of the policy, {@linkplain ScopeTree#standard() standard} by default, and no catalog. */
        public Builder scopes(ScopeTree tree) {
            scopes = requireNonNull(tree, "tree");
            catalog = null;
            return this;
        }

        /** Adds roles of the account, by id, with the authorities that each grants. */
        public Builder roles(Map<String, ? extends Set<String>> authoritiesByRole) {
            sorted(authoritiesByRole).forEach((role, authorities) -> role(role, Scope.ACCOUNT, authorities));
            return this;
        }

        /** Adds a role, or authorities to the one with this id, which then has this scope. Its name is its id. */
        public Builder role(String id, Scope scope, Collection<String> authorities) {
            requireNonNull(scope, "scope");
            Set<String> all = sorted(authorities);
            ImportedRole known = roles.get(requireNonNull(id, "id"));
            if (known != null) {
                all.addAll(known.authorities());
            }
            roles.put(id, new ImportedRole(scope, all));
            return this;
        }

        /** Makes a role of the account a default. If none is, the policy has one more role, which is the default and grants nothing. */
        public Builder defaultRole(String id) {
            defaults.add(requireNonNull(id, "id"));
            return this;
        }

        /** Adds users, by id, with the roles that each holds at the account. */
        public Builder users(Map<String, ? extends Set<String>> rolesByUser) {
            sorted(rolesByUser)
                    .forEach((user, held) -> sorted(held).forEach(role -> assign(user, role, Target.account())));
            return this;
        }

        /**
         * Adds users, by id, with authorities that each has everywhere, without a role. Users with the same authorities get one
         * role.
         */
        public Builder authorities(Map<String, ? extends Set<String>> authoritiesByUser) {
            sorted(authoritiesByUser)
                    .forEach((user, authorities) ->
                            direct.computeIfAbsent(user, id -> sorted(Set.of())).addAll(sorted(authorities)));
            return this;
        }

        /** Adds a target that lies directly in the account. A given parent is ignored. */
        public Builder target(Target target) {
            targets.add(target.withoutParent());
            return this;
        }

        /** Adds that a user holds a role at a target, and the target. A given parent of the target is ignored. */
        public Builder assign(String user, String role, Target target) {
            assignments.add(new ImportedAssignment(
                    requireNonNull(user, "user"), requireNonNull(role, "role"), target.withoutParent()));
            return this;
        }

        /**
         * Returns the import.
         *
         * @throws PolicyViolationException if the account is no id, a scope is none of the policy's or not that of the role that is
         *     assigned, no default is a role of the account, or a limit is exceeded; the codes are those of {@link Policy.Builder#build()}
         */
        public PolicyImport build() {
            List<String> lost = new ArrayList<>();
            Map<String, ImportedRole> allRoles = new LinkedHashMap<>(roles);
            List<ImportedAssignment> all = new ArrayList<>(assignments);
            addDirect(allRoles, all);
            allRoles.keySet().removeIf(id -> isLost(id, "role", lost));
            PermissionCatalog known = catalog == null ? catalogOf(allRoles.values()) : catalog;
            Policy.Builder policy = Policy.builder().account(account).catalog(known);
            int longest = DEFAULT.length();
            for (Map.Entry<String, ImportedRole> role : allRoles.entrySet()) {
                String id = role.getKey();
                longest = Math.max(longest, id.codePointCount(0, id.length()));
                policy.role(role(id, role.getValue(), known, lost));
            }
            defaults.stream()
                    .filter(id -> !allRoles.containsKey(id))
                    .forEach(id -> lost.add("role " + Violation.quote(id) + ", the default, is not a role"));
            if (Collections.disjoint(defaults, allRoles.keySet())) {
                policy.role(Role.builder(freeId(DEFAULT, allRoles), Scope.ACCOUNT)
                        .name("Default")
                        .defaultRole(true)
                        .build());
            }
            addAssignments(policy, all, allRoles, lost);
            PolicyRules rules = PolicyRules.standard();
            int usual = rules.nameLength().max().orElse(PolicyRules.MAX_CODE_POINTS);
            policy.rules(
                    longest <= usual
                            ? rules
                            : PolicyRules.builder().nameMax(Ids.MAX_CODE_POINTS).build());
            return new PolicyImport(policy.build(), lost);
        }

        private void addDirect(Map<String, ImportedRole> allRoles, List<ImportedAssignment> all) {
            Map<Set<String>, String> ids = new LinkedHashMap<>();
            direct.forEach((user, authorities) -> {
                if (!authorities.isEmpty()) {
                    String role = ids.computeIfAbsent(authorities, set -> {
                        String id = freeId(DIRECT + ' ' + (ids.size() + 1), allRoles);
                        allRoles.put(id, new ImportedRole(Scope.ACCOUNT, set));
                        return id;
                    });
                    all.add(new ImportedAssignment(user, role, Target.account()));
                }
            });
        }

        private static String freeId(String wanted, Map<String, ImportedRole> taken) {
            String id = wanted;
            for (int i = 2; taken.containsKey(id); i++) {
                id = wanted + '-' + i;
            }
            return id;
        }

        private Role role(String id, ImportedRole imported, PermissionCatalog known, List<String> lost) {
            List<String> keys = new ArrayList<>();
            for (String authority : imported.authorities()) {
                Permission permission = known.findRenamed(authority).orElse(null);
                if (permission == null) {
                    lost.add(AUTHORITY + Violation.quote(authority) + " of role " + Violation.quote(id) + ' '
                            + whyUnknown(authority));
                } else if (permission.scopes().contains(imported.scope())) {
                    keys.add(permission.key());
                } else {
                    lost.add(AUTHORITY + Violation.quote(authority) + " of role " + Violation.quote(id)
                            + " cannot be granted in the scope "
                            + Violation.quote(imported.scope().name()));
                }
            }
            return Role.builder(id, imported.scope())
                    .name(id)
                    .defaultRole(defaults.contains(id))
                    .rights(known.rights(keys))
                    .build();
        }

        private static String whyUnknown(String authority) {
            String fault = Ids.fault(authority);
            return fault == null ? "is not a permission of the catalog" : fault;
        }

        private void addAssignments(
                Policy.Builder policy,
                List<ImportedAssignment> all,
                Map<String, ImportedRole> known,
                List<String> lost) {
            Map<String, Boolean> lostUsers = new LinkedHashMap<>();
            Map<Target, Boolean> lostTargets = new LinkedHashMap<>();
            targets.forEach(place -> lostTargets.put(place, isLost(place, policy, lost)));
            for (ImportedAssignment assignment : new LinkedHashSet<>(all)) {
                Target target = assignment.target();
                boolean isLost = lostUsers.computeIfAbsent(assignment.user(), user -> isLost(user, "user", lost));
                isLost |= lostTargets.computeIfAbsent(target, place -> isLost(place, policy, lost));
                if (!isLost && known.containsKey(assignment.role())) {
                    policy.assign(assignment.user(), assignment.role(), target);
                } else if (!isLost) {
                    lost.add("role " + Violation.quote(assignment.role()) + ", which user "
                            + Violation.quote(assignment.user()) + " holds at " + Violation.quote(target.toString())
                            + ", is not a role");
                }
            }
        }

        /** Returns whether a target cannot be in the policy; otherwise adds it. */
        private static boolean isLost(Target target, Policy.Builder policy, List<String> lost) {
            if (target.isAccount()) {
                return false;
            }
            boolean isLost = isLost(target.id(), target.scope().name(), lost);
            if (!isLost) {
                policy.target(target);
            }
            return isLost;
        }

        private static boolean isLost(String id, String what, List<String> lost) {
            String fault = Ids.fault(id);
            if (fault != null) {
                lost.add(what + ' ' + Violation.quote(id) + ' ' + fault);
            }
            return fault != null;
        }

        /** Returns the catalog with every authority that can be a key. */
        private PermissionCatalog catalogOf(Collection<ImportedRole> imported) {
            Map<String, List<PermissionCatalog.Action>> groups = new LinkedHashMap<>();
            List<String> plain = new ArrayList<>();
            Set<String> seen = sorted(Set.of());
            imported.forEach(role -> seen.addAll(role.authorities()));
            seen.removeIf(authority -> Ids.fault(authority) != null);
            for (String authority : seen) {
                int colon = authority.indexOf(':');
                String group = authority.substring(0, Math.max(colon, 0));
                String action = authority.substring(colon + 1);
                if (Ids.fault(group) == null && Ids.fault(action) == null) {
                    groups.computeIfAbsent(group, name -> new ArrayList<>()).add(PermissionCatalog.Action.of(action));
                } else {
                    plain.add(authority);
                }
            }
            if (!plain.isEmpty()) {
                String group = "authorities";
                while (groups.containsKey(group)) {
                    group += '+';
                }
                groups.put(
                        group,
                        plain.stream()
                                .map(key -> PermissionCatalog.Action.of(key).withKey(key))
                                .toList());
            }
            PermissionCatalog.Builder builder = PermissionCatalog.builder().scopes(scopes);
            groups.forEach(builder::group);
            return builder.build();
        }

        /** Returns a copy in an order of its own. */
        private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
            SortedMap<String, V> sorted = new TreeMap<>(CodePoints.ORDER);
            sorted.putAll(map);
            return sorted;
        }

        private static SortedSet<String> sorted(Collection<String> texts) {
            SortedSet<String> sorted = new TreeSet<>(CodePoints.ORDER);
            texts.forEach(text -> sorted.add(requireNonNull(text, "text")));
            return sorted;
        }

        private record ImportedRole(Scope scope, Set<String> authorities) {

            ImportedRole {
                authorities = Collections.unmodifiableSet(authorities);
            }
        }

        private record ImportedAssignment(String user, String role, Target target) {}
    }
}
