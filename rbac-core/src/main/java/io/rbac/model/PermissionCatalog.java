package io.rbac.model;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Violation.Code;
import io.rbac.text.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every rights group and permission that exists, in a fixed order. A catalog is closed: nothing outside it can be
 * granted.
 *
 * <p>An application should share one instance: a {@link Permission} of the policy's own catalog instance is tested by
 * its number, any other by its key.
 *
 * <p>Two catalogs are equal if they have equal scope trees, equal groups and permissions (with scopes, titles and
 * descriptions) in the same order, and the same retired and renamed keys. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PermissionCatalog {

    /** The maximum number of permissions of a catalog. */
    public static final int MAX_PERMISSIONS = 65_536;

    private static final PermissionCatalog EMPTY = builder().build();

    private final ScopeTree scopes;
    private final List<RightsGroup> groups;
    private final List<Permission> permissions;
    private final Map<String, RightsGroup> groupsByName = new LinkedHashMap<>();
    private final Set<String> keys;
    private final PermissionKeys positions;
    private final Set<String> retired;
    private final Map<String, String> renamed;
    private final Rights none;
    private final Rights all;

    /** What roles of each scope may hold, by level. */
    private final List<Rights> byLevel;

    private PermissionCatalog(Builder builder) {
        this.scopes = builder.scopes;
        List<RightsGroup> builtGroups = new ArrayList<>();
        List<Permission> builtPermissions = new ArrayList<>();
        for (GroupDraft draft : builder.groups) {
            Set<Scope> groupScopes = draft.scopes(scopes);
            List<Permission> members = new ArrayList<>();
            for (Action action : draft.actions()) {
                members.add(new Permission(
                        this,
                        builtPermissions.size() + members.size(),
                        draft.key(action),
                        draft.name(),
                        action.scopes().orElse(groupScopes),
                        action));
            }
            builtPermissions.addAll(members);
            RightsGroup group = new RightsGroup(draft.name(), groupScopes, members);
            builtGroups.add(group);
            groupsByName.put(draft.name(), group);
        }
        this.groups = List.copyOf(builtGroups);
        this.permissions = List.copyOf(builtPermissions);
        List<String> builtKeys = permissions.stream().map(Permission::key).toList();
        this.keys = Collections.unmodifiableSet(new LinkedHashSet<>(builtKeys));
        this.positions = new PermissionKeys(builtKeys);
        this.retired = Collections.unmodifiableSet(new LinkedHashSet<>(builder.retired));
        this.renamed = Collections.unmodifiableMap(new LinkedHashMap<>(builder.renamed));
        this.none = Rights.ofAll(this, p -> false);
        this.all = Rights.ofAll(this, p -> true);
        this.byLevel = scopes.scopes().stream()
                .map(scope -> Rights.ofAll(this, p -> p.scopes().contains(scope)))
                .toList();
    }

    /** Returns a builder that starts from the empty catalog. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the catalog without any permission. */
    public static PermissionCatalog empty() {
        return EMPTY;
    }

    /** Returns the scopes at which roles are assigned. */
    public ScopeTree scopes() {
        return scopes;
    }

    /** Returns the groups in order. */
    public List<RightsGroup> groups() {
        return groups;
    }

    /** Returns the group with this name, or empty if there is none. */
    public Optional<RightsGroup> group(String name) {
        return Optional.ofNullable(groupsByName.get(requireNonNull(name, "name")));
    }

    /** Returns the permissions in order, group by group. */
    public List<Permission> permissions() {
        return permissions;
    }

    /** Returns how many permissions there are. */
    public int size() {
        return permissions.size();
    }

    /** Returns the keys of former permissions: dropped on reading, never an error. */
    public Set<String> retired() {
        return retired;
    }

    /** Returns the new keys of renamed permissions by their former ones: the new one is read for the former. */
    public Map<String, String> renamed() {
        return renamed;
    }

    /**
     * Returns the permission that rights under this key stand for wherever rights are taken over: the one with this key, or
     * the one that was renamed from it; empty if there is neither. A check by a former key is denied all the same.
     */
    public Optional<Permission> findRenamed(String key) {
        return find(renamed.getOrDefault(requireNonNull(key, "key"), key));
    }

    /**
     * Returns the permission with this key.
     *
     * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) if the key is unknown; the message suggests
     *     the nearest known one
     */
    public Permission permission(String key) {
        return find(key).orElseThrow(() -> unknown(key));
    }

    /**
     * Returns the permission for an action of a group.
     *
     * @throws PolicyViolationException ({@link Code#UNKNOWN_GROUP} or {@link Code#ACTION_NOT_ALLOWED}) if there is none
     */
    public Permission permission(String group, String action) {
        requireNonNull(action, "action");
        RightsGroup known = group(group).orElseThrow(() -> unknownGroup(group));
        return known.find(action).orElseThrow(() -> actionNotAllowed(known, action));
    }

    /** Returns the permission with this key, or empty if the key is unknown. */
    public Optional<Permission> find(String key) {
        int position = positions.find(requireNonNull(key, "key"));
        return position < 0 ? Optional.empty() : Optional.of(permissions.get(position));
    }

    /**
     * Returns the permissions with these keys; a key that is given twice counts once.
     *
     * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) for each unknown key; the path is its position
     */
    public Rights rights(String... keys) {
        return rights(Arrays.asList(keys));
    }

    /**
     * Returns the permissions with these keys; a key that is given twice counts once.
     *
     * @throws PolicyViolationException ({@link Code#UNKNOWN_PERMISSION}) for each unknown key; the path is its position
     */
    public Rights rights(Collection<String> keys) {
        Violation.Collector violations = new Violation.Collector();
        long[] words = Rights.words(this);
        int index = 0;
        for (String key : keys) {
            int position = positions.find(requireNonNull(key, "key"));
            if (position < 0) {
                violations.add(
                        Code.UNKNOWN_PERMISSION,
                        Violation.pointer(index),
                        key,
                        unknownMessage(key) + violations.didYouMean(key, this.keys));
            } else {
                Rights.set(words, position);
            }
            index++;
        }
        violations.throwIfAny();
        return new Rights(this, words);
    }

    /**
     * Returns all permissions of a group.
     *
     * @throws PolicyViolationException ({@link Code#UNKNOWN_GROUP}) if the group is unknown
     */
    public Rights rightsOfGroup(String group) {
        RightsGroup known = group(group).orElseThrow(() -> unknownGroup(group));
        return Rights.ofAll(this, p -> p.group().equals(known.name()));
    }

    /** Returns all permissions that a role of this scope may hold, none for a scope of another tree. */
    public Rights rightsOfScope(Scope scope) {
        return scopes.contains(scope) ? byLevel.get(scope.level()) : none;
    }

    /**
     * Returns what a role grants: nothing if it is discarded, and of its rights only the permissions that this catalog
     * has and allows at the role's scope. A stored role may hold others; it keeps them.
     */
    public Rights grantedBy(Role role) {
        return role.isActive() ? rightsOfScope(role.scope()).intersect(knownOf(role.rights())) : none;
    }

    /**
     * Returns those of some rights that this catalog has, renamed permissions under their new keys: what it takes over of the
     * rights of another catalog.
     */
    public Rights knownOf(Rights rights) {
        if (renamed.isEmpty() || isSame(rights.catalog())) {
            return all.intersect(rights);
        }
        long[] words = Rights.words(this);
        for (Permission permission : rights) {
            findRenamed(permission.key()).ifPresent(known -> Rights.set(words, known.number()));
        }
        return new Rights(this, words);
    }

    /** Returns the rights without any permission. */
    public Rights noRights() {
        return none;
    }

    /** Returns all permissions of this catalog. */
    public Rights allRights() {
        return all;
    }

    /**
     * Returns the position of a permission in this catalog, or -1 if the catalog lacks its key. Positions are
     * meaningful for this instance only and must not be stored.
     */
    public int indexOf(Permission permission) {
        return isSame(permission.catalog()) ? permission.number() : indexOf(permission.key());
    }

    /** Returns the position of the permission with this key, or -1 if the key is unknown. */
    public int indexOf(String key) {
        return positions.find(requireNonNull(key, "permission"));
    }

    private PolicyViolationException unknownGroup(String group) {
        return PolicyViolationException.of(Violation.of(
                Code.UNKNOWN_GROUP,
                "",
                group,
                Violation.quote(group) + " is not a rights group of the catalog"
                        + Suggestions.didYouMean(group, groupsByName.keySet())));
    }

    private static PolicyViolationException actionNotAllowed(RightsGroup group, String action) {
        List<String> actions =
                group.permissions().stream().map(Permission::action).toList();
        return PolicyViolationException.of(Violation.of(
                Code.ACTION_NOT_ALLOWED,
                "",
                action,
                Violation.quote(action) + " is not an action of the rights group " + Violation.quote(group.name())
                        + Suggestions.didYouMean(action, actions)));
    }

    /** Returns whether another catalog is this very instance: only then do positions mean the same. */
    @SuppressWarnings("ReferenceEquality") // identity is what is asked for
    boolean isSame(PermissionCatalog other) {
        return this == other;
    }

    private PolicyViolationException unknown(String key) {
        return PolicyViolationException.of(Violation.of(
                Code.UNKNOWN_PERMISSION, "", key, unknownMessage(key) + Suggestions.didYouMean(key, keys)));
    }

    private static String unknownMessage(String key) {
        return Violation.quote(key) + " is not a permission of the catalog";
    }

    /** Returns the keys of all permissions, in order. */
    public Set<String> keys() {
        return keys;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof PermissionCatalog that)
                || !scopes.equals(that.scopes)
                || !groups.equals(that.groups)
                || !retired.equals(that.retired)
                || !renamed.equals(that.renamed)) {
            return false;
        }
        for (int i = 0; i < permissions.size(); i++) {
            if (!sameDetails(permissions.get(i), that.permissions.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameDetails(Permission a, Permission b) {
        return a.action().equals(b.action())
                && a.scopes().equals(b.scopes())
                && a.title().equals(b.title())
                && a.description().equals(b.description());
    }

    @Override
    public int hashCode() {
        return groups.hashCode();
    }

    /** Returns the groups with their actions in human-readable form. */
    @Override
    public String toString() {
        return "PermissionCatalog" + groups;
    }

    /**
     * An action as given to {@link Builder#group(String, Set, List)}: a name and, optionally, a key, scopes, and a
     * human-readable title and description.
     *
     * <p>Two actions are equal if all their parts are equal. This class is immutable and thread-safe.
     *
     * @since 0.1
     */
    public static final class Action {

        private final String name;
        private final @Nullable String key;
        private final @Nullable Set<Scope> scopes;
        private final @Nullable String title;
        private final @Nullable String description;

        private Action(
                String name,
                @Nullable String key,
                @Nullable Set<Scope> scopes,
                @Nullable String title,
                @Nullable String description) {
            this.name = name;
            this.key = key;
            this.scopes = scopes;
            this.title = title;
            this.description = description;
        }

        /** Returns the action with this name, the key {@code group:action} and the scopes of its group. */
        public static Action of(String name) {
            return new Action(requireNonNull(name, "name"), null, null, null, null);
        }

        /** Returns this action with a permission key of its own. */
        public Action withKey(String newKey) {
            return new Action(name, requireNonNull(newKey, "key"), scopes, title, description);
        }

        /** Returns this action with scopes of its own. */
        public Action withScopes(Set<Scope> newScopes) {
            return new Action(name, key, Scope.widestFirst(newScopes), title, description);
        }

        /** Returns this action with a human-readable title. */
        public Action withTitle(String newTitle) {
            return new Action(name, key, scopes, requireNonNull(newTitle, "title"), description);
        }

        /** Returns this action with a human-readable description. */
        public Action withDescription(String newDescription) {
            return new Action(name, key, scopes, title, requireNonNull(newDescription, "description"));
        }

        String name() {
            return name;
        }

        @Nullable
        String key() {
            return key;
        }

        Optional<Set<Scope>> scopes() {
            return Optional.ofNullable(scopes);
        }

        Optional<String> title() {
            return Optional.ofNullable(title);
        }

        Optional<String> description() {
            return Optional.ofNullable(description);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Action that
                    && name.equals(that.name)
                    && Objects.equals(key, that.key)
                    && Objects.equals(scopes, that.scopes)
                    && Objects.equals(title, that.title)
                    && Objects.equals(description, that.description);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, key, title, description);
        }

        /** Returns the name. */
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Builder for {@link PermissionCatalog}.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private ScopeTree scopes = ScopeTree.standard();
        private final List<GroupDraft> groups = new ArrayList<>();
        private final List<String> retired = new ArrayList<>();
        private final Map<String, String> renamed = new LinkedHashMap<>();
        private final List<String> renamedTwice = new ArrayList<>();

        private Builder() {}

        /** Sets the scopes at which roles are assigned: by default the {@linkplain ScopeTree#standard() standard} tree. */
        public Builder scopes(ScopeTree tree) {
            scopes = requireNonNull(tree, "tree");
            return this;
        }

        /** Adds a group of permissions that roles of every scope may hold. */
        public Builder group(String name, String... actions) {
            return group(name, Arrays.stream(actions).map(Action::of).toList());
        }

        /** Adds a group of permissions that roles of every scope may hold, unless an action has scopes of its own. */
        public Builder group(String name, List<Action> actions) {
            groups.add(new GroupDraft(requireNonNull(name, "name"), null, List.copyOf(actions)));
            return this;
        }

        /** Adds a group of permissions that roles of these scopes may hold. */
        public Builder group(String name, Set<Scope> groupScopes, String... actions) {
            return group(
                    name, groupScopes, Arrays.stream(actions).map(Action::of).toList());
        }

        /** Adds a group of permissions that roles of these scopes may hold, unless an action has scopes of its own. */
        public Builder group(String name, Set<Scope> groupScopes, List<Action> actions) {
            groups.add(
                    new GroupDraft(requireNonNull(name, "name"), Scope.widestFirst(groupScopes), List.copyOf(actions)));
            return this;
        }

        /** Adds the keys of former permissions: they are dropped on reading and never an error. */
        public Builder retired(String... keys) {
            for (String key : keys) {
                retired.add(requireNonNull(key, "key"));
            }
            return this;
        }

        /**
         * Adds the former key of a permission: rights that were stored or written under it are taken over as rights to the
         * permission with the new key. After another change of the key, give both former ones.
         */
        public Builder renamed(String formerKey, String key) {
            if (renamed.putIfAbsent(requireNonNull(formerKey, "former key"), requireNonNull(key, "key")) != null) {
                renamedTwice.add(formerKey);
            }
            return this;
        }

        /**
         * Returns the catalog. Names and keys are ids: 1 to 256 code points without invisible characters or white
         * space, except for a single space between two other characters.
         *
         * @throws PolicyViolationException with every group, action and key that is not an id
         *     ({@link Code#ID_INVALID}) or is given twice ({@link Code#DUPLICATE_ID}), every empty set of scopes and
         *     every scope that the tree lacks ({@link Code#SCOPE_INVALID}), every new key of a renamed permission that the catalog
         *     lacks ({@link Code#UNKNOWN_PERMISSION}), every title or description with a character that it may not have
         *     ({@link Code#NAME_INVALID}), and for more than {@value #MAX_PERMISSIONS} permissions
         *     ({@link Code#LIMIT_EXCEEDED}); paths are those of the policy document's {@code catalog}
         */
        public PermissionCatalog build() {
            CatalogValidator.check(scopes, groups, retired, renamed, renamedTwice);
            return new PermissionCatalog(this);
        }
    }
}
