package io.rbac.test;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.RightsGroup;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.test.Sketch.Assignment;
import io.rbac.test.Sketch.Chat;
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
 * Leads from sketches to policies of the library and back, through the public builders and readers alone. Stateless and
 * safe for use by several threads.
 *
 * @since 0.1
 */
public final class SketchPolicy {
    private SketchPolicy() {}

    /**
     * The catalog of a sketch. Scopes are those of the group where all its actions have the same, else of each action.
     *
     * @param sketch the sketch
     * @return its groups and retired keys
     * @throws PolicyViolationException if they make no catalog
     * @since 0.1
     */
    public static PermissionCatalog catalog(Sketch sketch) {
        return catalog(sketch.groups(), sketch.retired());
    }

    private static PermissionCatalog catalog(List<SketchGroup> groups, List<String> retired) {
        PermissionCatalog.Builder builder = PermissionCatalog.builder();
        for (SketchGroup group : groups) {
            List<Set<Scope>> scopes = group.actions().stream()
                    .map(SketchGroup.Action::scopes)
                    .distinct()
                    .toList();
            boolean alike = scopes.size() == 1;
            builder.group(
                    group.name(),
                    alike ? scopes.get(0) : EnumSet.allOf(Scope.class),
                    group.actions().stream()
                            .map(action -> action(group, action, alike))
                            .toList());
        }
        return builder.retired(retired.toArray(String[]::new)).build();
    }

    private static PermissionCatalog.Action action(SketchGroup group, SketchGroup.Action action, boolean likeGroup) {
        PermissionCatalog.Action made = PermissionCatalog.Action.of(action.name());
        if (!action.key().equals(group.name() + ":" + action.name())) {
            made = made.withKey(action.key());
        }
        return likeGroup ? made : made.withScopes(action.scopes());
    }

    /**
     * The rules of a sketch.
     *
     * @param sketch the sketch
     * @return every knob of its rules
     * @throws PolicyViolationException if they contradict each other
     * @since 0.1
     */
    public static PolicyRules rules(Sketch sketch) {
        SketchRules rules = sketch.rules();
        PolicyRules.Builder builder = PolicyRules.builder()
                .nameMin(rules.name().min())
                .nameMax(rules.name().max())
                .blankNames(rules.name().blank())
                .uniqueNames(rules.name().unique())
                .descriptions(rules.description().allowed())
                .descriptionMax(rules.description().max())
                .scopes(new LinkedHashSet<>(rules.scopes()))
                .defaultScope(rules.defaultScope())
                .rightsRequired(rules.rightsRequired())
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
                .systemRoleNames(rules.systemRoles().nameMayChange())
                .systemRoleDefaults(rules.systemRoles().defaultMayChange())
                .placedChats(
                        rules.placedChats().equals("trusted")
                                ? PolicyRules.PlacedChats.TRUSTED
                                : PolicyRules.PlacedChats.REFUSED)
                .lockout(rules.lockout());
        rules.defaults().forEach((scope, bounds) -> builder.defaults(scope, bounds.min(), bounds.max()));
        return builder.build();
    }

