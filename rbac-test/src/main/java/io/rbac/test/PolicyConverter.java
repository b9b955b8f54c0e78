package io.rbac.test;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.RightsGroup;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Located;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts between plain policies and policies of the library, through the public builders and readers alone.
 *
 * <p>This class is stateless and thread-safe.
 *
 * @since 0.1
 */
public final class PolicyConverter {
    private PolicyConverter() {}

    /**
     * Returns the catalog of a policy.
     *
     * @throws PolicyViolationException if its scopes make no tree, or its groups and retired keys no catalog
     */
    public static PermissionCatalog catalog(PlainPolicy plain) {
        return catalog(plain.scopes(), plain.groups(), plain.retired());
    }

    private static PermissionCatalog catalog(List<PlainScope> tree, List<PlainGroup> groups, List<String> retired) {
        PermissionCatalog.Builder builder = PermissionCatalog.builder();
        if (!tree.equals(PlainScope.standard()) || !tree.get(0).name().equals(PlainScope.ACCOUNT.name())) {
            builder.scopes(tree(tree));
        }
        for (PlainGroup group : groups) {
            List<Set<PlainScope>> scopes = group.actions().stream()
                    .map(PlainGroup.Action::scopes)
                    .distinct()
                    .toList();
            boolean isUniform = scopes.size() == 1;
            builder.group(
                    group.name(),
                    scopes(isUniform ? scopes.get(0) : tree),
                    group.actions().stream()
                            .map(action -> action(group, action, isUniform))
                            .toList());
        }
        return builder.retired(retired.toArray(String[]::new)).build();
    }

    private static PermissionCatalog.Action action(PlainGroup group, PlainGroup.Action action, boolean hasGroupScopes) {
        PermissionCatalog.Action made = PermissionCatalog.Action.of(action.name());
        if (!action.key().equals(group.name() + ":" + action.name())) {
            made = made.withKey(action.key());
        }
        return hasGroupScopes ? made : made.withScopes(scopes(action.scopes()));
    }

    /**
     * Returns the rules of a policy.
     *
     * @throws PolicyViolationException if they contradict each other
     */
    public static PolicyRules rules(PlainPolicy plain) {
        PlainRules rules = plain.rules();
        PolicyRules.Builder builder = PolicyRules.builder()
                .nameMin(rules.name().min())
                .nameMax(rules.name().max())
                .allowsBlankNames(rules.name().blank())
                .requiresUniqueNames(rules.name().unique())
                .allowsDescriptions(rules.description().allowed())
                .descriptionMax(rules.description().max())
                .requiresRights(rules.rightsRequired())
                .rolesPerTarget(rules.rolesPerTarget())
                .emptyRoles(
                        rules.emptyRoles().equals("none")
                                ? PolicyRules.EmptyRoles.NONE
                                : PolicyRules.EmptyRoles.DEFAULTS)
                .deletion(
                        switch (rules.deletion()) {
                            case "delete" -> PolicyRules.Deletion.DELETE;
                            case "refuse" -> PolicyRules.Deletion.REFUSE;
                            default -> PolicyRules.Deletion.DISCARD;
                        })
                .allowsSystemRoleNames(rules.systemRoles().nameMayChange())
                .allowsSystemRoleDefaults(rules.systemRoles().defaultMayChange())
                .unknownTargets(
                        rules.unknownTargets().equals("trusted")
                                ? PolicyRules.UnknownTargets.TRUSTED
                                : PolicyRules.UnknownTargets.REFUSED)
                .lockout(rules.lockout());
        List<PlainScope> scopes = rules.scopes();
        if (scopes != null) {
            builder.scopes(scopes(scopes));
        }
        PlainScope defaultScope = rules.defaultScope();
        if (defaultScope != null) {
            builder.defaultScope(scope(defaultScope));
        }
        rules.defaults().forEach((scope, bounds) -> builder.defaults(scope(scope), bounds.min(), bounds.max()));
        return builder.build();
    }

