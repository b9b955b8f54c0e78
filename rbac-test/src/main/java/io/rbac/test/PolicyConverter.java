package io.rbac.test;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.RightsGroup;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Chat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
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
     * @throws PolicyViolationException if its groups and retired keys make no catalog
     */
    public static PermissionCatalog catalog(PlainPolicy plain) {
        return catalog(plain.groups(), plain.retired());
    }

    private static PermissionCatalog catalog(List<PlainGroup> groups, List<String> retired) {
        PermissionCatalog.Builder builder = PermissionCatalog.builder();
        for (PlainGroup group : groups) {
            List<Set<Scope>> scopes = group.actions().stream()
                    .map(PlainGroup.Action::scopes)
                    .distinct()
                    .toList();
            boolean isUniform = scopes.size() == 1;
            builder.group(
                    group.name(),
                    isUniform ? scopes.get(0) : EnumSet.allOf(Scope.class),
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
        return hasGroupScopes ? made : made.withScopes(action.scopes());
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
                .scopes(new LinkedHashSet<>(rules.scopes()))
                .defaultScope(rules.defaultScope())
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
                .placedChats(
                        rules.placedChats().equals("trusted")
                                ? PolicyRules.PlacedChats.TRUSTED
                                : PolicyRules.PlacedChats.REFUSED)
                .lockout(rules.lockout());
        rules.defaults().forEach((scope, bounds) -> builder.defaults(scope, bounds.min(), bounds.max()));
        return builder.build();
    }

    /**
     * Returns a role whose rights are of a catalog.
     *
     * @throws PolicyViolationException if the role has no name or the catalog lacks one of its permissions
     */
    public static Role role(PlainRole role, PermissionCatalog catalog) {
        Role.Builder builder = Role.builder(role.id(), role.scope())
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
        PermissionCatalog held = catalog(HeldCatalog.of(plain), List.of());
        for (PlainRole role : plain.roles()) {
            boolean isKnown = role.permissions().stream().allMatch(key -> catalog.indexOf(key) >= 0);
            builder.role(role(role, isKnown ? catalog : held));
        }
        plain.teams().forEach(builder::team);
        for (Chat chat : plain.chats()) {
            String team = chat.team();
            if (team == null) {
                builder.chat(chat.id());
            } else {
                builder.chat(chat.id(), team);
            }
        }
        plain.assignments().forEach(a -> builder.assign(a.user(), a.role(), target(a.target())));
        return builder.build();
    }

    /** Returns the target of the library, with its given parent. */
    public static Target target(PlainTarget plain) {
        PlainTarget parent = plain.parent();
        return switch (plain.scope()) {
            case ACCOUNT -> Target.account();
            case TEAM -> Target.team(plain.id());
            case CHAT -> {
                Target chat = Target.chat(plain.id());
                yield parent == null
                        ? chat
                        : parent.scope() == Scope.ACCOUNT ? chat.inAccount() : chat.inTeam(parent.id());
            }
        };
    }

    /** Returns a policy of the library as plain data, its lists in the order in which they are read. */
    public static PlainPolicy plain(Policy policy) {
        List<Chat> chats = new ArrayList<>();
        policy.chats().forEach(id -> chats.add(new Chat(id, policy.teamOf(id).orElse(null))));
        return new PlainPolicy(
                policy.account(),
                policy.revision(),
                policy.catalog().groups().stream().map(PolicyConverter::plain).toList(),
                List.copyOf(policy.catalog().retired()),
                plain(policy.rules()),
                policy.roles().stream().map(PolicyConverter::plain).toList(),
                policy.teams(),
                chats,
                policy.assignments().stream().map(PolicyConverter::plain).toList());
    }

    private static PlainGroup plain(RightsGroup group) {
        return new PlainGroup(
                group.name(),
                group.permissions().stream()
                        .map(p -> new PlainGroup.Action(p.action(), p.key(), p.scopes()))
                        .toList());
    }

    private static PlainRules plain(PolicyRules rules) {
        Map<Scope, PlainRules.Defaults> defaults = new EnumMap<>(Scope.class);
        for (Scope scope : Scope.values()) {
            defaults.put(
                    scope,
                    new PlainRules.Defaults(
                            rules.defaults(scope).min(),
                            orNull(rules.defaults(scope).max())));
        }
        return new PlainRules(
                new PlainRules.Name(
                        rules.nameLength().min(),
                        orNull(rules.nameLength().max()),
                        rules.allowsBlankNames(),
                        rules.requiresUniqueNames()),
                new PlainRules.Description(
                        rules.allowsDescriptions(),
                        orNull(rules.descriptionLength().max())),
                List.copyOf(rules.scopes()),
                rules.defaultScope().orElse(null),
                rules.requiresRights(),
                defaults,
                orNull(rules.rolesPerTarget()),
                rules.emptyRoles().word(),
                rules.deletion().word(),
                new PlainRules.SystemRoles(rules.allowsSystemRoleNames(), rules.allowsSystemRoleDefaults()),
                rules.placedChats().word(),
                List.copyOf(rules.lockout()));
    }

    private static @Nullable Integer orNull(OptionalInt number) {
        return number.isPresent() ? Integer.valueOf(number.getAsInt()) : null;
    }

    static PlainRole plain(Role role) {
        return new PlainRole(
                role.id(),
                role.scope(),
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

    private static PlainTarget plain(Target target) {
        return switch (target.scope()) {
            case ACCOUNT -> PlainTarget.account();
            case TEAM -> PlainTarget.team(target.id());
            case CHAT -> PlainTarget.chat(target.id());
        };
    }
}