    /**
     * A role with rights of a catalog.
     *
     * @param role the role
     * @param catalog a catalog that has all its permissions
     * @return the role
     * @throws PolicyViolationException if it has no name or the catalog lacks a permission
     * @since 0.1
     */
    public static Role role(SketchRole role, PermissionCatalog catalog) {
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
     * The policy of a sketch, built in the order of its lists.
     *
     * @param sketch the sketch
     * @return the policy
     * @throws PolicyViolationException if the library finds something wrong with it
     * @since 0.1
     */
    public static Policy policy(Sketch sketch) {
        return policy(sketch, catalog(sketch));
    }

    /**
     * The policy of a sketch under a catalog in hand. The rights of a role come from that catalog where it has all the
     * role's permissions, else from another catalog that has them besides those of the sketch: a key
     * {@code group:action} is found in its group there, any other in the group {@code unknown}.
     *
     * @param sketch the sketch
     * @param catalog the catalog of the policy
     * @return the policy
     * @throws PolicyViolationException if the library finds something wrong with it, at once for a role without a name
     * @since 0.1
     */
    public static Policy policy(Sketch sketch, PermissionCatalog catalog) {
        Policy.Builder builder =
                Policy.builder(sketch.account(), catalog, rules(sketch)).revision(sketch.revision());
        PermissionCatalog held = catalog(HeldCatalog.of(sketch), List.of());
        for (SketchRole role : sketch.roles()) {
            boolean known = role.permissions().stream().allMatch(key -> catalog.indexOf(key) >= 0);
            builder.role(role(role, known ? catalog : held));
        }
        sketch.teams().forEach(builder::team);
        for (Chat chat : sketch.chats()) {
            String team = chat.team();
            if (team == null) {
                builder.chat(chat.id());
            } else {
                builder.chat(chat.id(), team);
            }
        }
        sketch.assignments().forEach(a -> builder.assign(a.user(), a.role(), target(a.target())));
        return builder.build();
    }

    /**
     * The target of a place.
     *
     * @param place the place
     * @return the target, with what is stated of it
     * @since 0.1
     */
    public static Target target(Place place) {
        Place in = place.in();
        return switch (place.kind()) {
            case ACCOUNT -> Target.account();
            case TEAM -> Target.team(place.id());
            case CHAT -> {
                Target chat = Target.chat(place.id());
                yield in == null ? chat : in.kind() == Scope.ACCOUNT ? chat.inAccount() : chat.inTeam(in.id());
            }
        };
    }

    /**
     * What a policy says, read back: its lists in their own order.
     *
     * @param policy the policy
     * @return the sketch
     * @since 0.1
     */
    public static Sketch sketch(Policy policy) {
        List<Chat> chats = new ArrayList<>();
        policy.chats().forEach(id -> chats.add(new Chat(id, policy.teamOf(id).orElse(null))));
        return new Sketch(
                policy.account(),
                policy.revision(),
                policy.catalog().groups().stream().map(SketchPolicy::group).toList(),
                List.copyOf(policy.catalog().retired()),
                sketch(policy.rules()),
                policy.roles().stream().map(SketchPolicy::sketch).toList(),
                policy.teams(),
                chats,
                policy.assignments().stream()
                        .map(a -> new Assignment(a.user(), a.role(), place(a.target())))
                        .toList());
    }

    private static SketchGroup group(RightsGroup group) {
        return new SketchGroup(
                group.name(),
                group.permissions().stream()
                        .map(p -> new SketchGroup.Action(p.action(), p.key(), p.scopes()))
                        .toList());
    }

    private static SketchRules sketch(PolicyRules rules) {
        Map<Scope, SketchRules.Defaults> defaults = new EnumMap<>(Scope.class);
        for (Scope scope : Scope.values()) {
            defaults.put(scope, new SketchRules.Defaults(rules.minDefaults(scope), orNull(rules.maxDefaults(scope))));
        }
        return new SketchRules(
                new SketchRules.Name(rules.nameMin(), orNull(rules.nameMax()), rules.blankNames(), rules.uniqueNames()),
                new SketchRules.Description(rules.descriptions(), orNull(rules.descriptionMax())),
                List.copyOf(rules.scopes()),
                rules.defaultScope().orElse(null),
                rules.rightsRequired(),
                defaults,
                orNull(rules.rolesPerTarget()),
                rules.emptyRoles().word(),
                rules.deletion().word(),
                new SketchRules.SystemRoles(rules.systemRoleNames(), rules.systemRoleDefaults()),
                rules.placedChats().word(),
                List.copyOf(rules.lockout()));
    }

    private static @Nullable Integer orNull(OptionalInt number) {
        return number.isPresent() ? Integer.valueOf(number.getAsInt()) : null;
    }

    private static SketchRole sketch(Role role) {
        return new SketchRole(
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

    private static Place place(Target target) {
        return switch (target.scope()) {
            case ACCOUNT -> Place.account();
            case TEAM -> Place.team(target.id());
            case CHAT -> Place.chat(target.id());
        };
    }
}