    /**
     * Returns a role whose rights are of a catalog.
     *
     * @throws PolicyViolationException if the role has no name or the catalog lacks one of its permissions
     */
    public static Role role(PlainRole role, PermissionCatalog catalog) {
        Role.Builder builder = Role.builder(role.id(), scope(role.scope()))
                .description(role.description())
                .type(role.system() ? RoleType.SYSTEM : RoleType.CUSTOM)
                .defaultRole(role.isDefault())
                .createdAt(instant(role.createdAt()))
                .updatedAt(instant(role.updatedAt()))
                .discardedAt(instant(role.discardedAt()))
                .rights(catalog.rights(role.permissions()));
        String name = role.name();
        return name == null ? builder.build() : builder.name(name).build();
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /**
     * Returns the policy of the library, built in the order of the lists.
     *
     * @throws PolicyViolationException if the library finds anything wrong with it
     */
    public static Policy policy(PlainPolicy plain) {
        return policy(plain, catalog(plain));
    }

    /**
     * Returns the policy of the library, under a given catalog. The rights of a role are of that catalog if it has all
     * the role's permissions, else of another one that has these besides those of the plain policy: a key {@code
     * group:action} in its group, any other in the group {@code unknown}.
     *
     * @throws PolicyViolationException if the library finds anything wrong with it; a role without a name is reported
     *     alone
     */
    public static Policy policy(PlainPolicy plain, PermissionCatalog catalog) {
        Policy.Builder builder = Policy.builder()
                .account(plain.account())
                .catalog(catalog)
                .rules(rules(plain))
                .revision(plain.revision());
        PermissionCatalog held = catalog(plain.scopes(), HeldCatalog.of(plain), List.of());
        for (PlainRole role : plain.roles()) {
            boolean isKnown = role.permissions().stream().allMatch(key -> catalog.indexOf(key) >= 0);
            builder.role(role(role, isKnown ? catalog : held));
        }
        plain.targets().forEach(located -> builder.target(target(located.target()), target(located.parent())));
        plain.assignments().forEach(a -> builder.assign(a.user(), a.role(), target(a.target())));
        return builder.build();
    }

    /** Returns the target of the library, with its given parent. */
    public static Target target(PlainTarget plain) {
        if (plain.isAccount()) {
            return Target.account();
        }
        Target target = Target.of(scope(plain.scope()), plain.id());
        PlainTarget parent = plain.parent();
        return parent == null ? target : target.in(target(parent));
    }

    /**
     * Returns the scope of the library, which is that of every tree with a scope of this name, level and nesting.
     *
     * @throws PolicyViolationException if no tree can have it
     */
    public static Scope scope(PlainScope plain) {
        int standard = PlainScope.standard().indexOf(plain);
        if (standard >= 0) {
            return List.of(Scope.ACCOUNT, Scope.TEAM, Scope.CHAT).get(standard);
        }
        List<PlainScope> tree = new ArrayList<>();
        for (int level = 0; level < plain.level(); level++) {
            tree.add(new PlainScope((plain.name().equals("a" + level) ? "b" : "a") + level, level, false));
        }
        tree.add(plain);
        return tree(tree).scopes().get(plain.level());
    }

    private static ScopeTree tree(List<PlainScope> scopes) {
        ScopeTree.Builder builder = ScopeTree.builder();
        for (PlainScope scope : scopes) {
            if (scope.nests()) {
                builder.nestingScope(scope.name());
            } else {
                builder.scope(scope.name());
            }
        }
        return builder.build();
    }

    private static Set<Scope> scopes(Collection<PlainScope> plain) {
        Set<Scope> scopes = new LinkedHashSet<>();
        plain.forEach(scope -> scopes.add(scope(scope)));
        return scopes;
    }

    /** Returns a policy of the library as plain data, its lists in the order in which they are read. */
    public static PlainPolicy plain(Policy policy) {
        List<Located> targets = new ArrayList<>();
        for (Target target : policy.targets()) {
            targets.add(new Located(plain(target), plain(policy.parentOf(target).orElseThrow())));
        }
        return new PlainPolicy(
                policy.account(),
                policy.revision(),
                plain(policy.catalog().scopes().scopes()),
                policy.catalog().groups().stream().map(PolicyConverter::plain).toList(),
                List.copyOf(policy.catalog().retired()),
                plain(policy.rules()),
                policy.roles().stream().map(PolicyConverter::plain).toList(),
                targets,
                policy.assignments().stream().map(PolicyConverter::plain).toList());
    }

    private static PlainGroup plain(RightsGroup group) {
        return new PlainGroup(
                group.name(),
                group.permissions().stream()
                        .map(p -> new PlainGroup.Action(p.action(), p.key(), new LinkedHashSet<>(plain(p.scopes()))))
                        .toList());
    }

    private static PlainRules plain(PolicyRules rules) {
        Map<PlainScope, PlainRules.Defaults> defaults = new LinkedHashMap<>();
        rules.defaults()
                .forEach((scope, range) ->
                        defaults.put(plain(scope), new PlainRules.Defaults(range.min(), orNull(range.max()))));
        return new PlainRules(
                new PlainRules.Name(
                        rules.nameLength().min(),
                        orNull(rules.nameLength().max()),
                        rules.allowsBlankNames(),
                        rules.requiresUniqueNames()),
                new PlainRules.Description(
                        rules.allowsDescriptions(),
                        orNull(rules.descriptionLength().max())),
                rules.scopes().map(PolicyConverter::plain).orElse(null),
                rules.defaultScope().map(PolicyConverter::plain).orElse(null),
                rules.requiresRights(),
                defaults,
                orNull(rules.rolesPerTarget()),
                rules.emptyRoles().word(),
                rules.deletion().word(),
                new PlainRules.SystemRoles(rules.allowsSystemRoleNames(), rules.allowsSystemRoleDefaults()),
                rules.unknownTargets().word(),
                List.copyOf(rules.lockout()));
    }

    private static @Nullable Integer orNull(OptionalInt number) {
        return number.isPresent() ? Integer.valueOf(number.getAsInt()) : null;
    }

    static PlainRole plain(Role role) {
        return new PlainRole(
                role.id(),
                plain(role.scope()),
                role.name(),
                role.description().orElse(null),
                role.type() == RoleType.SYSTEM,
                role.isDefault(),
                millis(role.createdAt()),
                millis(role.updatedAt()),
                millis(role.discardedAt()),
                new LinkedHashSet<>(role.rights().stream().map(Permission::key).toList()));
    }

    private static @Nullable Long millis(Optional<Instant> instant) {
        return instant.map(Instant::toEpochMilli).orElse(null);
    }

    static Assignment plain(io.rbac.model.Assignment assignment) {
        return new Assignment(assignment.user(), assignment.role(), plain(assignment.target()));
    }

    /** Returns the violations of a refusal, each listed once. */
    static Set<PlainViolation> violations(PolicyViolationException refusal) {
        Set<PlainViolation> violations = new LinkedHashSet<>();
        for (Violation violation : refusal.violations()) {
            violations.add(new PlainViolation(violation.code().name(), violation.path()));
        }
        return violations;
    }

    static PlainTarget plain(Target target) {
        return target.isAccount() ? PlainTarget.account() : PlainTarget.of(plain(target.scope()), target.id());
    }

    static PlainScope plain(Scope scope) {
        return new PlainScope(scope.name(), scope.level(), scope.nests());
    }

    private static List<PlainScope> plain(Collection<Scope> scopes) {
        return scopes.stream().map(PolicyConverter::plain).toList();
    }
}
